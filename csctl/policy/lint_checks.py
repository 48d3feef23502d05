"""Checks, listings and terms: they look at tables that they can look at, and at what can be found there."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.certificates import Certificate
from csctl.policy.checks import Check, Listing
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Part, Term
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem
from csctl.tables import TABLES, Kind


def lint_checks(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Everything about checks and listings that neither their models nor the declared references can see."""
    for path, part in uses(policy, Part):
        if isinstance(part, Term | Certificate) and part.table in TABLES and not TABLES[part.table].has_agents:
            yield problem("measure-table-without-agents", where((*path, "table")), part.table)
        if isinstance(part, Check | Listing) and part.table == "roster":
            yield problem("check-roster", where((*path, "table")), part.table)
        if isinstance(part, Check):
            yield from _check(part, path, where)


def _check(check: Check, path: Path, where: Locate) -> Iterator[Problem]:
    table = TABLES.get(check.table)
    start = table.column(check.deadline.start) if table and check.deadline else None
    if start and start.kind is Kind.DATE and check.deadline and check.deadline.hours is not None:
        yield problem("check-hours-on-days", where((*path, "deadline", "from")), check.deadline.start)
    if len(check.order) == 1:
        yield problem("check-order-too-short", where((*path, "order")), len(check.order))
    yield from _phrases(check, path, where)


def _phrases(check: Check, path: Path, where: Locate) -> Iterator[Problem]:
    for key, phrases in (("banned", check.banned), ("required", check.required)):
        for index, phrase in enumerate(phrases):
            if not phrase_is_searchable(phrase):
                yield problem("check-phrase-empty", where((*path, key, index)), phrase)


def phrase_is_searchable(written: str) -> bool:
    """Whether anything stands before the arrow of a phrase."""
    return bool(written.replace("->", "→").partition("→")[0].strip())
