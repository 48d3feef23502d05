"""Figures that rest on a cell which could not be read: what is unreadable is not absent, and worth nothing to anybody.

A row that a measure may count counts for certain only if every cell that the measure looks at could be read. A cell
that the other cells of its row rule out changes nothing. A row that was refused for such a cell may count wherever
what is known of it does not rule that out.

A count, a sum or an extreme claims something of every row, and one row that is open leaves it open. A mean, quantile or
ratio is an estimate over the rows there are: it stands, marked, while those that are open are few beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_
from typing import Any

import narwhals as nw

from csctl.core.frames.columns import comparable, declared_column, where_expression
from csctl.core.frames.frame import Frame, collected, records, small
from csctl.core.measuring.measures import formulas
from csctl.core.measuring.scales import columns_meant, with_converted
from csctl.core.measuring.terms import columns_used, window_months
from csctl.core.people.called import people_named
from csctl.core.people.identity import Identity
from csctl.core.records.agent import Agent
from csctl.core.records.fates import Fates
from csctl.core.records.lines import Measured
from csctl.core.records.marks import MISSING, PARTLY, Marks
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Term
from csctl.problems import Problem, shortened
from csctl.tables import UNREADABLE

_CELLS = "cells that could not be read"
_SHOWN = 6
_ESTIMATES = frozenset({"mean", "median", "quantile"})
FEW_OF = 10
"""An estimate stands while at most one row in so many is open; an assumption, no rule of anybody's."""


@dataclass(frozen=True, slots=True, order=True)
class Unread:
    """One row of a table that is not known whole: whose, of which month ("" if that is not known), and where it is.

    ``columns`` are those that could not be read; ``about`` is what a refused row says all the same.
    """

    file: str
    sheet: str
    row: int
    agent_id: str
    month: str
    columns: tuple[str, ...]
    about: tuple[tuple[str, str], ...] = ()


Figure = tuple[str, str]
"""An agent and the name of a measure."""
OpenRows = Mapping[Figure, Mapping[tuple[str, Unread], None]]
"""By figure, the rows that leave it open, each with its table."""


@dataclass(frozen=True, slots=True)
class UnreadFigures:
    """Figures that cells leave open, with those rows, each with its table; and estimates that stand all the same, with
    how many rows are open of how many, such as ``2 / 40``.
    """

    open: Mapping[Figure, tuple[tuple[str, Unread], ...]]
    standing: Mapping[Figure, str]


def unread_figures(
    policy: Policy,
    measured: Iterable[Measured],
    tables: Mapping[str, Frame],
    files: Iterable[Fates],
    identity: Identity,
    month: Month,
) -> UnreadFigures:
    """What became of every figure that some cell leaves open. ``tables`` are credited, ``files`` the fates of the rows
    read.
    """
    found = _open_rows_of_figures(policy, tables, files, identity, month)
    rows = {(one.agent_id, one.measure): one.n for one in measured if one.value is not None}
    estimates = {one.name for one in formulas(policy) if one.bottom or one.top[0].term.aggregate in _ESTIMATES}
    standing = {
        figure: f"{len(unread)} / {rows[figure] + len(unread)}"
        for figure, unread in found.items()
        if figure[1] in estimates and len(unread) * FEW_OF <= rows.get(figure, 0) + len(unread)
    }
    return UnreadFigures({one: tuple(sorted(found[one])) for one in found if one not in standing}, standing)


def _open_rows_of_figures(
    policy: Policy, tables: Mapping[str, Frame], files: Iterable[Fates], identity: Identity, month: Month
) -> OpenRows:
    looked_at = {term.table for formula in formulas(policy) for term in formula.terms} & tables.keys()
    cells = {name: collected(tables[name].filter(~nw.col(UNREADABLE).is_null())) for name in looked_at}
    refused = _refused(files, identity)
    found: dict[Figure, dict[tuple[str, Unread], None]] = {}
    for formula in formulas(policy):
        for term in formula.terms:
            rows: list[Unread] = []
            if term.table in cells and len(cells[term.table]):
                rows += _open_cells(cells[term.table].lazy(), term, month)
            if term.table in tables and refused.get(term.table):
                rows += _open_rows(refused[term.table], tables[term.table], term, month)
            for one in rows:
                found.setdefault((one.agent_id, formula.name), {})[term.table, one] = None
    return found


def without_unread(measured: Iterable[Measured], found: UnreadFigures) -> list[Measured]:
    """The records, those that are left open without a value: it rests on no rows, be they enough or too few."""
    return [replace(one, value=None, n=0) if (one.agent_id, one.measure) in found.open else one for one in measured]


def unread_marks(found: UnreadFigures) -> dict[Figure, Marks]:
    """The marks of these figures."""
    standing: dict[Figure, Marks] = {one: (f"{PARTLY}:{of}",) for one, of in found.standing.items()}
    return {**standing, **dict.fromkeys(found.open, (MISSING,))}


def unread_said(policy: Policy, found: UnreadFigures, agents: Sequence[Agent], month: Month) -> list[Problem]:
    """One warning for each table and what could not be read in it, with the people, the rows and the measures."""
    by_id = {one.agent_id: one for one in agents}
    groups: dict[tuple[str, tuple[str, ...]], tuple[dict[str, None], dict[Unread, None], dict[str, None]]] = {}
    for (agent, name), rows in found.open.items():
        for table, row in rows if agent in by_id else ():
            people, places, measures = groups.setdefault((table, row.columns), ({}, {}, {}))
            people[agent] = None
            places[row] = None
            measures[_measure_named(policy, name)] = None
    return [
        problem(
            "figures-unread",
            found=people_named([by_id[agent] for agent in people]),
            table=table,
            names=tuple(_header(table, column) for column in columns),
            rows=shortened([f"{row.file} {row.sheet}".strip() + f" {row.row}" for row in sorted(places)], _SHOWN),
            measures=tuple(measures),
            month=month,
        )
        for (table, columns), (people, places, measures) in sorted(groups.items())
    ]


def _measure_named(policy: Policy, name: str) -> str:
    if name in policy.measure:
        return f"{policy.measure[name].label} ({name})"
    return policy.event[name.removeprefix("event.")].label


def _header(table: str, name: str) -> str:
    column = declared_column(table, name)
    return next(iter(column.aliases), column.name)


def _refused(files: Iterable[Fates], identity: Identity) -> dict[str, list[Unread]]:
    """By table, the refused rows of somebody known."""
    found: dict[str, list[Unread]] = {}
    for one in files:
        for row in one.unread:
            if agent := identity.resolve(row.agent_id, row.agent_name):
                made = Unread(one.file, one.sheet, row.row, agent, row.month, row.columns, row.about)
                found.setdefault(one.table, []).append(made)
    return found


def _open_cells(frame: Frame, term: Term, month: Month) -> list[Unread]:
    """The rows with an unreadable cell that the term looks at, and which it may count."""
    used = columns_used(term)
    if not used:
        return []
    within = frame.filter(nw.col("month").is_in(window_months(term, month)))
    within = within.with_columns(nw.concat_str(nw.lit(" "), nw.col(UNREADABLE), nw.lit(" ")).alias(_CELLS))
    kept = with_converted(comparable(within, term.table, [term.where], used), [term])
    unread = {name: _is_unread(term.table, name) for name in sorted(used)}
    tests = [_passes(term, name) | unread[name] for name in term.where]
    if term.column is not None:
        tests.append(~nw.col(term.column).is_null() | unread[term.column])
    found = records(kept.filter(reduce(and_, tests, reduce(or_, unread.values()))))
    return [_unread(row) for row in found]


def _is_unread(table: str, name: str) -> nw.Expr:
    """Whether the cell could not be read, of a derived column one that it follows from."""
    names = declared_column(table, name).follows or (name,)
    return reduce(or_, [nw.col(_CELLS).str.contains(f" {one} ", literal=True) for one in names])


def _passes(term: Term, name: str) -> nw.Expr:
    test = where_expression(term.table, {name: term.where[name]}, columns_meant(term))
    return nw.lit(True) if test is None else test.fill_null(False)


def _unread(row: Mapping[str, Any]) -> Unread:
    names = tuple(str(row[UNREADABLE]).split())
    return Unread(
        row["source_file"] or "", row["source_sheet"] or "", int(row["source_row"]), row["agent"], row["month"], names
    )


def _open_rows(rows: Sequence[Unread], frame: Frame, term: Term, month: Month) -> list[Unread]:
    """The refused rows that the term may count. ``frame`` is the table, of whose engine they are made one."""
    of_months = [one for one in rows if one.month in ("", *window_months(term, month))]
    asked = [name for name in term.where if any(name == column for one in of_months for column, _ in one.about)]
    if not of_months or not asked:
        return of_months
    cells: dict[str, list[Any]] = {name: [dict(one.about).get(name) for one in of_months] for name in asked}
    schema = {**dict.fromkeys(asked, nw.String()), "at": nw.Int64()}
    made = small(frame, {**cells, "at": list(range(len(of_months)))}, schema)
    compared = comparable(made, term.table, [{name: term.where[name] for name in asked}])
    tests = [nw.col(name).is_null() | _passes(term, name) for name in asked]
    return [of_months[row["at"]] for row in records(compared.filter(reduce(and_, tests)))]
