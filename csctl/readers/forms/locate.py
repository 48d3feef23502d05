"""Where a question stands in a returned workbook, whatever was renamed, moved or dropped on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from csctl.headers import column_letters
from csctl.readers.columns.rows import cell_at
from csctl.readers.forms.anchors import HIDDEN, PageHead, folded_cells, shown_of, worded
from csctl.readers.grid import Book, Cell, Sheet
from csctl.words import fold

_LABEL_COLUMNS = 2
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class CellSpot:
    """One cell, row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def letters(self) -> str:
        """The column as spreadsheets name it."""
        return column_letters(self.column)


@dataclass(frozen=True, slots=True)
class Sought:
    """A question as it is looked for: the name its cell was given, where it was sent, the words of row and column."""

    name: str
    agent_id: str
    label: str
    head: str
    sheet: str = ""
    cell: str = ""


class Finder:
    """Finds cells of one workbook. A cell counts only where its row and its page say what they are about."""

    def __init__(self, book: Book) -> None:
        """Looks through the visible pages once."""
        self.sheets = {one.name: one for one in book.sheets if not fold(one.name).startswith(HIDDEN)}
        self.shown: dict[str, PageHead] = {name: shown_of(sheet) for name, sheet in self.sheets.items()}
        self._names = {name: (sheet, cell) for name, sheet, cell in book.names}

    def pages_of(self, agent_id: str) -> list[str]:
        """The sheets that show an agent's number."""
        return [name for name, shown in self.shown.items() if shown.agent_id and fold(shown.agent_id) == fold(agent_id)]

    def find(self, sought: Sought) -> CellSpot | None:
        """By the cell's own name, by where it was sent, by the words beside and above it; None if none of them fits."""
        home, cell = self._names.get(sought.name, ("", ""))
        for spot in (_spot(home, cell), _spot(sought.sheet, sought.cell)):
            if spot and self._fits(spot, sought):
                return spot
        found = [spot for name in self.pages_of(sought.agent_id) for spot in self._by_words(name, sought)]
        return found[0] if len(found) == 1 else None

    def cell(self, spot: CellSpot) -> Cell:
        """What stands there."""
        rows = self.sheets[spot.sheet].rows
        return cell_at(rows[spot.row - 1], spot.column - 1) if spot.row <= len(rows) else None

    def _fits(self, spot: CellSpot, sought: Sought) -> bool:
        shown = self.shown.get(spot.sheet)
        same = shown is not None and fold(shown.agent_id) in ("", fold(sought.agent_id))
        return same and spot.row in self._rows(spot.sheet, sought.label)

    def _rows(self, sheet: str, label: str) -> list[int]:
        """The rows that begin with a label."""
        wanted = fold(label)
        rows = enumerate(self.sheets[sheet].rows, start=1)
        return [number for number, row in rows if wanted in folded_cells(row[:_LABEL_COLUMNS])]

    def _by_words(self, sheet: str, sought: Sought) -> Iterator[CellSpot]:
        for row in self._rows(sheet, sought.label):
            column = self._under(sheet, sought.head, row) if sought.head else self._right_of(sheet, sought.label, row)
            if column:
                yield CellSpot(sheet, row, column)

    def _under(self, sheet: str, head: str, row: int) -> int:
        """The column below the nearest head above a row; 0 if there is none."""
        words = worded(f"forms-head-{head}")
        for above in reversed(self.sheets[sheet].rows[: row - 1]):
            columns = [column for column, text in enumerate(folded_cells(above), start=1) if text in words]
            if columns:
                return columns[-1]
        return 0

    def _right_of(self, sheet: str, label: str, row: int) -> int:
        """The column behind a label, which may stand in several cells made one."""
        page: Sheet = self.sheets[sheet]
        column = folded_cells(page.rows[row - 1]).index(fold(label)) + 1
        edges = [right for top, left, _, right in page.merged if (top, left) == (row, column)]
        return (edges[0] if edges else column) + 1


def _spot(sheet: str, cell: str) -> CellSpot | None:
    found = _CELL.fullmatch(cell)
    if not sheet or not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return CellSpot(sheet, int(found[2]), column)
