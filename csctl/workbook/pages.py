"""Planned pages to a workbook in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from csctl.workbook.cells import Cell, Formula, SheetPage
from csctl.workbook.making import LINE_HEIGHT, TITLE_HEIGHT, Making, keep_in_sight, on_paper
from csctl.workbook.text import lines_of, shown_width

_NARROWEST, _WIDEST, _WIDEST_WRAPPED = 7, 36, 56
_OVERFLOWING = ("title", "remark", "said")


def write_book(pages: Sequence[SheetPage], made_on: date) -> bytes:
    """The workbook's bytes: the same pages give the same bytes on any day.

    ``made_on`` stands in the file's properties as the day of its making; callers give the first of the month.
    """
    book = Making(made_on)
    for page in pages:
        sheet = book.sheet(page.title)
        _set_up(sheet, page)
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    book.put(sheet, row, column, cell.content, cell.style)
    return book.content()


def _set_up(sheet: Any, page: SheetPage) -> None:
    """Widths, panes that stay in sight, and A4 paper."""
    widths = page.widths or _widths(page)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, cells in enumerate(page.rows):
        if cells and cells[0] is not None and cells[0].style == "title":
            sheet.set_row(row, TITLE_HEIGHT)
        elif (lines := _lines(cells, widths)) > 1:
            sheet.set_row(row, lines * LINE_HEIGHT)
    if page.head_row is not None:
        keep_in_sight(sheet, page.head_row, page.frozen_columns)
    on_paper(sheet, upright=page.portrait)


def _lines(cells: Sequence[Cell | None], widths: Sequence[int]) -> int:
    """Lines that the row's longest wrapped text takes."""
    wrapped = [
        (cell.content, width - 1)
        for cell, width in zip(cells, widths, strict=False)
        if cell is not None and cell.style == "wrap" and isinstance(cell.content, str)
    ]
    return max((lines_of(text, width) for text, width in wrapped), default=1)


def _widths(page: SheetPage) -> list[int]:
    """One width per column: the longest content but titles, within bounds."""
    widths: list[int] = []
    for cells in page.rows:
        widths += [_NARROWEST] * (len(cells) - len(widths))
        for column, cell in enumerate(cells):
            if cell is not None and cell.style not in _OVERFLOWING:
                widths[column] = max(widths[column], _wanted(cell))
    return widths


def _wanted(cell: Cell) -> int:
    content = cell.content.value if isinstance(cell.content, Formula) else cell.content
    width = shown_width("" if content is None else str(content)) + 2
    return min(width, _WIDEST_WRAPPED if cell.style == "wrap" else _WIDEST)
