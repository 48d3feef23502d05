"""Bound columns of rows as typed values, with a warning for each cell that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from csctl.core.coverage.fates import FILTERED, REFUSED
from csctl.core.coverage.readings import ColumnReading
from csctl.headers import Header
from csctl.messages import problem
from csctl.problems import Place, Problem, as_error
from csctl.readers.grid import Cell
from csctl.readers.mapping.binding import Binding
from csctl.readers.mapping.columns import Parsed, nothing_meant, parser_for, read_moments, unread_days
from csctl.readers.mapping.currencies import foreign_money
from csctl.readers.mapping.deciding import About, Cells, Decision, Judge
from csctl.readers.mapping.derive import derive_column, derived_headers
from csctl.readers.mapping.faults import FaultyColumn, left_open, not_filled_in, unreadable
from csctl.readers.mapping.forms import Forms
from csctl.readers.mapping.joining import joined
from csctl.readers.mapping.layout import Layout
from csctl.readers.mapping.rows import Rows, cell_at, merged_values, row_list
from csctl.readers.mapping.settling import orders_that_read, own_rule
from csctl.readers.mapping.source import Source
from csctl.readers.mapping.spans import (
    ends_named,
    ends_of,
    negative_said,
    reading_of_span,
    time_between,
)
from csctl.readers.mapping.summaries import reading_of
from csctl.readers.mapping.swapped import half_swapped
from csctl.readers.mapping.values import Fault, Value, is_empty, text_of
from csctl.tables import AGENT_NAMES, UNREADABLE, Kind, Table

# A sum in cells merged downwards belongs to all their rows together: repeating it would count it again.
_REPEATED_KINDS = frozenset({Kind.ID, Kind.TEXT, Kind.DATE, Kind.MOMENT, Kind.FLAG})


@dataclass
class Reading:
    """Columns of values, all as long as the rows; ``bad`` are the indexes of rows that cannot count, and their fate.

    ``titles`` are the headers, as the file has them, under which canonical columns stand: problems name these.
    ``readings`` tell what each column was read as; ``unreadable`` are the rows of each column whose cells hold what
    cannot be read, ``nothing`` those of which the source says that they hold nothing.
    """

    columns: dict[str, Sequence[Value]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    bad: dict[int, str] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    readings: list[ColumnReading] = field(default_factory=list)
    unreadable: dict[str, set[int]] = field(default_factory=dict)
    nothing: dict[str, set[int]] = field(default_factory=dict)

    def title(self, name: str) -> str:
        """The file's header of a canonical column; the column's own name where no header stands for it."""
        return self.titles.get(name, name)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of data of one table, cells addressed by row index and header."""

    layout: Layout
    rows: Rows
    place: Place

    def cells(self, header: Header, kind: Kind | None = None) -> list[Cell]:
        """One column; cells merged downwards are repeated where the kind allows it."""
        cells = [cell_at(row, header.column) for row in self.rows.cells]
        merged = merged_values(self.layout) if kind in _REPEATED_KINDS and self.layout.sheet.merged else {}
        if not merged:
            return cells
        keys = [(number, header.column) for number in self.rows.numbers]
        return [merged.get(key, cell) for key, cell in zip(keys, cells, strict=True)]

    def at(self, index: int, column: str) -> Place:
        """The place of one cell."""
        return self.place.at(row=self.rows.numbers[index], column=column)


@dataclass(frozen=True, slots=True)
class _Given:
    """What one sheet is read with; ``days`` and ``moments`` are the places of columns that hold those alone."""

    source: Source
    table: Table
    grid: Grid
    days: frozenset[int]
    moments: frozenset[int]

    def faulty(self, one: Cells, decision: Decision) -> FaultyColumn:
        """A bound column as the faults of its cells are told."""
        binding = one.binding
        return FaultyColumn(
            self.grid.place,
            binding.headers[0].text,
            binding.column.name,
            own_rule(self.source, binding),
            binding.rule.texts or {},
            lambda texts: orders_that_read(texts, one.counts, replace(binding, base=None), decision.forms),
            binding.column.name == self.table.dated and not binding.column.required and decision.forms.near is not None,
        )


def choose_agent_header(binding: Binding, grid: Grid) -> tuple[Binding, list[Problem]]:
    """The first of several headers that holds anything: staff numbers are exported as an empty column at times."""
    if len(binding.headers) < 2:
        return binding, []
    filled = [
        header
        for header in binding.headers
        if any(not is_empty(cell_at(row, header.column)) for row in grid.rows.cells)
    ]
    chosen = (filled or list(binding.headers))[0]
    others = tuple(header.text for header in binding.headers if header is not chosen)
    said = problem(
        "agent-header-chosen", grid.place.at(column=chosen.text), chosen.text, name=binding.column.name, others=others
    )
    return replace(binding, headers=(chosen,)), [said]


def _constant(binding: Binding, grid: Grid, reading: Reading, forms: Forms) -> Value:
    value = parser_for(binding, forms)(binding.rule.value)
    if isinstance(value, Fault):
        place = grid.place.at(column=binding.column.name)
        reading.problems.append(as_error(problem(value.code, place, binding.rule.value or "", **dict(value.details))))
        return None
    return value


def must_stand(binding: Binding, table: Table) -> bool:
    """Whether a row cannot count in which the column is empty."""
    column = binding.column
    required = column.required and not column.as_written and not column.alternative
    return required or binding.column.name == table.dated


def _check(parsed: Sequence[Parsed], one: Cells, decision: Decision, given: _Given, reading: Reading) -> list[Value]:
    """Faults out: the row is bad where the column must be right, else the value is missing."""
    binding, numbers = one.binding, given.grid.rows.numbers
    name, must = binding.column.name, must_stand(binding, given.table)
    column = given.faulty(one, decision)
    dayless = unread_days(parsed, one.days or (), decision.forms) if binding.base else {}
    reading.problems += _days_unread(dayless, one, decision, given)
    faults = [(index, value) for index, value in enumerate(parsed) if isinstance(value, Fault)]
    own = ((numbers[at], text_of(one.cells[at]), fault) for at, fault in faults if at not in dayless)
    reading.problems += unreadable(own, column)
    reading.problems += left_open(zip(numbers, map(text_of, one.cells), strict=True), column)
    is_nothing = nothing_meant(binding.rule)
    reading.nothing[name] = {at for at, cell in enumerate(one.cells) if is_nothing(cell)}
    _leave_out([at for at, value in enumerate(parsed) if value is None] if must else [], column, given.grid, reading)
    reading.unreadable[name] = {at for at, _ in faults}
    if must or name in AGENT_NAMES:
        reading.bad |= dict.fromkeys([at for at, _ in faults], REFUSED)
    return [None if isinstance(value, Fault) else value for value in parsed]


def _days_unread(faults: Mapping[int, Fault], one: Cells, decision: Decision, given: _Given) -> list[Problem]:
    """What is wrong with days in a column of their own, beside times; once, where that is a column by itself."""
    base, days, numbers = one.binding.base, one.days, given.grid.rows.numbers
    if base is None or days is None or base.column in given.days:
        return []
    column = replace(given.faulty(Cells(one.binding, days), decision), header=base.text)
    return unreadable(((numbers[at], text_of(days[at]), fault) for at, fault in faults.items()), column)


def _leave_out(empty: Sequence[int], column: FaultyColumn, grid: Grid, reading: Reading) -> None:
    """Rows that lack what must stand in them: said, unless it is what the source wants of them."""
    meant = [at for at in empty if at in reading.nothing.get(column.name, set())]
    lacking = [at for at in empty if at not in set(meant)]
    numbers = grid.rows.numbers
    reading.problems += not_filled_in([numbers[at] for at in lacking], column)
    reading.bad |= dict.fromkeys(lacking, REFUSED) | dict.fromkeys(meant, FILTERED)
    if meant:
        rows = row_list(numbers[at] for at in meant)
        reading.problems.append(
            problem("rows-called-nothing", grid.place.at(column=column.header), rows, count=len(meant))
        )


def _cells_of(binding: Binding, grid: Grid) -> list[Cell]:
    """The cells of a column; of several headers, in each row the first that is filled in."""
    columns = [grid.cells(header, binding.column.kind) for header in binding.headers]
    if len(columns) == 1:
        return columns[0]
    if binding.rule.join:
        return [joined(cells) for cells in zip(*columns, strict=True)]
    return [next((cell for cell in cells if not is_empty(cell)), None) for cells in zip(*columns, strict=True)]


def _parse(one: Cells, decision: Decision) -> list[Parsed]:
    if one.binding.base and one.days is not None:
        return read_moments(one.cells, one.days, one.binding, decision.forms)
    return list(map(parser_for(one.binding, decision.forms), one.cells))


def _read_bound(one: Cells, decision: Decision, given: _Given, reading: Reading) -> list[Value]:
    binding, header, place = one.binding, one.binding.headers[0], given.grid.place
    reading.titles[binding.column.name] = (binding.base or header).text
    parse = parser_for(binding, decision.forms)
    parsed = _parse(one, decision)
    values = _check(parsed, one, decision, given, reading)
    if binding.column.kind in {Kind.DATE, Kind.MOMENT}:
        reading.problems += half_swapped(one.counts, place, header.text)
    if binding.column.kind is Kind.MONEY:
        reading.problems += foreign_money(one.counts, place, header.text)
    reading.readings.append(reading_of(one, decision, parse, values, place.sheet))
    return values


def _one_of_two(table: Table, grid: Grid, reading: Reading) -> None:
    """A row without a required value and without what may stand in its place says nothing, and does not count."""
    for column in table.columns:
        own, other = reading.columns.get(column.name), reading.columns.get(column.alternative)
        if not column.required or not column.alternative or (own is None and other is None):
            continue
        title = reading.title(column.name if own is not None else column.alternative)
        said = reading.unreadable.get(column.name, set()) | reading.unreadable.get(column.alternative, set())
        empty = [
            at for at in range(len(grid.rows.cells)) if all(one is None or one[at] is None for one in (own, other))
        ]
        reading.bad |= dict.fromkeys([at for at in empty if at in said], REFUSED)
        nothing = reading.nothing.get(column.name, set()) | reading.nothing.get(column.alternative, set())
        reading.nothing[column.name] = nothing
        _leave_out([at for at in empty if at not in said], FaultyColumn(grid.place, title, column.name), grid, reading)


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
    for name, rule in source.derive.items():
        column = table.column(name)
        if column is None or name in reading.columns:
            continue
        headers = derived_headers(rule, grid.layout.headers)
        if not headers:
            wanted = tuple(rule.headers)
            reading.problems.append(problem("derive-without-headers", grid.place.at(column=name), wanted))
            continue
        reading.used |= {header.column for header in headers}
        reading.columns[name] = derive_column(rule, headers, grid.rows.cells, column.kind)


def _bound_cells(bindings: dict[str, Binding], grid: Grid, reading: Reading) -> dict[str, Cells]:
    """The cells of every column that a header fills."""
    columns: dict[str, Cells] = {}
    for name, bound in bindings.items():
        if bound.rule.value is None and bound.headers:
            all_count = bound.rule.filled or bound.rule.join
            binding, said = (bound, []) if all_count else choose_agent_header(bound, grid)
            reading.problems += said
            if bound.since is None:
                columns[name] = _with_days(binding, grid)
            else:
                columns |= {key: _with_days(one, grid) for key, one in ends_of(bound).items()}
    return columns


def _with_days(binding: Binding, grid: Grid) -> Cells:
    days = grid.cells(binding.base, Kind.DATE) if binding.base else None
    return Cells(binding, _cells_of(binding, grid), days)


def _read_span(ends: Sequence[Cells], judge: Judge, given: _Given, reading: Reading) -> list[Value]:
    """A length of time as the later moment less the earlier one; it is empty without one of them."""
    binding = ends[0].binding
    name, place, numbers = binding.column.name, given.grid.place, given.grid.rows.numbers
    reading.titles[name] = binding.headers[0].text
    moments = []
    unread: set[int] = set()
    for key, one in zip(ends_named(name), ends, strict=True):
        decision = judge.decide(key)
        parsed = _parse(one, decision)
        faults = {at: value for at, value in enumerate(parsed) if isinstance(value, Fault)}
        unread |= faults.keys()
        if one.binding.headers[0].column not in given.moments:
            own = ((numbers[at], text_of(one.cells[at]), fault) for at, fault in faults.items())
            reading.problems += unreadable(own, given.faulty(one, decision))
            reading.problems += half_swapped(one.counts, place, one.binding.headers[0].text)
        moments.append([value if isinstance(value, datetime) else None for value in parsed])
    end, start = moments
    span = time_between(end, start, binding.rule)
    reading.problems += negative_said(span, ends, given.grid.rows.numbers, own_rule(given.source, binding), place)
    reading.unreadable[name] = unread
    reading.readings.append(reading_of_span(span, ends, len(unread), place.sheet))
    return list(span.lengths)


def _unreadable_names(reading: Reading, length: int) -> list[Value]:
    """Of each row, the columns whose cell is filled and was not understood; None for a row without any."""
    names: list[list[str]] = [[] for _ in range(length)]
    for name, rows in reading.unreadable.items():
        for index in rows:
            names[index].append(name)
    return [" ".join(one) or None for one in names]


def _places(bindings: Mapping[str, Binding], kind: Kind) -> frozenset[int]:
    """Where the columns of one kind stand."""
    return frozenset(one.headers[0].column for one in bindings.values() if one.headers and one.column.kind is kind)


def read_columns(
    bindings: dict[str, Binding],
    source: Source,
    table: Table,
    grid: Grid,
    about: About,
) -> Reading:
    """All bound and derived columns of a table. A column the file has is not derived again.

    ``about`` is what the file says of all its columns; how each is read is then decided by its own cells.
    """
    reading = Reading()
    length = len(grid.rows.cells)
    columns = _bound_cells(bindings, grid, reading)
    judge = Judge(source, columns, grid.layout.headers, about)
    given = _Given(source, table, grid, _places(bindings, Kind.DATE), _places(bindings, Kind.MOMENT))
    for name, bound in bindings.items():
        reading.used |= {header.column for header in bound.used}
        if bound.rule.value is not None:
            reading.columns[name] = [_constant(bound, grid, reading, about.forms(bound))] * length
        elif bound.since:
            ends = [columns[key] for key in ends_named(name)]
            reading.columns[name] = _read_span(ends, judge, given, reading)
        elif name in columns:
            reading.columns[name] = _read_bound(columns[name], judge.decide(name), given, reading)
    _derive(source, table, grid, reading)
    _one_of_two(table, grid, reading)
    _without_their_whole(table, reading)
    for name, rows in grid.rows.unread.items():
        reading.unreadable[name] = reading.unreadable.get(name, set()) | rows
    if UNREADABLE in table.columns and any(reading.unreadable.values()):
        reading.columns[UNREADABLE.name] = _unreadable_names(reading, length)
    return reading
