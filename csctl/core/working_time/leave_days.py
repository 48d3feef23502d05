"""How many days a request for leave takes: the due days among its dates, held against the days it says itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from csctl.core.people.workdays import WorkCalendar
from csctl.core.working_time.days import Day
from csctl.core.working_time.marks import Row

DIFFER, SHARED, OPEN = "leave-days-differ", "leave-days-shared", "leave-days-open"
ONE_DAY = timedelta(days=1)
LONGEST = 400
"""Dates looked at for the end of a leave that only says how many days it takes."""


@dataclass(frozen=True, slots=True)
class Dues:
    """Which dates are due to one person: as a row of the day says, else by the calendar.

    ``days`` are the person's rows by date. Where rest days float (``floats``), a date without a row may be due as well
    as not; so may one off, where the person works on days that the calendar calls off. ``rest_left`` are the floating
    rest days of the month that no row has taken: once none is left, every other date is due. Without a ``calendar``
    every date is due.
    """

    days: Mapping[date, Sequence[Day]] = field(default_factory=dict)
    calendar: WorkCalendar | None = None
    floats: bool = False
    rest_left: int | None = None

    def due(self, day: date) -> bool | None:
        """Whether the date is due; None where nothing tells."""
        rows = [one for one in self.days.get(day, ()) if not one.blank]
        if rows:
            return not all(one.resting for one in rows)
        if self.floats:
            return True if self.rest_left == 0 else None
        return self._by_calendar(day)

    def _by_calendar(self, day: date) -> bool | None:
        if self.calendar is None:
            return True
        if day.year not in self.calendar.years:
            return None
        return True if self.calendar.is_workday(day) else (None if self._works_on_days_off else False)

    @property
    def _works_on_days_off(self) -> bool:
        calendar = self.calendar
        return calendar is not None and any(
            day.year in calendar.years and not calendar.is_workday(day)
            for day, rows in self.days.items()
            if any(one.due and one.came for one in rows)
        )

    def last_of(self, first: date, length: Fraction) -> date:
        """The date with which so many due days end that begin on ``first``; dates that may be due count as due."""
        left, last = ceil(length), first
        for step in range(LONGEST):
            if left <= 0:
                break
            day = first + step * ONE_DAY
            if self.due(day) is not False:
                left, last = left - 1, day
        return last


def with_last_day(request: Row, dues: Dues) -> Row:
    """The request with its last day as ``last_on``: as it says, else as its days take it, else the first.

    An end that lies before the beginning is none.
    """
    first, length = request["date"], request["days"]
    last = first
    if request["ends_on"] is not None:
        last = max(request["ends_on"], first)
    elif length is not None and length > 1:
        last = dues.last_of(first, Fraction(length))
    return {**request, "last_on": last}


def last_day(request: Row) -> date:
    """The last day of leave."""
    last: date = request["last_on"]
    return last


@dataclass(frozen=True, slots=True)
class Length:
    """How many of its days a request takes in the month, and the code of what is doubtful about it, "" if nothing.

    ``due`` are the due days among all its dates.
    """

    days: Fraction
    due: Fraction
    doubt: str = ""


def length_of(request: Row, covered: Fraction, window: Collection[date], dues: Dues, *, unpaid: bool) -> Length:
    """``covered`` are its days in the month as far as no other request took them; ``window`` the days of the month.

    A length that the request gives for dates of several months is parted by their due days.
    """
    first, last = request["date"], last_day(request)
    dates = [first + step * ONE_DAY for step in range((last - first).days + 1)]
    known, several = [dues.due(day) for day in dates], len(dates) > 1
    least, most = Fraction(known.count(True)), Fraction(len(known) - known.count(False))
    if request["days"] is None:
        doubt = (OPEN if least < most and several else "") if most else DIFFER
        return Length(covered, most, doubt)
    said = Fraction(request["days"])
    # Many systems count every date of long leave. Of a kind that is paid, nothing is taken for the dates off.
    by_dates = not unpaid and said == len(dates) > 1
    fits = by_dates or (most > 0 and said <= most and _long_enough(request, said, least))
    guessed = request["ends_on"] is None and several and least < most
    doubt = (OPEN if guessed else "") if fits else DIFFER
    inside = set(window)
    own, own_least = _counts(dates, known, inside)
    if own == most:
        return Length(min(covered, said), most, doubt)
    if said in {most, Fraction(len(dates))} or not most:
        return Length(min(covered, own), most, doubt)
    if said == least:
        return Length(min(covered, own_least), most, doubt)
    return Length(min(covered, own * said / most), most, doubt or SHARED)


def _counts(dates: Sequence[date], known: Sequence[bool | None], inside: Collection[date]) -> tuple[Fraction, Fraction]:
    """Dates in the month that may be due, and those that are."""
    own = [due for day, due in zip(dates, known, strict=True) if day in inside]
    return Fraction(len(own) - own.count(False)), Fraction(own.count(True))


def _long_enough(request: Row, said: Fraction, due: Fraction) -> bool:
    """The first or the last day may be a half one; both, where the request says at what hour it begins."""
    return said > due - 1 or (request["starts_at"] is not None and said == due - 1)
