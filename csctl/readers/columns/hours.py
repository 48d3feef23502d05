"""The hours of which days count, and how much of the time between two moments lies within them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise

from csctl.core.people.workdays import WorkCalendar

Window = tuple[timedelta, timedelta]
"""From and until which time of each day, since midnight."""

_WINDOW = re.compile(r"\s*([0-9]{1,2})[:：]([0-5][0-9])\s*[-–—~至到]\s*([0-9]{1,2})[:：]([0-5][0-9])\s*")
_DAY = timedelta(days=1)
WHOLE_DAY: Window = (timedelta(), _DAY)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - exports hold local times without a zone


def window_of(text: str) -> Window | None:
    """``09:00-18:00`` as two times since midnight; None if it is none, ends before it begins, or after 24:00."""
    match = _WINDOW.fullmatch(text)
    if match is None:
        return None
    opens = timedelta(hours=int(match[1]), minutes=int(match[2]))
    closes = timedelta(hours=int(match[3]), minutes=int(match[4]))
    return (opens, closes) if opens < closes <= _DAY else None


def overlap(windows: Sequence[Window]) -> bool:
    """Whether two of these share a time."""
    ordered = sorted(windows)
    return any(closes > opens for (_, closes), (opens, _) in pairwise(ordered))


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days of a calendar that are worked: how many there were before each day that it knows, and which they are."""

    before: Mapping[date, int]
    worked: frozenset[date]

    def know(self, start: datetime, end: datetime) -> bool:
        """Whether the calendar knows every year from one moment to the other."""
        years = range(start.year, end.year + 1)
        return all(date(year, 1, 1) in self.before for year in years)


NO_WORKDAYS = Workdays({}, frozenset())
"""Those of a calendar of which nothing is known."""


@cache
def workdays_of(years: frozenset[int], off: frozenset[date], work: frozenset[date]) -> Workdays:
    """The workdays of a calendar without the names of its holidays, which are off where they are weekdays."""
    calendar = WorkCalendar(years, off, work)
    before: dict[date, int] = {}
    worked: set[date] = set()
    for year in sorted(years):
        day = date(year, 1, 1)
        while day.year == year:
            before[day] = len(worked)
            if calendar.is_workday(day):
                worked.add(day)
            day += _DAY
    return Workdays(before, frozenset(worked))


def time_within(
    start: datetime, end: datetime, windows: Sequence[Window], workdays: Workdays | None = None
) -> timedelta:
    """The time from ``start`` to ``end`` that lies in these windows of each day, or of each workday; negative if
    ``end`` comes first. Raises KeyError where the calendar does not know one of the two days.
    """
    return _until(end, windows, workdays) - _until(start, windows, workdays)


def _until(moment: datetime, windows: Sequence[Window], workdays: Workdays | None) -> timedelta:
    """The time within the windows since a fixed day, so that no days have to be gone through one by one."""
    since = moment - _EPOCH
    days, clock = divmod(since, _DAY)
    own = sum((min(max(clock - opens, timedelta()), closes - opens) for opens, closes in windows), timedelta())
    if workdays is not None:
        days = workdays.before[moment.date()]
        own = own if moment.date() in workdays.worked else timedelta()
    return sum((closes - opens for opens, closes in windows), timedelta()) * days + own
