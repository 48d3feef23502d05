"""Columns that several headers fill together: sums, and lengths of time from one moment to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from csctl.core.records.fates import FILTERED, REFUSED
from csctl.messages import problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.deciding import Judge
from csctl.readers.columns.faults import unreadable
from csctl.readers.columns.reading import (
    Given,
    Grid,
    Reading,
    choose_agent_header,
    coalesced_cells,
    must_stand,
    parsed_cells,
    read_bound,
)
from csctl.readers.columns.row_marks import RowSet
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.settling import own_rule
from csctl.readers.columns.swapped import half_swapped
from csctl.readers.columns.values import CellFault, Value, cell_as_text
from csctl.readers.mapping.on_workdays import workdays_known
from csctl.readers.mapping.past_midnight import past_midnight
from csctl.readers.mapping.spans import (
    ends_named,
    ends_of,
    fill_lengths,
    negative_said,
    not_filled,
    reading_of_span,
    time_between,
    unknown_workdays_warning,
    written_named,
)
from csctl.tables import Kind


def bound_cells(bindings: dict[str, Binding], grid: Grid, reading: Reading) -> dict[str, Cells]:
    """The cells of every column that a header fills."""
    columns: dict[str, Cells] = {}
    for name, bound in bindings.items():
        if bound.rule.value is None and bound.headers:
            all_count = bound.each or bound.rule.filled or bound.rule.join or bound.rule.sum
            binding, said = (bound, []) if all_count else choose_agent_header(bound, grid)
            reading.problems += said
            if bound.summands:
                columns |= {key: _with_days(one, grid) for key, one in bound.summands.items()}
            elif bound.since is None:
                columns[name] = _with_days(binding, grid)
            else:
                columns |= {key: _with_days(one, grid) for key, one in ends_of(bound).items()}
            if bound.written:
                columns[written_named(name)] = _with_days(bound.written, grid)
    return columns


def _with_days(binding: Binding, grid: Grid) -> Cells:
    days = grid.cells(binding.base, Kind.DATE) if binding.base else None
    return Cells(binding, coalesced_cells(binding, grid), days)


def read_sum(whole: Binding, parts: Mapping[str, Cells], judge: Judge, given: Given, reading: Reading) -> list[Value]:
    """What several columns of figures give together; empty where all of them are, or one cannot be read.

    Where the sum must be there, a row does not count that has none.
    """
    columns: list[Sequence[Value]] = []
    unread = RowSet()
    name = whole.column.name
    for key, one in parts.items():
        columns.append(read_bound(one, judge.decide(key), given, reading))
        unread.update(reading.unreadable[name])
    reading.unreadable[name] = unread
    sums = [None if at in unread else _added(row) for at, row in enumerate(zip(*columns, strict=True))]
    if must_stand(whole, given.table):
        reading.bad.give(unread, REFUSED)
        _without_sum([at for at, value in enumerate(sums) if value is None and at not in unread], whole, given, reading)
    return sums


def _without_sum(rows: Sequence[int], whole: Binding, given: Given, reading: Reading) -> None:
    """Rows in which nothing is there to add up do not count: who has none of what is counted has no sum of it."""
    if not rows:
        return
    reading.bad.give(rows, FILTERED)
    numbers = row_list(given.grid.rows.numbers[at] for at in rows)
    headers = tuple(header.text for header in whole.headers)
    place = given.grid.place.at(column=whole.headers[0].text)
    reading.problems.append(problem("rows-without-sum", place, numbers, count=len(rows), headers=headers))


def _added(values: Sequence[Value]) -> Value:
    figures = [value for value in values if isinstance(value, int | Decimal)]
    return sum(figures[1:], start=figures[0]) if figures else None


def read_span(ends: Sequence[Cells], judge: Judge, given: Given, reading: Reading) -> list[Value]:
    """A length of time as the later moment less the earlier one; it is empty without one of them."""
    binding = ends[0].binding
    name, place, numbers = binding.column.name, given.grid.place, given.grid.rows.numbers
    reading.titles[name] = binding.headers[0].text
    moments = []
    unread = RowSet()
    for key, one in zip(ends_named(name), ends, strict=True):
        decision = judge.decide(key)
        parsed = parsed_cells(one, decision)
        faults = RowSet(at for at, value in enumerate(parsed) if isinstance(value, CellFault))
        unread.update(faults)
        if one.binding.headers[0].column not in given.moments:
            met = ((at, fault) for at in faults if isinstance(fault := parsed[at], CellFault))
            own = ((numbers[at], cell_as_text(one.cells[at]), fault) for at, fault in met)
            reading.problems += unreadable(own, given.faulty(one, decision))
            reading.problems += half_swapped(one.each, place, one.binding.headers[0].text)
        moments.append([value if isinstance(value, datetime) else None for value in parsed])
    end, start = moments
    if ends[0].days is not None:
        later = past_midnight(end, ends[0].cells, start)
        end = [value if isinstance(value, datetime) else None for value in later]
    span = time_between(end, start, binding.rule, workdays_known(given.source))
    reading.problems += negative_said(span, ends, numbers, own_rule(given.source, binding), place)
    reading.problems += unknown_workdays_warning(span, ends, numbers, place)
    reading.unreadable[name] = unread
    reading.readings.append(reading_of_span(span, ends, len(unread), place.sheet))
    return list(span.lengths)


def read_lengths(ends: Sequence[Cells], judge: Judge, given: Given, reading: Reading) -> list[Value]:
    """A length of time as it is written; where it is not, the time between the moments, unless that is another one."""
    name = ends[0].binding.column.name
    key = written_named(name)
    own = Reading()
    written = read_bound(judge.columns[key], judge.decide(key), given, own)
    if all(value is None for value in written) and not own.unreadable[name]:
        return read_span(ends, judge, given, reading)
    between = Reading()
    filled = fill_lengths(written, read_span(ends, judge, given, between), own.unreadable[name])
    reading.titles |= own.titles
    reading.unreadable |= own.unreadable
    reading.nothing |= own.nothing
    reading.readings += own.readings + (between.readings if filled.agree and filled.holes else [])
    reading.problems += own.problems + (between.problems if filled.agree and filled.holes else [])
    if not filled.agree:
        holes = [given.grid.rows.numbers[at] for at in filled.holes]
        reading.problems += not_filled(ends, holes, own.title(name), given.grid.place)
    return list(filled.values)
