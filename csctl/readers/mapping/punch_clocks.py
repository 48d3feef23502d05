"""Punches written as no clock writes them: 0855, 08.55, a part of a day, or several in one cell.

The whole column decides: where every cell with a figure is of one such form, and each is a time of day, they are times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from csctl.readers.columns.cells import Cells
from csctl.readers.columns.values import cell_as_text, is_empty, narrow
from csctl.readers.grid import Cell

_DAY_MINUTES = 24 * 60
_MONTHS, _DAYS = 12, 31
_COMPACT = re.compile(r"([01]?[0-9]|2[0-3])([0-5][0-9])")
_DOTTED = re.compile(r"([01]?[0-9]|2[0-3])\.([0-5][0-9])")
_FRACTION = re.compile(r"0?\.[0-9]+")
_SEVERAL = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s*[;,、|/\n ]\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)+")
_DIGIT = re.compile(r"[0-9]")
_BETWEEN = re.compile(r"\s*[;,、|/\n ]\s*")


def with_clocks(one: Cells, beside: Iterable[Cells], *, last: bool) -> Cells:
    """The cells of a column of punches, with times for what is one; of several in a cell the first, or the ``last``.

    ``beside`` are all columns of punches: 18.05 is a time, and no day of May, if they hold a 08.55.
    """
    distinct = _figures(one)
    dated = not any(_is_no_day(cell) for column in beside for cell in _figures(column))
    times = _of_one_form(distinct, dated=dated) or _of_several(distinct, last=last)
    return replace(one, cells=[times.get(cell, cell) for cell in one.cells]) if times else one


def _figures(one: Cells) -> list[Cell]:
    """The distinct cells of a column that hold any figure."""
    return [cell for cell in one.counts if not is_empty(cell) and _DIGIT.search(cell_as_text(cell))]


def _is_no_day(cell: Cell) -> bool:
    """Whether two figures with a dot between them are no day of a month, in either order."""
    match = _DOTTED.fullmatch(narrow(cell)) if isinstance(cell, str) else None
    if match is None:
        return False
    first, second = int(match[1]), int(match[2])
    return not any(1 <= month <= _MONTHS and 1 <= day <= _DAYS for month, day in ((first, second), (second, first)))


def _of_one_form(cells: Iterable[Cell], *, dated: bool) -> dict[Cell, Cell]:
    """Each cell as a time, where all are of one form; else nothing. ``dated``: with a dot they are days."""
    every = list(cells)
    for form in (_compact, _fraction) if dated else (_compact, _dotted, _fraction):
        found = {cell: form(cell) for cell in every}
        if found and all(found.values()):
            return {cell: time for cell, time in found.items() if time}
    return {}


def _of_several(cells: Iterable[Cell], *, last: bool) -> dict[Cell, Cell]:
    texts = [cell for cell in cells if isinstance(cell, str) and _SEVERAL.fullmatch(narrow(cell))]
    return {text: _BETWEEN.split(narrow(text))[-1 if last else 0] for text in texts}


def _compact(cell: Cell) -> str:
    """0855, and 855 in a cell of a number, which keeps no nought."""
    return _matched(_COMPACT, cell, str if isinstance(cell, int) else None)


def _dotted(cell: Cell) -> str:
    return _matched(_DOTTED, cell, None)


def _matched(form: re.Pattern[str], cell: Cell, written: Callable[[object], str] | None) -> str:
    if isinstance(cell, bool) or not (isinstance(cell, str) or written):
        return ""
    match = form.fullmatch(written(cell) if written else narrow(str(cell)))
    return f"{int(match[1]):02}:{match[2]}" if match else ""


def _fraction(cell: Cell) -> str:
    """A part of a day, as a sheet holds a time that has lost its format: to the minute."""
    if isinstance(cell, bool) or not isinstance(cell, (str, float, Decimal)):
        return ""
    text = narrow(cell) if isinstance(cell, str) else str(cell)
    if isinstance(cell, str) and not _FRACTION.fullmatch(text):
        return ""
    try:
        minutes = round(Decimal(text) * _DAY_MINUTES)
    except InvalidOperation:
        return ""
    return f"{minutes // 60:02}:{minutes % 60:02}" if 0 < minutes < _DAY_MINUTES else ""
