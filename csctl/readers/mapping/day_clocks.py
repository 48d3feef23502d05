"""Day and time of one moment in two columns that both go by a name of the day: 开始日期 beside 开始时间."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from csctl.headers import Header, normalise
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.clocks import half_of
from csctl.readers.columns.looks import is_day, is_time, mostly
from csctl.readers.columns.source import ColumnRule
from csctl.readers.columns.values import narrow
from csctl.readers.grid import Cell
from csctl.readers.mapping.suggest import Cells
from csctl.tables import Column, Table

_OF_DAYS = re.compile(r"(?:日期|日|\bdate|\bday)$")
_KIND = re.compile(r"\s*(?:日期|时间|时刻|日|\bdate|\btime|\bday)$")


def the_day_among(headers: Sequence[Header], cells: Cells) -> Header | None:
    """Of several headers of a day the one that holds it, where the others hold times, or the same moment in full."""
    days = [header for header in headers if mostly(cells(header), is_day)]
    if len(days) == 1 and all(header in days or holds_clocks(cells(header)) for header in headers):
        return days[0]
    named = [header for header in days if _OF_DAYS.search(header.key)]
    alike = len({_KIND.sub("", header.key) for header in headers}) == 1
    return named[0] if alike and len(named) == 1 and len(days) == len(headers) else None


def holds_clocks(cells: Sequence[Cell]) -> bool:
    """Whether a column holds times of day without their day, or halves of one."""
    return mostly(cells, _is_clock)


def _is_clock(cell: Cell) -> bool:
    return not is_day(cell) and (is_time(cell) or (isinstance(cell, str) and half_of(narrow(cell)) is not None))


def clock_alone(column: Column, table: Table, header: Header, cells: Cells) -> bool:
    """Whether a column named like a last day holds its times alone: these are the moment of that day."""
    own = any(one.on_day == column.name for one in table.columns)
    return own and column.name != table.dated and holds_clocks(cells(header))


def bind_clocks(
    table: Table,
    free: Sequence[Header],
    bindings: Mapping[str, Binding],
    cells: Cells,
    rule: Callable[[Column], ColumnRule],
) -> dict[str, Binding]:
    """Moments of a day that has a column of its own, where another one named like it holds the time as well."""
    found: dict[str, Binding] = {}
    for column in table.columns:
        day = table.column(column.on_day)
        if day is None or column.name in bindings:
            continue
        own = [header for header in free if header.key in _keys(day) and _holds_moments(cells(header))]
        beside = bindings.get(day.name) or bindings.get(table.dated or "")
        if len(own) == 1 and beside is not None and beside.headers:
            found[column.name] = Binding(column, (own[0],), rule(column), beside.headers[0])
    return found


def _keys(column: Column) -> Collection[str]:
    return {normalise(name)[0] for name in (column.name, *column.aliases)}


def _holds_moments(cells: Sequence[Cell]) -> bool:
    return mostly(cells, lambda cell: is_day(cell) or _is_clock(cell))
