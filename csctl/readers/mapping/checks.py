"""What makes a row that can be read not count: another month, or the same row said twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from csctl.core.records.fates import DOUBLE, OUTSIDE
from csctl.long_columns import condensed, duplicated_values, each, replaced, where
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.to_write import column_line, toml_string
from csctl.problems import Problem, shortened
from csctl.readers.columns.naming import LISTED
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import cell_at, row_list
from csctl.readers.columns.values import Value, cell_as_text
from csctl.readers.mapping.several_rows import belonging_together
from csctl.tables import NUMBERS, Kind, Table
from csctl.words import fold

if TYPE_CHECKING:
    import polars as pl

_SHOWN = 3
LONGEST = 400
"""Days that a row may last where it says only how many."""


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


def _days_at_once(values: pl.Series) -> pl.Series:
    return values.dt.date()


def months_of(table: Table, month: Month | None, grid: Grid, reading: Reading) -> Sequence[str | None]:
    """The month of each row, ``2026-10``; None in tables without dates.

    With ``month`` given, rows of other months turn bad, in one warning that lists them, unless they last into that
    month; a file without a date column takes its first day. Without both, that is an error.
    """
    length = len(grid.rows.cells)
    dates = _dates(table, month, grid, reading) if table.dated else None
    if dates is None:
        return [None] * length
    days = condensed(each(dates, _day, _days_at_once))
    months = each(days, lambda day: str(Month.of(day)) if day else None)
    if month:
        early = where(days, lambda day: day is not None and day < month.first)
        lasting = [index for index in early if month.first <= _last_day(table, reading, index, days[index])]
        months = replaced(months, dict.fromkeys(lasting, str(month)))
    wanted = str(month) if month else None
    others = where(months, lambda own: own is not None and own != wanted) if wanted else []
    outside = [index for index in others if index not in reading.bad]
    if outside:
        numbers = [grid.rows.numbers[index] for index in outside]
        place = grid.at(outside[0], reading.title(table.dated or ""))
        first = _day(dates[outside[0]])
        reading.problems.append(
            problem("rows-outside-month", place, first, month=month, count=len(outside), rows=row_list(numbers))
        )
        reading.bad.give(outside, OUTSIDE)
    return months


def _last_day(table: Table, reading: Reading, index: int, first: date | None) -> date:
    """The last day of a row that may last: as it says, else as its length in days takes it at least."""
    assert first is not None  # noqa: S101 - only rows with a day are asked about
    until, length = (reading.columns.get(name) for name in (table.until, table.length))
    last = _day(until[index]) if until else None
    days = length[index] if length else None
    if last is None and isinstance(days, Decimal) and 1 < days <= LONGEST:
        last = first + timedelta(days=ceil(days) - 1)
    return last or first


SERIAL = frozenset({"序号", "序", "#", "no", "no.", "row", "seq"})
"""Headers of columns that count the rows of a file: no two rows are equal in them."""


def _contents(reading: Reading, grid: Grid, index: int) -> tuple[object, ...]:
    """A row as it was read, and whatever else stands in it."""
    row = grid.rows.cells[index]
    others = (
        cell_as_text(cell_at(row, header.column))
        for header in grid.layout.headers
        if header.column not in reading.used and fold(header.text) not in SERIAL
    )
    return (*(column[index] for column in reading.columns.values()), *others)


@dataclass(frozen=True, slots=True)
class _Double:
    """A row whose number another one has: their indexes, and whether they are equal in every cell."""

    index: int
    first: int
    value: Value
    equal: bool


def refuse_doubles(table: Table, grid: Grid, reading: Reading) -> None:
    """A second row of the same number turns bad if it is equal in every cell; else both stay. One warning for each,
    unless the columns show why an order or a call has several rows.
    """
    name = NUMBERS.get(table.name, "")
    ids = reading.columns.get(name)
    if ids is None:
        return
    seen: dict[Value, dict[tuple[object, ...], int]] = {}
    doubles: list[_Double] = []
    often = duplicated_values(ids)
    for index in where(ids, often.__contains__) if often else ():
        value = ids[index]
        if value is None or index in reading.bad:
            continue
        before = seen.setdefault(value, {})
        content = _contents(reading, grid, index)
        same = before.setdefault(content, index)
        if same != index:
            reading.bad.give([index], DOUBLE)
        if len(before) > 1 or same != index:
            first = next(iter(before.values())) if same == index else same
            doubles.append(_Double(index, first, value, same != index))
    several = {one.value: list(seen[one.value].values()) for one in doubles if not one.equal}
    together, notes = belonging_together(table, several, grid, reading)
    reading.problems += notes
    for equal in (True, False):
        alike = [one for one in doubles if one.equal is equal and (equal or one.value not in together)]
        reading.problems += [_doubles_said(table, alike, grid, reading)] if alike else []


def _doubles_said(table: Table, doubles: Sequence[_Double], grid: Grid, reading: Reading) -> Problem:
    header = reading.title(NUMBERS[table.name])
    first, numbers = doubles[0], grid.rows.numbers
    place = grid.at(first.index, header)
    line = "" if first.equal or not _same_money(table, doubles, reading) else f"key = {toml_string(header)}"
    if len(doubles) == 1:
        code = "row-twice" if first.equal else "id-twice"
        return problem(code, place, first.value, first=numbers[first.first], line=line)
    values = tuple(dict.fromkeys(str(one.value) for one in doubles))
    return problem(
        "rows-twice" if first.equal else "ids-twice",
        place,
        shortened(values, _SHOWN),
        count=len(values),
        rows=row_list({numbers[one] for double in doubles for one in (double.first, double.index)}),
        line=line,
        every=column_line(NUMBERS[table.name], {"ignore": True}),
    )


def _same_money(table: Table, doubles: Sequence[_Double], reading: Reading) -> bool:
    """Whether every row of a number has the same amounts: a sum of the whole that stands beside each of its parts."""
    money = [
        reading.columns[one.name] for one in table.columns if one.kind is Kind.MONEY and one.name in reading.columns
    ]
    return any(values[one.index] for values in money for one in doubles) and all(
        values[one.index] == values[one.first] for values in money for one in doubles
    )


def more_of_the_same(problems: Sequence[Problem]) -> list[Problem]:
    """At most LISTED problems of one code and column in full; the rest as one problem with their number."""
    counts: dict[tuple[object, ...], list[Problem]] = {}
    for fault in problems:
        counts.setdefault((fault.code, fault.severity, fault.place.at(column=fault.place.column)), []).append(fault)
    shown: list[Problem] = []
    for alike in counts.values():
        shown += alike[:LISTED]
        rest = alike[LISTED:]
        if rest:
            rows = row_list(fault.place.row for fault in rest if fault.place.row is not None)
            shown.append(problem("more-of-the-same", rest[0].place, rest[0].found, count=len(rest), rows=rows))
    return shown
