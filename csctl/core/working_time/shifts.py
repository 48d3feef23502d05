"""Which shift a cell of the attendance table names, and when it begins and ends on a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from csctl.policy.working_time import Shift
from csctl.words import same_word

REACH = timedelta(hours=12)
"""How far from its shift a punch of another date may lie."""
_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*(?:-|–|—|~|至|到)+\s*([0-9]{1,2}):([0-9]{2})")


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
    text = same_word(cell)
    named = [shift for shift in shifts if same_word(shift.id) in text]
    return min(named, key=lambda shift: (-len(same_word(shift.id)), text.index(same_word(shift.id))), default=None)


def cannot_be(in_at: datetime | None, out_at: datetime | None, hours: Hours) -> bool:
    """Whether punches cannot be those of a shift: out before in, out before the shift begins, or of another day.

    A punch may be of the day before or after as long as it lies near the start or the end.
    """
    first, last = in_at, out_at or in_at
    if out_at is not None and out_at < (in_at or hours.start):
        return True
    ends = ((first, hours.start), (last if out_at else None, hours.end))
    return any(at and at.date() != end.date() and abs(at - end) > REACH for at, end in ends)


def hours_differ(cell: str, shift: Shift) -> bool:
    """Whether a cell names a shift with other hours than the policy gives it: 早班 08:30-17:30."""
    said = _SPAN.search(same_word(cell))
    if said is None:
        return False
    start, end = (int(said[at]) * 60 + int(said[at + 1]) for at in (1, 3))
    day = 24 * 60
    return (start % day, end % day) != tuple(minute % day for minute in shift.span)


def several_named(shifts: Sequence[Shift], cell: str) -> bool:
    """Whether a cell names several shifts, none of whose names is part of another's: 早班/晚班."""
    text = same_word(cell)
    named = {same_word(shift.id) for shift in shifts if same_word(shift.id) in text}
    return len([name for name in named if not any(name in other for other in named - {name})]) > 1
