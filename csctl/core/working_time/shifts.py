"""Which shift a cell of the attendance table names, and when it begins and ends on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from csctl.policy.working_time import Shift
from csctl.words import fold


@dataclass(frozen=True, slots=True)
class Hours:
    """Local moments at which a shift starts and ends on one day."""

    start: datetime
    end: datetime


def hours_on(shift: Shift, day: date) -> Hours:
    """The shift's moments on a day; an end at or before the start lies on the next day (T1-002, A-11)."""
    start, end = shift.span
    midnight = datetime.combine(day, time())
    return Hours(midnight + timedelta(minutes=start), midnight + timedelta(minutes=end))


def named_shift(shifts: Sequence[Shift], cell: str) -> Shift | None:
    """The shift whose id the cell is or contains; of several the longest id, then the one the cell names first."""
    text = fold(cell)
    named = [shift for shift in shifts if fold(shift.id) in text]
    return min(named, key=lambda shift: (-len(fold(shift.id)), text.index(fold(shift.id))), default=None)
