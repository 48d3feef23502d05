"""Sheets of texts as files of every kind that people send."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path

import openpyxl
import xlwt  # type: ignore[import-untyped]

from tests.readers.test_other_workbooks import ods, xml_2003

Rows = Sequence[Sequence[str]]
Sheets = Mapping[str, Rows]


def _csv(path: Path, sheets: Sheets, encoding: str) -> None:
    (rows,) = sheets.values()
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def _xlsx(path: Path, sheets: Sheets) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([cell or None for cell in row])
    book.save(path)


def _xls(path: Path, sheets: Sheets) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write(number, column, cell)
    book.save(str(path))


def _ods(path: Path, sheets: Sheets) -> None:
    def cell(text: str) -> str:
        parts = "".join(f"<text:p>{escape(part)}</text:p>" for part in text.split("\n"))
        return f'<table:table-cell office:value-type="string">{parts}</table:table-cell>'

    def row(cells: Sequence[str]) -> str:
        return f"<table:table-row>{''.join(map(cell, cells or ('',)))}</table:table-row>"

    tables = [
        f'<table:table table:name="{name}">{"".join(map(row, rows))}</table:table>' for name, rows in sheets.items()
    ]
    ods(path, "".join(tables))


def _html(path: Path, sheets: Sheets) -> None:
    (rows,) = sheets.values()
    lines = ("".join(f"<td>{escape(cell).replace(chr(10), '<br>')}</td>" for cell in row) for row in rows)
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    path.write_text(f'<html><head><meta charset="utf-8"></head><body><table>{table}</table></body></html>', "utf-8")


def _xml_2003(path: Path, sheets: Sheets) -> None:
    (rows,) = sheets.values()
    one = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    lines = ("".join(one.format(escape(cell).replace("\n", "&#10;")) for cell in row) for row in rows)
    path.write_text(xml_2003("".join(f"<Row>{line}</Row>" for line in lines)), "utf-8")


ONE_SHEET: Mapping[str, tuple[str, Callable[[Path, Sheets], None]]] = {
    "csv": (".csv", lambda path, sheets: _csv(path, sheets, "utf-8")),
    "csv of Windows": (".csv", lambda path, sheets: _csv(path, sheets, "gb18030")),
    "page": (".xls", _html),
    "xml": (".xls", _xml_2003),
}
BOOKS: Mapping[str, tuple[str, Callable[[Path, Sheets], None]]] = {
    "xlsx": (".xlsx", _xlsx),
    "xls": (".xls", _xls),
    "ods": (".ods", _ods),
}
KINDS = {**ONE_SHEET, **BOOKS}
