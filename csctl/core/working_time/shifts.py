"""Which shift a cell of the attendance table names, and when it begins and ends on a day."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from csctl.policy.working_time import Shift

REST_BEGINNINGS = ("休息", "轮休", "排休", "公休", "调休", "未排班", "不排班")
REST_CELLS = frozenset({"休", "off", "rest", "day off", "rest day", "not scheduled"})
"""How attendance systems write that nobody is due. 白班(休息12:00-13:00) is a shift: the word must stand first."""


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


def plain(text: str) -> str:
    """Width, case and outer spaces do not tell names apart."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def named_shift(shifts: Sequence[Shift], cell: str) -> Shift | None:
    """The shift whose id the cell is or contains; of several the longest id, then the one the cell names first."""
    text = plain(cell)
    named = [shift for shift in shifts if plain(shift.id) in text]
    return min(named, key=lambda shift: (-len(plain(shift.id)), text.index(plain(shift.id))), default=None)


def is_rest(cell: str) -> bool:
    """Whether the cell says that the day is off."""
    text = plain(cell)
    return text in REST_CELLS or text.startswith(REST_BEGINNINGS)
