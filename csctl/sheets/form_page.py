"""A filled form as a page: what is the same one below the other is one cell, and room to write fills the sheet."""

from __future__ import annotations

from itertools import groupby
from typing import Any, cast

from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from csctl.sheets.form_rows import merge

FILLED = "sheet_fills_page"
"""The defined name of the rows that take what is left of the page."""
_A4 = (8.27, 11.69)
_USUAL_WIDTH, _USUAL_HEIGHT = 8.43, 15.0
_MOST = 150.0
"""Points by which a row grows at the most: more room is not easier to write in."""


def merge_same(sheet: Worksheet, first: int, last: int, column: int) -> None:
    """Make one cell of neighbours in a column that have the same text; rows count from 1."""
    rows = range(first, last + 1)
    for text, same in groupby(rows, key=lambda row: sheet.cell(row, column).value):
        own = list(same)
        if text is not None and len(own) > 1:
            looks = [[cell._style] for each in own for cell in [cast("Any", sheet.cell(each, column))]]
            merge(sheet, (column, own[0], column, own[-1]), looks)


def fill_page(book: Workbook) -> None:
    """Let the rows of the name ``sheet_fills_page`` take what a sheet leaves free of its page."""
    name = book.defined_names.get(FILLED)
    if name is None:
        return
    for title, cells in name.destinations:
        if title in book.sheetnames:
            _, first, _, last = range_boundaries(cells.replace("$", ""))
            if first is not None and last is not None:
                _grow_rows(book[title], first, last)


def _grow_rows(sheet: Worksheet, first: int, last: int) -> None:
    room = _page_height(sheet) - sum(_height(sheet, row) for row in range(1, sheet.max_row + 1))
    more = min(room / (last - first + 1), _MOST)
    if more > 1:
        for row in range(first, last + 1):
            sheet.row_dimensions[row].height = round(_height(sheet, row) + more, 1)


def _height(sheet: Worksheet, row: int) -> float:
    return sheet.row_dimensions[row].height or _USUAL_HEIGHT


def _page_height(sheet: Worksheet) -> float:
    """How many points of rows one page holds, as wide as the sheet is drawn; a little is left free."""
    margins = sheet.page_margins
    short, long = _A4
    wide, high = (long, short) if sheet.page_setup.orientation == "landscape" else (short, long)
    drawn = sum(_column_width(sheet, column) * 7 + 5 for column in range(1, sheet.max_column + 1)) / 96
    scale = min(1.0, (wide - margins.left - margins.right) / drawn)
    return (high - margins.top - margins.bottom) * 72 / scale * 0.96


def _column_width(sheet: Worksheet, column: int) -> float:
    for dimension in sheet.column_dimensions.values():
        if (dimension.min or 0) <= column <= (dimension.max or 0):
            return float(dimension.width)
    return _USUAL_WIDTH
