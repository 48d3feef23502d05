"""From which day to which a title says that a table goes, in words: ``9月1日-9月30日``, ``Sep 1 – 30, 2026``."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from csctl.month import Month
from csctl.readers.columns.days import MONTH_NAMES

_NUMBER_OF = {name[:3]: number for number, name in enumerate(MONTH_NAMES, start=1)}
_NAMES = "|".join(_NUMBER_OF)
_TO = r"\s*(?:至|到|to|until|~|～|–|—|-|_)\s*"
_YEAR = r"(?:19|20)[0-9]{2}"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_NAME = rf"(?:{_NAMES})[a-z]*\.?"
_FORMS = (
    re.compile(
        rf"(?:(?P<y1>{_YEAR})\s*年\s*)?(?<![0-9])(?P<m1>{_MONTH})\s*月\s*(?P<d1>{_DAY})\s*[日号]?{_TO}"
        rf"(?:(?P<y2>{_YEAR})\s*年\s*)?(?:(?P<m2>{_MONTH})\s*月\s*)?(?P<d2>{_DAY})\s*[日号]?(?![0-9])"
    ),
    re.compile(
        rf"(?<![a-z])(?P<m1>{_NAME})\s*(?P<d1>{_DAY})(?:st|nd|rd|th)?(?:,?\s*(?P<y1>{_YEAR}))?{_TO}"
        rf"(?:(?P<m2>{_NAME})\s*)?(?P<d2>{_DAY})(?:st|nd|rd|th)?(?:,?\s*(?P<y2>{_YEAR}))?(?![0-9])"
    ),
    re.compile(
        rf"(?<![0-9])(?P<d1>{_DAY})(?:st|nd|rd|th)?(?:\s*(?P<m1>{_NAME}))?(?:\s*(?P<y1>{_YEAR}))?{_TO}"
        rf"(?P<d2>{_DAY})(?:st|nd|rd|th)?\s*(?P<m2>{_NAME})(?:\s*(?P<y2>{_YEAR}))?(?![0-9])"
    ),
)
_IN_FIGURES = re.compile(
    rf"(?<![0-9])(?P<a1>[0-9]{{1,2}})(?P<sign>[-/.])(?P<b1>[0-9]{{1,2}})(?P=sign)(?P<y1>{_YEAR}){_TO}"
    rf"(?P<a2>[0-9]{{1,2}})(?P=sign)(?P<b2>[0-9]{{1,2}})(?P=sign)(?P<y2>{_YEAR})(?![0-9])"
)
_MONTHS = 12


def months_of_spans(text: str) -> tuple[set[tuple[int | None, int]], str]:
    """Year, or None, and number of the months that spans in a folded text begin and end in; and the rest of it."""
    found: set[tuple[int | None, int]] = set()
    for form in _FORMS:
        for match in form.finditer(text):
            found |= _ends(match["m1"], match["y1"], match["m2"], match["y2"])
        text = form.sub(" ", text)
    for match in _IN_FIGURES.finditer(text):
        first, last = ((int(match[f"a{at}"]), int(match[f"b{at}"])) for at in (1, 2))
        by_day = max(first[0], last[0]) > _MONTHS >= max(first[1], last[1])
        by_month = max(first[1], last[1]) > _MONTHS >= max(first[0], last[0])
        if by_day or by_month:
            found |= {(int(match["y1"]), first[by_day]), (int(match["y2"]), last[by_day])}
    return found, _IN_FIGURES.sub(" ", text)


def days_of_spans(text: str, near: Month) -> list[tuple[date, date]]:
    """First and last day of each span in words of a folded text; a year that it does not say is that of the month."""
    found: list[tuple[date, date]] = []
    for match in (one for form in _FORMS for one in form.finditer(text)):
        one, other = match["m1"] or match["m2"], match["m2"] or match["m1"]
        years = (match["y1"] or match["y2"], match["y2"] or match["y1"])
        with suppress(ValueError):
            first, last = (
                date(int(year or near.year), _number(month), int(day))
                for year, month, day in zip(years, (one, other), (match["d1"], match["d2"]), strict=True)
            )
            found.append((first, last))
    return found


def _ends(first: str | None, year: str | None, last: str | None, later: str | None) -> set[tuple[int | None, int]]:
    """Both months; a month or year that stands on one side alone is that of the other one too."""
    one, other = first or last or "", last or first or ""
    years = (year or later, later or year)
    return {(int(at) if at else None, _number(name)) for name, at in zip((one, other), years, strict=True)}


def _number(month: str) -> int:
    return int(month) if month.isdecimal() else _NUMBER_OF[month[:3]]
