"""A Parquet file as a sheet: the names of its columns above its rows, typed cells as of a workbook."""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csctl.headers import column_letters
from csctl.messages import problem
from csctl.problems import Place, Problem, shortened
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.opening.cells import CONTROL, MAX_COLUMNS, MAX_ROWS_LEFT_OUT, Row, trimmed

if TYPE_CHECKING:
    import polars as pl

MAX_CELLS = 40_000_000
"""A small file may unpack to any number of them."""


def read_parquet(path: Path, place: Place, most: int = MAX_CELLS) -> tuple[Book | None, list[Problem]]:
    """A book of one sheet named ``""``; None with the problem if the file cannot be read as a table.

    Row 1 is that of the names. Columns of lists, structures and bytes are left out, which is said. A moment with a zone
    is the text that tells its offset, so that it is understood as one of a text file.
    """
    import polars as pl

    try:
        schema = pl.read_parquet_schema(path)
        read = [name for name, kind in schema.items() if not _holds_no_cell(kind)]
        problems = _left_out([name for name in schema if name not in read], place)
        if len(read) > MAX_COLUMNS:
            return None, [problem("sheet-too-wide", place, len(read), limit=MAX_COLUMNS)]
        height = int(pl.scan_parquet(path, hive_partitioning=False).select(pl.len()).collect().item())
        if height * len(read) > most:
            found = f"{height:,} × {len(read)}"
            return None, [problem("parquet-too-long", place, found, limit=f"{most:,}")]
        frame = pl.read_parquet(path, columns=read, hive_partitioning=False)
    except pl.exceptions.PolarsError as fault:
        return None, [problem("parquet-damaged", place, str(fault).partition("\n")[0])]
    rows: list[Row] = [tuple(read)]
    for cells in frame.iter_rows():
        row = trimmed([_cell(cell) for cell in cells])
        said = _control(row, place.at(row=len(rows) + 1))
        problems += said
        rows.append(() if said else row)
        if len(problems) > MAX_ROWS_LEFT_OUT:
            return None, [problem("file-not-a-table", place)]
    return Book((Sheet("", rows),)), problems


def _holds_no_cell(kind: pl.DataType | type[pl.DataType]) -> bool:
    import polars as pl

    return kind.is_nested() or kind in (pl.Binary, pl.Object)


def _left_out(names: list[str], place: Place) -> list[Problem]:
    return [problem("parquet-columns-left-out", place, shortened(names))] if names else []


def _cell(value: Any) -> Cell:
    """A value as a cell of a sheet."""
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat(" ")
    cell: Cell = value
    return cell


def _control(row: Row, place: Place) -> list[Problem]:
    """A problem if a cell holds what no export means to write."""
    for index, cell in enumerate(row):
        control = CONTROL.search(cell) if isinstance(cell, str) else None
        if control:
            where = place.at(row=place.row, column=column_letters(index + 1))
            return [problem("control-character", where, f"U+{ord(control[0]):04X}")]
    return []
