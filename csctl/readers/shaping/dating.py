"""Which day each column of a grid is: by its own header, and by the month of the file where that says no month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem
from csctl.readers.columns.day_headers import DayHeader
from csctl.readers.columns.day_labels import DayLabel
from csctl.readers.columns.months_said import months_in, speaks_of_other

_FAR = 1
"""Typed dates so many months from the month of the file, and no nearer, are days of it that somebody copied."""


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One column of a grid, from 0, its header, and the day that it holds; None where its month has no such day."""

    column: int
    text: str
    day: date | None


def day_columns(
    headers: Sequence[DayHeader], month: Month | None, titles: Sequence[str], place: Place
) -> tuple[list[DayColumn], list[Problem]]:
    """The day of each header, and what speaks against it.

    ``month`` is what the path says; ``titles`` are the texts above the header and the names of sheet and file, which
    say it where the path does not. Without either, days without a month are an error.
    """
    own = month or _said_month(titles)
    labels = [header.label for header in headers]
    if own is None and any(label.year is None for label in labels):
        return [], [problem("grid-month-unknown", place, headers[0].text)]
    copied = own is not None and all(label.typed and _distance(label, own) > _FAR for label in labels)
    copied = copied and _one_month(labels)
    problems = []
    if month and (other := speaks_of_other(titles, month)) and any(label.year is None for label in labels):
        problems.append(problem("title-of-other-month", place, other, month=month))
    days = _days(labels, own, copied)
    columns = [DayColumn(one.column, one.text, day) for one, day in zip(headers, days, strict=True)]
    wrong = _other_weekdays(headers, days, place)
    proven = any(label.weekday is not None for label in labels) and not wrong
    if copied and own and not proven:
        first = date(labels[0].year or own.year, labels[0].month or own.number, labels[0].day or 1)
        problems.append(problem("grid-days-of-other-month", place.at(column=headers[0].text), first, month=own))
    return columns, problems + wrong


def _said_month(titles: Sequence[str]) -> Month | None:
    """The one month that the titles speak of."""
    said = {found for text in titles for found in months_in(text)}
    years = {year for year, _ in said if year is not None}
    numbers = {number for _, number in said}
    return Month(years.pop(), numbers.pop()) if len(years) == len(numbers) == 1 else None


def _distance(label: DayLabel, month: Month) -> int:
    year, number = label.year or month.year, label.month or month.number
    return abs((year - month.year) * 12 + number - month.number)


def _one_month(labels: Sequence[DayLabel]) -> bool:
    """Whether the labels are days of one month; January 1900 is what a sheet makes of 1 to 31 formatted as days."""
    return len({(label.year, label.month) for label in labels}) == 1


def _days(labels: Sequence[DayLabel], month: Month | None, copied: bool) -> list[date | None]:
    month_first = _month_first([label.pair for label in labels if label.pair])
    turns = next((at for at in range(1, len(labels)) if _begins_again(labels[at - 1], labels[at])), 0)
    days: list[date | None] = []
    for at, label in enumerate(labels):
        day, number = label.day, label.month
        if label.pair:
            number, day = label.pair if month_first else label.pair[::-1]
        if copied:
            number = None
        if day is None:
            days.append(None)
        elif label.year and not copied:
            days.append(_valid(label.year, number or 0, day))
        elif month is None:
            days.append(None)
        elif number is None:
            before = month.shift(-1) if at < turns else month
            days.append(_valid(before.year, before.number, day))
        else:
            days.append(_near(number, day, month))
    return days


def _begins_again(before: DayLabel, label: DayLabel) -> bool:
    bare = all(one.month is None and one.pair is None for one in (before, label))
    return bare and (label.day or 0) < (before.day or 0)


def _month_first(pairs: Sequence[tuple[int, int]]) -> bool:
    """Whether the month stands first: of the two figures the one that changes less."""
    return len({one for one, _ in pairs}) <= len({two for _, two in pairs})


def _near(number: int, day: int, month: Month) -> date | None:
    """A day without a year: in the year in which its month is nearest to the file's."""
    years = (month.year, month.year - 1, month.year + 1)
    return _valid(min(years, key=lambda year: abs(_months(year, number, month))), number, day)


def _months(year: int, number: int, month: Month) -> int:
    return (year - month.year) * 12 + number - month.number


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _other_weekdays(headers: Sequence[DayHeader], days: Sequence[date | None], place: Place) -> list[Problem]:
    """One warning if the weekdays beside the days are those of another month."""
    wrong = [
        (header, day)
        for header, day in zip(headers, days, strict=True)
        if day and header.label.weekday is not None and header.label.weekday != day.weekday()
    ]
    if not wrong:
        return []
    header, day = wrong[0]
    return [problem("grid-weekday-differs", place.at(column=header.text), header.text, day=day, count=len(wrong))]
