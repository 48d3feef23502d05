"""The rows of one .xlsx sheet, what the formats of its cells show, and what its XML says besides. Reading process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Any
from xml.etree.ElementTree import Element

from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.worksheet.filters import AutoFilter

from csctl.readers.grid import Cell
from csctl.readers.opening.cells import MAX_MERGED_CELLS, Row
from csctl.readers.opening.sheet_rows import Sightings
from csctl.readers.opening.shown import Look, displayed_number, long_time

MAX_MERGED_RANGES = 20_000

_Told = dict[str, Any]
"""A cell as openpyxl's parser tells it: ``row`` and ``column`` from 1, ``value``, ``data_type``, ``style_id``."""


class SheetParser(WorkSheetParser):
    """openpyxl's parser of a sheet's XML, which also notes what its cells do not tell.

    A formula without a saved value would read as an empty cell; a row whose number is not above the last would be
    passed over; rows may be hidden. The first two are added to ``seen``, the numbers of the last to ``hidden_rows``.
    """

    def __init__(self, sheet: Any, source: IO[bytes], seen: Sightings) -> None:
        book = sheet.parent
        super().__init__(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.seen = seen
        self.hidden_rows: list[int] = []
        self.auto_filter: AutoFilter | None = None
        self._last = 0

    def parse_row(self, row: Any) -> tuple[int, list[_Told]]:
        """A row's number and cells."""
        number, told = super().parse_row(row)
        if number <= self._last:
            self.seen.add("row-number-twice", number, 0, number)
        self._last = max(self._last, number)
        if row.get("hidden") in ("1", "true"):
            self.hidden_rows.append(number)
        return number, told

    def parse_cell(self, element: Element) -> _Told:
        """A cell."""
        told: _Told = super().parse_cell(element)
        if told["value"] is None and element.find(FORMULA_TAG) is not None and not _is_empty_text(element):
            self.seen.add("formula-without-value", told["row"], told["column"])
        return told

    @property
    def has_tables(self) -> bool:
        """Once the rows are read: whether tables lie on the sheet."""
        return bool(self.tables.tablePart)

    def merged(self) -> tuple[tuple[int, int, int, int], ...]:
        """Once the rows are read: the merged ranges small enough for a heading, as top, left, bottom, right from 1."""
        ranges = [] if self.merged_cells is None else self.merged_cells.mergeCell
        edges = [(one.min_row, one.min_col, one.max_row, one.max_col) for one in ranges[:MAX_MERGED_RANGES]]
        return tuple(
            (top, left, bottom, right)
            for top, left, bottom, right in edges
            if (bottom - top + 1) * (right - left + 1) <= MAX_MERGED_CELLS
        )


def _is_empty_text(element: Element) -> bool:
    """Whether the saved value of a formula is the empty text."""
    return element.get("t") == "str" and element.find(VALUE_TAG) is not None


def parsed_rows(parser: SheetParser, looks: Mapping[int, Look]) -> Iterator[Row]:
    """Row 1, 2, 3 …, with empty ones for gaps; a row whose number is not above the last is passed over.

    openpyxl's read-only mode gives either values or, at twice the time, cells with their styles: hence its parser.
    Cells that are given twice are added to what the parser has seen.
    """
    expected = 1
    in_1904 = parser.epoch == MAC_EPOCH
    for number, told in parser.parse():
        while expected < number:
            expected += 1
            yield ()
        if expected == number:
            expected += 1
            yield _row(told, looks, parser.seen, in_1904=in_1904)


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
                value = displayed_number(value, look)
        elif in_1904:
            value = long_time(value, MAC_EPOCH)
        if column > len(cells):
            cells += [None] * (column - len(cells))
        elif cells[column - 1] is not None:
            seen.add("cell-twice", one["row"], column)
        cells[column - 1] = value
    return tuple(cells)
