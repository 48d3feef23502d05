"""Checks and listings: the tables and columns they name exist and are of the right kind."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.checks import Check, Deadline, Listing
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.refs import nearest, terms
from csctl.policy.tree import Locate
from csctl.problems import Problem
from csctl.tables import TABLES, Kind, Table

INSTANTS = (Kind.DATE, Kind.MOMENT)
WORDS = (Kind.TEXT, Kind.ID)


def lint_checks(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Everything about checks and listings that their models cannot see."""
    for index, check in enumerate(policy.check):
        path: Path = ("check", index)
        table = TABLES.get(check.table)
        yield from _table(check, table, path, where) if table is None or table.name == "roster" else ()
        if table is not None:
            yield from _check(check, table, path, where)
    for index, listing in enumerate(policy.listing):
        yield from _listing(listing, ("listing", index), where)
    for path, term in terms(policy):
        if term.table in TABLES and not TABLES[term.table].has_agents:
            yield problem("measure-table-without-agents", where((*path, "table")), term.table)


def _table(one: Check | Listing, table: Table | None, path: Path, where: Locate) -> Iterator[Problem]:
    at = where((*path, "table"))
    if table is None:
        yield problem("policy-unknown-table", at, one.table, near=nearest(one.table, TABLES))
    else:
        yield problem("check-roster", at, one.table)


def _check(check: Check, table: Table, path: Path, where: Locate) -> Iterator[Problem]:
    for index, name in enumerate(check.filled):
        yield from _column(name, table, (*path, "filled", index), where)
    if check.deadline:
        yield from _deadline(check.deadline, table, (*path, "deadline"), where)
    for index, name in enumerate(check.order):
        yield from _column(name, table, (*path, "order", index), where, INSTANTS, "check-column-not-a-time")
    if len(check.order) == 1:
        yield problem("check-order-too-short", where((*path, "order")), len(check.order))
    if check.text is not None:
        yield from _column(check.text, table, (*path, "text"), where, WORDS, "check-column-not-text")
    if check.together is not None:
        yield from _column(check.together, table, (*path, "together"), where)
    yield from _phrases(check, path, where)


def _column(
    name: str, table: Table, path: Path, where: Locate, kinds: tuple[Kind, ...] = (), code: str = ""
) -> Iterator[Problem]:
    """The stored column exists and is of one of the kinds, where any are given."""
    column = table.column(name)
    if column is None:
        near = nearest(name, (other.name for other in table.columns))
        yield problem("policy-unknown-column", where(path), name, table=table.name, near=near)
    elif kinds and column.kind not in kinds:
        fitting = [other.name for other in table.columns if other.kind in kinds]
        yield problem(code, where(path), name, near=", ".join(fitting) or "-")


def _deadline(deadline: Deadline, table: Table, path: Path, where: Locate) -> Iterator[Problem]:
    for key, name in (("from", deadline.start), ("to", deadline.to)):
        yield from _column(name, table, (*path, key), where, INSTANTS, "check-column-not-a-time")
    start = table.column(deadline.start)
    if deadline.hours is not None and start is not None and start.kind is Kind.DATE:
        yield problem("check-hours-on-days", where((*path, "from")), deadline.start)


def _phrases(check: Check, path: Path, where: Locate) -> Iterator[Problem]:
    for key, phrases in (("banned", check.banned), ("required", check.required)):
        for index, phrase in enumerate(phrases):
            if not phrase_is_searchable(phrase):
                yield problem("check-phrase-empty", where((*path, key, index)), phrase)


def phrase_is_searchable(written: str) -> bool:
    """Whether anything stands before the arrow of a phrase."""
    return bool(written.replace("->", "→").partition("→")[0].strip())


def _listing(listing: Listing, path: Path, where: Locate) -> Iterator[Problem]:
    table = TABLES.get(listing.table)
    if table is None or table.name == "roster":
        yield from _table(listing, table, path, where)
    else:
        yield from _column(listing.by, table, (*path, "by"), where, WORDS, "check-column-not-text")
