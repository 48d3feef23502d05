"""Which days are worked: weekends, holidays and the weekend days made up for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from csctl.month import Month

DayKind = Literal["workday", "makeup_workday", "weekend", "holiday_rest", "statutory"]
"""``statutory``: a public holiday (work on it is paid threefold); ``holiday_rest``: a weekday off that is made up for
or given freely; ``makeup_workday``: a Saturday or Sunday that is worked."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """What a notice or a user's own list says about one day."""

    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, less ``off``, plus ``work``, in the ``years`` that are known.

    ``statutory`` are the public holidays with their names, those on a weekend included; weekdays among them are off.
    """

    years: frozenset[int]
    off: frozenset[date]
    work: frozenset[date]
    statutory: Mapping[date, str] = field(default_factory=dict)

    def knows(self, month: Month) -> bool:
        """Whether the month's year is known; nothing is guessed about any other."""
        return month.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked. Raises ValueError for a year that is not known."""
        return self.kind_of(day) in ("workday", "makeup_workday")

    def kind_of(self, day: date) -> DayKind:
        """What kind of day it is. Raises ValueError for a year that is not known."""
        if day.year not in self.years:
            raise ValueError(f"the calendar does not know {day.year}")
        if day in self.statutory:
            return "statutory"
        if day.weekday() < 5:
            return "holiday_rest" if day in self.off else "workday"
        return "makeup_workday" if day in self.work else "weekend"

    def count(self, days: Iterable[date]) -> int:
        """How many of the days are worked."""
        return sum(self.is_workday(day) for day in days)

    def count_paid(self, days: Iterable[date]) -> int:
        """How many of the days are paid: worked, or public holidays that take a weekday."""
        return sum(self.is_workday(day) or (day.weekday() < 5 and day in self.statutory) for day in days)


def statutory_days(year: int) -> int:
    """Public holidays a year: 13 since 2025, 11 from 2008 to 2024."""
    return 13 if year >= 2025 else 11


def laid_over(calendar: WorkCalendar, days: Iterable[CalendarDay]) -> WorkCalendar:
    """The calendar with these days changed. A new year is known once all its public holidays are among them."""
    off, work, statutory = set(calendar.off), set(calendar.work), dict(calendar.statutory)
    for one in days:
        off.discard(one.day)
        work.discard(one.day)
        statutory.pop(one.day, None)
        worked = one.kind in ("workday", "makeup_workday")
        if one.kind == "statutory":
            statutory[one.day] = one.name
        if worked and one.day.weekday() >= 5:
            work.add(one.day)
        if not worked and one.day.weekday() < 5:
            off.add(one.day)
    named = holidays_by_year(statutory)
    years = calendar.years | {year for year, count in named.items() if count >= statutory_days(year)}
    return WorkCalendar(frozenset(years), frozenset(off), frozenset(work), statutory)


def holidays_by_year(days: Iterable[date]) -> dict[int, int]:
    """How many of the days lie in each year."""
    years = [day.year for day in days]
    return {year: years.count(year) for year in sorted(set(years))}


@dataclass(frozen=True, slots=True)
class Attendance:
    """Paid days of one agent in one month: all that the month has, those on probation, those as a regular."""

    due: int
    probation: int
    regular: int

    @property
    def employed(self) -> int:
        """Paid days on which the agent was employed."""
        return self.probation + self.regular


def employed_days(month: Month, hired_on: date | None, left_on: date | None) -> list[date]:
    """Days of the month between hiring and leaving, both included; an unknown date does not limit."""
    return [
        day for day in month.days() if (hired_on is None or day >= hired_on) and (left_on is None or day <= left_on)
    ]
