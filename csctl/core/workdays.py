"""Which days are worked: weekends, holidays and the weekend days made up for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csctl.month import Month


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Monday to Friday, less ``off``, plus ``work``, in the ``years`` that are known."""

    years: frozenset[int]
    off: frozenset[date]
    work: frozenset[date]

    def knows(self, month: Month) -> bool:
        """Whether the month's year is known; nothing is guessed about any other."""
        return month.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked. Raises ValueError for a year that is not known."""
        if day.year not in self.years:
            raise ValueError(f"the calendar does not know {day.year}")
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def count(self, days: Iterable[date]) -> int:
        """How many of the days are worked."""
        return sum(self.is_workday(day) for day in days)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Workdays of one agent in one month: all that the month has, those on probation, those as a regular."""

    due: int
    probation: int
    regular: int

    @property
    def employed(self) -> int:
        """Workdays on which the agent was employed."""
        return self.probation + self.regular


def employed_days(month: Month, hired_on: date | None, left_on: date | None) -> list[date]:
    """Days of the month between hiring and leaving, both included; an unknown date does not limit."""
    return [
        day for day in month.days() if (hired_on is None or day >= hired_on) and (left_on is None or day <= left_on)
    ]
