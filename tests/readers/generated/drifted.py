"""Exports as a vendor's next version would write them: other headers, other units, a column gone, fewer rows.

Each function changes files where they lie; give it a copy. Values mean the same afterwards unless a function says
otherwise, so what is read may only differ by what could not be read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

RENAMED = "新版"
"""What ``rename_columns`` puts before each header."""
Grid = list[list[Any]]
_UNIT = re.compile(r"[(（](秒|元)[)）]$")
_CELL = re.compile(r"([0-9.]+)(秒|元)")
_NEXT = {"秒": "分钟", "元": "万元"}
_PER = {"秒": Decimal(60), "元": Decimal(10_000)}
_SEARCHED = 6


def rename_columns(path: Path) -> dict[str, str]:
    """Puts a word before every header, groups of headers apart. Returns old header → new one."""
    renamed: dict[str, str] = {}

    def change(grid: Grid) -> None:
        row = grid[header_row(grid)]
        for column, text in enumerate(row):
            if text:
                renamed[str(text)] = row[column] = f"{RENAMED}{text}"

    _rewrite(path, change)
    return renamed


def change_units(path: Path, *, said: bool = True) -> list[str]:
    """Seconds become minutes, yuan become ten thousands of them, in headers and in cells. Returns what changed.

    With ``said`` false headers lose their unit instead: the change that nobody can see.
    """
    changed: list[str] = []

    def change(grid: Grid) -> None:
        top = header_row(grid)
        for column, header in enumerate(grid[top]):
            unit = _UNIT.search(str(header or ""))
            touched = [_converted(row, column, unit[1] if unit else "", said) for row in grid[top + 1 :]]
            if unit:
                end = f"({_NEXT[unit[1]]})" if said else ""
                grid[top][column] = f"{str(header)[: unit.start()]}{end}"
            if any(touched):
                changed.append(str(header))

    _rewrite(path, change)
    return changed


def drop_column(path: Path, header: str) -> None:
    """Takes a column out; what stands to its right moves up, which cells merged below the header would not bear.

    Raises ValueError if no column has that header.
    """

    def change(grid: Grid) -> None:
        top = header_row(grid)
        column = [str(text) for text in grid[top]].index(header)
        for row in grid[top:]:
            if column < len(row):
                row[column:] = [*row[column + 1 :], None]

    _rewrite(path, change)


def drop_rows(path: Path, keep_every: int = 2) -> int:
    """Empties all rows of data but every second one (or another share). Returns how many are left."""
    left = 0

    def change(grid: Grid) -> None:
        nonlocal left
        for index, row in enumerate(grid[header_row(grid) + 1 :]):
            if index % keep_every:
                row[:] = [None] * len(row)
            else:
                left += 1

    _rewrite(path, change)
    return left


def empty_cells(path: Path, header: str, every: int = 2) -> int:
    """Empties every second cell of a column (or another share). Returns how many were filled and are not."""
    emptied = 0

    def change(grid: Grid) -> None:
        nonlocal emptied
        top = header_row(grid)
        column = [str(text) for text in grid[top]].index(header)
        for row in grid[top + 1 :: every]:
            if column < len(row) and row[column] not in (None, ""):
                row[column], emptied = None, emptied + 1

    _rewrite(path, change)
    return emptied


def each_export(month: Path, *left_out: str) -> Iterator[Path]:
    """The files of a month's folder, without those whose name begins with one of the given texts."""
    yield from sorted(path for path in month.iterdir() if path.is_file() and not path.name.startswith(left_out))


def header_row(grid: Grid) -> int:
    """The row, from 0, that names most columns, among the first ones."""
    filled = [sum(isinstance(cell, str) and bool(cell) for cell in row) for row in grid[:_SEARCHED]]
    return filled.index(max(filled))


def _converted(row: list[Any], column: int, unit: str, said: bool) -> bool:
    """Changes one cell; True if it counted in a unit that has another."""
    cell = row[column] if column < len(row) else None
    if cell in (None, ""):
        return False
    if unit and re.fullmatch(r"[0-9.]+", str(cell)):
        row[column] = _as(type(cell), Decimal(str(cell)) / _PER[unit])
        return True
    match = _CELL.fullmatch(str(cell))
    if match:
        end = _NEXT[match[2]] if said else ""
        row[column] = _text(Decimal(match[1]) / _PER[match[2]]) + end
    return bool(match)


def _text(number: Decimal) -> str:
    return f"{number:.7f}".rstrip("0").rstrip(".")


def _as(kind: type, number: Decimal) -> object:
    return _text(number) if kind is str else float(number)


def _rewrite(path: Path, change: Callable[[Grid], None]) -> None:
    if path.read_bytes()[:2] == b"PK":
        _rewrite_workbook(path, change)
    else:
        _rewrite_text(path, change)


def _rewrite_text(path: Path, change: Callable[[Grid], None]) -> None:
    content = path.read_bytes()
    encoding = "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030" if _is_gb(content) else "utf-8"
    text = content.decode(encoding)
    delimiter = "\t" if "\t" in text[:2_000] else ","
    grid: Grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    change(grid)
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(grid)
    path.write_bytes(stream.getvalue().encode(encoding))


def _is_gb(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _rewrite_workbook(path: Path, change: Callable[[Grid], None]) -> None:
    """Every visible sheet, cell by cell: formats and merged cells stay."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        grid: Grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
        before: Mapping[tuple[int, int], object] = {
            (row, column): value for row, line in enumerate(grid) for column, value in enumerate(line)
        }
        change(grid)
        for (row, column), value in before.items():
            if grid[row][column] != value:
                sheet.cell(row + 1, column + 1).value = grid[row][column]
    book.save(path)
    book.close()
