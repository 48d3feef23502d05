"""A column of a file as it stands there: its cells, and each distinct one once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from csctl.long_columns import LongColumn, value_counts
from csctl.readers.columns.binding import Binding
from csctl.readers.grid import Cell

_TELL = 1000
"""So many rows tell whether a column says most things once."""


@dataclass(frozen=True)
class Cells:
    """A bound column as the file has it: its cells, the cells of the day beside them, and each distinct cell once."""

    binding: Binding
    cells: Sequence[Cell]
    days: Sequence[Cell] | None = None

    @cached_property
    def counts(self) -> Counter[Cell]:
        """How often each distinct cell stands there."""
        return value_counts(self.cells)

    @cached_property
    def each(self) -> Collection[Cell]:
        """Each distinct cell at least once: all of them, where few say the same and counting them saves nothing."""
        if isinstance(self.cells, LongColumn):
            return self.cells.values
        first = self.cells[:_TELL]
        return self.cells if len(first) == _TELL and 2 * len(set(first)) > _TELL else self.counts

    @property
    def of_text_file(self) -> bool:
        """Whether all cells are known to be texts, as those of a long text file are."""
        return isinstance(self.cells, LongColumn)

    def forget(self) -> None:
        """Lets the counts go: of a column that says nothing twice they are as large as it."""
        self.__dict__.pop("counts", None)
        self.__dict__.pop("each", None)
