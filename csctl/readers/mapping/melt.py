"""Wide tables of figures as rows of metric and value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fnmatch import fnmatchcase

from csctl.core.coverage.readings import ColumnReading
from csctl.headers import Header, same_header
from csctl.messages import problem
from csctl.policy.to_write import metric_line
from csctl.problems import Place, Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.columns import Parsed, memoized
from csctl.readers.columns.currencies import foreign_money
from csctl.readers.columns.decided import FileFacts
from csctl.readers.columns.deciding import Judge
from csctl.readers.columns.durations import SECONDS_OF
from csctl.readers.columns.faults import FaultyColumn, unreadable
from csctl.readers.columns.figures import figure_kind, figure_parser, has_marks, own_unit, parts_said
from csctl.readers.columns.looks import is_numeric
from csctl.readers.columns.profile import METRICS, Resolved
from csctl.readers.columns.reading import Grid
from csctl.readers.columns.source import ColumnRule, Source
from csctl.readers.columns.summaries import reading_of
from csctl.readers.columns.values import CellFault, cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.readers.mapping.shares import written_in_two_ways
from csctl.readers.mapping.units_beside import units_beside, with_units_of
from csctl.tables import Column, Kind
from csctl.words import NO_FIGURE, declared, fold, same_word

_NOT_FIGURES = declared("序号 排名 名次 no. no rank id 手机号 电话 手机 phone")
_SHOWN = 3
_FEW_WORDS = 3
"""A column of ratings has no more different words than that for those who got none."""
_LEAST_SHARE = 3
"""One figure in so many filled cells makes a column one of figures, of which it is said that most cannot be read."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One column of figures: its name, its header, one value per row (None where the cell is empty or refused), and
    what its cells were read as. ``unread`` are the rows in which it could not be read.
    """

    name: str
    header: Header
    values: list[Decimal | None]
    reading: ColumnReading
    unread: Sequence[int] = ()


def _names(headers: Sequence[Header]) -> dict[int, str]:
    """Metric name by column: the header as written, or ``组/列`` where several columns share its key."""
    keys = [header.key for header in headers]
    return {header.column: header.own if keys.count(header.key) == 1 else header.text for header in headers}


def _unread(read: Sequence[Parsed], cells: Sequence[Cell], header: Header, place: Place) -> list[Problem]:
    """A warning if a column that is left out holds figures all the same; columns of words hold few or none.

    Clock times of two parts are figures, too, of which nobody said what they mean, and so are numbers with a mark that
    this column does not use.
    """
    filled = [(value, cell) for value, cell in zip(read, cells, strict=True) if value is not None]
    figures = sum(
        not isinstance(value, CellFault) or value.code == "value-duration-ambiguous" or has_marks(cell)
        for value, cell in filled
    )
    if not filled or figures * _LEAST_SHARE < len(filled):
        return []
    faults = [cell_as_text(cell) for value, cell in filled if isinstance(value, CellFault)]
    found = tuple(dict.fromkeys(faults))[:_SHOWN]
    said = place.at(column=header.text)
    lengths = any(isinstance(value, CellFault) and value.code == "value-duration-ambiguous" for value, _ in filled)
    line = metric_line(header.text, {"unit": "minutes"}) if lengths else ""
    return [problem("figures-mostly-unreadable", said, found, column=header.text, count=len(faults), line=line)]


def metric_rule(header: Header, source: Source) -> tuple[ColumnRule, bool]:
    """What a source says of a column of figures, and whether a profile says it. A header of its own comes before any
    pattern, and headers that name their unit themselves are meant by none.
    """
    form = same_header(header.own)
    for name, rule in sorted(source.metrics.items(), key=lambda item: "*" in item[0]):
        several = "*" in name
        met = fnmatchcase(form, fold(name)) and not own_unit(header) if several else form == same_header(name)
        if (rule.unit or rule.texts) and met:
            inherited = isinstance(source, Resolved) and name in source.inherited.get(METRICS, ())
            return ColumnRule.model_validate(rule.model_dump(exclude_none=True)), inherited
    return ColumnRule(), False


def _column(name: str, header: Header, cells: Sequence[Cell], source: Source) -> Cells:
    """A column of figures as one that is bound: its kind is what its header and its cells show."""
    rule, inherited = metric_rule(header, source)
    meant = {same_word(text): found for text, found in (rule.texts or {}).items()}
    cells = [meant.get(same_word(cell_as_text(cell)), cell) for cell in cells] if meant else cells
    cells = [None if _says_none(cell) else cell for cell in cells]
    kind = figure_kind(header, Counter(cells))
    if kind is not Kind.TEXT and rule.unit:
        # What a profile says of all figures holds for those that are lengths of time.
        wanted = Kind.SECONDS if rule.unit in SECONDS_OF else Kind.NUMBER
        kind, rule = (kind, ColumnRule()) if inherited and kind is not wanted else (wanted, rule)
    return Cells(Binding(Column(name, kind, header.text), (header,), rule), cells)


def _says_none(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell[:1].isdecimal() and same_word(cell) in NO_FIGURE


def _faulty(one: Cells, place: Place) -> FaultyColumn:
    """A column of figures as its faults are told."""
    rule = one.binding.rule
    said = {"unit": rule.unit} if rule.unit else {}
    return FaultyColumn(place, one.binding.headers[0].text, rule=said, texts=rule.texts or {})


def _metric(one: Cells, judge: Judge, numbers: Sequence[int], place: Place) -> tuple[Metric | None, list[Problem]]:
    name, header, kind = one.binding.column.name, one.binding.headers[0], one.binding.column.kind
    decision = judge.decide(name)
    parse = memoized(figure_parser(decision.forms, kind, header))
    read = [parse(cell) for cell in one.cells]
    faults = [index for index, value in enumerate(read) if isinstance(value, CellFault)]
    filled = sum(value is not None for value in read)
    if not filled or len(faults) * 2 > filled:
        return None, _unread(read, one.cells, header, place)
    misread = (
        (numbers[at], cell_as_text(one.cells[at]), fault) for at in faults if isinstance(fault := read[at], CellFault)
    )
    unit = decision.unit or parts_said(header)
    two_ways = written_in_two_ways(one, unit, parse, numbers, place)
    problems = [
        *two_ways,
        *foreign_money(one.counts, place, header.text),
        *unreadable(misread, _faulty(one, place)),
    ]
    values = [value if isinstance(value, Decimal) else None for value in read]
    reading = replace(reading_of(one, decision, values, len(faults), place.sheet), metric=True)
    return Metric(name, header, values, reading, faults), problems


def _columns(headers: Sequence[Header], grid: Grid, source: Source) -> tuple[dict[str, Cells], list[Problem]]:
    """The columns that may be figures, by the name of their metric; of two with one name that which says its unit."""
    names, beside = _names(headers), units_beside(headers, grid)
    columns: dict[str, Cells] = {}
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for header in headers:
        name = names[header.column]
        if header.key in _NOT_FIGURES:
            continue
        told = None if header.unit or metric_rule(header, source)[0].unit else beside.get(header.column)
        cells = with_units_of(grid.cells(header), header, told, grid) if told else grid.cells(header)
        one = _column(name, header, cells, source)
        if one.binding.column.kind is Kind.TEXT:
            problems += _few_figures(one, grid.place)
            continue
        other = taken.get(same_header(name))
        if other is not None and (own_unit(columns[other].binding.headers[0]) or not own_unit(header)):
            problems.append(_said_twice(header, columns[other].binding.headers[0], grid.place))
            continue
        if other is not None:
            problems.append(_said_twice(columns.pop(other).binding.headers[0], header, grid.place))
        columns[name] = one
        taken[same_header(name)] = name
    return columns, problems


def _said_twice(left_out: Header, kept: Header, place: Place) -> Problem:
    about = place.at(column=left_out.text)
    if left_out.text == kept.text:
        return problem("header-twice", about, left_out.text, count=2, line="")
    return problem("metric-twice", about, left_out.text, kept=kept.text)


def _few_figures(one: Cells, place: Place) -> list[Problem]:
    """A warning for a column of the same few words with a figure among them: the words tell why there is none."""
    header = one.binding.headers[0]
    filled = {cell: count for cell, count in one.counts.items() if not is_empty(cell)}
    figures = [cell for cell in filled if is_numeric(cell)]
    words = [cell for cell in filled if cell not in figures]
    if not figures or len(words) > _FEW_WORDS or sum(filled.values()) <= _FEW_WORDS:
        return []
    count = sum(filled[cell] for cell in words)
    found = tuple(cell_as_text(cell) for cell in words)
    about = place.at(column=header.text)
    return [problem("figures-mostly-unreadable", about, found, column=header.text, count=count, line="")]


def melt(headers: Sequence[Header], grid: Grid, source: Source, about: FileFacts) -> tuple[list[Metric], list[Problem]]:
    """Every column whose filled cells are mostly figures, as a metric; a cell that is none becomes a warning.

    Columns of text are left alone; one with figures that are mostly unreadable is said. Of two columns with one name
    the first is taken and a warning says so.
    """
    columns, problems = _columns(headers, grid, source)
    judge = Judge(source, columns, headers, about, unscaled=frozenset({Kind.MONEY, Kind.NUMBER}))
    metrics: list[Metric] = []
    for one in columns.values():
        metric, faults = _metric(one, judge, grid.rows.numbers, grid.place)
        problems += faults
        metrics += [metric] if metric else []
    return metrics, problems
