"""All columns of one table: bound to headers, constant, or counted from texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from csctl.core.records.fates import REFUSED
from csctl.headers import Header
from csctl.long_columns import where
from csctl.messages import problem
from csctl.policy.to_write import column_line
from csctl.problems import Problem, as_error
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.columns import parser_for
from csctl.readers.columns.decided import FileFacts
from csctl.readers.columns.deciding import Judge
from csctl.readers.columns.faults import FaultyColumn
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.reading import Given, Grid, Reading, leave_out, read_bound
from csctl.readers.columns.row_marks import RowSet
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import CellFault, Value
from csctl.readers.mapping.composed import bound_cells, read_lengths, read_span, read_sum
from csctl.readers.mapping.derive import (
    ComparedCounts,
    compare_counts,
    counting_nothing,
    derive_column,
    derived_headers,
)
from csctl.readers.mapping.past_midnight import enter_past_midnight
from csctl.readers.mapping.punch_verdicts import with_verdicts
from csctl.readers.mapping.punch_words import enter_words, take_words
from csctl.readers.mapping.row_units import row_units
from csctl.readers.mapping.spans import ends_named
from csctl.readers.mapping.tried import not_worth_reading
from csctl.tables import Column, Kind, Table


def _constant(binding: Binding, grid: Grid, reading: Reading, forms: Forms) -> Value:
    value = parser_for(binding, forms)(binding.rule.value)
    if isinstance(value, CellFault):
        place = grid.place.at(column=binding.column.name)
        reading.problems.append(as_error(problem(value.code, place, binding.rule.value or "", **dict(value.details))))
        return None
    return value


def _of_both(rows: Mapping[str, RowSet], column: Column) -> RowSet:
    """The rows of a column and of that which may stand in its place."""
    return rows.get(column.name, RowSet()) | rows.get(column.alternative, RowSet())


def _one_of_two(table: Table, grid: Grid, reading: Reading) -> None:
    """A row without a required value and without what may stand in its place says nothing, and does not count."""
    for column in table.columns:
        own, other = reading.columns.get(column.name), reading.columns.get(column.alternative)
        if not column.required or not column.alternative or (own is None and other is None):
            continue
        title = reading.title(column.name if own is not None else column.alternative)
        said = _of_both(reading.unreadable, column)
        there = [set(where(one, lambda value: value is None, known=False)) for one in (own, other) if one is not None]
        empty = sorted(set.intersection(*there))
        reading.bad.give([at for at in empty if at in said], REFUSED)
        reading.nothing[column.name] = _of_both(reading.nothing, column)
        leave_out([at for at in empty if at not in said], FaultyColumn(grid.place, title, column.name), grid, reading)


def _without_their_whole(table: Table, reading: Reading) -> None:
    """Values that go with another column's are empty where that one is: out of how much nothing was given is no sum."""
    for column in table.columns:
        whole, values = reading.columns.get(column.part_of), reading.columns.get(column.name)
        if column.part_of and values is not None:
            given = [None] * len(values) if whole is None else whole
            reading.columns[column.name] = [
                None if one is None else value for one, value in zip(given, values, strict=True)
            ]


def _derive(source: Source, table: Table, grid: Grid, reading: Reading) -> None:
    """Columns counted from texts; those that leave out days of another column come after that."""
    for name, rule in sorted(source.derive.items(), key=lambda one: bool(one[1].unless)):
        column, own = table.column(name), reading.columns.get(name)
        if column is None or (own is not None and not rule.check):
            continue
        headers = derived_headers(rule, grid.layout.headers)
        if not headers and own is None:
            wanted = tuple(rule.headers)
            reading.problems.append(problem("derive-without-headers", grid.place.at(column=name), wanted))
        if not headers:
            continue
        reading.used |= {header.column for header in headers}
        counted = derive_column(rule, headers, grid.rows.cells, column.kind)
        counted = counting_nothing(rule, counted, reading.columns)
        if own is None:
            reading.columns[name] = counted
            continue
        both = compare_counts(rule, own, counted)
        reading.columns[name] = both.values
        reading.problems += _counted_otherwise(name, both, headers, grid, reading)


def _counted_otherwise(
    name: str, both: ComparedCounts, headers: Sequence[Header], grid: Grid, reading: Reading
) -> list[Problem]:
    """One warning for the rows in which the file's figure is another than its texts give, with both."""
    unlike = [one for one in both.differing if one[0] not in reading.bad]
    if not unlike:
        return []
    at, said, counted = unlike[0]
    found = problem(
        "counts-differ",
        grid.at(at, reading.title(name)),
        reading.title(name),
        rows=row_list(grid.rows.numbers[one] for one, _, _ in unlike),
        count=len(unlike),
        said=f"{Decimal(said).normalize():f}",
        counted=f"{Decimal(counted).normalize():f}",
        headers=tuple(header.text for header in headers[:4]),
        line=column_line(name, {"ignore": True}),
    )
    return [found]


def _places(bindings: Mapping[str, Binding], kind: Kind) -> frozenset[int]:
    """Where the columns of one kind stand."""
    return frozenset(one.headers[0].column for one in bindings.values() if one.headers and one.column.kind is kind)


def _enter(
    name: str, bound: Binding, columns: Mapping[str, Cells], judge: Judge, given: Given, reading: Reading
) -> None:
    """The values of one column: a constant, a time between two moments, a sum of columns, or its cells."""
    if bound.rule.value is not None:
        constant = _constant(bound, given.grid, reading, judge.about.forms(bound))
        reading.columns[name] = [constant] * len(given.grid.rows.cells)
    elif bound.since:
        ends = [columns[key] for key in ends_named(name)]
        read = read_lengths if bound.written else read_span
        reading.columns[name] = read(ends, judge, given, reading)
    elif bound.summands:
        parts = {key: columns[key] for key in bound.summands}
        reading.columns[name] = read_sum(bound, parts, judge, given, reading)
    elif name in columns:
        reading.columns[name] = read_bound(columns[name], judge.decide(name), given, reading)
        columns[name].forget()


def read_columns(
    bindings: dict[str, Binding],
    source: Source,
    table: Table,
    grid: Grid,
    about: FileFacts,
) -> Reading:
    """All bound and derived columns of a table. A column the file has is not derived again.

    ``about`` is what the file says of all its columns; how each is read is then decided by its own cells. Nothing is
    read where the first look at some rows shows that hardly any could count.
    """
    reading = Reading()
    columns = bound_cells(bindings, grid, reading)
    columns |= with_verdicts(columns, grid)
    words = take_words(table, columns, grid)
    units = row_units(columns, source, grid)
    columns |= units.columns
    reading.used |= units.used
    reading.problems += units.problems
    judge = Judge(source, columns, grid.layout.headers, about)
    given = Given(source, table, grid, _places(bindings, Kind.DATE), _places(bindings, Kind.MOMENT))
    hopeless = not_worth_reading(bindings, columns, judge, given)
    if hopeless:
        return Reading(problems=hopeless, given_up=True)
    for name, bound in bindings.items():
        reading.used |= {header.column for header in bound.used}
        _enter(name, bound, columns, judge, given, reading)
    enter_past_midnight(table, columns, reading)
    enter_words(words, len(grid.rows.cells), reading)
    _derive(source, table, grid, reading)
    _one_of_two(table, grid, reading)
    _without_their_whole(table, reading)
    for name, rows in grid.rows.unread.items():
        reading.unreadable[name] = reading.unreadable.get(name, RowSet()) | rows
    return reading
