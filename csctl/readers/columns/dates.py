"""Days and moments from every form in which exports write them; what could mean two days is refused."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

from csctl.readers.columns.clocks import half_of, next_day, parse_clock
from csctl.readers.columns.days import day_beside, leading_day, pair_of
from csctl.readers.columns.forms import PLAIN, Forms
from csctl.readers.columns.month_cells import first_day
from csctl.readers.columns.values import CellFault, cell_as_text, exact_number, is_empty, is_error_cell, narrow
from csctl.readers.grid import Cell
from csctl.words import EMPTY_FIGURES, NO_END, NO_PUNCH, fold

_AMBIGUOUS = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![0-9])(?!.*(?:星期|周)).*")
_ZONE = re.compile(
    r"\s*(?:(?P<utc>z|utc|gmt)|(?P<sign>[+-])(?P<h>0[0-9]|1[0-4]|[0-9](?![0-9]))"
    r"(?::?(?P<m>[0-5][0-9]))?)",
    re.IGNORECASE,
)
_USUAL = re.compile(r"20[0-9]{2}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9]")
_A_DAY = r"(?:(?:[0-9]{4}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}[日号]?|[0-9]{8})"
_SPAN = re.compile(
    rf"{_A_DAY}\s*(?:[~–—至到]|--|\s-\s|to|-(?=[0-9]{{1,4}}[/.年月]|[0-9]{{8}}))\s*(?:{_A_DAY}|[0-9]{{1,2}}[日号])",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])[ T]?([0-2][0-9])([0-5][0-9])([0-5][0-9])?")
"""Day and time without a sign between them: ``20261008091258``; ten and thirteen figures alone count since 1970."""
_DAY_ONE = datetime(1900, 1, 1)  # noqa: DTZ001 - spreadsheets know no zones
_SERIAL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_UNITS = {10: timedelta(seconds=1), 13: timedelta(milliseconds=1)}
_ONE_DAY = timedelta(days=1)
_NO_LAST_DAY = ("9999-12-31", "9999/12/31", "9999.12.31", "99991231", "9999年12月31日", "31/12/9999", "12/31/9999")
OPEN_END = date(_LAST_YEAR, 12, 31)
"""The last day of what has none."""
_END_OF_DAY = re.compile(r"(?<![0-9])24(?:[:点时]00){1,2}[分秒]?$")
_NO_DAY = re.compile(r"(?:1899[-/]12[-/]3[01]|1900[-/]0?1[-/]0?[01]|19(?:04|70)[-/]0?1[-/]0?1)(?:\s+|T)(?=.*[:点时])")
_NO_DAYS = frozenset({date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1), date(1970, 1, 1)})
_NEVER = re.compile(r"1900-01-01[ T]00:00:00(?:\.0+)?|1970-01-01[ T]0[08]:00:00(?:\.0+)?")
_SHIFT_1904 = 1462


def without_bogus_day(text: str) -> str:
    """A clock time without the day on which programs count from, which they print beside a bare time."""
    match = _NO_DAY.match(text)
    return text[match.end() :] if match else text


def _parted(text: str) -> str:
    """A moment in figures alone with signs between them; any other text as it is."""
    match = _COMPACT.fullmatch(text)
    return "{}-{}-{} {}:{}:{}".format(*(part or "00" for part in match.groups())) if match else text


def _offset(text: str) -> timedelta | None:
    match = _ZONE.fullmatch(text)
    if not match:
        return None
    if match["utc"]:
        return timedelta(0)
    size = timedelta(hours=int(match["h"]), minutes=int(match["m"] or 0))
    return -size if match["sign"] == "-" else size


def _at(day: date, text: str, forms: Forms) -> datetime | None:
    """``day`` with the time and the offset that ``text`` gives; midnight if it gives none."""
    if not text:
        return datetime.combine(day, time())
    half = half_of(text)
    if half is not None:
        return datetime.combine(day, half)
    clock = parse_clock(text, unpadded=forms.unpadded)
    if clock is None:
        return None
    moment, rest = datetime.combine(day, time()) + clock[0], clock[1]
    if not rest:
        return moment
    offset = _offset(rest)
    return (
        None if offset is None else moment.replace(tzinfo=timezone(offset)).astimezone(forms.zone).replace(tzinfo=None)
    )


def _of_text(text: str, base: date | None, forms: Forms) -> datetime | CellFault:
    text = _parted(text)
    if base is not None and _NEVER.fullmatch(text):
        return CellFault("value-not-a-date")
    text = without_bogus_day(text) if base is not None else text
    day, rest = leading_day(text, forms, yearless=base is None)
    if day is not None:
        return _at(day, rest, forms) or CellFault("value-date-span" if is_span(text) else "value-not-a-date")
    if is_span(text):
        return CellFault("value-date-span")
    if not forms.order and _is_ambiguous(text, base, forms):
        return CellFault("value-date-ambiguous")
    if base is not None and (beside := day_beside(text, base, forms)):
        return _at(*beside, forms) or CellFault("value-not-a-date")
    if base is not None and half_of(text) is not None:
        return _at(base, text, forms) or CellFault("value-not-a-date")
    following, text = next_day(text)
    clock = parse_clock(text, unpadded=forms.unpadded)
    if clock is None or clock[1]:
        return CellFault("value-not-a-date")
    if base is None:
        return CellFault("value-time-without-date")
    return datetime.combine(base + timedelta(days=following), time()) + clock[0]


def is_span(text: str) -> bool:
    """Whether a text is a first and a last day: 2026-10-01~2026-10-07, 10/1-10/7, 10月1日至7日."""
    return _SPAN.fullmatch(text) is not None


def _is_ambiguous(text: str, base: date | None, forms: Forms) -> bool:
    """Whether only the order of day, month and year is not known; without a year, where the month of the file is."""
    return bool(_AMBIGUOUS.fullmatch(text)) or (base is None and forms.near is not None and pair_of(text) is not None)


def _of_format(text: str, form: str) -> datetime | CellFault:
    try:
        return datetime.strptime(text, form).replace(tzinfo=None)  # noqa: DTZ007 - local by definition
    except ValueError:
        return CellFault("value-not-in-format", (("format", form),))


def _of_serial(number: Decimal, epoch_1904: bool) -> datetime | None:
    number += _SHIFT_1904 if epoch_1904 else 0
    if not _FIRST_SERIAL <= number < _LAST_SERIAL:
        return None
    seconds = round((number % 1) * 86400)
    return _SERIAL_EPOCH + timedelta(days=int(number), seconds=seconds)


def _of_epoch(digits: str, zone: tzinfo) -> datetime | None:
    unit = _EPOCH_UNITS.get(len(digits)) if digits.isdecimal() and digits.isascii() else None
    return (_EPOCH + int(digits) * unit).astimezone(zone).replace(tzinfo=None) if unit else None


def _of_number(cell: int | float | Decimal, base: date | None, forms: Forms) -> datetime | CellFault:
    if _COMPACT.fullmatch(cell_as_text(cell)):
        return _of_text(cell_as_text(cell), base, forms)
    number = exact_number(cell)
    if not isinstance(number, Decimal):
        return CellFault("value-not-a-date")
    if base is not None and 0 < number < 1:
        # A time in a workbook's cell without a format is a part of a day.
        return datetime.combine(base, time()) + timedelta(seconds=round(number * 86400))
    compact = leading_day(str(number), PLAIN) if number == number.to_integral_value() else (None, "")
    found = datetime.combine(compact[0], time()) if compact[0] and not compact[1] else None
    found = found or _of_serial(number, forms.epoch_1904)
    return found or CellFault("value-not-a-date")


def _of_moment_cell(cell: datetime, base: date | None) -> datetime:
    """A workbook's bare time comes with a day from which the program counts; day 1 without a time is 24:00."""
    if base is None or cell.date() not in _NO_DAYS:
        return cell
    if cell == _DAY_ONE:
        return datetime.combine(base, time()) + _ONE_DAY
    return datetime.combine(base, cell.time())


def _of_time_cell(cell: date | time | timedelta, base: date | None) -> datetime | CellFault:
    if isinstance(cell, datetime):
        return _of_moment_cell(cell.replace(tzinfo=None), base)
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if base is None:
        return CellFault("value-time-without-date")
    start = datetime.combine(base, time())
    return start + cell if isinstance(cell, timedelta) else datetime.combine(base, cell.replace(tzinfo=None))


def _any(cell: Cell, base: date | None, forms: Forms) -> datetime | CellFault | None:
    if is_empty(cell):
        return None
    found: datetime | CellFault
    if isinstance(cell, (date, time, timedelta)):
        found = _of_time_cell(cell, base)
    elif isinstance(cell, str):
        text = narrow(cell)
        if is_error_cell(cell):
            return CellFault("value-error-cell")
        if fold(text) in EMPTY_FIGURES:
            return None
        found = _of_format(text, forms.pattern) if forms.pattern else _of_text(text, base, forms)
    else:
        found = (
            CellFault("value-not-a-date") if cell is None or isinstance(cell, bool) else _of_number(cell, base, forms)
        )
    if isinstance(found, datetime) and not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return CellFault("value-not-a-date")
    return found


def is_open_end(cell: Cell) -> bool:
    """Whether a cell says that there is no last day: ``至今``, or the 9999-12-31 of systems that must have one."""
    if isinstance(cell, date):
        return cell.year == MAXYEAR
    return isinstance(cell, str) and (narrow(cell).startswith(_NO_LAST_DAY) or fold(cell) in NO_END)


def parse_date(cell: Cell, forms: Forms = PLAIN) -> date | CellFault | None:
    """A day; None if empty. The time of day, if one stands there, is left off after its offset was applied.

    ``forms.month_only`` also takes ``2026年7月`` and ``Jul-26`` as the first day of that month. Serial numbers count
    only in numeric cells of a workbook.
    """
    first = first_day(cell, forms.near) if forms.month_only and not forms.pattern else None
    if first is not None:
        return first
    found = _any(cell, None, forms)
    if not isinstance(found, datetime):
        return found
    # The end of a day is still that day.
    ended = isinstance(cell, str) and found.time() == time() and _END_OF_DAY.search(narrow(cell))
    return found.date() - _ONE_DAY if ended else found.date()


def parse_moment(cell: Cell, forms: Forms = PLAIN, *, base: date | None = None) -> datetime | CellFault | None:
    """A local date and time without zone; None if empty or in words for no punch (``缺卡``). A day alone is midnight.

    ``base`` is the row's day, for cells that hold a time only (``9:12:58``, ``次日 00:04``), be it beside a day that
    programs print when there is none (``1899-12-30 9:12:58``) or behind that day without its year (``10-08 9:12``).
    24:00 is the start of the next day. Ten and thirteen digits are seconds and milliseconds since 1970,
    twelve and fourteen a day and a time (``20261008091258``). A day without
    a year is the one nearest to ``forms.near``.
    """
    if type(cell) is str and not forms.pattern and _USUAL.fullmatch(cell):
        # What most exports write, half of a large file's time: read by the language itself.
        with suppress(ValueError):
            return datetime.fromisoformat(cell)
    if isinstance(cell, (str, int)) and not isinstance(cell, bool) and not forms.pattern:
        epoch = _of_epoch(narrow(str(cell)), forms.zone)
        if epoch and _FIRST_YEAR <= epoch.year <= _LAST_YEAR:
            return epoch
    first = first_day(cell, forms.near) if forms.month_only and not forms.pattern else None
    found = datetime.combine(first, time()) if first else _any(cell, base, forms)
    return None if isinstance(found, CellFault) and isinstance(cell, str) and fold(cell) in NO_PUNCH else found
