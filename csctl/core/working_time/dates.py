"""One date of one agent: all attendance rows of it and the leave that touches it, seen together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from csctl.core.working_time.corrections import corrected_punches, is_corrected
from csctl.core.working_time.day_faults import (
    Counted,
    absence,
    lateness,
    leave_said,
    leaving_early,
    missing_punch_count,
)
from csctl.core.working_time.days import Day, by_date
from csctl.core.working_time.leave import DayOff, Leave
from csctl.words import EARLY_WORDS, LATE_WORDS

ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Dated:
    """One date. ``rows`` may be several (two shifts, two exports) or none (leave only).

    ``share`` is the part of the day that leave excuses, 0 to 1, by request or, where nobody asked, by the attendance
    table itself. ``said``: it is the latter. ``waiting``: leave was asked for of which nobody can say whether it
    excuses. ``late`` and ``early`` are per row, without what leave excuses.
    """

    date: date
    rows: Sequence[Day]
    excused: Sequence[DayOff]
    refused: Sequence[DayOff]
    waiting: bool
    share: Fraction
    said: bool
    late: Sequence[Counted]
    early: Sequence[Counted]

    @property
    def gaps(self) -> list[int]:
        """Missing punches of each row; none in rows of rest and on a day wholly on leave."""
        settled = self.waiting or self.share == ONE
        return [0 if day.resting or day.explained or settled else missing_punch_count(day) for day in self.rows]

    @property
    def corrected(self) -> int:
        """How many of the missing punches the export itself calls put right."""
        return sum(corrected_punches(day.row, gap) for day, gap in zip(self.rows, self.gaps, strict=True))

    @property
    def resting(self) -> bool:
        """Whether the day was off."""
        return bool(self.rows) and all(day.resting for day in self.rows)

    @property
    def explained(self) -> bool:
        """Whether the export explains the whole day and no request for leave was refused for it; or one is open."""
        by_export = any(day.explained and not any(leave_said(day)) for day in self.rows)
        return self.waiting or (by_export and not self.refused)

    @property
    def settled(self) -> bool:
        """Whether lateness or leaving early is counted already, or the punches rule both out or cannot be read."""
        unknown = any(day.unknown for day in self.rows)
        return unknown or any(one.times for one in (*self.late, *self.early)) or self.whole

    @property
    def whole(self) -> bool:
        """Whether the punches show that the agent was there from beginning to end."""
        there = any(day.proves_presence for day in self.rows)
        return there and not any(one.times for one in (*self.late, *self.early))

    def came(self, mended: int) -> bool | None:
        """Whether the agent came; a mended punch shows it too. None if no row says."""
        if mended or any(day.came for day in self.rows):
            return True
        return False if any(day.came is False for day in self.rows) else None

    def absent(self, mended: int) -> Fraction:
        """Days absent before leave is looked at, 0 to 1."""
        if mended or any(day.punched and day.came for day in self.rows):
            return Fraction(0)
        judged = (absence(day) for day in self.rows if not day.resting)
        return Fraction(0) if self.explained else max(judged, default=Fraction(0))


def dates_of(days: Sequence[Day], leave: Leave, grace_minutes: int) -> list[Dated]:
    """Every date with attendance rows or leave, in order."""
    rows = by_date(days)
    dates = {*rows, *leave.excused, *leave.refused, *leave.waiting}
    return [_dated(day, rows.get(day, ()), leave, grace_minutes) for day in sorted(dates)]


def _dated(day: date, rows: Sequence[Day], leave: Leave, grace_minutes: int) -> Dated:
    excused, refused = leave.excused.get(day, ()), leave.refused.get(day, ())
    in_rows = sum((other + paid for other, paid in map(leave_said, rows)), Fraction(0))
    waiting = day in leave.waiting and not in_rows
    asked = bool(excused or refused or waiting)
    share = leave.share(day) if asked else min(in_rows, ONE)
    said = not asked and share > 0
    out = any(row.explained for row in rows) and not refused
    late_excused = waiting or said or out or any(off.covers_start for off in excused)
    early_excused = waiting or said or out or any(off.covers_end for off in excused)
    return Dated(
        date=day,
        rows=rows,
        excused=excused,
        refused=refused,
        waiting=waiting,
        share=share,
        said=said,
        late=[_unless(late_excused or _settled(one, LATE_WORDS), lateness(one, grace_minutes)) for one in rows],
        early=[_unless(early_excused or _settled(one, EARLY_WORDS), leaving_early(one)) for one in rows],
    )


def _settled(day: Day, fault: frozenset[str]) -> bool:
    """Whether nothing of this kind can be held against anybody: a day off, or a fault put right or not yet decided."""
    return day.resting or day.pending or is_corrected(day.row, fault)


def _unless(excused: bool, counted: Counted) -> Counted:
    return Counted(0, counted.basis) if excused else counted
