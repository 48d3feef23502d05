"""What a cell looks like before anybody knows which column it stands in: a day, a time, a figure, a label."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from datetime import date, time, timedelta
from decimal import Decimal

from csctl.readers.columns.amounts import parse_money
from csctl.readers.columns.dates import parse_date
from csctl.readers.columns.durations import parse_seconds
from csctl.readers.columns.values import CellFault, counted_number, exact_number, is_empty, narrow
from csctl.readers.grid import Cell

_CLOCK = re.compile(r"[0-9]{1,4}:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?(?: ?[ap]m)?", re.IGNORECASE)
_COMMA_FIGURE = re.compile(r"-?[0-9]+,[0-9]{1,2}")
_NUMBERED = re.compile(r"[A-Za-z]{1,4}-?[0-9]{3,}|[0-9]{4,}[A-Za-z]?")
_BETWEEN = re.compile(r"[\s,;|/、，；]+")
_LONGEST = 40
_FIGURES_OF_A_DAY = 8
_MOST = 0.8


def is_day(cell: Cell) -> bool:
    """A day or a moment, written out or as a date of the workbook; numbers are figures.

    A text of more figures than a day has is more often the number of an order than a moment.
    """
    if isinstance(cell, str):
        if len(cell) > _FIGURES_OF_A_DAY and cell.isdecimal():
            return False
        found = parse_date(cell) if cell[:1].isalnum() and len(cell) <= _LONGEST else None
        return isinstance(found, date) or (isinstance(found, CellFault) and found.code == "value-date-ambiguous")
    return isinstance(cell, date)


def is_time(cell: Cell) -> bool:
    """A time of day or a length of time."""
    if isinstance(cell, str):
        length = isinstance(exact_number(cell), CellFault) and isinstance(parse_seconds(cell), Decimal)
        return length or bool(_CLOCK.fullmatch(narrow(cell)))
    return isinstance(cell, time | timedelta)


def times_in(cell: Cell) -> int:
    """How many times of day a text holds, and nothing else: ``09:01 18:02``; a shift from one to another is none."""
    parts = [part for part in _BETWEEN.split(narrow(cell)) if part] if isinstance(cell, str) else []
    return len(parts) if all(map(_CLOCK.fullmatch, parts)) else 0


def is_numeric(cell: Cell) -> bool:
    """A number, a percentage or an amount."""
    if not isinstance(cell, str):
        return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)
    text = narrow(cell)
    return any(isinstance(parse(text.removesuffix("%")), Decimal) for parse in (counted_number, parse_money))


def is_comma_figure(cell: Cell) -> bool:
    """A number with a decimal comma, which is one once somebody says so: ``4,5``."""
    return isinstance(cell, str) and bool(_COMMA_FIGURE.fullmatch(narrow(cell)))


@functools.lru_cache(maxsize=8192, typed=True)
def is_datum(cell: Cell) -> bool:
    """What stands in cells and hardly in headers: a day, a time, a figure, a number of staff or of an order."""
    if is_empty(cell):
        return False
    numbered = isinstance(cell, str) and bool(_NUMBERED.fullmatch(narrow(cell)))
    return numbered or is_numeric(cell) or is_time(cell) or is_day(cell)


def is_label(cell: Cell) -> bool:
    """A text that could head a column."""
    return isinstance(cell, str) and not is_empty(cell) and not is_datum(cell)


def mostly(cells: Iterable[Cell], looks: Callable[[Cell], bool]) -> bool:
    """Whether at least four of five of the cells that are filled look so; not if none is."""
    filled = [cell for cell in cells if not is_empty(cell)]
    return bool(filled) and sum(map(looks, filled)) >= _MOST * len(filled)
