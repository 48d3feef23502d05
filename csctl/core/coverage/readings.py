"""The reading of every column of a file: what its cells were taken for, and how that was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MAPPING, PROFILE, FORMAT, HEADER, TITLE, COLUMN, ACCEPTED, DEFAULT = (
    "mapping",
    "profile",
    "format",
    "header",
    "title",
    "column",
    "accepted",
    "default",
)
EVIDENCE = (MAPPING, PROFILE, FORMAT, HEADER, TITLE, COLUMN, ACCEPTED, DEFAULT)
"""What a reading rests on, strongest first: what the user wrote, a profile, the format of the cells, words of the
header, a title above the table, all cells of the column together, what was accepted with ``check --accept``, or nothing
but the default."""


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One canonical column (or metric) of one sheet and what its cells were read as.

    ``header`` is the file's. ``unit`` is what bare numbers were taken to count ("" where that is no question), ``form``
    how days or figures are written (``d/m/y``, ``1.234,56``). ``decided`` is one of EVIDENCE. ``doubtful``: it rests on
    a default that could be otherwise. ``rows`` were looked at, ``empty`` of them held nothing, ``unreadable`` something
    that could not be read. The three values are texts as understood: ``3.5 → 3 min 30 s``; "" where nothing is ordered.
    ``middle`` is the median of figures as a number: seconds, a share, an amount. ``sign`` is the unit that most cells
    write behind their figure themselves (秒, 万元, %), 0:00 of clock times, "" of bare numbers; None if they differ.
    ``metric``: a column of figures that is called by its header. ``unlikely``: nobody would believe its median, and
    accepting it settles nothing.
    """

    sheet: str
    column: str
    header: str
    kind: str
    unit: str = ""
    form: str = ""
    decided: str = DEFAULT
    doubtful: bool = False
    rows: int = 0
    empty: int = 0
    unreadable: int = 0
    smallest: str = ""
    median: str = ""
    largest: str = ""
    middle: Decimal | None = None
    sign: str | None = None
    metric: bool = False
    unlikely: bool = False


@dataclass(frozen=True, slots=True)
class FileReading:
    """One source as read in one month, as drift compares it: its columns, its headers, its encoding, its rows."""

    columns: tuple[ColumnReading, ...] = ()
    headers: tuple[str, ...] = ()
    encoding: str = ""


UNREAD = FileReading()
"""Nothing is known of how a file was read."""


def by_column(readings: Iterable[FileReading]) -> dict[str, list[ColumnReading]]:
    """The readings of each column of several files, in their order."""
    found: dict[str, list[ColumnReading]] = {}
    for reading in readings:
        for one in reading.columns:
            found.setdefault(one.column, []).append(one)
    return found
