"""Files as bytes: CSV text and workbooks that come out the same every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

import xlsxwriter

Cell = str | int | float | date | datetime | None
Row = Sequence[Cell]
CREATED = datetime.combine(date(2026, 11, 2), time())


def words(text: str) -> list[str]:
    """Headers and other short words written in one text."""
    return text.split()


def csv_bytes(rows: Iterable[Row], encoding: str) -> bytes:
    """Rows as CSV with Windows line ends, as office systems write it."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().encode(encoding)


@dataclass(frozen=True)
class Page:
    """One sheet. ``merged`` are ranges as (first row, first column, last row, last column), from 0."""

    name: str
    rows: Sequence[Row]
    merged: Sequence[tuple[int, int, int, int]] = field(default_factory=list)
    header_rows: int = 1
    width: int = 14


def workbook_bytes(*pages: Page) -> bytes:
    """A workbook of these sheets. Text stays text; dates become dates."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"title": pages[0].name, "created": CREATED})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E7E6E6", "border": 1, "align": "center"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for page in pages:
        _write(book.add_worksheet(page.name), page, formats)
    book.close()
    return target.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, page: Page, formats: dict[str, object]) -> None:
    columns = max(len(row) for row in page.rows)
    sheet.set_column(0, columns - 1, page.width)
    sheet.freeze_panes(page.header_rows, 0)
    for index, row in enumerate(page.rows):
        head = formats["head"] if index < page.header_rows else None
        for column, cell in enumerate(row):
            _write_cell(sheet, index, column, cell, head, formats)
    for first_row, first_column, last_row, last_column in page.merged:
        text = page.rows[first_row][first_column]
        sheet.merge_range(first_row, first_column, last_row, last_column, text, formats["head"])


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, head: object, formats: dict[str, object]
) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell, head)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell, formats["moment"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["date"])
    else:
        sheet.write_number(row, column, cell, head)


def in_words(seconds: int) -> str:
    """A duration as call systems write it: 2分30秒."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [(hours, "小时"), (minutes, "分"), (left, "秒")]
    return "".join(f"{number}{unit}" for number, unit in parts if number) or "0秒"


def in_yuan(cents: int) -> str:
    """An amount as shop systems write it: 1,234.50元."""
    return f"{cents // 100:,}.{cents % 100:02d}元"
