"""The same figures of the same people in two files: one of days and one of the month, or one and the same again.

Only the files tell: two channels may each have a file with figures of one name, and then both are right to count.
What speaks for doubles is that the figures are the same. Nothing is left out; both files count, and it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

import narwhals as nw

from csctl.core.frames.columns import cell_text
from csctl.core.frames.frame import Frame, records
from csctl.core.records.fates import Fates
from csctl.headers import same_header
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem
from csctl.tables import TABLES, Kind

_FIGURES = (Kind.COUNT, Kind.NUMBER, Kind.SECONDS)
_NEAR = 10
"""Figures that differ by at most one in so many are near: a later export of the same is seldom far off."""
_LEAST_DIGITS = 4
_Fact = tuple[str, str, Any]
"""Agent, figure, day."""


@dataclass(frozen=True, slots=True)
class _File:
    """The figures of one file, each as the sum of its rows; ``undated``: they stand for the whole month."""

    name: str
    undated: bool
    facts: Mapping[_Fact, Decimal]
    names: Mapping[str, str]

    def of_the_month(self) -> dict[tuple[str, str], tuple[Decimal, int]]:
        """Sum and number by agent and figure."""
        found: dict[tuple[str, str], tuple[Decimal, int]] = {}
        for (agent, figure, _), value in self.facts.items():
            total, count = found.get((agent, figure), (Decimal(0), 0))
            found[agent, figure] = total + value, count + 1
        return found


@dataclass(frozen=True, slots=True)
class _Shared:
    """One figure of one agent that two files hold: their values, and whether these are the same fact."""

    agent: str
    figure: str
    left: Decimal
    right: Decimal
    same: bool


def facts_in_two_files(frames: Mapping[str, Frame], files: Iterable[Fates], month: Month) -> list[Problem]:
    """One warning for each two files whose figures double each other in the month.

    ``frames`` are credited tables by name, ``files`` the fates of their files. Files that their source declares to
    stand beside others are not compared.
    """
    sheets = list(files)
    beside = {one.file for one in sheets if one.beside}
    problems: list[Problem] = []
    for table in ("kpis", "attendance", "agent_states"):
        names = [one.file for one in sheets if one.table == table and one.file not in beside]
        if table not in frames or len(set(names)) < 2:
            continue
        undated = {one.file for one in sheets if one.table == table and one.undated}
        kept = frames[table].filter((nw.col("month") == str(month)) & nw.col("source_file").is_in(sorted(set(names))))
        found = _metrics(kept, undated) if table == "kpis" else _columns(table, kept, undated)
        for first, later in combinations(found, 2):
            problems += _compared(table, first, later, month)
    return problems


def _metrics(frame: Frame, undated: Collection[str]) -> list[_File]:
    rows = records(frame.select("source_file", "agent", "date", "metric", "value"))
    facts = ((row, row["metric"], row["value"]) for row in rows)
    return _files(facts, undated, same_header)


def _columns(table: str, frame: Frame, undated: Collection[str]) -> list[_File]:
    columns = [column.name for column in TABLES[table].columns if column.kind in _FIGURES]
    rows = records(frame.select("source_file", "agent", "date", *columns))
    facts = ((row, name, row[name]) for row in rows for name in columns)
    return _files(facts, undated, str)


def _files(
    facts: Iterable[tuple[Mapping[str, Any], str, Any]], undated: Collection[str], form: Callable[[str], str]
) -> list[_File]:
    """By file, in the order of their names."""
    sums: dict[str, dict[_Fact, Decimal]] = {}
    names: dict[str, str] = {}
    for row, name, value in facts:
        if value is None:
            continue
        figure = form(name)
        names.setdefault(figure, name)
        own = sums.setdefault(row["source_file"], {})
        key = (row["agent"], figure, row["date"])
        own[key] = own.get(key, Decimal(0)) + Decimal(value)
    return [_File(name, name in undated, sums[name], names) for name in sorted(sums)]


def _compared(table: str, first: _File, later: _File, month: Month) -> list[Problem]:
    if first.undated != later.undated:
        days, whole = (later, first) if first.undated else (first, later)
        # Days of attendance before its sums: these are compared, and left out, elsewhere.
        shared = _by_month(days, whole) if table != "attendance" else []
        return _said("days-and-month", shared, days, whole, month, table)
    shared = [
        _Shared(agent, figure, value, other, value == other)
        for (agent, figure, day), value in first.facts.items()
        if (other := later.facts.get((agent, figure, day))) is not None and (value or other)
    ]
    if table != "attendance":
        # Figures of one name may be those of two channels; a mean of equal shares is the share.
        shares = _shares(shared)
        shared = [one for one in shared if one.figure not in shares]
        shared = shared if _are_doubles(shared) or _follow(first, later) else []
        for days, whole in ((first, later), (later, first)):
            if not shared and (sums := _proven_sums(days, whole)):
                return _said("days-and-month", sums, days, whole, month, table)
    return _said("figures-in-two-files", shared, first, later, month, table)


def _follow(first: _File, later: _File) -> bool:
    """Whether one file goes on about where the other ends: two channels have all their days in common.

    The day on which the first was exported is seldom complete in it, so that its figures need not be near.
    """
    one, other = ({day for _, _, day in file.facts} for file in (first, later))
    both = one & other
    return (
        bool(both) and 2 * len(both) <= min(len(one), len(other)) and (max(one) < max(other)) == (min(one) < min(other))
    )


def _shares(shared: Sequence[_Shared]) -> set[str]:
    """The figures that lie between 0 and 1 and are not all whole."""
    values: dict[str, list[Decimal]] = {}
    for one in shared:
        values.setdefault(one.figure, []).extend((one.left, one.right))
    return {
        figure
        for figure, found in values.items()
        if all(0 <= value <= 1 for value in found) and any(value != int(value) for value in found)
    }


def _by_month(days: _File, whole: _File) -> list[_Shared]:
    sums = days.of_the_month()
    shared: list[_Shared] = []
    for (agent, figure, _), value in whole.facts.items():
        total, count = sums.get((agent, figure), (Decimal(0), 0))
        if count and (value or total):
            mean = abs(total / count * _NEAR - value * _NEAR) <= abs(value)
            shared.append(_Shared(agent, figure, total, value, total == value or mean))
    return shared


def _proven_sums(days: _File, whole: _File) -> list[_Shared]:
    """The figures of a file that bears one day for each, where most are the sums of several days of the other one.

    Small counts agree by chance: together the sums must have some digits. Shares have no sums.
    """
    sums, own = days.of_the_month(), whole.of_the_month()
    shared = [
        _Shared(agent, figure, sums[agent, figure][0], value, sums[agent, figure][0] == value)
        for (agent, figure), (value, count) in own.items()
        if count == 1 and sums.get((agent, figure), (value, 0))[1] > 1 and not 0 < value < 1
    ]
    same = [one for one in shared if one.same]
    digits = sum(len(str(abs(int(one.right)))) for one in same)
    return shared if digits >= _LEAST_DIGITS and 3 * len(same) >= 2 * len(shared) else []


def _are_doubles(shared: Sequence[_Shared]) -> bool:
    """At least two of three figures are the same or near."""
    near = [one for one in shared if abs(one.left - one.right) * _NEAR <= max(abs(one.left), abs(one.right))]
    return 3 * len(near) >= 2 * len(shared) > 0


def _said(
    code: str, shared: Sequence[_Shared], first: _File, later: _File, month: Month, table: str = "kpis"
) -> list[Problem]:
    if not shared:
        return []
    unlike = [one for one in shared if not one.same]
    one = min(unlike or shared, key=lambda each: (each.agent, each.figure))
    column = "value" if table == "kpis" else one.figure
    said = problem(
        code,
        Place(later.name),
        one.agent,
        count=len(shared),
        first=first.name,
        figure=later.names.get(one.figure, one.figure),
        left=cell_text(table, column, one.left),
        right=cell_text(table, column, one.right),
        differ=len(unlike),
        line=f'files = "{first.name.replace(str(month), "{month}")}"',
    )
    return [said]
