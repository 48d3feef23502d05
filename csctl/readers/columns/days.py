"""The day that a text begins with: every form in which exports write one, and what a column leaves open."""

from __future__ import annotations

import re
from datetime import date, timedelta

from csctl.month import Month
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.orders import month_first, year_month_day

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTHS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, start=1)}
_WEEKDAYS = {
    sign: number for number, signs in enumerate(("一", "二", "三", "四", "五", "六", "日天")) for sign in signs
}
_YEAR = r"(?P<y>(?:19|20)[0-9]{2})(?![0-9])"
_NAMED = r"(?P<mon>[a-z]{3})[a-z]*\.?"
_DAY_FORMS = (
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})(?![0-9])"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})\s*年\s*(?P<m>[0-9]{1,2})\s*月\s*(?P<d>[0-9]{1,2})\s*[日号]?(?![0-9])"),
    re.compile(r"(?P<y>(?:19|20)[0-9]{2})(?P<m>[0-9]{2})(?P<d>[0-9]{2})(?![0-9])"),
    re.compile(rf"(?P<d>[0-9]{{1,2}})[ /.-]{_NAMED}[ /.-]{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_NAMED} (?P<d>[0-9]{{1,2}}),? {_YEAR}", re.IGNORECASE),
    # Day and month cannot be mixed up here, so that two digits are the year.
    re.compile(rf"(?P<d>[0-9]{{1,2}})[ /.-]{_NAMED}[ /.-](?P<y>[0-9]{{2}})(?![0-9:点时])", re.IGNORECASE),
    re.compile(rf"{_NAMED} (?P<d>[0-9]{{1,2}}), ?(?P<y>[0-9]{{2}})(?![0-9:点时])", re.IGNORECASE),
)
_ORDERED = re.compile(
    r"(?P<a>[0-9]{1,2})(?P<sep>[-/.])(?P<b>[0-9]{1,2})(?P=sep)(?P<c>(?:19|20)[0-9]{2}|[0-9]{1,2})(?![0-9])"
)
_SHORT_YEAR = re.compile(r"(?P<y>[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?=\s*\(?(?:星期|周))")
_ENDS = r"(?=$|[\s(]|星期|周|礼拜)"
_WITHOUT_YEAR = (
    re.compile(rf"(?P<m>[0-9]{{1,2}})\s*月\s*(?P<d>[0-9]{{1,2}})\s*[日号]?{_ENDS}"),
    re.compile(rf"(?P<d>[0-9]{{1,2}})[ -]{_NAMED}{_ENDS}", re.IGNORECASE),
    re.compile(rf"{_NAMED} (?P<d>[0-9]{{1,2}}){_ENDS}", re.IGNORECASE),
)
_TWO = re.compile(rf"(?P<a>[0-9]{{1,2}})[-/.](?P<b>[0-9]{{1,2}}){_ENDS}")
"""A day without a year in figures alone: only the order tells which is which."""
_WEEKDAY = re.compile(r"\s*,?\s*(?:\(?(?:星期|周|礼拜)|\((?=.\)))([一二三四五六日天])\)?")
"""A weekday; its sign alone only in brackets: 10-06(二)."""
_HALF_A_YEAR = timedelta(days=183)
_CENTURY_TURNS = 70
_LEAP = 2000


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    return _of_parts(parts["y"], parts.get("m") or _MONTHS.get(parts["mon"].casefold(), 0), parts["d"])


def _of_parts(written: str, month: str | int, day: str) -> date | None:
    year = int(written)
    if year < 100:
        year += 1900 if year >= _CENTURY_TURNS else 2000
    return _valid(year, int(month), int(day))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_near(match: re.Match[str], near: Month) -> date | None:
    parts = match.groupdict()
    return _near(int(parts.get("m") or _MONTHS.get(parts["mon"].casefold(), 0)), int(parts["d"]), near)


def _near(month: int, number: int, near: Month) -> date | None:
    """A day without a year: of three years the one in which it is nearest to the month."""
    years = (near.year, near.year - 1, near.year + 1)
    found = [day for year in years if (day := _valid(year, month, number))]
    return next((day for day in found if near.first - _HALF_A_YEAR <= day <= near.last + _HALF_A_YEAR), None)


def _ordered(text: str, forms: Forms, *, yearless: bool) -> tuple[date | None, str] | None:
    """A day in figures whose order is told, and what follows; None if the text begins otherwise."""
    if match := _ORDERED.match(text):
        year, month, day = year_month_day(forms.order, (match["a"], match["b"], match["c"]))
        return (_of_parts(year, month, day) if len(year) > 1 else None), text[match.end() :]
    if forms.near and yearless and (match := _TWO.match(text)):
        one, two = int(match["a"]), int(match["b"])
        number, of_month = (one, two) if month_first(forms.order) else (two, one)
        return _near(number, of_month, forms.near), text[match.end() :]
    return None


def pair_of(text: str) -> tuple[int, int] | None:
    """The two figures of a day without a year that a text begins with, in whichever order; None if there are none."""
    match = _TWO.match(text)
    if match is None:
        return None
    one, two = int(match["a"]), int(match["b"])
    return (one, two) if _valid(_LEAP, one, two) or _valid(_LEAP, two, one) else None


def day_beside(text: str, base: date, forms: Forms) -> tuple[date, str] | None:
    """The day without a year that a text begins with, in front of a time, and that time, where only one order makes it
    the day that stands beside it, the one before or the one after: ``10-11 06:00`` beside 2026-10-10.
    """
    match = _TWO.match(text)
    rest = text[match.end() :].strip() if match else ""
    if match is None or not rest:
        return None
    one, two = int(match["a"]), int(match["b"])
    orders: tuple[tuple[int, int], ...] = ((one, two), (two, one))
    if forms.order:
        orders = orders[:1] if month_first(forms.order) else orders[1:]
    near = [base + timedelta(days=step) for step in (-1, 0, 1)]
    found = {day for day in near if (day.month, day.day) in orders}
    return (found.pop(), rest) if len(found) == 1 else None


def leading_day(text: str, forms: Forms, *, yearless: bool = True) -> tuple[date | None, str]:
    """The day a text begins with, and what follows; a weekday beside it must be that day's.

    Not ``yearless``: two figures alone, as ``9.30``, are no day.
    """
    for form in _DAY_FORMS:
        match = form.match(text)
        if match:
            return _with_weekday(_day(match), text[match.end() :])
    if forms.order and (found := _ordered(text, forms, yearless=yearless)):
        return _with_weekday(*found)
    if match := _SHORT_YEAR.match(text):
        return _with_weekday(_day(match), text[match.end() :])
    if forms.near:
        for form in _WITHOUT_YEAR:
            if match := form.match(text):
                return _with_weekday(_day_near(match, forms.near), text[match.end() :])
    return None, text


def _with_weekday(found: date | None, rest: str) -> tuple[date | None, str]:
    weekday = _WEEKDAY.match(rest)
    if weekday and found:
        found = found if _WEEKDAYS[weekday[1]] == found.weekday() else None
        rest = rest[weekday.end() :]
    return found, rest.removeprefix("T").removeprefix("t").strip()
