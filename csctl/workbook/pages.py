"""Planned pages to a workbook in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from csctl.workbook.cells import SheetPage
from csctl.workbook.fitting import column_widths, fitted, height_of, row_lines
from csctl.workbook.making import TITLE_HEIGHT, Making, keep_in_sight, on_paper


def write_book(pages: Sequence[SheetPage], made_on: date) -> bytes:
    """The workbook's bytes: the same pages give the same bytes on any day.

    ``made_on`` stands in the file's properties as the day of its making; callers give the first of the month.
    """
    book = Making(made_on)
    for page in pages:
        sheet = book.sheet(page.title)
        widths = page.widths or column_widths(page.rows, page.printed_columns)
        _set_up(sheet, page, widths)
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    look = fitted(cell.style, cell.content, widths[column])
                    book.put(sheet, row, column, cell.content, look)
    return book.content()


def write_page(made_on: date, page: SheetPage) -> bytes:
    """A workbook of one page; as ``write_book`` otherwise."""
    return write_book([page], made_on)


def _set_up(sheet: Any, page: SheetPage, widths: Sequence[int]) -> None:
    """Widths, heights, panes that stay in sight, and A4 paper."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, cells in enumerate(page.rows):
        if cells and cells[0] is not None and cells[0].style == "title":
            sheet.set_row(row, TITLE_HEIGHT)
        elif height := height_of(row_lines(cells, widths)):
            sheet.set_row(row, height)
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
