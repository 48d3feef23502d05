"""What bare numbers of a column of time count, where the rest of the sheet proves it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from csctl.readers.columns.durations import SECONDS_OF
from csctl.readers.columns.forms import PLAIN, Forms
from csctl.readers.columns.values import exact_number, narrow
from csctl.readers.grid import Cell, Shown

_CLOCK = re.compile(r"[0-9]{1,6}:[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?")
_LEAST_ROWS = 2
_SURE = Fraction(9, 10)
_TOLERANCE = {"milliseconds": Fraction(1), "seconds": Fraction(1), "days": Fraction(2), "minutes": Fraction(60),
              "hours": Fraction(3600)}  # fmt: skip
"""How many seconds a figure may be off: one of its unit, where it was rounded. Parts of a day are never rounded."""
_MOST_OFF = Fraction(1, 2)
_PART_DIGITS = 4


_OF_DAYS = ("天", "day")
_LEAVE_OF_KINDS = frozenset({"personal_leave_days", "sick_leave_days", "paid_leave_days"})
_HALF_A_SHIFT = 4
DAYS_OF_A_MONTH = 31


def bare(cell: Cell, forms: Forms = PLAIN) -> Decimal | None:
    """The number of a cell that holds nothing but one, not 0 (which is the same in every unit).

    A number that a workbook shows has a point as its mark, whatever the column has.
    """
    if isinstance(cell, (date, time, timedelta)):
        return None
    number = exact_number(cell, PLAIN if isinstance(cell, Shown) else forms)
    return number if isinstance(number, Decimal) and number else None


def is_clock(cell: Cell) -> bool:
    """Whether a cell says its own unit as a clock or a stopwatch does."""
    return isinstance(cell, (time, timedelta, datetime)) or (
        isinstance(cell, str) and ":" in cell and _CLOCK.fullmatch(narrow(cell)) is not None
    )


def parts_of_a_day(numbers: Iterable[Decimal]) -> bool:
    """Whether all figures look like parts of a day: below 1, with more places than anybody measures seconds with."""
    found = list(numbers)
    return bool(found) and all(
        0 < number < 1 and -int(number.normalize().as_tuple().exponent) >= _PART_DIGITS for number in found
    )


def unit_beside(numbers: Sequence[Decimal | None], spans: Iterable[Sequence[timedelta | None]]) -> str:
    """The unit in which figures are the lengths that start and end in the same rows give, a key of SECONDS_OF; "" if
    none is proven: at least two rows, and nine of ten, must agree.

    ``spans`` are the lengths between pairs of moments, row by row.
    """
    for span in spans:
        pairs = list(_pairs(numbers, span))
        if len(pairs) < _LEAST_ROWS:
            continue
        for unit, tolerance in _TOLERANCE.items():
            agreeing = sum(_agrees(number * SECONDS_OF[unit], length, tolerance) for number, length in pairs)
            if agreeing >= _LEAST_ROWS and Fraction(agreeing, len(pairs)) >= _SURE:
                return unit
    return ""


def _pairs(numbers: Sequence[Decimal | None], span: Sequence[timedelta | None]) -> Iterator[tuple[Fraction, Fraction]]:
    for number, length in zip(numbers, span, strict=True):
        if number is not None and length is not None and length > timedelta(0):
            yield Fraction(number), Fraction(length // timedelta(microseconds=1), 10**6)


def _agrees(figure: Fraction, length: Fraction, tolerance: Fraction) -> bool:
    off = abs(figure - length)
    return off <= tolerance and off <= length * _MOST_OFF


def may_be_hours(column: str, header: str, numbers: Sequence[Decimal], most: int = DAYS_OF_A_MONTH) -> bool:
    """Whether what stands in a column of days may be hours as well: the header does not say days, and a figure is more
    than a month has, or leave of a kind is more than a row can hold (``most``), or all of it comes in half and whole
    shifts of hours. ``numbers`` are those that are not 0.
    """
    if any(word in header for word in _OF_DAYS):
        return False
    in_shifts = all(not number % _HALF_A_SHIFT for number in numbers)
    of_leave = column in _LEAVE_OF_KINDS and (in_shifts or max(numbers) > most)
    return of_leave or max(numbers) > DAYS_OF_A_MONTH
