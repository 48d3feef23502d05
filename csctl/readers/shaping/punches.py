"""Rows of single punches: which day each belongs to, where a night ends after midnight or no day stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain

from csctl.core.records.fates import REFUSED
from csctl.messages import problem
from csctl.readers.columns.faults import FaultyColumn, not_filled_in
from csctl.readers.columns.naming import row_list
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.row_marks import RowSet
from csctl.readers.columns.source import PUNCHES, Source
from csctl.readers.columns.values import Value
from csctl.readers.shaping.calendar_rows import handed_back
from csctl.tables import AGENT_NAMES, Table

_ONE_DAY = timedelta(days=1)


def night_end(source: Source) -> time | None:
    """The hour until which punches belong to the day before; None if the source says none."""
    hour, _, minute = (source.day_ends or "").partition(":")
    return time(int(hour), int(minute)) if minute else None


def settle_days(table: Table, source: Source, grid: Grid, reading: Reading) -> None:
    """Rows of a file without days have those of their punches; punches before the end of a night go to the day before.

    In a row with a first and a last punch such a last one is of the next day. Rows without punch and day cannot count.
    """
    names = [name for name in PUNCHES if name in reading.columns]
    dated = table.dated
    if not names or dated is None or table.column(dated) is None:
        return
    if dated not in reading.columns:
        _take_days(dated, names, grid, reading)
    ends = night_end(source)
    if ends and dated in reading.columns:
        if len(names) == len(PUNCHES):
            _hand_back(dated, names, ends, grid, reading)
        _end_nights(dated, names, ends, reading)


def _moments(index: int, names: Sequence[str], reading: Reading) -> list[datetime]:
    values = (reading.columns[name][index] for name in names)
    return [value for value in values if isinstance(value, datetime)]


def _take_days(dated: str, names: Sequence[str], grid: Grid, reading: Reading) -> None:
    """Where any row has a punch with a day of its own, those days are the rows'."""
    found = [_moments(index, names, reading) for index in range(len(grid.rows.cells))]
    if not any(found):
        return
    days: list[Value] = [moments[0].date() if moments else None for moments in found]
    reading.columns[dated] = days
    reading.titles.setdefault(dated, reading.title(names[0]))
    unread = RowSet(chain.from_iterable(reading.unreadable.get(name, ()) for name in names))
    empty = [index for index, day in enumerate(days) if day is None and index not in reading.bad]
    numbers = [grid.rows.numbers[index] for index in empty if index not in unread]
    reading.problems += not_filled_in(numbers, FaultyColumn(grid.place, reading.title(names[0]), names[0]))
    reading.bad.give(empty, REFUSED)


def _hand_back(dated: str, names: Sequence[str], ends: time, grid: Grid, reading: Reading) -> None:
    arrived, gone = (reading.columns[name] for name in names)
    people = [reading.columns[name] for name in AGENT_NAMES if name in reading.columns]
    handed = handed_back(list(zip(*people, strict=True)), reading.columns[dated], arrived, gone, ends)
    reading.columns |= {names[0]: handed.arrived, names[1]: handed.gone}
    if handed.left:
        at = handed.left[0]
        rows = row_list(grid.rows.numbers[one] for one in handed.left)
        reading.problems.append(
            problem("night-without-row", grid.at(at, reading.title(names[0])), str(arrived[at]),
                    count=len(handed.left), rows=rows, ends=f"{ends:%H:%M}")
        )  # fmt: skip


def _end_nights(dated: str, names: Sequence[str], ends: time, reading: Reading) -> None:
    columns = {name: list(reading.columns[name]) for name in (dated, *names)}
    for index, day in enumerate(columns[dated]):
        moments = _moments(index, names, reading)
        if not isinstance(day, date) or not moments:
            continue
        first, last = moments[0], moments[-1]
        if len(set(moments)) > 1:
            if last < first and last.time() < ends:
                columns[names[-1]][index] = last + _ONE_DAY
        elif first.date() == day and first.time() < ends:
            columns[dated][index] = day - _ONE_DAY
    reading.columns.update(columns)
