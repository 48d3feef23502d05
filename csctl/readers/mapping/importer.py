"""One open book and one source as rows of one canonical table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from csctl.core.coverage.readings import UNREAD, FileReading
from csctl.core.records.fates import Fates, most_refused
from csctl.headers import find_headers
from csctl.long_columns import concatenated, constant, take_rows
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, errors
from csctl.readers.columns.binding import Binding, melts
from csctl.readers.columns.decided import FileFacts
from csctl.readers.columns.forms import LOCAL
from csctl.readers.columns.layout import Layout
from csctl.readers.columns.naming import unmapped_note
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import DataRows, data_rows
from csctl.readers.columns.source import Source
from csctl.readers.columns.title_units import title_units, unused_units
from csctl.readers.grid import Book
from csctl.readers.mapping.above import with_above
from csctl.readers.mapping.all_columns import read_columns
from csctl.readers.mapping.all_empty import all_empty
from csctl.readers.mapping.checks import months_of, more_of_the_same, refuse_doubles
from csctl.readers.mapping.doubts import first_row_faults, table_doubts
from csctl.readers.mapping.leave_times import enter_leave_times
from csctl.readers.mapping.matching import bind
from csctl.readers.mapping.melt import Metric, melt
from csctl.readers.mapping.once import without_repeated_keys
from csctl.readers.mapping.other_tables import other_tables
from csctl.readers.mapping.people import for_each_person
from csctl.readers.mapping.row_fates import by_fate, fates_of, telling_of
from csctl.readers.mapping.sheets import choose_sheets
from csctl.readers.mapping.units_beside import units_beside
from csctl.readers.mapping.unlikely import unlikely_lengths
from csctl.readers.mapping.unread import ReadSheet, figures_unread, refused_unread, unreadable_names
from csctl.readers.mapping.values_said import values_said
from csctl.readers.shaping.day_rows import rows_of_days
from csctl.readers.shaping.punches import settle_days
from csctl.readers.shaping.shapes import of_shape
from csctl.readers.shaping.turned import own_name
from csctl.tables import PROVENANCE, TABLES, UNREADABLE, Table

IMPORT_VERSION = 30
"""Part of the key under which an import is kept; raised whenever reading changes."""


@dataclass(frozen=True)
class Imported:
    """Rows of one canonical table, column by column, all columns of the table and of PROVENANCE, equally long.

    ``accepted`` and ``rejected`` count rows of the file; a wide table of figures makes several rows of each. Rows
    of totals, blank rows and the like are in neither: ``fates`` has all rows of each sheet that was read, ``reading``
    all columns. After an error there are no rows, and ``reading`` has the columns that could be read until then.
    ``sheets`` are the names of those that were taken for the table; none where no table was found.
    """

    table: str
    columns: Mapping[str, Sequence[object]]
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]
    fates: tuple[Fates, ...] = ()
    reading: FileReading = UNREAD
    sheets: frozenset[str] = frozenset()


def _nothing(table: str, problems: Sequence[Problem], rejected: int = 0, reading: FileReading = UNREAD) -> Imported:
    names = [column.name for column in TABLES[table].columns]
    columns: dict[str, Sequence[object]] = {name: [] for name in (*names, *PROVENANCE)}
    return Imported(table, columns, 0, rejected, tuple(more_of_the_same(problems)), reading=reading)


def _assemble(
    table: Table, reading: Reading, months: Sequence[str | None], grid: Grid, shown_as: str
) -> dict[str, Sequence[object]]:
    good = [index for index in range(len(grid.rows.cells)) if index not in reading.bad]
    columns: dict[str, Sequence[object]] = {}
    nothing = constant(None, len(good))
    for column in table.columns:
        values = reading.columns.get(column.name)
        columns[column.name] = nothing if values is None else take_rows(values, good)
    columns["source_file"] = constant(shown_as, len(good))
    columns["source_sheet"] = constant(grid.place.sheet, len(good))
    columns["source_row"] = list(take_rows(grid.rows.numbers, good))
    columns["month"] = take_rows(months, good)
    columns[UNREADABLE] = unreadable_names(reading, good)
    return columns


def _melted(
    columns: Mapping[str, Sequence[object]], metrics: Sequence[Metric], reading: Reading, length: int
) -> dict[str, Sequence[object]]:
    """One row per accepted row of the file and filled figure, in the order of rows, then of headers."""
    good = [index for index in range(length) if index not in reading.bad]
    cells = [(position, metric.name, value) for position, index in enumerate(good) for metric in metrics
             if (value := metric.values[index]) is not None]  # fmt: skip
    long: dict[str, Sequence[object]] = {
        name: [values[position] for position, _, _ in cells] for name, values in columns.items()
    }
    return long | {"metric": [name for _, name, _ in cells], "value": [value for _, _, value in cells]}


def _metrics(
    table: Table, bindings: dict[str, Binding], grid: Grid, reading: Reading, asked: _Asked
) -> list[Metric] | None:
    """The figures of a wide table; None where the table is not one."""
    if not melts(table, asked.source, bindings):
        return None
    rest = [header for header in grid.layout.headers if header.column not in reading.used]
    metrics, problems = melt(rest, grid, asked.source, asked.about)
    reading.problems += problems
    reading.readings += [metric.reading for metric in metrics]
    reading.used |= {metric.header.column for metric in metrics}
    reading.used |= {told.column for column, told in units_beside(rest, grid).items() if column in reading.used}
    if not metrics:
        texts = tuple(header.text for header in grid.layout.headers)
        reading.problems.append(problem("no-figures-in-table", grid.place, texts))
    return metrics


def _rows(
    layout: Layout, table: Table, bindings: dict[str, Binding], asked: _Asked, place: Place
) -> tuple[DataRows, list[Problem]]:
    """The rows that are read: those of the file, or what its shape makes of them."""
    telling = telling_of(table, bindings, layout, asked.people)
    if not layout.days:
        rows = data_rows(layout, telling, asked.source, place)
        return rows, rows.problems
    # A row of the file has no day of its own: its cells have.
    rows = data_rows(layout.as_filed, replace(telling, days=(), dated=()), asked.source, place)
    made, problems = rows_of_days(rows, layout, table, asked.source, asked.month, place)
    return made, rows.problems + problems


def _bound_rows(
    layout: Layout, table: Table, asked: _Asked, place: Place
) -> tuple[dict[str, Binding], Grid, list[Problem]]:
    """The columns of a sheet as they are bound, its rows, and what is said of both."""
    source = asked.source
    bindings, problems = bind(table, source, layout.headers, place, layout.sheet.rows[layout.header_row :])
    problems = first_row_faults(table, layout, bindings, problems, place)
    problems += other_tables(layout, place)
    rows, of_rows = _rows(layout, table, bindings, asked, place)
    problems += of_rows
    grid = Grid(layout, rows, place)
    if source.key and not errors(problems):
        grid, doubles = without_repeated_keys(grid, table, bindings, source.key)
        problems += doubles
    return bindings, grid, problems if errors(problems) else [*problems, *all_empty(table, bindings, grid)]


def _reading(table: Table, bindings: dict[str, Binding], grid: Grid, asked: _Asked) -> Reading:
    """All columns, read; days and leave settled, where the rows are of either."""
    source, layout = asked.source, grid.layout
    reading = read_columns(bindings, source, table, grid, asked.about)
    if reading.given_up:
        return reading
    if not layout.days:
        settle_days(table, source, grid, reading)
    enter_leave_times(table, bindings, grid, reading)
    reading.used |= {header.column for header in find_headers(list(layout.headers), source.key or "")}
    return reading


def _import_sheet(layout: Layout, table: Table, asked: _Asked) -> Imported:
    """The rows of one table on one sheet."""
    place = Place(asked.shown_as, layout.sheet.name)
    source = with_above(of_shape(asked.source, table, layout), layout)
    asked = replace(asked, source=source)
    bindings, grid, problems = _bound_rows(layout, table, asked, place)
    headers = tuple(header.text for header in layout.headers)
    if errors(problems):
        return _nothing(table.name, problems, reading=FileReading((), headers))
    asked = replace(asked, about=replace(asked.about, titled=title_units(layout)))
    reading = _reading(table, bindings, grid, asked)
    if reading.given_up:
        return _nothing(table.name, [*problems, *reading.problems], reading=FileReading((), headers))
    undated = table.dated is not None and table.dated not in reading.columns
    months = months_of(table, asked.month, grid, reading)
    refuse_doubles(table, grid, reading)
    problems += values_said(table, bindings, source, grid, reading)
    metrics = _metrics(table, bindings, grid, reading, asked)
    problems += reading.problems + table_doubts(table, bindings, grid, reading.used, asked.month)
    problems += unused_units(asked.about.titled, reading.readings, place)
    reading.readings, unlikely = unlikely_lengths(reading.readings, place)
    problems += unlikely
    problems += unmapped_note(layout.headers, reading.used, place)
    read = FileReading(tuple(reading.readings), headers)
    if errors(problems):
        return _nothing(table.name, problems, reading=read)
    columns = _assemble(table, reading, months, grid, asked.shown_as)
    if metrics is not None:
        columns = _melted(columns, metrics, reading, len(grid.rows.cells))
    columns, shared = for_each_person(columns, source.columns)
    fates = replace(fates_of(table, grid, reading, undated, source.beside), shared=shared)
    if most_refused(fates):
        found = problem("most-rows-refused", place, fates.refused, counted=fates.counted)
        return _nothing(table.name, [*problems, found], fates.refused, read)
    as_read = ReadSheet(table, grid, reading, months)
    fates = replace(fates, unread=(*refused_unread(as_read), *figures_unread(as_read, metrics or ())))
    rejected = grid.rows.rejected + by_fate(grid, reading)[1].total()
    return Imported(table.name, columns, fates.counted, rejected, tuple(problems), (fates,), read)


def _joined(table: Table, sheets: Sequence[Imported], said: Sequence[Problem], encoding: str) -> Imported:
    """The sheets of one file as one import; ``said`` is of those not read. An error on one of them leaves nothing."""
    problems = [*said, *(fault for one in sheets for fault in one.problems)]
    reading = FileReading(
        tuple(column for one in sheets for column in one.reading.columns),
        tuple(dict.fromkeys(header for one in sheets for header in one.reading.headers)),
        encoding,
    )
    if errors(problems):
        return _nothing(table.name, problems, sum(one.rejected for one in sheets), reading)
    columns = {name: concatenated([one.columns[name] for one in sheets]) for name in sheets[0].columns}
    return Imported(
        table.name,
        columns,
        sum(one.accepted for one in sheets),
        sum(one.rejected for one in sheets),
        tuple(more_of_the_same(problems)),
        tuple(fates for one in sheets for fates in one.fates),
        reading,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one file is to be read as."""

    source: Source
    shown_as: str
    about: FileFacts
    people: frozenset[str]

    @property
    def month(self) -> Month | None:
        """The month that the name of the file says."""
        return self.about.month


def import_book(
    book: Book,
    source: Source,
    shown_as: str,
    month: Month | None,
    zone: tzinfo = LOCAL,
    people: frozenset[str] = frozenset(),
) -> Imported:
    """The rows of ``book`` as ``source`` describes it, and every problem met on the way.

    ``source`` has been through ``resolve_source``. ``month`` is given when the name of the file's folder or file
    says it: rows dated outside are refused, and a file without dates takes its first day. ``zone`` is where moments
    with an offset are brought to. ``people`` are folded names of the roster that read like totals.
    """
    table = TABLES[source.table]
    chosen = choose_sheets(book, source, shown_as, month)
    if not chosen.read:
        return _nothing(table.name, chosen.problems)
    about = FileFacts(zone, month, book.epoch_1904, book.separator == ";", table.dated is not None)
    asked = _Asked(source, shown_as, about, people)
    read = [_import_sheet(one, table, asked) for one in chosen.read]
    sheets = frozenset(own_name(one.sheet.name) for one in chosen.read)
    return replace(_joined(table, read, chosen.problems, book.encoding), sheets=sheets)
