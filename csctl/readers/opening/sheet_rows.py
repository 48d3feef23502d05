"""The rows of one workbook sheet: within limits, trimmed, and looked through for what a cell cannot be trusted with.

Runs in the reading process, for .xlsx and .xls alike.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from csctl.headers import column_letters
from csctl.messages import problem
from csctl.problems import Place, Problem, as_warning
from csctl.readers.grid import Cell
from csctl.readers.opening.cells import (
    CONTROL,
    EXACT,
    MAX_COLUMNS,
    MAX_ROWS_LEFT_OUT,
    MAX_WORKBOOK_ROWS,
    Row,
    trimmed,
)

LAST_ROW = 1_048_576
MAX_CELLS = 6_000_000
MAX_TEXT = 100_000_000
"""Characters in all cells of a workbook: one shared text can be repeated in millions of cells."""
MAX_CELL_TEXT = 32_767
"""What a spreadsheet program can hold in one cell."""
SHOWN = 5
ERROR_TEXTS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
_RETURN = "_x000D_"
"""How workbooks escape a carriage return inside a cell."""


class Refused(Exception):  # noqa: N818 - a decision about a file, not an error of the program
    """The workbook cannot be read; carries the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass
class CellQuota:
    """How many cells and characters a workbook may still give."""

    cells: int = MAX_CELLS
    text: int = MAX_TEXT

    def spend(self, row: Row, place: Place) -> None:
        """Takes a row from the allowance. Raises Refused when it is used up."""
        self.cells -= len(row)
        self.text -= sum([len(cell) for cell in row if type(cell) is str])
        if self.cells < 0 or self.text < 0:
            raise Refused(problem("workbook-too-much", place, limit=f"{MAX_CELLS:,}"))


@dataclass
class Sightings:
    """Cells of one sheet that share a fault, told in one problem: the first ones by name, the others by number."""

    place: Place
    hidden: bool = False
    """Whether nobody sees the sheet: then its faults stop nothing."""
    cells: dict[str, list[tuple[str, int, int, str]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    lost: list[Problem] = field(default_factory=list)

    def add(self, code: str, row: int, column: int, found: object = "") -> None:
        """One more cell, by row and column from 1 (column 0: the row as a whole)."""
        self.counts[code] += 1
        seen = self.cells.setdefault(code, [])
        if len(seen) < SHOWN:
            seen.append((f"{column_letters(column)}{row}", row, column, str(found)))

    def left_out(self, row: int, column: int, found: str) -> None:
        """A row that is not read: told one by one. Raises Refused when they are too many for a table."""
        self.lost.append(problem("control-character", self.place.at(row=row, column=column_letters(column)), found))
        if len(self.lost) > MAX_ROWS_LEFT_OUT:
            raise Refused(problem("file-not-a-table", self.place))

    def problems(self) -> list[Problem]:
        """One problem for each row left out, and one for each kind of fault."""
        told = list(self.lost)
        for code, seen in self.cells.items():
            _, row, column, found = seen[0]
            count = self.counts[code]
            names = ", ".join(cell[0] for cell in seen) + (" …" if count > len(seen) else "")
            place = self.place.at(row=row or None, column=column_letters(column))
            one = problem(code, place, found, cells=names, count=count)
            told.append(as_warning(one) if self.hidden else one)
        return told


def sheet_rows(raw: Iterable[Sequence[Cell]], sheet: str, allowance: CellQuota) -> tuple[list[Row], list[Problem]]:
    """The rows up to the last that holds anything, and one problem for each kind of doubtful cell.

    ``raw`` gives row 1, 2, 3 …, with empty ones for gaps. Raises Refused if the sheet or the workbook is too big:
    half a sheet would be worse than none.
    """
    rows: list[Row] = []
    place = Place(sheet=sheet)
    seen = Sightings(place)
    for number, cells in enumerate(raw, start=1):
        row = trimmed(cells)
        if (row and number > MAX_WORKBOOK_ROWS) or number > LAST_ROW:
            raise Refused(problem("sheet-too-long", place.at(row=number), limit=f"{MAX_WORKBOOK_ROWS:,}"))
        if len(row) > MAX_COLUMNS:
            raise Refused(problem("sheet-too-wide", place.at(row=number), len(row), limit=MAX_COLUMNS))
        allowance.spend(row, place)
        rows.append(_looked_through(row, number, seen))
    while rows and not rows[-1]:
        rows.pop()
    return rows, seen.problems()


def _looked_through(row: Row, number: int, seen: Sightings) -> Row:
    """The row with its texts cleaned; empty, and reported, if a control character stands in it."""
    cells: list[Cell] = []
    for column, cell in enumerate(row, start=1):
        if type(cell) is str:
            text = _clean(cell, seen.place.at(row=number, column=column_letters(column)))
            control = CONTROL.search(text)
            if control:
                seen.left_out(number, column, f"U+{ord(control[0]):04X}")
                return ()
            if text in ERROR_TEXTS:
                seen.add("cell-is-error", number, column, text)
            cells.append(text or None)
        elif type(cell) is int or type(cell) is float:
            cells.append(_number(cell, number, column, seen))
        else:
            cells.append(cell)
    return tuple(cells)


def _clean(text: str, place: Place) -> str:
    if len(text) > MAX_CELL_TEXT:
        raise Refused(problem("cell-too-long", place, limit=f"{MAX_CELL_TEXT:,}"))
    if _RETURN in text:
        text = text.replace(_RETURN, "")
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _number(cell: float, row: int, column: int, seen: Sightings) -> Cell:
    """A number as it stands; not a number at all if it is beyond all numbers."""
    if not math.isfinite(cell):
        seen.add("cell-is-error", row, column, "#NUM!")
        return "#NUM!"
    if abs(cell) >= EXACT and _digits_are_lost(cell):
        seen.add("digits-lost", row, column, f"{Decimal(f'{cell:.15g}'):f}")
    return cell


def _digits_are_lost(cell: float) -> bool:
    """Whether a whole number of 16 digits and more went through a spreadsheet, which keeps 15 of them."""
    if type(cell) is float:
        return cell.is_integer()
    return not str(abs(cell))[15:].strip("0")
