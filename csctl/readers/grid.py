"""What any file looks like once it is open: sheets of cells, rows counted from 1 as the spreadsheet shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | int | float | bool | Decimal | datetime | date | time | timedelta | None
"""A cell as the file gives it: text from CSV; text, numbers, dates and durations from a workbook; None if empty."""


class Shown(str):
    """A number of a workbook with what its format shows beside it: ``95%``, ``$811.4``, ``0042``.

    It is read like a text that says the same; only its decimal mark is always the point, whatever the file's is.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows[i]`` is spreadsheet row ``i + 1``; rows may differ in length; trailing empty cells are cut.

    ``merged`` are merged ranges as (first row, first column, last row, last column), all from 1.
    ``epoch_1904`` says that its workbook counts days from 1904 and not from 1900. ``hidden_rows`` are the filled rows,
    from 1, that nobody sees who looks at the sheet, ``filtered_rows`` those of them of which the door says the filter.
    """

    name: str
    rows: Sequence[tuple[Cell, ...]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    epoch_1904: bool = False
    hidden_rows: tuple[int, ...] = ()
    filtered_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """All sheets of one file. A CSV is a book of one sheet named ``""``; ``encoding`` is what it was decoded with.

    ``names`` are the names that a workbook gives to single cells: name, sheet and cell, such as ``B7``.
    ``separator`` parts the cells of a text file.
    """

    sheets: tuple[Sheet, ...]
    encoding: str = ""
    names: tuple[tuple[str, str, str], ...] = ()
    separator: str = ""

    @property
    def epoch_1904(self) -> bool:
        """Whether the workbook counts its days from 1904 and not from 1900."""
        return any(sheet.epoch_1904 for sheet in self.sheets)
