"""A form with the rows made that its agents need, read and grown once for as many of them as need so many.

What is the same for all of them is found here too: which cells are filled, which rows repeat, and what is wrong with
the formulas.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from openpyxl.cell.cell import Cell
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from csctl.messages import problem
from csctl.problems import Problem
from csctl.sheets.copies import frozen
from csctl.sheets.form_marks import ADJUSTMENT, BRACES, EACH, cell_place, filled_cells, keys_in
from csctl.sheets.form_put import put_value
from csctl.sheets.form_rows import Moved, repeat_row
from csctl.sheets.saving import CopiesWritten
from csctl.sheets.xlsx import open_template

_MERGED = "each.dimension"
"""One below the other they are one cell as long as they are the same."""
_OUTSIDE = frozenset({"WEBSERVICE(", "CALL(", "EXEC(", "REGISTER.ID(", "HYPERLINK(", "RTD(", "DDE("})


@dataclass(frozen=True, slots=True)
class RepeatedRows:
    """The rows that one row of a template became: where they stand, and for each the columns that are filled.

    ``keys``: the placeholders of the row; ``merged``: columns in which what is the same becomes one cell.
    """

    first: int
    last: int
    adjustments: bool
    columns: tuple[tuple[int, ...], ...]
    keys: tuple[str, ...]
    merged: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """What is filled on one sheet: single cells by row and column, rows that repeat from the lowest up."""

    title: str
    single: tuple[tuple[int, int], ...]
    repeated: tuple[RepeatedRows, ...]


@dataclass(frozen=True, slots=True)
class Grown:
    """A form with its rows made, frozen; the plans of its sheets, and where which rows were made."""

    frozen: bytes
    written: CopiesWritten
    sheets: tuple[SheetPlan, ...]
    moved: tuple[Moved, ...]


def grown_form(template: bytes, lines: int, adjustments: int) -> tuple[Grown | None, list[Problem]]:
    """The form with so many rows of each kind, at least one; what is wrong with the form. None if it is refused."""
    grown, problems = _grown(template, lines, adjustments)
    return grown, list(problems)


@lru_cache(maxsize=64)
def _grown(template: bytes, lines: int, adjustments: int) -> tuple[Grown | None, tuple[Problem, ...]]:
    book, problems = open_template(template)
    if book is None:
        return None, tuple(problems)
    problems += _check_formulas(book)
    moved: list[Moved] = []
    plans = tuple(_plan(sheet, lines, adjustments, moved) for sheet in book.worksheets)
    return Grown(frozen(book), CopiesWritten.of(book), plans, tuple(moved)), tuple(problems)


def _plan(sheet: Worksheet, lines: int, adjustments: int, moved: list[Moved]) -> SheetPlan:
    """Makes the rows of a sheet from the lowest up, so that none moves another, and adds to ``moved``."""
    marked = _marked(sheet)
    rows: dict[int, list[Cell]] = {}
    for cell in marked:
        rows.setdefault(cell.row, []).append(cell)
    repeating = {row: cells for row, cells in rows.items() if any(key.startswith(EACH) for key in _keys(cells))}
    single = [(cell.row, cell.column) for cell in marked if cell.row not in repeating]
    plans: list[RepeatedRows] = []
    for row in sorted(repeating, reverse=True):
        adjusting = any(key.startswith(ADJUSTMENT) for key in _keys(repeating[row]))
        made = Moved(sheet.title, row, (adjustments if adjusting else lines) - 1)
        own = _repeated(sheet, made, repeating[row], adjusting)
        moved.append(made)
        plans = [replace(one, first=one.first + made.extra, last=one.last + made.extra) for one in plans] + [own]
        single = [(made.row_after(at - 1) + 1, column) for at, column in single]
    return SheetPlan(sheet.title, tuple(single), tuple(plans))


def _repeated(sheet: Worksheet, made: Moved, cells: list[Cell], adjusting: bool) -> RepeatedRows:
    """Makes the rows of one. A merged cell that reaches over them is filled in the first alone."""
    keys, merged = _keys(cells), [cell.column for cell in cells if keys_in(cell) == [_MERGED]]
    repeat_row(sheet, made.row, made.extra + 1)
    rows = range(made.row, made.row + made.extra + 1)
    return RepeatedRows(
        first=rows[0],
        last=rows[-1],
        adjustments=adjusting,
        columns=tuple(tuple(cell.column for cell in _marked(sheet, row)) for row in rows),
        keys=tuple(keys),
        merged=tuple(merged[-1:]),
    )


def _marked(sheet: Worksheet, row: int | None = None) -> list[Cell]:
    """The cells that are to be filled."""
    return [cell for cell in filled_cells(sheet, row) if cell.data_type == "s" and BRACES.search(str(cell.value))]


def _keys(cells: list[Cell]) -> list[str]:
    return [key for cell in cells for key in keys_in(cell)]


def _check_formulas(book: Workbook) -> list[Problem]:
    """Formulas that reach outside become text; of the others it is said that previews do not show them."""
    problems: list[Problem] = []
    kept: list[Cell] = []
    for sheet in book.worksheets:
        for cell in filled_cells(sheet):
            if cell.data_type != "f":
                continue
            if isinstance(cell.value, str) and _leads_outside(cell.value):
                problems.append(problem("template-formula-leads-outside", cell_place(cell), cell.value))
                put_value(cell, cell.value)
            else:
                kept.append(cell)
    if kept:
        found = problem("template-formula-without-value", cell_place(kept[0]), kept[0].coordinate, count=len(kept))
        problems.append(found)
    return problems


def _leads_outside(formula: str) -> bool:
    """Whether a formula names another workbook, another program or the web, or is none at all."""
    try:
        tokens = Tokenizer(formula).items
    except TokenizerError:
        return True
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            if token.value.lstrip("'").startswith("[") or "|" in token.value or "[" in token.value.rpartition("!")[0]:
                return True
        elif token.value == "|" or (token.type == Token.FUNC and token.value.upper() in _OUTSIDE):
            return True
    return False
