"""What makes a row that can be read not count: another month, or the same row said twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from csctl.core.coverage.fates import DOUBLE, OUTSIDE
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem
from csctl.readers.mapping.reading import Grid, Reading
from csctl.readers.mapping.rows import row_list
from csctl.readers.mapping.values import Value
from csctl.tables import Kind, Table

_IDS = {"interactions": "interaction_id", "orders": "order_id", "complaints": "complaint_id"}


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


def _contents(reading: Reading, index: int) -> tuple[Value, ...]:
    return tuple(column[index] for column in reading.columns.values())


def refuse_doubles(table: Table, grid: Grid, reading: Reading) -> None:
    """A second row of the same number and content turns bad; of other content both stay, with a warning."""
    name = _IDS.get(table.name, "")
    ids = reading.columns.get(name)
    if ids is None:
        return
    seen: dict[Value, int] = {}
    for index, value in enumerate(ids):
        if value is None or index in reading.bad:
            continue
        first = seen.setdefault(value, index)
        if first == index:
            continue
        same = _contents(reading, first) == _contents(reading, index)
        code = "row-twice" if same else "id-twice"
        reading.problems.append(
            problem(code, grid.at(index, reading.title(name)), value, first=grid.rows.numbers[first])
        )
        if same:
            reading.bad[index] = DOUBLE


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
