"""Which part of a day a request for leave is of: the beginning of the shift, its end, or nobody knows which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from csctl.core.working_time.days import Day
from csctl.core.working_time.leave_days import last_day
from csctl.core.working_time.marks import Row
from csctl.core.working_time.shifts import Hours
from csctl.words import FIRST_HALF, SECOND_HALF, fold

_MORNING, _AFTERNOON = time(12), time(13)
"""Without known hours of a shift: leave that begins later is not of its beginning, that ends by then not of its end."""


@dataclass(frozen=True, slots=True)
class DayPart:
    """Whether leave covers the beginning and the end of a day's shift; ``known``: whether the request says so.

    ``beside``: it ends before the shift begins, so that it is of the day before.
    """

    covers_start: bool = True
    covers_end: bool = True
    known: bool = False
    beside: bool = False

    @property
    def halved(self) -> bool:
        """Whether it is known to be of a part of the day alone."""
        return self.known and not (self.covers_start and self.covers_end)


def part_of(request: Row, day: date, rows: Sequence[Day]) -> DayPart:
    """What a request covers of one of its days, by its hours and its words; ``rows`` are the attendance of that day.

    Hours cover an end of the shift if no more than a quarter of the shift lies beyond them: systems count half days by
    hours of their own.
    """
    hours = next((one.hours for one in rows if one.hours), None)
    began, ended = (_on(request[name], day) for name in ("starts_at", "ends_at"))
    start, end = began is None or _by(began, hours), ended is None or _until(ended, hours)
    beside = bool(ended and hours and ended <= hours.start and day != request["date"])
    word = fold(request["part"] or "") if request["date"] == last_day(request) else ""
    first, second = _names(word, FIRST_HALF), _names(word, SECOND_HALF)
    known = began is not None or ended is not None or first or second
    return DayPart(start and not second, end and not first, known, beside)


def quarter(hours: Hours) -> timedelta:
    """A quarter of a shift: half of half a day."""
    return (hours.end - hours.start) / 4


def _names(word: str, halves: frozenset[str]) -> bool:
    """Whether a text is one of the words, or one in Chinese with something beside it: 下午半天."""
    return word in halves or any(half in word for half in halves if not half.isascii())


def _on(moment: datetime | None, day: date) -> datetime | None:
    return moment.replace(tzinfo=None) if moment is not None and moment.date() == day else None


def _by(began: datetime, hours: Hours | None) -> bool:
    return began <= hours.start + quarter(hours) if hours else began.time() < _MORNING


def _until(ended: datetime, hours: Hours | None) -> bool:
    return ended >= hours.end - quarter(hours) if hours else ended.time() > _AFTERNOON
