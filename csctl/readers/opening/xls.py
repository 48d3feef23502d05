"""One old .xls workbook, sheet by sheet, through xlrd. Runs in the reading process."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import xlrd
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from csctl.messages import problem
from csctl.problems import NOWHERE, Place, Problem
from csctl.readers.grid import Cell, Sheet
from csctl.readers.opening.cells import MAX_MERGED_CELLS, Row, filled_rows, int_if_whole
from csctl.readers.opening.filters import filtered_rows
from csctl.readers.opening.sheet_rows import CellQuota, Refused, sheet_rows
from csctl.readers.opening.shown import BUILTIN_FORMATS, DURATION, Look, displayed_number, long_time, looks_of
from csctl.readers.opening.xls_filters import hidden_rows, xls_filters


def read_xls(path: Path) -> Iterator[tuple[Sheet, list[Problem]]]:
    """Every sheet with its problems; places name the sheet, not the file.

    Dates and durations become what the same workbook saved as .xlsx would give. Raises Refused for what can be
    said in words, and whatever xlrd raises for broken files.
    """
    content = path.read_bytes()
    book = _opened(content)
    allowance = CellQuota()
    looks = _looks(book)
    for number, sheet in enumerate(book.sheets()):
        hidden = sheet.visibility != 0
        _none_lost(sheet)
        raw = (_row(book, sheet, at, looks) for at in range(sheet.nrows))
        rows, problems = sheet_rows(raw, sheet.name, allowance)
        if hidden and rows:
            problems.append(problem("sheet-hidden", Place(sheet=sheet.name)))
        unseen = filled_rows(hidden_rows(sheet), rows)
        filters = xls_filters(content, number) if unseen else []
        filtered, said = filtered_rows(filters, unseen, rows, Place(sheet=sheet.name))
        merged, in_1904 = _merged(sheet), bool(book.datemode)
        yield Sheet(sheet.name, rows, hidden, merged, in_1904, unseen, filtered), [*problems, *said]


def _none_lost(sheet: xlrd.sheet.Sheet) -> None:
    """Raises Refused where the sheet says that it has other rows than its records give: a damaged file ends early, or
    has cells in rows that it does not have. A file that does not say how many there are is taken as it is.

    Rows with a record of their own and no cell are there: somebody gave them a height or a colour.
    """
    given = max(sheet.nrows, max(sheet.rowinfo_map, default=-1) + 1)
    if given < sheet._dimnrows or 0 < sheet._dimnrows < sheet.nrows:
        place = Place(sheet=sheet.name)
        raise Refused(problem("workbook-rows-lost", place, sheet.nrows, said=sheet._dimnrows))


def _opened(content: bytes) -> xlrd.Book:
    """With formats, which merged cells and durations need; without, where another program wrote faulty formats."""
    try:
        return _loaded(content, formats=True)
    except xlrd.XLRDError as fault:
        if "encrypted" in str(fault).lower():
            raise Refused(problem("file-password-protected", NOWHERE)) from fault
        raise
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever the formats broke, the second reading decides
        return _loaded(content, formats=False)


def _loaded(content: bytes, *, formats: bool) -> xlrd.Book:
    return xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), ragged_rows=True, formatting_info=formats)


def _row(book: xlrd.Book, sheet: xlrd.sheet.Sheet, number: int, looks: Mapping[int, Look]) -> Row:
    return tuple([_value(book, cell, looks) for cell in sheet.row(number)])


def _looks(book: xlrd.Book) -> dict[int, Look]:
    """By style. Currency formats that only a number names show whatever the reader's computer is set to: no sign."""
    codes = BUILTIN_FORMATS | {own.format_key: own.format_str for own in book.format_list}
    styles = enumerate(book.xf_list)
    return looks_of({index: codes[style.format_key] for index, style in styles if style.format_key in codes})


def _value(book: xlrd.Book, cell: xlrd.sheet.Cell, looks: Mapping[int, Look]) -> Cell:
    value: Cell = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return value or None
        case xlrd.XL_CELL_NUMBER if looks.get(cell.xf_index) is DURATION:
            return _moment(book, cell, looks)  # xlrd takes seconds alone, ``[ss]``, for no format of time
        case xlrd.XL_CELL_NUMBER:
            number, look = int_if_whole(cell.value), looks.get(cell.xf_index)
            return number if look is None else displayed_number(number, look)
        case xlrd.XL_CELL_DATE:
            return _moment(book, cell, looks)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    return None


def _moment(book: xlrd.Book, cell: xlrd.sheet.Cell, looks: Mapping[int, Look]) -> Cell:
    epoch = MAC_EPOCH if book.datemode else WINDOWS_EPOCH
    try:
        return long_time(from_excel(cell.value, epoch, timedelta=looks.get(cell.xf_index) is DURATION), epoch)
    except (OverflowError, ValueError):
        return "#VALUE!"


def _merged(sheet: xlrd.sheet.Sheet) -> tuple[tuple[int, int, int, int], ...]:
    return tuple(
        (top + 1, left + 1, bottom, right)
        for top, bottom, left, right in sheet.merged_cells
        if 0 < (bottom - top) * (right - left) <= MAX_MERGED_CELLS
    )
