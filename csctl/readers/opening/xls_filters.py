"""Rows that an old .xls workbook hides, and the filters that hide them, which its records tell and xlrd does not."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import xlrd

from csctl.readers.opening.filters import SheetFilter

_END, _FILTER_MODE, _AUTO_FILTER = 0x0A, 0x9B, 0x9E
_AREA = 0x3B
_OPERATOR, _EQUAL = 10, 2
_NOTHING, _TEXT, _BLANK = 0, 6, 0x0C
_JOINED_BY_OR = 1


def hidden_rows(sheet: xlrd.sheet.Sheet) -> list[int]:
    """The rows, from 1, that nobody sees; none where the workbook was opened without formats."""
    return sorted(row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden)


def xls_filters(content: bytes, number: int) -> list[SheetFilter]:
    """The filter of the sheet of that number (from 0), if any of its columns is filtered.

    Raises nothing: a workbook whose records are of another kind has no filter that could be told.
    """
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
        try:
            area = _area(book, number)
            columns = tuple(filtered_columns(book.mem[book._sh_abs_posn[number] :])) if area else ()
        finally:
            book.release_resources()
    except (xlrd.XLRDError, struct.error, IndexError, AttributeError):
        return []
    return [SheetFilter(area[0], area[1], columns)] if area and columns else []


def _area(book: xlrd.Book, number: int) -> tuple[int, int] | None:
    """First and last row, from 1, of the range that is filtered on a sheet."""
    for name in book.name_obj_list:
        if name.name == "_FilterDatabase" and name.scope == number and name.raw_formula[:1] == bytes([_AREA]):
            top, bottom = struct.unpack_from("<HH", name.raw_formula, 3)
            return top + 1, bottom + 1
    return None


def filtered_columns(records: bytes) -> Iterator[tuple[int, tuple[str, ...] | None]]:
    """The filtered columns of a sheet's records and the texts that stay; None where a column is filtered otherwise."""
    at, filtered = 0, False
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        filtered = filtered or kind == _FILTER_MODE
        if kind == _AUTO_FILTER and filtered:
            yield _column(records[at + 4 : at + 4 + length])
        if kind == _END:
            return
        at += 4 + length


def _column(record: bytes) -> tuple[int, tuple[str, ...] | None]:
    column, flags = struct.unpack_from("<HH", record)
    tests = [record[at : at + _OPERATOR] for at in (4, 4 + _OPERATOR)]
    tests = [test for test in tests if test[0] != _NOTHING]
    texts: list[str] = []
    at = 4 + 2 * _OPERATOR
    for test in tests:
        if test[0] == _BLANK:
            texts.append("")
            continue
        if test[0] != _TEXT or test[1] != _EQUAL:
            return column, None
        wide = record[at] & 1
        length = test[6] * (2 if wide else 1)
        texts.append(record[at + 1 : at + 1 + length].decode("utf-16-le" if wide else "latin-1", "replace"))
        at += 1 + length
    if not texts or (len(texts) > 1 and flags & 3 != _JOINED_BY_OR):
        return column, None
    return column, tuple(texts)
