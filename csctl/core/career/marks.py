"""Counting months and quarters: so many of them, or so many in a row, when some are not known.

A count has two ends: what is known for certain, and what it would be if every unknown month were a hit. Between them
nothing can be said, so the answer is "no data" and never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from csctl.core.records.lines import FindingState


class MonthMark(Enum):
    """What a month or quarter says about a requirement."""

    HIT = "hit"
    MISS = "miss"
    SKIP = "skip"
    """Nothing was scored: it neither counts nor breaks a streak (A-08)."""
    UNKNOWN = "unknown"
    """The month is not closed here, or it is not certain that it may count."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a quarter with its mark, what it is called, and its figures in words."""

    mark: MonthMark
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Streaks:
    """How periods are counted. ``consecutive``: only those in a row; ``current``: only the row at the end.

    ``unscored_breaks``: a period without score ends a row instead of being passed over.
    """

    consecutive: bool
    current: bool
    unscored_breaks: bool


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``low`` and at most ``high``; ``periods`` are those that make up ``low``.

    Of a row, ``skipped`` are those without score that it was led over, ``ended_by`` the one that ended another before.
    """

    low: int
    high: int
    periods: tuple[Period, ...]
    skipped: tuple[Period, ...] = ()
    ended_by: Period | None = None

    def reaches(self, needed: int) -> FindingState:
        """Met, unmet, or no data if the unknown periods could decide it."""
        if self.low >= needed:
            return "met"
        return "unmet" if self.high < needed else "no_data"


def count(periods: Sequence[Period], how: Streaks) -> Count:
    """Count the hits of periods in their order in time."""
    certain = _hits(periods, how, unknown_hits=False)
    high = len(_hits(periods, how, unknown_hits=True))
    if not how.consecutive:
        return Count(len(certain), high, tuple(certain))
    start = periods.index(certain[0]) if certain else len(periods)
    end = periods.index(certain[-1]) if certain else len(periods)
    skipped = tuple(one for one in periods[start:end] if one.mark is MonthMark.SKIP)
    before = periods[:start]
    ended_by = before[-1] if how.unscored_breaks and _ends_a_row(before) else None
    return Count(len(certain), high, tuple(certain), skipped, ended_by)


def _ends_a_row(periods: Sequence[Period]) -> bool:
    """Whether the last of these has no score and the one before it was a hit."""
    return [one.mark for one in periods[-2:]] == [MonthMark.HIT, MonthMark.SKIP]


def _hits(periods: Sequence[Period], how: Streaks, *, unknown_hits: bool) -> list[Period]:
    hits = {MonthMark.HIT, MonthMark.UNKNOWN} if unknown_hits else {MonthMark.HIT}
    if not how.consecutive:
        return [period for period in periods if period.mark in hits]
    best: list[Period] = []
    row: list[Period] = []
    for period in periods:
        if period.mark in hits:
            row = [*row, period]
        elif period.mark is not MonthMark.SKIP or how.unscored_breaks:
            row = []
        if len(row) >= len(best):
            best = row
    return row if how.current else best
