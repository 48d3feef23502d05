"""The rows of one .xlsx sheet with what the number formats of its cells show. Runs in the reading process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet._reader import WorkSheetParser

from csctl.readers.grid import Cell
from csctl.readers.opening.cells import Row
from csctl.readers.opening.sheet_rows import Sightings
from csctl.readers.opening.shown import Look, long_time, shown

_Told = dict[str, Any]
"""A cell as openpyxl's parser tells it: ``row`` and ``column`` from 1, ``value``, ``data_type``, ``style_id``."""


def read_rows(sheet: Any, looks: Mapping[int, Look], seen: Sightings) -> Iterator[Row]:
    """Row 1, 2, 3 …, with empty ones for gaps; a row whose number is not above the last is passed over.

    ``sheet`` is one of openpyxl's read-only mode, which gives either values or, at twice the
    time, cells with their styles: hence its parser. Cells that are given twice are added to ``seen``.
    """
    book = sheet.parent
    expected = 1
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, told in parser.parse():
            while expected < number:
                expected += 1
                yield ()
            if expected == number:
                expected += 1
                yield _row(told, looks, seen, in_1904=book.epoch == MAC_EPOCH)


def _row(told: list[_Told], looks: Mapping[int, Look], seen: Sightings, *, in_1904: bool) -> Row:
    """The cells by their columns, in whatever order the file has them; one that is given twice is a fault."""
    if not told:
        return ()
    cells: list[Cell] = [None] * max(told[-1]["column"], len(told))
    for one in told:
        column, value = one["column"], one["value"]
        if value.__class__ is float or value.__class__ is int:
            look = looks.get(one["style_id"])
            if look is not None:
                value = shown(value, look)
        elif in_1904:
            value = long_time(value, MAC_EPOCH)
        if column > len(cells):
            cells += [None] * (column - len(cells))
        elif cells[column - 1] is not None:
            seen.add("cell-twice", one["row"], column)
        cells[column - 1] = value
    return tuple(cells)
