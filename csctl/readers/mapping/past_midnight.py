"""Times without a day that lie past midnight: a call from 23:59 to 00:01 ended on the day after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from csctl.readers.columns.cells import Cells
from csctl.readers.columns.clocks import parse_clock
from csctl.readers.columns.reading import Reading
from csctl.readers.columns.values import Value, narrow
from csctl.readers.grid import Cell
from csctl.tables import Kind, Table

_ONE_DAY = timedelta(days=1)
_LONGEST = timedelta(hours=12)
"""What would be longer is a time that was typed wrong: 9:04 behind 9:05 is no day later."""


def enter_past_midnight(table: Table, columns: Mapping[str, Cells], reading: Reading) -> None:
    """The moments of rows that have one of their own: those that follow on it lie behind it."""
    dated = table.column(table.dated or "")
    if dated is None or dated.kind is not Kind.MOMENT or dated.name not in reading.columns:
        return
    starts = reading.columns[dated.name]
    for name, one in columns.items():
        column = table.column(name)
        if column is not None and column.kind is Kind.MOMENT and name != dated.name and one.days is not None:
            reading.columns[name] = past_midnight(reading.columns[name], one.cells, starts)


def past_midnight(ends: Sequence[Value], cells: Sequence[Cell], starts: Sequence[Value]) -> list[Value]:
    """The moments at which something ended, those of a time alone on the day after where they lie before its start."""
    return [
        end + _ONE_DAY
        if isinstance(end, datetime)
        and isinstance(start, datetime)
        and end < start
        and end + _ONE_DAY - start < _LONGEST
        and _is_clock(cell)
        else end
        for end, cell, start in zip(ends, cells, starts, strict=True)
    ]


def _is_clock(cell: Cell) -> bool:
    """Whether a cell holds a time of day and says nothing of its day."""
    if isinstance(cell, str):
        clock = parse_clock(narrow(cell))
        return clock is not None and not clock[1]
    return isinstance(cell, time)
