"""Rows of the roster and the days on which each holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem

Row = Mapping[str, Any]
"""A canonical roster row: column name → typed value or None."""

_DAY = timedelta(days=1)
_OPEN = "…"


def row_place(row: Row) -> Place:
    """Where a canonical row was read."""
    return Place(row["source_file"] or "", row["source_sheet"] or "", row["source_row"])


@dataclass(frozen=True, slots=True)
class Stay:
    """A row of the roster and the days on which it holds, both included; an open end is the first or last day of time.

    ``hired_on`` and ``regular_on`` are those of the row, or of the row that it goes on from.
    """

    row: Row
    start: date
    end: date
    hired_on: date | None
    regular_on: date | None

    @property
    def dated(self) -> bool:
        """Whether the row itself says when it holds."""
        return bool(self.row["valid_from"] or self.row["valid_to"])

    @property
    def reversed(self) -> bool:
        """Whether it ends before it begins, by its own words."""
        return self.dated and self.start > self.end

    @property
    def left_on(self) -> date | None:
        """The last day of all where the row says that the agent leaves."""
        left: date | None = self.row["left_on"]
        return left

    def said(self) -> str:
        """Its row and days, to name it in a message."""
        start = _OPEN if self.start == date.min else str(self.start)
        end = _OPEN if self.end == date.max else str(self.end)
        return f"{self.row['source_row']} ({start} – {end})"


def stays_of(rows: Iterable[Row]) -> dict[str, list[Stay]]:
    """By staff number, in the order of first mention, everybody's rows in the order of their days."""
    found: dict[str, list[Stay]] = {}
    for row in rows:
        if row["agent_id"]:
            found.setdefault(row["agent_id"], []).append(_stay(row))
    return {key: _going_on(sorted(own, key=lambda one: (one.start, one.end))) for key, own in found.items()}


def _stay(row: Row) -> Stay:
    starts = [day for day in (row["valid_from"], row["hired_on"]) if day is not None]
    ends = [day for day in (row["valid_to"], row["left_on"]) if day is not None]
    start, end = max(starts, default=date.min), min(ends, default=date.max)
    return Stay(row, start, end, row["hired_on"], row["regular_on"])


def _going_on(own: Sequence[Stay]) -> list[Stay]:
    """Whoever goes on without a day between keeps the dates of hiring and probation that a later row leaves empty."""
    found: list[Stay] = []
    for one in own:
        before = found[-1] if found and touching(found[-1], one) else one
        hired, regular = one.hired_on or before.hired_on, one.regular_on or before.regular_on
        found.append(replace(one, hired_on=hired, regular_on=regular))
    return found


def touching(before: Stay, after: Stay) -> bool:
    """Whether the one begins on the day after the other."""
    return before.end < date.max and before.end + _DAY == after.start


def overlapping(own: Sequence[Stay]) -> bool:
    """Whether two rows of one agent, in the order of their days, hold on one day."""
    return any(after.start <= before.end for before, after in pairwise(own))


def stay_faults(own: Sequence[Stay]) -> Iterator[Problem]:
    """What is wrong with one agent's rows. Rows twice that say no days of their own are a matter of identity."""
    for one in own:
        if one.reversed:
            yield problem("span-reversed", row_place(one.row), one.row["agent_id"], span=one.said())
    for before, after in pairwise(own):
        both = {"first": before.said(), "second": after.said()}
        if before.reversed or after.reversed:
            continue
        if after.start <= before.end:
            if before.dated or after.dated:
                yield problem("spans-overlap", row_place(after.row), after.row["agent_id"], **both)
        elif not touching(before, after) and not _left_between(before, after):
            yield problem("spans-gap", row_place(after.row), after.row["agent_id"], **both)


def _left_between(before: Stay, after: Stay) -> bool:
    """Whether a gap is a departure: the one row says so, or the other that the agent was hired anew."""
    return before.left_on == before.end or after.row["hired_on"] == after.start


def of_month(own: Sequence[Stay], month: Month) -> list[Stay]:
    """The rows that hold on a day of the month; the first in the file alone where they contradict each other."""
    held = [min(own, key=lambda one: one.row["source_row"] or 0)] if overlapping(own) else own
    return [one for one in held if one.start <= month.last and one.end >= month.first and one.start <= one.end]
