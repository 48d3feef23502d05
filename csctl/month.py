"""A calendar month, the unit of every run."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache

ZONE = "Asia/Shanghai"
"""Where a month begins and ends: a clock in another zone must not close it early."""
_PATTERN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A year and a month number, 1 to 12. Ordered in time; printed as ``2026-10``."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """``2026-10`` as a month; None for anything else."""
        match = _PATTERN.fullmatch(text)
        return cls(int(match[1]), int(match[2])) if match else None

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    def shift(self, months: int) -> Month:
        """That many months later, or earlier if negative."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day, included."""
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def days(self) -> list[date]:
        """All days, in order."""
        return list(_days(self.year, self.number))


@cache
def _days(year: int, number: int) -> tuple[date, ...]:
    """Asked for each agent many times, and the same for all."""
    return tuple(date(year, number, day) for day in range(1, calendar.monthrange(year, number)[1] + 1))


def months_between(first: Month, last: Month) -> list[Month]:
    """All months from ``first`` to ``last``, both included; empty if the last lies before the first."""
    count = (last.year - first.year) * 12 + last.number - first.number + 1
    return [first.shift(step) for step in range(max(count, 0))]
