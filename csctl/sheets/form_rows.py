"""A row of a form that repeats: everything below it moves down, with looks, merges, heights and references."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.formula.translate import Translator
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from csctl.workbook.text import shown_width

_USUAL_WIDTH, _LEAST_HEIGHT = 8.43, 24.0
_CORNER = re.compile(r"(\$?[A-Za-z]{0,3}\$?)(\d+)")


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows that were made on a sheet: so many ``extra`` ones below ``row``."""

    sheet: str
    row: int
    extra: int

    def row_after(self, index: int) -> int:
        """Where a row (counted from 0) stands after that."""
        return index + (self.extra if index >= self.row else 0)


def repeat_row(sheet: Worksheet, row: int, copies: int) -> None:
    """Make ``copies`` rows of one, at ``row`` (counted from 1) and below it. Nothing happens for one copy or none.

    Merged cells within the row repeat, those across it stretch; ranges of formulas that end in it stretch too.
    """
    extra = copies - 1
    if extra <= 0:
        return
    merges = [_unmerged(sheet, merged.bounds) for merged in list(sheet.merged_cells.ranges) if merged.max_row >= row]
    sheet.insert_rows(row + 1, extra)
    _move_heights(sheet, row, extra)
    _move_references(sheet, row, extra)
    last_column = sheet.max_column
    for offset in range(1, extra + 1):
        _copy_row(sheet, row, row + offset, last_column)
    for (left, top, right, bottom), looks in merges:
        repeats = range(extra + 1) if top == bottom == row else range(1)
        for offset in repeats:
            first = top + offset + (extra if top > row else 0)
            last = first if len(repeats) > 1 else bottom + (extra if bottom >= row else 0)
            merge(sheet, (left, first, right, last), looks)


_Bounds = tuple[int, int, int, int]
"""Left, top, right, bottom."""


def _unmerged(sheet: Worksheet, bounds: _Bounds) -> tuple[_Bounds, list[list[Any]]]:
    """Take a merge apart; its bounds, and the looks of its cells row by row, which only the merge knows."""
    left, top, right, bottom = bounds
    cells = sheet.iter_rows(min_row=top, min_col=left, max_row=bottom, max_col=right)
    looks = [[_look(cell) for cell in row] for row in cells]
    sheet.unmerge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    return bounds, looks


def merge(sheet: Worksheet, bounds: _Bounds, looks: Sequence[Sequence[Any]]) -> None:
    """Merge cells with the looks that they have; a merge that was stretched repeats those of its last row but one.

    openpyxl's own way works the borders out anew, cell by cell, which costs a third of a sheet's time.
    """
    left, top, right, bottom = bounds
    sheet.merged_cells.ranges.add(CellRange(min_col=left, min_row=top, max_col=right, max_row=bottom))
    for row in range(top, bottom + 1):
        own = looks[-1] if row == bottom else looks[min(row - top, max(len(looks) - 2, 0))]
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                cell: Any = MergedCell(sheet, row, column)
                cell._style = copy(own[column - left])
                sheet._cells[row, column] = cell


def _look(cell: Any) -> Any:
    return cell._style


def _move_heights(sheet: Worksheet, row: int, extra: int) -> None:
    dimensions = sheet.row_dimensions
    for index in sorted((key for key in dimensions if key > row), reverse=True):
        moved = dimensions.pop(index)
        moved.index = index + extra
        dimensions[index + extra] = moved
    for offset in range(1, extra + 1):
        dimensions[row + offset].height = dimensions[row].height


def _copy_row(sheet: Worksheet, source: int, target: int, last_column: int) -> None:
    """Content and looks; text is copied as text, for assigning it anew would turn it into a formula."""
    for column in range(1, last_column + 1):
        old, new = sheet.cell(source, column), sheet.cell(target, column)
        if not isinstance(old, Cell) or not isinstance(new, Cell):
            continue
        _copy_looks(old, new)
        if old.data_type == "f" and isinstance(old.value, str):
            new.value = Translator(old.value, old.coordinate).translate_formula(new.coordinate)
        else:
            new.value = old.value
            new.data_type = old.data_type


def _copy_looks(old: Any, new: Any) -> None:
    new._style = copy(old._style)


def _move_references(sheet: Worksheet, row: int, extra: int) -> None:
    """Everything that names cells of the sheet: formulas, names, print area, breaks, rules on cells, links."""
    book = sheet.parent
    names: list[DefinedName] = []
    for other in book.worksheets if book else [sheet]:
        _move_formulas(other, sheet, row, extra)
        names += other.defined_names.values()
    names += book.defined_names.values() if book else []
    for name in names:
        name.attr_text = moved_formula(f"={name.attr_text}", sheet.title, row, extra, at_home=False)[1:]
    if sheet.print_area:
        areas = sheet.print_area.split(",")
        sheet.print_area = ",".join(_moved_range(area.rpartition("!")[2], row, extra) for area in areas)
    for page_break in sheet.row_breaks.brk:
        page_break.id += extra if page_break.id > row else 0
    _move_rules(sheet, row, extra)


def _move_formulas(sheet: Worksheet, home: Worksheet, row: int, extra: int) -> None:
    """Formulas of any sheet that look at ``home``, and the places of links."""
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = moved_formula(cell.value, home.title, row, extra, at_home=sheet is home)
            if cell.hyperlink and sheet is home:
                cell.hyperlink.ref = cell.coordinate


def _move_rules(sheet: Worksheet, row: int, extra: int) -> None:
    """Filter, checks of input, conditional formats; those on cells of the repeated row hold for its copies too."""

    def moved(areas: object) -> str:
        ranges = (each if ":" in each else f"{each}:{each}" for each in str(areas).split())
        return " ".join(_moved_range(each, row, extra) for each in ranges)

    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved(sheet.auto_filter.ref)
    for check in sheet.data_validations.dataValidation:
        check.sqref = MultiCellRange(moved(check.sqref))
    old, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
    for area in old:
        for rule in area.rules:
            sheet.conditional_formatting.add(moved(area.sqref), rule)


def moved_formula(formula: str, sheet: str, row: int, extra: int, at_home: bool) -> str:
    """The formula with its references into a sheet, by its title, moved; ``at_home``: those without a sheet mean it."""
    try:
        tokens = Tokenizer(formula).items
    except TokenizerError:
        return formula
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            home, mark, cells = token.value.rpartition("!")
            if home.strip("'").replace("''", "'") == sheet or (not home and at_home):
                token.value = home + mark + _moved_range(cells, row, extra)
    return "=" + "".join(token.value for token in tokens)


def _moved_range(cells: str, row: int, extra: int) -> str:
    """``B5`` or ``B5:D9``: corners below the row move; the lower corner of a range moves from the row itself on."""
    first, colon, last = cells.partition(":")
    return _moved_corner(first, row + 1, extra) + (colon + _moved_corner(last, row, extra) if colon else "")


def _moved_corner(corner: str, from_row: int, extra: int) -> str:
    match = _CORNER.fullmatch(corner)
    if match is None or int(match[2]) < from_row:
        return corner
    return f"{match[1]}{int(match[2]) + extra}"


def fit_height(sheet: Worksheet, row: int, *, repeated: bool = False, besides: Collection[int] = ()) -> None:
    """Give a row that was filled the height its wrapped text needs; not every program does so by itself.

    A ``repeated`` row without a height of its own gets one. Any other row grows where a text that is broken into lines
    needs more than it has; cells that reach over several rows, and those of the columns ``besides``, which will, have
    room enough.
    """
    drawn = sheet.row_dimensions[row].height
    grows = drawn is not None or not repeated
    widths, tall = _widths(sheet, row), _tall_columns(sheet, row).union(besides)
    needed = [
        _points_high(str(cell.value), float(cell.font.sz or 11), widths[cell.column - 1])
        for cells in sheet.iter_rows(min_row=row, max_row=row)
        for cell in cells
        if isinstance(cell, Cell) and cell.value is not None
        if not grows or (cell.alignment.wrap_text and cell.column not in tall)
    ]
    if not grows or max(needed, default=0) > (drawn or _LEAST_HEIGHT):
        sheet.row_dimensions[row].height = max([drawn or _LEAST_HEIGHT, *needed])


def _tall_columns(sheet: Worksheet, row: int) -> frozenset[int]:
    """Columns whose cell of a row reaches over other rows too."""
    areas = [merged.bounds for merged in sheet.merged_cells.ranges if merged.min_row < merged.max_row]
    reaching = [(left, right) for left, top, right, bottom in areas if top <= row <= bottom]
    return frozenset(column for left, right in reaching for column in range(left, right + 1))


def _widths(sheet: Worksheet, row: int) -> list[float]:
    """Width that the cell of each column has in a row; one that is merged has that of all it covers."""
    widths = [_USUAL_WIDTH] * sheet.max_column
    for dimension in sheet.column_dimensions.values():
        first, last = dimension.min or 1, min(dimension.max or 0, len(widths))
        widths[first - 1 : last] = [dimension.width] * (last - first + 1)
    for left, top, right, bottom in (merged.bounds for merged in sheet.merged_cells.ranges):
        if top <= row <= bottom:
            widths[left - 1] = sum(widths[left - 1 : right])
    return widths


def _points_high(text: str, size: float, width: float) -> float:
    """Height of a text in a column; half a font size per narrow character, a column's unit being 5.25 points."""
    room = max(width * 5.25 - 6, size)
    lines = sum(max(1, math.ceil(shown_width(line) * size / 2 / room)) for line in text.splitlines())
    return max(lines, 1) * size * 1.3 + 5


def single_cell(cells: str) -> tuple[int, int] | None:
    """Row and column (from 1) of ``$B$3``; None for a range of several cells or anything else."""
    try:
        area = CellRange(cells.replace("$", ""))
    except ValueError:
        return None
    return (area.min_row, area.min_col) if area.size["rows"] == area.size["columns"] == 1 else None
