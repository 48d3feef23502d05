"""Which months a title, the name of a sheet or the name of a file speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from csctl.month import Month
from csctl.readers.columns.days import MONTH_NAMES
from csctl.readers.columns.spans_said import days_of_spans, months_of_spans
from csctl.readers.columns.values import narrow

MonthNumber = tuple[int | None, int]
"""Year, or None where none is said, and number of a month."""

_YEAR = r"(?P<y>(?:19|20)[0-9]{2})"
_ENGLISH = (MONTH_NAMES, [name[:3] for name in MONTH_NAMES])
_NUMBER_OF = {name: number for names in _ENGLISH for number, name in enumerate(names, start=1)} | {"sept": 9}
_NAMES = "|".join(sorted(_NUMBER_OF, key=lambda name: (-len(name), name)))
_HAN = {
    sign: number
    for number, sign in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1)
}
_NO_DAY = r"(?!\s*[0-9]{1,2}\s*[日号])"
_WITH_YEAR = (
    re.compile(rf"{_YEAR}\s*年\s*(?P<m>1[0-2]|0?[1-9])\s*月{_NO_DAY}"),
    re.compile(rf"{_YEAR}\s*年\s*(?P<han>十[一二]?|[一二三四五六七八九])\s*月"),
    re.compile(rf"(?<![0-9]){_YEAR}[-/._]?(?P<m>1[0-2]|0[1-9])(?![0-9]|[-/._][0-9])"),
    re.compile(rf"(?<![0-9]){_YEAR}[-/._](?P<m>[1-9])(?![0-9]|[-/._][0-9])"),
    re.compile(rf"(?<![a-z])(?P<name>{_NAMES})[\s._,'-]*{_YEAR}(?![0-9])"),
    re.compile(rf"(?<![0-9]){_YEAR}[\s._-]*(?P<name>{_NAMES})(?![a-z])"),
)
_WITHOUT_YEAR = (
    re.compile(r"(?<![0-9年\s])(?<!年\s)(?P<m>1[0-2]|0?[1-9])\s*月(?!份?\s*[0-9]{1,2}\s*[日号])"),
    re.compile(r"(?<![年第一二三四五六七八九十])(?P<han>十[一二]?|[一二三四五六七八九])月"),
)
SHORT_NAMED = re.compile(rf"(?P<name>{_NAMES})\.?[\s'\u2019-]+(?P<y>[0-9]{{2}})")
"""``sep-26``: a month with two digits of a year, or a day of it."""
_ALONE = re.compile(rf"\W*(?P<name>{_NAMES})\W*")
_DAY = r"(?:19|20)[0-9]{2}(?:年|[-/._]?)(?:1[0-2]|0?[1-9])(?:月|[-/._]?)[0-9]{1,2}[日号]?(?![0-9])"
_SPAN = re.compile(rf"({_DAY})\s*(?:至|到|to|until|~|～|–|—|-|_)\s*({_DAY})")
_DAY_PARTS = re.compile(
    r"(?P<y>(?:19|20)[0-9]{2})(?:年|[-/._]?)(?P<m>1[0-2]|0[1-9]|[1-9](?=\D))(?:月|[-/._]?)(?P<d>[0-9]{1,2})"
)
_ABOUT_PRINTING = re.compile(r"\s*(?:制表|打印|导出|生成|报表生成|printed|exported|generated|created)")


def _month(match: re.Match[str]) -> MonthNumber:
    parts = match.groupdict()
    year = int(parts["y"]) if parts.get("y") else None
    if parts.get("name"):
        return year, _NUMBER_OF[parts["name"]]
    return year, _HAN[parts["han"]] if parts.get("han") else int(parts["m"])


def span_of_days(text: str) -> tuple[date, date] | None:
    """First and last day of a text that is a span of two days and nothing else."""
    match = _SPAN.fullmatch(narrow(text).lower())
    return _days_of(match) if match else None


def date_ranges_in(text: str, near: Month) -> list[tuple[date, date]]:
    """First and last day of every span that a text speaks of, unless it says when something was printed."""
    text = narrow(text).lower()
    if _ABOUT_PRINTING.match(text):
        return []
    whole = [days for match in _SPAN.finditer(text) if (days := _days_of(match))]
    return [*whole, *days_of_spans(_SPAN.sub(" ", text), near)]


def _days_of(match: re.Match[str]) -> tuple[date, date] | None:
    parts = [found for day in match.groups() if (found := _DAY_PARTS.match(day))]
    try:
        days = [date(int(one["y"]), int(one["m"]), int(one["d"])) for one in parts]
    except ValueError:
        return None
    return (days[0], days[1]) if len(days) == len(("first", "last")) else None


def _of_span(match: re.Match[str]) -> set[MonthNumber]:
    days = [found for text in match.groups() if (found := _DAY_PARTS.match(text))]
    return {(int(day["y"]), int(day["m"])) for day in days}


def months_in(text: str) -> set[MonthNumber]:
    """The months a text speaks of: ``2026年9月``, ``2026-09``, ``9月``, ``Sep 2026``, a span of two days.

    A single day is none (it may be the day of printing), and what says when something was printed is not looked at. An
    English name without a year counts only where it stands alone.
    """
    text = narrow(text).lower()
    if _ABOUT_PRINTING.match(text):
        return set()
    found = {month for span in _SPAN.finditer(text) for month in _of_span(span)}
    in_words, text = months_of_spans(_SPAN.sub(" ", text))
    found |= in_words
    dated = [match for form in _WITH_YEAR for match in form.finditer(text)]
    found |= set(map(_month, dated))
    if not found:
        found = {_month(match) for form in _WITHOUT_YEAR for match in form.finditer(text)}
    alone = _ALONE.fullmatch(text)
    return found | ({_month(alone)} if alone else set())


def speaks_of_other(texts: Iterable[str], month: Month) -> str:
    """The first text that speaks of another month, if none speaks of ``month`` itself; else ""."""
    said = [(text, found) for text in texts if (found := months_in(text))]
    own = {(None, month.number), (month.year, month.number)}
    return "" if any(found & own for _, found in said) or not said else said[0][0]
