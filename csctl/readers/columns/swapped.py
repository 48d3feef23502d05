"""Days of which a spreadsheet took some the wrong way round: 08/10 became 10 August, 18/10 stayed a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.columns.values import narrow
from csctl.readers.grid import Cell

_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?![0-9])")
_MONTHS = 12
_SHOWN = 3


def half_swapped(cells: Iterable[Cell], place: Place, header: str) -> list[Problem]:
    """A warning for a column whose texts are all days after the 12th and whose dates are all days up to it.

    That is what is left when a program that puts the month first opens days that put it second: where both numbers
    can be a month it makes a date of them, where not it leaves the text.
    """
    dates: set[date] = set()
    texts: dict[str, None] = {}
    for cell in cells:
        if isinstance(cell, date):
            dates.add(cell)
        elif isinstance(cell, str) and (match := _DAY.match(narrow(cell))):
            texts[cell] = None
            if max(int(match[1]), int(match[2])) <= _MONTHS:
                return []
    if not dates or not texts or any(day.day > _MONTHS for day in dates):
        return []
    found = tuple(texts)[:_SHOWN]
    first = min(dates)
    day = date(first.year, first.month, first.day).isoformat()
    return [problem("days-half-swapped", place.at(column=header), found, column=header, day=day, count=len(dates))]
