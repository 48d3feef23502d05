"""Planned pages to a workbook in memory. The only module that knows XlsxWriter's worksheet calls."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from csctl.sheets.cells import Cell, Formula, Page, Style
from csctl.sheets.text import clean, shown_width

FONT = "Microsoft YaHei"
_A4 = 9
_TITLE_HEIGHT = 24
_NARROWEST, _WIDEST, _WIDEST_WRAPPED = 7, 36, 56
_LINE_HEIGHT = 15
_LINE = {"border": 1, "border_color": "#BFBFBF"}
_OVERFLOWING = ("title", "remark", "said")
_LOOKS: dict[Style, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "remark": {"italic": True, "font_color": "#595959"},
    "head": {"bold": True, "bg_color": "#E7E6E6", "align": "center", "text_wrap": True, **_LINE},
    "text": {"indent": 1, **_LINE},
    "wrap": {"text_wrap": True, "indent": 1, **_LINE},
    "plain": {"align": "right", **_LINE},
    "count": {"num_format": "0", "align": "center", **_LINE},
    "points": {"num_format": "0.00", **_LINE},
    "rate": {"num_format": "0.00####", **_LINE},
    "money": {"num_format": "#,##0.00", **_LINE},
    "percent": {"num_format": "0.00%", **_LINE},
    "total": {"bold": True, "align": "center", "bg_color": "#F2F2F2", **_LINE},
    "total_money": {"bold": True, "bg_color": "#F2F2F2", "num_format": "#,##0.00", **_LINE},
    "mark": {"align": "center", **_LINE},
    "said": {},
}


def write_book(pages: Sequence[Page], made_on: date) -> bytes:
    """The workbook's bytes: the same pages give the same bytes on any day.

    ``made_on`` stands in the file's properties as the day of its making; callers give the first of the month.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"author": "csctl", "created": datetime.combine(made_on, time(), UTC)})
    base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
    formats = {style: book.add_format(base | looks) for style, looks in _LOOKS.items()}
    for page in pages:
        sheet = book.add_worksheet(page.title)
        _set_up(sheet, page)
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    _put(sheet, row, column, cell, formats[cell.style])
    book.close()
    return buffer.getvalue()


def _put(sheet: Any, row: int, column: int, cell: Cell, looks: Any) -> None:
    """Write one cell by the type of its content, so that no text is ever taken for a formula, link or number."""
    content = cell.content
    if content is None or content == "":
        sheet.write_blank(row, column, None, looks)
    elif isinstance(content, Formula):
        sheet.write_formula(row, column, f"={content.expression}", looks, _cached(content.value))
    elif isinstance(content, str):
        sheet.write_string(row, column, clean(content), looks)
    else:
        sheet.write_number(row, column, content, looks)


def _cached(value: Decimal | int | str) -> str | int | Decimal:
    return value if isinstance(value, str) else Decimal(f"{value:f}")


def _set_up(sheet: Any, page: Page) -> None:
    """Widths, panes that stay in sight, and A4 paper."""
    widths = page.widths or _widths(page)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, cells in enumerate(page.rows):
        if cells and cells[0] is not None and cells[0].style == "title":
            sheet.set_row(row, _TITLE_HEIGHT)
        elif (lines := _lines(cells, widths)) > 1:
            sheet.set_row(row, lines * _LINE_HEIGHT)
    if page.head_row is not None:
        sheet.freeze_panes(page.head_row + 1, page.frozen_columns)
        sheet.repeat_rows(page.head_row)
    if not page.portrait:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)


def _lines(cells: Sequence[Cell | None], widths: Sequence[int]) -> int:
    """Lines that the row's longest wrapped text takes; spreadsheet programs do not all find out by themselves."""
    wrapped = [
        (cell.content.splitlines(), width - 1)
        for cell, width in zip(cells, widths, strict=False)
        if cell is not None and cell.style == "wrap" and isinstance(cell.content, str)
    ]
    return max((sum(-(-shown_width(line) // width) for line in text) for text, width in wrapped), default=1)


def _widths(page: Page) -> list[int]:
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
