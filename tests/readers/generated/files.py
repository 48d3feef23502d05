"""A grid of generated cells as a file of some kind."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Literal

import xlsxwriter
import xlwt  # type: ignore[import-untyped]

from tests.readers.generated.cells import BOOK, BOOK_1904, TEXT, Cell, Num, Span, Stamp, plain

_DAY = Decimal(86_400)
_EPOCHS = {BOOK: datetime(1899, 12, 30), BOOK_1904: datetime(1904, 1, 1)}  # noqa: DTZ001 - workbooks know no zones
FIRST, SECOND = "Sheet1", "Sheet2"
Lines = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a file is written: ``medium`` says which cells it can hold."""

    name: str
    suffix: str
    medium: str
    encoding: str = ""
    delimiter: str = ""
    says_delimiter: bool = False
    all_quoted: bool = False
    latin: str = ""
    """The Western letters of all that stands in it; see ``Row``."""
    doubtful: bool = False
    """Whether it may be said how it was read."""


def _texts() -> list[FileKind]:
    delimiters = {"comma": ",", "semicolon": ";", "tab": "\t"}
    encodings = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
    return [
        FileKind(f"file: csv {encoding} {name}", ".csv", TEXT, encoding, sign)
        for encoding in encodings
        for name, sign in delimiters.items()
    ]


KINDS: Mapping[str, FileKind] = {
    kind.name: kind
    for kind in (
        *_texts(),
        FileKind("file: csv with a sep line", ".csv", TEXT, "utf-8-sig", ";", says_delimiter=True),
        FileKind("file: csv windows-1252", ".csv", TEXT, "cp1252", ",", latin="any", doubtful=True),
        FileKind("file: csv windows-1252, rare accents", ".csv", TEXT, "cp1252", ";", latin="inside", doubtful=True),
        FileKind("file: csv utf-8 latin", ".csv", TEXT, "utf-8", ",", latin="any"),
        FileKind("file: csv utf-8 pipe", ".txt", TEXT, "utf-8", "|"),
        FileKind("file: csv all quoted", ".csv", TEXT, "utf-8", ",", all_quoted=True),
        FileKind("file: csv named xls", ".xls", TEXT, "gb18030", "\t"),
        FileKind("file: xlsx", ".xlsx", BOOK),
        FileKind("file: xlsx of 1904", ".xlsx", BOOK_1904),
        FileKind("file: xls", ".xls", BOOK),
        FileKind("file: xls of 1904", ".xls", BOOK_1904),
    )
}


def as_text(cell: Cell) -> str:
    """What stands in a text file, and what a report of a failure shows."""
    if isinstance(cell, Num):
        return plain(cell.value)
    if isinstance(cell, Stamp | Span):
        return f"{cell.moment if isinstance(cell, Stamp) else cell.seconds} shown as {cell.format}"
    return "" if cell is None else str(cell)


def write(path: Path, kind: FileKind, lines: Lines, other_sheet: Lines = (), second_sheet: Lines = ()) -> None:
    """The file. A workbook may have another sheet before the one of the table, and a second of the same after it."""
    if kind.medium == TEXT:
        stream = io.StringIO(newline="")
        if kind.says_delimiter:
            stream.write(f"sep={kind.delimiter}\r\n")
        quoting: Literal[0, 1] = csv.QUOTE_ALL if kind.all_quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(stream, delimiter=kind.delimiter, quoting=quoting)
        writer.writerows([as_text(cell) for cell in line] for line in lines)
        path.write_bytes(stream.getvalue().encode(kind.encoding))
        return
    sheets = {"说明": other_sheet, FIRST: lines, SECOND: second_sheet}
    sheets = {name: sheet for name, sheet in sheets.items() if sheet}
    (_xlsx if kind.suffix == ".xlsx" else _xls)(path, kind.medium, sheets)


def _number(cell: Num | Stamp | Span, medium: str) -> float:
    """The number that the workbook keeps."""
    if isinstance(cell, Num):
        return float(cell.value)
    if isinstance(cell, Span):
        return float(cell.seconds / _DAY)
    past = cell.moment - _EPOCHS[medium]
    return float(past.days + Decimal(past.seconds) / _DAY)


def _xlsx(path: Path, medium: str, sheets: Mapping[str, Lines]) -> None:
    with xlsxwriter.Workbook(path, {"date_1904": medium == BOOK_1904}) as book:
        styles: dict[str, Any] = {}
        for name, lines in sheets.items():
            _fill(lines, medium, partial(_put_xlsx, book, book.add_worksheet(name), styles))


def _put_xlsx(
    book: Any, sheet: Any, styles: dict[str, Any], row: int, column: int, value: str | bool | float, form: str
) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    else:
        if form not in styles:
            styles[form] = book.add_format({"num_format": form})
        sheet.write_number(row, column, value, styles[form])


def _xls(path: Path, medium: str, sheets: Mapping[str, Lines]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = medium == BOOK_1904
    styles: dict[str, Any] = {}
    for name, lines in sheets.items():
        _fill(lines, medium, partial(_put_xls, book.add_sheet(name), styles))
    book.save(str(path))


def _put_xls(sheet: Any, styles: dict[str, Any], row: int, column: int, value: str | bool | float, form: str) -> None:
    if form not in styles:
        styles[form] = xlwt.easyxf(num_format_str=form)
    sheet.write(row, column, value, styles[form])


def _fill(lines: Lines, medium: str, put: Callable[[int, int, str | bool | float, str], None]) -> None:
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            if isinstance(cell, Num | Stamp | Span):
                put(row, column, _number(cell, medium), cell.format)
            elif cell is not None and cell != "":
                put(row, column, cell, "General")
