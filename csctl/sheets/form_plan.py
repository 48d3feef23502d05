"""A form as people see it: which cells hold texts, which are empty, and what belongs to one merged cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from csctl.sheets.form_marks import BRACES

_NOTHING = re.compile(r"[\s_＿—–\-]*")
"""What stands in a cell that is to be written into: nothing, or a line to write on."""

At = tuple[int, int]
"""Row and column, from 1."""


@dataclass(frozen=True)
class Plan:
    """One sheet of a form; a merged cell goes by its upper left corner."""

    sheet: Worksheet

    @cached_property
    def _merged(self) -> dict[At, tuple[int, int, int, int]]:
        areas = [one.bounds for one in self.sheet.merged_cells.ranges]
        return {
            (row, column): bounds
            for bounds in areas
            for row in range(bounds[1], bounds[3] + 1)
            for column in range(bounds[0], bounds[2] + 1)
        }

    @cached_property
    def texts(self) -> dict[At, str]:
        """What stands in the cells, from the top left on; lines to write on are no text."""
        return {
            (cell.row, cell.column): str(cell.value)
            for row in self.sheet.iter_rows()
            for cell in row
            if isinstance(cell, Cell) and cell.value is not None and not _NOTHING.fullmatch(str(cell.value))
        }

    def corner(self, row: int, column: int) -> At:
        """The upper left corner of the cell that covers a place."""
        left, top, _, _ = self._merged.get((row, column), (column, row, column, row))
        return top, left

    def right_of(self, at: At) -> At:
        """The cell right of another."""
        right = self._merged.get(at, (at[1], at[0], at[1], at[0]))[2]
        return self.corner(at[0], right + 1)

    def left_of(self, at: At) -> At | None:
        """The cell left of another; None at the edge."""
        return self.corner(at[0], at[1] - 1) if at[1] > 1 else None

    def below(self, at: At) -> At:
        """The cell below another."""
        bottom = self._merged.get(at, (at[1], at[0], at[1], at[0]))[3]
        return self.corner(bottom + 1, at[1])

    def is_free(self, at: At) -> bool:
        """Whether a cell of the form can be written into: within its edges, and with nothing in it."""
        row, column = at
        inside = row <= self.sheet.max_row + 1 and column <= self.sheet.max_column + 1
        return inside and at not in self.texts

    def row_texts(self, row: int) -> list[tuple[At, str]]:
        """The texts of a row from the left, those of cells that reach into it from above too."""
        corners = dict.fromkeys(self.corner(row, column) for column in range(1, self.sheet.max_column + 1))
        return [(at, self.texts[at]) for at in corners if at in self.texts]

    def rows(self) -> Iterator[int]:
        """The rows of the sheet."""
        yield from range(1, self.sheet.max_row + 1)

    def has_placeholder(self, at: At) -> bool:
        """Whether braces stand in a cell already."""
        return bool(BRACES.search(self.texts.get(at, "")))
