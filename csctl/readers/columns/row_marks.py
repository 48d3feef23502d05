"""Marks on the rows of a sheet, a byte for each: half a million unreadable rows cost no more than sound ones."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from csctl.core.records.fates import REASONS, REFUSED

_FATES = (REFUSED, *REASONS)
_CODES = {fate: code for code, fate in enumerate(_FATES, start=1)}


class RowSet:
    """Some rows of a sheet, by their index from 0; it goes through them in their order."""

    __slots__ = ("_marks",)

    def __init__(self, rows: Iterable[int] = ()) -> None:
        self._marks = bytearray()
        self.update(rows)

    def update(self, rows: Iterable[int]) -> None:
        """These rows too."""
        _mark(self._marks, rows, 1)

    def __or__(self, other: RowSet) -> RowSet:
        """The rows of both."""
        both = RowSet(self)
        both.update(other)
        return both

    def __contains__(self, row: int) -> bool:
        """Whether the row is one of them."""
        return row < len(self._marks) and self._marks[row] > 0

    def __iter__(self) -> Iterator[int]:
        """Their indexes, the smallest first."""
        return _marked(self._marks)

    def __len__(self) -> int:
        """How many they are."""
        return self._marks.count(1)


class RowFates:
    """The rows that cannot count, by their index from 0, each with its fate."""

    __slots__ = ("_marks",)

    def __init__(self) -> None:
        self._marks = bytearray()

    def give(self, rows: Iterable[int], fate: str) -> None:
        """These rows have this fate, whatever was said of them before."""
        _mark(self._marks, rows, _CODES[fate])

    def __contains__(self, row: int) -> bool:
        """Whether the row cannot count."""
        return row < len(self._marks) and self._marks[row] > 0

    def __getitem__(self, row: int) -> str:
        """The fate of a row that cannot count."""
        return _FATES[self._marks[row] - 1]

    def __iter__(self) -> Iterator[int]:
        """The indexes of those that cannot count, the smallest first."""
        return _marked(self._marks)

    def __len__(self) -> int:
        """How many cannot count."""
        return len(self._marks) - self._marks.count(0)

    def counts(self) -> Counter[str]:
        """How many rows have each fate."""
        return Counter({fate: count for fate, code in _CODES.items() if (count := self._marks.count(code))})


def row_numbers(numbers: Iterable[int] = ()) -> array[int]:
    """Numbers of rows: half a million of them are four megabytes."""
    return array("Q", numbers)


def _mark(marks: bytearray, rows: Iterable[int], code: int) -> None:
    for row in rows:
        if row >= len(marks):
            marks.extend(bytes(row + 1 - len(marks)))
        marks[row] = code


def _marked(marks: bytearray) -> Iterator[int]:
    return (row for row, mark in enumerate(marks) if mark)
