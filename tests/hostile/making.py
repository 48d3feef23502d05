"""A small table in every kind of file, sound ones, from which the hostile ones are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import xlwt  # type: ignore[import-untyped]

from tests.readers.hostile import save, sheet_xml, text
from tests.readers.test_other_workbooks import ods, xlsb, xml_2003

TABLE = [("工号", "日期", "金额")] + [(f"{one:03}", f"2026-10-{one:02}", f"{one}.50") for one in range(1, 31)]
"""Thirty rows of texts below a header."""


def csv_text(separator: str = ",", end: str = "\n") -> str:
    """The table as text."""
    return end.join(separator.join(row) for row in TABLE) + end


def sheet_rows(rows: Sequence[Sequence[str]] = TABLE) -> str:
    """The table as the rows of an .xlsx sheet."""
    return "".join(
        f'<row r="{number}">'
        + "".join(text(f"{column}{number}", cell) for column, cell in zip("ABC", row, strict=False))
        + "</row>"
        for number, row in enumerate(rows, start=1)
    )


def xlsx_bytes(folder: Path, sheet: str | None = None, **parts: str | bytes) -> bytes:
    """The table as an .xlsx workbook; ``sheet`` and ``parts`` stand in the place of its own."""
    return save(folder / "made.xlsx", sheet_xml(sheet_rows()) if sheet is None else sheet, **parts).read_bytes()


def xls_bytes() -> bytes:
    """The table as an old .xls workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for number, row in enumerate(TABLE):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ods_bytes(folder: Path) -> bytes:
    """The table as an OpenDocument sheet."""
    cells = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{''.join(map(cells.format, row))}</table:table-row>" for row in TABLE)
    return ods(folder / "made.ods", f'<table:table table:name="表">{rows}</table:table>').read_bytes()


def xlsb_bytes(folder: Path) -> bytes:
    """The table as a binary workbook."""
    return xlsb(folder / "made.xlsb", [list(row) for row in TABLE]).read_bytes()


def xml_2003_text() -> str:
    """The table as an XML Spreadsheet of 2003."""
    cells = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    return xml_2003("".join(f"<Row>{''.join(map(cells.format, row))}</Row>" for row in TABLE))


def html_text() -> str:
    """The table as a page."""
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in TABLE)
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'


def repacked(content: bytes, changes: Mapping[str, bytes | None]) -> bytes:
    """A zip file with some parts replaced, added, or (None) left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        parts: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
        for name, part in {**parts, **changes}.items():
            if part is not None:
                new.writestr(name, part)
    return made.getvalue()
