"""Planned pages to a workbook in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from csctl.workbook.cells import Cell, Formula, SheetPage
from csctl.workbook.looks import Look
from csctl.workbook.making import LINE_HEIGHT, TITLE_HEIGHT, Making, keep_in_sight, on_paper
from csctl.workbook.text import lines_of, shown_width

_NARROWEST, _WIDEST, _HEAD_WIDTH = 7, 36, 10
_WIDEST_WRAPPED: dict[Look, int] = {"wrap": 56, "fold": 22}
_FOLDED: frozenset[Look] = frozenset({*_WIDEST_WRAPPED, "head"})
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
    if page.repeated_row is not None:
        sheet.repeat_rows(page.repeated_row)
    printed = page.printed_columns or len(widths)
    if page.printed_columns:
        sheet.print_area(0, 0, max(len(page.rows) - 1, 0), printed - 1)
    on_paper(sheet, upright=page.portrait, widths=widths[:printed] if page.breaks else ())
    if page.breaks:
        sheet.set_h_pagebreaks(list(page.breaks))


def _lines(cells: Sequence[Cell | None], widths: Sequence[int]) -> int:
    """Lines that the row's longest wrapped text takes."""
    wrapped = {
        (cell.content, width - 1)
        for cell, width in zip(cells, widths, strict=False)
        if cell is not None and cell.content and cell.style in _FOLDED and isinstance(cell.content, str)
    }
    return max((lines_of(text, width) for text, width in wrapped), default=1)


def _widths(page: SheetPage) -> list[int]:
    """One width per column: the longest content but titles, within bounds; what stands in many rows is asked once."""
    return [
        max((_wanted(cell) for cell in set(column) if cell is not None and cell.style not in _OVERFLOWING),
            default=_NARROWEST)
        for column in zip_longest(*page.rows)
    ]  # fmt: skip


def _wanted(cell: Cell) -> int:
    """The width of a cell's text, none below the narrowest; heads are broken into lines between words."""
    return max(_NARROWEST, _asked(cell))


def _asked(cell: Cell) -> int:
    if cell.style == "head" and isinstance(cell.content, str):
        longest = max((shown_width(each) for each in cell.content.split()), default=0)
        return min(max(longest, min(shown_width(cell.content), _HEAD_WIDTH)) + 2, _WIDEST)
    content = cell.content.value if isinstance(cell.content, Formula) else cell.content
    # A number is as wide as it is shown, with a comma before every three digits.
    text = f"{content:,}" if isinstance(content, int | Decimal) else content or ""
    return min(shown_width(text) + 2, _WIDEST_WRAPPED.get(cell.style, _WIDEST))
