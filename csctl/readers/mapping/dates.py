"""Days and moments from every form in which exports write them; what could mean two days is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

from csctl.readers.grid import Cell
from csctl.readers.mapping.forms import PLAIN, Forms
from csctl.readers.mapping.values import Fault, exact_number, is_empty, is_error_cell, narrow
from csctl.words import EMPTY_FIGURES, fold

_MONTH_NAMES = "janfebmaraprmayjunjulaugsepoctnovdec"
_MONTHS = {_MONTH_NAMES[start : start + 3]: start // 3 + 1 for start in range(0, 36, 3)}
_WEEKDAYS = {
    sign: number for number, signs in enumerate(("一", "二", "三", "四", "五", "六", "日天")) for sign in signs
}
_DAY_FORMS = (
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})(?![0-9])"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})\s*年\s*(?P<m>[0-9]{1,2})\s*月\s*(?P<d>[0-9]{1,2})\s*[日号]?(?![0-9])"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?![0-9])"),
    re.compile(r"(?P<d>[0-9]{1,2})[ -](?P<mon>[a-z]{3})[a-z]*[ -](?P<y>(?:19|20)[0-9]{2})(?![0-9])", re.IGNORECASE),
    re.compile(r"(?P<mon>[a-z]{3})[a-z]* (?P<d>[0-9]{1,2}),? (?P<y>(?:19|20)[0-9]{2})(?![0-9])", re.IGNORECASE),
)
_SHORT_YEAR = re.compile(r"(?P<y>[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?=\s*\(?(?:星期|周))")
_AMBIGUOUS = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})(?![0-9])(?!.*(?:星期|周)).*")
_WEEKDAY = re.compile(r"\s*,?\s*\(?(?:星期|周|礼拜)([一二三四五六日天])\)?")
_TIME = re.compile(
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上)?\s*(?P<h>[0-9]{1,2})(?::|点|时)(?P<m>[0-5][0-9])(?:分|:)?"
    r"(?:(?P<s>[0-5][0-9])秒?(?:\.(?P<f>[0-9]{1,9}))?)?\s*(?P<ampm>[ap]m)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"\s*(?:(?P<utc>z|utc|gmt)|(?P<sign>[+-])(?P<h>[01][0-9]):?(?P<m>[0-5][0-9]))", re.IGNORECASE)
_MONTH = re.compile(r"((?:19|20)[0-9]{2})(?:[-/.]|\s*年\s*)?(0?[1-9]|1[0-2])\s*月?")
_SERIAL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_DAYS_TO_1904 = 1462
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_UNITS = {10: timedelta(seconds=1), 13: timedelta(milliseconds=1)}
_NOON = 12
_HALVES = {"上午": time(0), "下午": time(12)}


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    name = parts.get("mon")
    number = _MONTHS.get(name.casefold()) if name else int(parts["m"])
    year = int(parts["y"])
    try:
        return date(year if year > 99 else 2000 + year, number or 0, int(parts["d"]))
    except ValueError:
        return None


def _leading_day(text: str) -> tuple[date | None, str]:
    """The day a text begins with, and what follows; a weekday beside it must be that day's."""
    for form in (*_DAY_FORMS, _SHORT_YEAR):
        match = form.match(text)
        if match:
            found, rest = _day(match), text[match.end() :]
            weekday = _WEEKDAY.match(rest)
            if weekday and found:
                found = found if _WEEKDAYS[weekday[1]] == found.weekday() else None
                rest = rest[weekday.end() :]
            return found, rest.removeprefix("T").removeprefix("t").strip()
    return None, text


def _hour(hour: int, half: str) -> int | None:
    if not half:
        return hour
    afternoon = half in {"pm", "下午", "晚上"} or (half == "中午" and hour < _NOON - 1)
    if half in {"am", "pm"} and not 1 <= hour <= _NOON:
        return None
    if hour > _NOON:
        return hour if afternoon else None
    if half == "中午" and hour == _NOON:
        return hour
    return hour % _NOON + (_NOON if afternoon else 0)


def _clock(text: str) -> tuple[time, str] | None:
    """The time of day a text begins with, and what follows."""
    match = _TIME.match(text)
    if not match:
        return None
    hour = _hour(int(match["h"]), (match["half"] or match["ampm"] or "").casefold())
    if hour is None or hour > 23:
        return None
    fraction = (match["f"] or "")[:6].ljust(6, "0")
    return time(hour, int(match["m"]), int(match["s"] or 0), int(fraction)), text[match.end() :].strip()


def _offset(text: str) -> timedelta | None:
    match = _ZONE.fullmatch(text)
    if not match:
        return None
    if match["utc"]:
        return timedelta(0)
    size = timedelta(hours=int(match["h"]), minutes=int(match["m"]))
    return -size if match["sign"] == "-" else size


def _at(day: date, text: str, zone: tzinfo) -> datetime | None:
    """``day`` with the time and the offset that ``text`` gives; midnight if it gives none."""
    if not text:
        return datetime.combine(day, time())
    if text in _HALVES:
        return datetime.combine(day, _HALVES[text])
    clock = _clock(text)
    if clock is None:
        return None
    moment, rest = datetime.combine(day, clock[0]), clock[1]
    if not rest:
        return moment
    offset = _offset(rest)
    return None if offset is None else moment.replace(tzinfo=timezone(offset)).astimezone(zone).replace(tzinfo=None)


def _of_text(text: str, base: date | None, zone: tzinfo) -> datetime | Fault:
    day, rest = _leading_day(text)
    if day is not None:
        return _at(day, rest, zone) or Fault("value-not-a-date")
    if _AMBIGUOUS.fullmatch(text):
        return Fault("value-date-ambiguous")
    following = text.startswith("次日")
    clock = _clock(text.removeprefix("次日").strip())
    if clock is None or clock[1]:
        return Fault("value-not-a-date")
    if base is None:
        return Fault("value-time-without-date")
    return datetime.combine(base + timedelta(days=following), clock[0])


def _of_format(text: str, form: str) -> datetime | Fault:
    try:
        return datetime.strptime(text, form).replace(tzinfo=None)  # noqa: DTZ007 - local by definition
    except ValueError:
        return Fault("value-not-in-format", (("format", form),))


def _of_serial(number: Decimal, forms: Forms) -> datetime | None:
    number += _DAYS_TO_1904 * forms.epoch_1904
    if not _FIRST_SERIAL <= number < _LAST_SERIAL:
        return None
    seconds = round((number % 1) * 86400)
    return _SERIAL_EPOCH + timedelta(days=int(number), seconds=seconds)


def _of_epoch(digits: str, zone: tzinfo) -> datetime | None:
    unit = _EPOCH_UNITS.get(len(digits)) if digits.isdecimal() and digits.isascii() else None
    return (_EPOCH + int(digits) * unit).astimezone(zone).replace(tzinfo=None) if unit else None


def _of_number(cell: int | float | Decimal, forms: Forms) -> datetime | Fault:
    number = exact_number(cell)
    if not isinstance(number, Decimal):
        return Fault("value-not-a-date")
    compact = _leading_day(str(number)) if number == number.to_integral_value() else (None, "")
    found = datetime.combine(compact[0], time()) if compact[0] and not compact[1] else _of_serial(number, forms)
    return found or Fault("value-not-a-date")


def _of_time_cell(cell: date | time | timedelta, base: date | None) -> datetime | Fault:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if base is None:
        return Fault("value-time-without-date")
    start = datetime.combine(base, time())
    return start + cell if isinstance(cell, timedelta) else datetime.combine(base, cell.replace(tzinfo=None))


def _any(cell: Cell, base: date | None, forms: Forms) -> datetime | Fault | None:
    if is_empty(cell):
        return None
    found: datetime | Fault
    if isinstance(cell, (date, time, timedelta)):
        found = _of_time_cell(cell, base)
    elif isinstance(cell, str):
        text = narrow(cell)
        if is_error_cell(cell):
            return Fault("value-error-cell")
        if fold(text) in EMPTY_FIGURES:
            return None
        found = _of_format(text, forms.pattern) if forms.pattern else _of_text(text, base, forms.zone)
    else:
        found = Fault("value-not-a-date") if cell is None or isinstance(cell, bool) else _of_number(cell, forms)
    if isinstance(found, datetime) and not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return Fault("value-not-a-date")
    return found


def parse_date(cell: Cell, forms: Forms = PLAIN) -> date | Fault | None:
    """A day; None if empty. The time of day, if one stands there, is left off after its offset was applied.

    ``forms.month_only`` also takes ``2026年7月`` as the first day of that month. Serial numbers count only in numeric
    cells of a workbook.
    """
    if forms.month_only and isinstance(cell, (str, int)) and not isinstance(cell, bool):
        month = _MONTH.fullmatch(narrow(str(cell)))
        if month:
            return date(int(month[1]), int(month[2]), 1)
    found = _any(cell, None, forms)
    return found.date() if isinstance(found, datetime) else found


def parse_moment(cell: Cell, forms: Forms = PLAIN, *, base: date | None = None) -> datetime | Fault | None:
    """A local date and time without zone; None if empty. A day alone is its midnight.

    ``base`` is the row's day, for cells that hold a time only (``9:12:58``, ``次日 00:04``). Ten and thirteen digits
    are seconds and milliseconds since 1970.
    """
    if isinstance(cell, (str, int)) and not isinstance(cell, bool) and not forms.pattern:
        epoch = _of_epoch(narrow(str(cell)), forms.zone)
        if epoch and _FIRST_YEAR <= epoch.year <= _LAST_YEAR:
            return epoch
    return _any(cell, base, forms)
