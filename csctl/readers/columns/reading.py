"""Bound columns of rows as typed values, with a warning for each cell that cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from csctl.core.coverage.readings import ColumnReading
from csctl.core.records.fates import FILTERED, REFUSED
from csctl.headers import Header
from csctl.long_columns import each, in_rows, where
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.columns.at_once import plain_reader
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.columns import Parsed, nothing_meant, read_moments, unread_days
from csctl.readers.columns.currencies import foreign_money
from csctl.readers.columns.decided import DecidedForms
from csctl.readers.columns.faults import FaultyColumn, left_open, not_filled_in, unreadable
from csctl.readers.columns.figures import bound_parser
from csctl.readers.columns.joining import joined_cells
from csctl.readers.columns.layout import Layout
from csctl.readers.columns.row_marks import RowFates, RowSet, row_numbers
from csctl.readers.columns.rows import DataRows, cell_at, merged_values, row_list
from csctl.readers.columns.settling import orders_that_read, own_rule
from csctl.readers.columns.source import Source
from csctl.readers.columns.summaries import reading_of
from csctl.readers.columns.swapped import half_swapped
from csctl.readers.columns.values import CellFault, Value, cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.readers.text_rows import column_cells
from csctl.tables import AGENT_NAMES, Kind, Table

# A sum in cells merged downwards belongs to all their rows together: repeating it would count it again.
_REPEATED_KINDS = frozenset({Kind.ID, Kind.TEXT, Kind.DATE, Kind.MOMENT, Kind.FLAG})


@dataclass
class Reading:
    """Columns of values, all as long as the rows; ``bad`` are the indexes of rows that cannot count, and their fate.

    ``titles`` are the headers, as the file has them, under which canonical columns stand: problems name these.
    ``readings`` tell what each column was read as; ``unreadable`` are the rows of each column whose cells hold what
    cannot be read, ``nothing`` those of which the source says that they hold nothing. ``given_up``: nothing was read
    but what the problems speak of.
    """

    columns: dict[str, Sequence[Value]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    bad: RowFates = field(default_factory=RowFates)
    used: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    readings: list[ColumnReading] = field(default_factory=list)
    unreadable: dict[str, RowSet] = field(default_factory=dict)
    nothing: dict[str, RowSet] = field(default_factory=dict)
    given_up: bool = False

    def title(self, name: str) -> str:
        """The file's header of a canonical column; the column's own name where no header stands for it."""
        return self.titles.get(name, name)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of data of one table, cells addressed by row index and header."""

    layout: Layout
    rows: DataRows
    place: Place

    def cells(self, header: Header, kind: Kind | None = None) -> Sequence[Cell]:
        """One column; cells merged downwards are repeated where the kind allows it."""
        cells = column_cells(self.rows.cells, header.column)
        merged = merged_values(self.layout) if kind in _REPEATED_KINDS and self.layout.sheet.merged else {}
        if not merged:
            return cells
        keys = [(number, header.column) for number in self.rows.numbers]
        return [merged.get(key, cell) for key, cell in zip(keys, cells, strict=True)]

    def at(self, index: int, column: str) -> Place:
        """The place of one cell."""
        return self.place.at(row=self.rows.numbers[index], column=column)


@dataclass(frozen=True, slots=True)
class Given:
    """What one sheet is read with; ``days`` and ``moments`` are the places of columns that hold those alone."""

    source: Source
    table: Table
    grid: Grid
    days: frozenset[int]
    moments: frozenset[int]

    def faulty(self, one: Cells, decision: DecidedForms) -> FaultyColumn:
        """A bound column as the faults of its cells are told."""
        binding = one.binding
        return FaultyColumn(
            self.grid.place,
            binding.headers[0].text,
            binding.column.name,
            own_rule(self.source, binding),
            binding.rule.texts or {},
            lambda texts: orders_that_read(texts, one.each, replace(binding, base=None), decision.forms),
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


def must_stand(binding: Binding, table: Table) -> bool:
    """Whether a row cannot count in which the column is empty."""
    column = binding.column
    required = column.required and not (column.as_written or column.alternative or column.may_lack)
    return required or binding.column.name == table.dated


def _check(
    parsed: Sequence[Parsed], one: Cells, decision: DecidedForms, given: Given, reading: Reading
) -> Sequence[Value]:
    """Faults out: the row is bad where the column must be right, else the value is missing."""
    binding, numbers = one.binding, given.grid.rows.numbers
    name, must = binding.column.name, must_stand(binding, given.table)
    column = given.faulty(one, decision)
    dayless = unread_days(parsed, one.days or (), decision.forms) if binding.base else {}
    reading.problems += _days_unread(dayless, one, decision, given)
    faults = RowSet(where(parsed, lambda value: isinstance(value, CellFault), known=False))
    own = row_numbers(at for at in faults if at not in dayless)
    met = zip(own, in_rows(one.cells, own), in_rows(parsed, own), strict=True)
    reading.problems += unreadable(
        ((numbers[at], cell_as_text(cell), fault) for at, cell, fault in met if isinstance(fault, CellFault)), column
    )
    reading.problems += left_open(zip(numbers, map(cell_as_text, one.cells), strict=True), column)
    is_nothing = nothing_meant(binding.rule)
    reading.nothing[name] = RowSet(where(one.cells, is_nothing) if is_nothing else ())
    empty = RowSet(where(parsed, lambda value: value is None, known=False) if must or binding.column.may_lack else ())
    if must:
        leave_out(empty, column, given.grid, reading)
    elif binding.column.may_lack:
        lacking = [numbers[at] for at in empty if at not in reading.nothing[name]]
        reading.problems += not_filled_in(lacking, column, kept=True)
    reading.unreadable[name] = faults
    if must or name in AGENT_NAMES:
        reading.bad.give(faults, REFUSED)
    return each(parsed, lambda value: None if isinstance(value, CellFault) else value, lambda plain: plain)


def _days_unread(faults: Mapping[int, CellFault], one: Cells, decision: DecidedForms, given: Given) -> list[Problem]:
    """What is wrong with days in a column of their own, beside times; once, where that is a column by itself."""
    base, days, numbers = one.binding.base, one.days, given.grid.rows.numbers
    if base is None or days is None or base.column in given.days:
        return []
    column = replace(given.faulty(Cells(one.binding, days), decision), header=base.text)
    return unreadable(((numbers[at], cell_as_text(days[at]), fault) for at, fault in faults.items()), column)


def leave_out(empty: Iterable[int], column: FaultyColumn, grid: Grid, reading: Reading) -> None:
    """Rows that lack what must stand in them: said, unless it is what the source wants of them."""
    nothing = reading.nothing.get(column.name, RowSet())
    meant, lacking = RowSet(at for at in empty if at in nothing), RowSet(at for at in empty if at not in nothing)
    numbers = grid.rows.numbers
    reading.problems += not_filled_in(row_numbers(numbers[at] for at in lacking), column)
    reading.bad.give(lacking, REFUSED)
    reading.bad.give(meant, FILTERED)
    if meant:
        rows = row_list(numbers[at] for at in meant)
        reading.problems.append(
            problem("rows-called-nothing", grid.place.at(column=column.header), rows, count=len(meant))
        )


def coalesced_cells(binding: Binding, grid: Grid) -> Sequence[Cell]:
    """The cells of a column; of several headers, in each row the first that is filled in."""
    columns = [grid.cells(header, binding.column.kind) for header in binding.headers]
    if len(columns) == 1:
        return columns[0]
    if binding.rule.join:
        return [joined_cells(cells) for cells in zip(*columns, strict=True)]
    return [next((cell for cell in cells if not is_empty(cell)), None) for cells in zip(*columns, strict=True)]


def parsed_cells(one: Cells, decision: DecidedForms) -> Sequence[Parsed]:
    """The cells of a column, each as a value or as what is wrong with it."""
    if one.binding.base and one.days is not None:
        return read_moments(one.cells, one.days, one.binding, decision.forms)
    parse = bound_parser(one.binding, decision.forms)
    alike: dict[CellFault, CellFault] = {}

    def once(cell: Cell) -> Parsed:
        value = parse(cell)
        # One fault stands for all that are equal to it: a file may have half a million of them.
        return alike.setdefault(value, value) if isinstance(value, CellFault) else value

    return each(one.cells, once, plain_reader(one.binding, decision.forms))


def read_bound(one: Cells, decision: DecidedForms, given: Given, reading: Reading) -> Sequence[Value]:
    """The values of a bound column, its reading and its problems entered in ``reading``; faults are None."""
    binding, header, place = one.binding, one.binding.headers[0], given.grid.place
    reading.titles[binding.column.name] = (binding.base or header).text
    values = _check(parsed_cells(one, decision), one, decision, given, reading)
    if binding.column.kind in {Kind.DATE, Kind.MOMENT} and not one.of_text_file:
        reading.problems += half_swapped(one.each, place, header.text)
    if binding.column.kind is Kind.MONEY:
        reading.problems += foreign_money(one.counts, place, header.text)
    reading.readings.append(
        reading_of(one, decision, values, len(reading.unreadable[binding.column.name]), place.sheet)
    )
    return values
