"""What a planned export is: its columns, its facts, and the cells that hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from csctl.month import Month
from tests.readers.generated.cells import Cell, Fact, Form
from tests.readers.generated.files import FileKind

SECOND_SHEET = 1_000_000
"""Rows of the second sheet are numbered from here on."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file. ``name`` is the canonical column, or the figure's name in a wide table."""

    name: str
    kind: str
    header: str
    form: Form
    mark: str
    holes: bool
    rule: dict[str, str]
    features: tuple[str, ...]


@dataclass
class Export:
    """A file to be written, and the facts in it: ``facts[i]`` stand in spreadsheet row ``numbers[i]``."""

    seed: int
    table: str
    kind: FileKind
    columns: list[Column]
    facts: list[dict[str, Fact]]
    numbers: list[int]
    lines: list[list[Cell]]
    clean: bool
    month: Month | None
    features: frozenset[str]
    headers: list[str] = field(default_factory=list)
    other_sheet: list[list[Cell]] = field(default_factory=list)
    second_sheet: list[list[Cell]] = field(default_factory=list)

    @property
    def mapping(self) -> dict[str, Any]:
        """What the workspace says of the columns, as in ``csctl.toml``."""
        return {column.name: column.rule for column in self.columns if column.rule}

    def cell(self, number: int, column: Column) -> Cell:
        """The cell as it was written, by spreadsheet row."""
        line, place = self.line(number), self.headers.index(column.header)
        return line[place] if place < len(line) else None

    def line(self, number: int) -> list[Cell]:
        """A row as it was written; empty where none is."""
        lines, row = (self.second_sheet, number - SECOND_SHEET) if number > SECOND_SHEET else (self.lines, number)
        return lines[row - 1] if 0 < row <= len(lines) else []
