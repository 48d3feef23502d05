"""Cells that name a month and nothing else: ``2026-09``, ``9月``, ``Sep-26``, a span of its days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from csctl.month import Month
from csctl.readers.columns.months_said import SHORT_NAMED, months_in, span_of_days
from csctl.readers.columns.values import is_empty, narrow
from csctl.readers.grid import Cell

_LIKE = re.compile(
    r"(?:19|20)[0-9]{2}\s*[-/._年]\s*[0-9]{1,2}\s*(?:月(?:份|度)?)?"
    r"|(?:(?:19|20)[0-9]{2}\s*年\s*)?[0-9一二三四五六七八九十]{1,2}\s*月(?:份|度)?"
    r"|(?:[0-9]{4}[\s._-]*)?[a-z]{3,9}\.?(?:[\s._,'-]*[0-9]{4})?"
    r"|[0-9]{4}.{1,8}[0-9日号]\s*(?:至|到|to|until|~|～|–|—|-)\s*[0-9]{4}.{1,8}[0-9日号]"
)
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])\s*[-/.]\s*((?:19|20)[0-9]{2})")
_DIGITS = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])")
_HALF_A_YEAR = 6
_LONGEST = 40
_CENTURY = 2000
_MOST = 0.8


def month_of_cell(cell: Cell, near: Month | None = None) -> Month | None:
    """The month that a cell names, if it names one and nothing else.

    Without a year it is the one nearest to ``near``; without ``near`` either there is none. Six digits are a month:
    whether figures may stand there is for the caller to know.
    """
    if isinstance(cell, bool) or not isinstance(cell, (str, int)):
        return None
    text = narrow(str(cell)).lower()
    if not text or len(text) > _LONGEST:
        return None
    if _DIGITS.fullmatch(text):
        return Month(int(text[:4]), int(text[4:]))
    if match := _MONTH_FIRST.fullmatch(text):
        return Month(int(match[2]), int(match[1]))
    if match := SHORT_NAMED.fullmatch(text):
        return _at(_CENTURY + int(match["y"]), match["name"], near)
    found = months_in(text) if _LIKE.fullmatch(text) else set()
    if len(found) != 1:
        return None
    year, number = found.pop()
    return Month(year, number) if year else _nearest(number, near)


def _at(year: int, name: str, near: Month | None) -> Month | None:
    """``Sep-26`` is a month where that year is about the file's own; ``Sep 12`` is a day of it."""
    numbers = {number for _, number in months_in(name)}
    found = Month(year, numbers.pop()) if numbers else None
    return found if found and near and abs(found.year - near.year) <= 1 else None


def _nearest(number: int, near: Month | None) -> Month | None:
    if near is None:
        return None
    years = (near.year, near.year - 1, near.year + 1)
    return min((Month(year, number) for year in years), key=lambda one: abs(_distance(one, near)))


def _distance(one: Month, other: Month) -> int:
    return (one.year - other.year) * 12 + one.number - other.number


def names_months(cells: Iterable[Cell], near: Month | None = None, *, digits: bool = False) -> bool:
    """Whether at least four of five of the cells that are filled name a month; not if none is filled.

    Numbers such as 202609 are months only where ``digits`` says that the header speaks of them.
    """
    filled = [cell for cell in cells if not is_empty(cell)]
    naming = sum((digits or not _is_figure(cell)) and month_of_cell(cell, near) is not None for cell in filled)
    return bool(filled) and naming >= _MOST * len(filled)


def _is_figure(cell: Cell) -> bool:
    return not isinstance(cell, str) or narrow(cell).isdigit()


def first_day(cell: Cell, near: Month | None = None) -> date | None:
    """The first day of the month that a cell stands for."""
    month = month_of_cell(cell, near)
    return month.first if month and is_whole(cell) else None


def is_whole(cell: Cell) -> bool:
    """Whether a cell that names a month stands for all of it: a span of days does from the first to the last day."""
    span = span_of_days(cell) if isinstance(cell, str) else None
    if span is None:
        return True
    month = Month.of(span[0])
    return span == (month.first, month.last)
