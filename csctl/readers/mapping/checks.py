"""What makes a row that can be read not count: another month, or the same row said twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from csctl.core.coverage.fates import DOUBLE, OUTSIDE
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem
from csctl.readers.mapping.reading import Grid, Reading
from csctl.readers.mapping.rows import cell_at, row_list
from csctl.readers.mapping.values import Value, text_of
from csctl.tables import NUMBERS, Kind, Table
from csctl.words import fold


def _day(value: Value) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _dates(table: Table, month: Month | None, grid: Grid, reading: Reading) -> Sequence[Value] | None:
    assert table.dated is not None  # noqa: S101 - the caller asks only for dated tables
    if table.dated in reading.columns:
        return reading.columns[table.dated]
    if month is None:
        reading.problems.append(problem("date-column-missing", grid.place.at(column=table.dated), table.dated))
        return None
    reading.problems.append(problem("month-from-file-name", grid.place, month))
    column = table.column(table.dated)
    first: Value = month.first
    if column and column.kind is Kind.MOMENT:
        first = datetime.combine(month.first, datetime.min.time())
    reading.columns[table.dated] = [first] * len(grid.rows.cells)
    return reading.columns[table.dated]


def months_of(table: Table, month: Month | None, grid: Grid, reading: Reading) -> list[str | None]:
    """The month of each row, ``2026-10``; None in tables without dates.

    With ``month`` given, rows of other months turn bad, in one warning that lists them; a file without a date
    column takes its first day. Without both, that is an error.
    """
    length = len(grid.rows.cells)
    dates = _dates(table, month, grid, reading) if table.dated else None
    if dates is None:
        return [None] * length
    months: list[str | None] = []
    outside: list[int] = []
    for index, value in enumerate(dates):
        day = _day(value)
        own = Month.of(day) if day else None
        months.append(str(own) if own else None)
        if month and own and own != month and index not in reading.bad:
            outside.append(index)
    if outside:
        numbers = [grid.rows.numbers[index] for index in outside]
        place = grid.at(outside[0], reading.title(table.dated or ""))
        first = _day(dates[outside[0]])
        reading.problems.append(
            problem("rows-outside-month", place, first, month=month, count=len(outside), rows=row_list(numbers))
        )
        reading.bad |= dict.fromkeys(outside, OUTSIDE)
    return months


SERIAL = frozenset({"序号", "序", "#", "no", "no.", "row", "seq"})
"""Headers of columns that count the rows of a file: no two rows are equal in them."""


def _contents(reading: Reading, grid: Grid, index: int) -> tuple[object, ...]:
    """A row as it was read, and whatever else stands in it."""
    row = grid.rows.cells[index]
    others = (
        text_of(cell_at(row, header.column))
        for header in grid.layout.headers
        if header.column not in reading.used and fold(header.text) not in SERIAL
    )
    return (*(column[index] for column in reading.columns.values()), *others)


def refuse_doubles(table: Table, grid: Grid, reading: Reading) -> None:
    """A second row of the same number turns bad if it is equal in every cell; else both stay, with a warning."""
    name = NUMBERS.get(table.name, "")
    ids = reading.columns.get(name)
    if ids is None:
        return
    seen: dict[Value, list[int]] = {}
    for index, value in enumerate(ids):
        if value is None or index in reading.bad:
            continue
        before = seen.setdefault(value, [])
        if before:
            content = _contents(reading, grid, index)
            same = next((one for one in before if _contents(reading, grid, one) == content), None)
            first = grid.rows.numbers[before[0] if same is None else same]
            place = grid.at(index, reading.title(name))
            reading.problems.append(problem("id-twice" if same is None else "row-twice", place, value, first=first))
            if same is not None:
                reading.bad[index] = DOUBLE
                continue
        before.append(index)


def more_of_the_same(problems: Sequence[Problem], listed: int = 100) -> list[Problem]:
    """At most ``listed`` problems of one code and column in full; the rest as one problem with their number."""
    counts: dict[tuple[object, ...], list[Problem]] = {}
    for fault in problems:
        counts.setdefault((fault.code, fault.severity, fault.place.at(column=fault.place.column)), []).append(fault)
    shown: list[Problem] = []
    for alike in counts.values():
        shown += alike[:listed]
        rest = alike[listed:]
        if rest:
            rows = row_list(fault.place.row for fault in rest if fault.place.row is not None)
            shown.append(problem("more-of-the-same", rest[0].place, rest[0].found, count=len(rest), rows=rows))
    return shown
