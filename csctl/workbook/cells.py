"""What stands in which cell, before a library is asked to write it.

A plan is plain data, so every number and every cached value can be checked without opening a workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from csctl.money import from_cents
from csctl.workbook.looks import Look


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula, without the leading ``=``, and the exact value that programs show that do not calculate."""

    expression: str
    value: Decimal | int | str


Content = str | int | Decimal | Formula | None


class Cell(NamedTuple):
    """Content and looks. Text stays text, whatever it begins with."""

    content: Content
    style: Look = "text"


Row = list[Cell | None]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """One worksheet. Rows and columns count from 0.

    Rows above and including ``head_row`` stay in sight and, from ``head_row`` on, are repeated on every printed page;
    None: a page without one table, of which ``repeated_row`` may be repeated in print. ``widths`` of columns, in
    characters, are found out where none are given. Before each of the rows ``breaks`` a printed page begins; of a page
    with ``printed_columns`` so many are printed, and those behind are for the screen.
    """

    title: str
    rows: Sequence[Row]
    head_row: int | None = None
    repeated_row: int | None = None
    frozen_columns: int = 0
    portrait: bool = False
    widths: Sequence[int] = ()
    breaks: Sequence[int] = ()
    printed_columns: int | None = None


def address(row: int, column: int, sheet: str = "") -> str:
    """``$B$3`` or, of another sheet, ``'工资表'!$B$3``; counted from 0."""
    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return f"{_quoted(sheet)}!{cell}" if sheet else str(cell)


def cell_name(row: int, column: int) -> str:
    """``B3``, as people name a cell; counted from 0."""
    return str(xl_rowcol_to_cell(row, column))


def column_range(first_row: int, last_row: int, column: int, sheet: str = "") -> str:
    """Part of a column, such as ``'明细'!$B$3:$B$9``; both rows included, counted from 0."""
    cells = xl_range_abs(first_row, column, last_row, column)
    return f"{_quoted(sheet)}!{cells}" if sheet else str(cells)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def live(expression: str, modelled: Decimal | int, actual: Decimal | int) -> Content:
    """A formula where its model gives our number, else the number itself: a formula never contradicts a line."""
    return Formula(expression, actual) if modelled == actual else actual


def proved(expression: str, modelled_cents: int, cents: int, what: str) -> Formula:
    """A formula for an amount of money whose model must give our cents; the cached value is in yuan.

    Raises ValueError if it does not: then a line contradicts its own parts.
    """
    if modelled_cents != cents:
        raise ValueError(f"{what}: the line says {cents} cents, its parts make {modelled_cents}")
    return Formula(expression, from_cents(cents))


def used_columns(rows: Sequence[Row], first: int) -> list[Row]:
    """A table below its title and heads without the columns, from ``first`` on, in which no row has anything.

    No formula may refer to a column from ``first`` on.
    """
    title, head, *body = rows
    filled = {at for row in body for at, cell in enumerate(row) if cell is not None and cell.content not in ("", None)}
    kept = [at for at in range(len(head)) if at < first or at in filled]
    return [title, *([row[at] for at in kept if at < len(row)] for row in (head, *body))]


def head_cells(words: Sequence[str]) -> Row:
    """A row of column heads."""
    return [Cell(word, "head") for word in words]
