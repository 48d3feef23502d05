"""What every opened file agrees on: limits, how a cell is named, which characters no cell may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from csctl.readers.grid import Cell

DELIMITERS = ",\t;|"
"""What parts the cells of a text file."""
MAX_COLUMNS = 200
MAX_WORKBOOK_ROWS = 200_001
"""A header and 200,000 rows."""
EXACT = 10**15
"""From here on a number of a spreadsheet has lost digits."""
MAX_MERGED_CELLS = 10_000
"""A merged range larger than this is no heading; it is ignored."""
MAX_ROWS_LEFT_OUT = 1_000
"""A file with more rows of control characters than this is no table."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Characters that no export means to write: they steer terminals and hide text."""

Row = tuple[Cell, ...]


def trimmed(cells: Sequence[Cell]) -> Row:
    """Without the empty cells (None or ``""``) at the end."""
    end = len(cells)
    while end and (cells[end - 1] is None or cells[end - 1] == ""):
        end -= 1
    return tuple(cells[:end])


def filled_rows(numbers: Sequence[int], rows: Sequence[Row]) -> tuple[int, ...]:
    """Those of the rows, from 1, in which anything stands."""
    return tuple(number for number in numbers if number <= len(rows) and rows[number - 1])


def int_if_whole(number: float) -> float:
    """A whole number as int, as .xlsx gives it: 1001 and not 1001.0."""
    return int(number) if number.is_integer() and abs(number) < EXACT else number
