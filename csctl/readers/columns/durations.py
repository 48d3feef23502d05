"""A length of time in seconds, from every form in which exports write it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from csctl.money import round_half_up
from csctl.readers.columns.dates import without_bogus_day
from csctl.readers.columns.forms import PLAIN, Forms
from csctl.readers.columns.values import CellFault, exact_number, narrow
from csctl.readers.grid import Cell
from csctl.tables import DECIMALS, Kind
from csctl.words import DURATIONS, any_word_pattern

SECONDS_OF = {"milliseconds": Fraction(1, 1000), "seconds": Fraction(1), "minutes": Fraction(60),
              "hours": Fraction(3600), "days": Fraction(86400)}  # fmt: skip
"""How many seconds one of each unit is."""

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)\s*"
_AND = r"\s*,?\s*"
_WORDS = re.compile(
    _AND.join(f"(?:{_NUMBER}(?:{any_word_pattern(words)}))?" for words in DURATIONS.values()), re.IGNORECASE
)
_CLOCK = re.compile(r"([0-9]{1,6}):([0-5][0-9]):([0-5][0-9](?:\.[0-9]{1,9})?)\s*(am|pm)?", re.IGNORECASE)
_TWO_PARTS = re.compile(r"([0-9]{1,6}):([0-5][0-9])")
_DAYS_AND_CLOCK = re.compile(
    rf"([0-9]+)(?:\s*(?:{any_word_pattern(DURATIONS['days'])}),?\s*([0-9:.]+)|\.([0-9]{{1,2}}:[0-9]{{2}}:[0-9]{{2}}(?:\.[0-9]+)?))",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"P(?=[0-9T])(?:([0-9.]+)D)?(?:T(?=[0-9])(?:([0-9.]+)H)?(?:([0-9.]+)M)?(?:([0-9.]+)S)?)?", re.IGNORECASE
)
_MARKS = re.compile(
    rf"(?:{_NUMBER}['\u2032\u2019](?!['\u2032\u2019]))?\s*(?:{_NUMBER}(?:[\"\u2033\u201d]|'{{2}}|\u2032{{2}}))?"
)
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
_EPOCH_1904, _EPOCH_1970 = datetime(1904, 1, 1), datetime(1970, 1, 1)  # noqa: DTZ001
_YEAR = 366
_LEAP_BUG = datetime(1900, 3, 1)  # noqa: DTZ001
_LONGEST = Fraction(10 * 366 * 86400)
_LAST_DURATION_YEAR = 1901
_MORNING_HOURS = 12
_SIXTY = 60


def _sum(parts: Iterable[tuple[str | None, str]]) -> Fraction | None:
    """Figures with the unit of each; None if all are missing or one is no figure."""
    found = [(part, unit) for part, unit in parts if part]
    if not found or not all(_FIGURE.fullmatch(part) for part, _ in found):
        return None
    return sum((Fraction(part) * SECONDS_OF[unit] for part, unit in found), Fraction(0))


def _words(text: str) -> Fraction | None:
    """``2分30秒``, ``1 hour, 5 minutes``, ``PT1H5M``, ``2'30"``."""
    match = _WORDS.fullmatch(text)
    if match and any(match.groups()):
        return _sum(zip(match.groups(), DURATIONS, strict=True))
    if match := _ISO.fullmatch(text):
        return _sum(zip(match.groups(), DURATIONS, strict=True))
    match = _MARKS.fullmatch(text)
    return _sum(zip(match.groups(), ("minutes", "seconds"), strict=True)) if match else None


def _clock(text: str) -> Fraction | None:
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hours, half = int(match[1]), (match[4] or "").casefold()
    if half:
        # A day fraction shown as a time of day: 12:02:23 AM is two minutes.
        if not 1 <= hours <= _MORNING_HOURS:
            return None
        hours = hours % _MORNING_HOURS + (_MORNING_HOURS if half == "pm" else 0)
    return hours * SECONDS_OF["hours"] + int(match[2]) * 60 + Fraction(match[3])


def _two_parts(text: str, forms: Forms) -> Fraction | CellFault | None:
    match = _TWO_PARTS.fullmatch(text)
    if not match:
        return None
    unit = forms.clock or forms.unit
    if unit not in {"minutes", "hours"}:
        return CellFault("value-duration-ambiguous")
    return int(match[1]) * SECONDS_OF[unit] + int(match[2]) * SECONDS_OF[unit] / 60


def _dotted(number: Decimal, forms: Forms) -> Fraction | None:
    """7.30, and 7.3 as a workbook keeps it, are seven and a half; more places, or 60 of the second part, are none."""
    whole, part = divmod(number * 100, 100)
    if part != part.to_integral_value() or part >= _SIXTY:
        return None
    size = SECONDS_OF[forms.clock or "hours"]
    return int(whole) * size + int(part) * size / _SIXTY


def _of_delta(delta: timedelta) -> Fraction:
    return Fraction(delta // timedelta(microseconds=1), 10**6)


def _of_time_cell(cell: date | time | timedelta, forms: Forms) -> Fraction | None:
    """A workbook's time, duration, or date of its first days: all are fractions of days that a format disguised."""
    if isinstance(cell, timedelta):
        return _of_delta(cell)
    if isinstance(cell, time):
        return _of_delta(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second,
                                   microseconds=cell.microsecond))  # fmt: skip
    if not isinstance(cell, datetime):
        return None
    midnight = datetime.combine(cell.date(), time())
    if forms.epoch_1904 and 0 <= (cell - _EPOCH_1904).days < _YEAR:
        return _of_delta(cell - _EPOCH_1904)
    if midnight in (_EPOCH_1904, _EPOCH_1970):
        return _of_delta(cell - midnight)
    if cell.year > _LAST_DURATION_YEAR:
        return None
    # Spreadsheets count a 29 February 1900 that never was; before it, day 1 is 1 January.
    days = max((cell - _EPOCH).days - (cell < _LEAP_BUG), 0)
    return _of_delta(timedelta(days=days) + (cell - midnight))


def _of_text(text: str, forms: Forms) -> Fraction | CellFault | None:
    if forms.decimal_comma:
        text = _COMMA.sub(".", text)
    if ":" not in text:
        return _words(text)
    found = _clock(text)
    if found is not None:
        return found
    if match := _DAYS_AND_CLOCK.fullmatch(text):
        rest = _of_text(match[2] or match[3], forms)
        return int(match[1]) * SECONDS_OF["days"] + rest if isinstance(rest, Fraction) else rest
    bare = without_bogus_day(text)
    return _two_parts(text, forms) if bare == text else _of_text(bare, forms)


def parse_seconds(cell: Cell, forms: Forms = PLAIN) -> Decimal | CellFault | None:
    """Seconds with three places; None if empty.

    ``forms.unit`` (a key of SECONDS_OF) is what a bare number counts, seconds if nothing is said. ``02:23`` is read
    only where the clock or the unit says whether its first part is minutes or hours. Negative lengths are faults.
    """
    found: Fraction | CellFault | None
    if isinstance(cell, (date, time, timedelta)):
        found = _of_time_cell(cell, forms)
    else:
        number = exact_number(cell, forms)
        if number is None:
            return None
        if isinstance(number, Decimal) and forms.dotted:
            found = _dotted(number, forms)
        elif isinstance(number, Decimal):
            found = Fraction(number) * SECONDS_OF["days" if forms.day_fraction else forms.unit or "seconds"]
        else:
            found = _of_text(narrow(cell), forms) if isinstance(cell, str) else None
            if number.code == "value-error-cell":
                found = number
    if isinstance(found, CellFault):
        return found
    if found is None or not 0 <= found <= _LONGEST:
        return CellFault("value-not-a-duration")
    return round_half_up(found, DECIMALS[Kind.SECONDS])
