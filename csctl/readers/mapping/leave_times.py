"""At what hour leave begins and ends, and which half of a day it is, where exports write that beside day or kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from csctl.readers.columns.binding import Binding
from csctl.readers.columns.clocks import half_of, parse_clock
from csctl.readers.columns.reading import Grid, Reading, coalesced_cells
from csctl.readers.columns.values import Value, narrow
from csctl.readers.grid import Cell
from csctl.tables import Table

_ENDS = "ends_at"
_CLOCK = re.compile(r"(?:(?:上午|下午|凌晨|早上|中午|晚上)\s*)?[0-9]{1,2}(?::|点|时)[0-9]{1,2}.*$", re.IGNORECASE)
_LAST_WORD = re.compile(r"(?:^|[\s0-9日号])(上午|下午|[ap]\.?m\.?)$", re.IGNORECASE)
_KIND = re.compile(r"(.+?)\s*[(\[\-/]?\s*(上午|下午|(?<![a-z])[ap]\.?m\.?)(?:半天|半日)?[)\]]?", re.IGNORECASE)
_HALF_A_DAY = timedelta(hours=12) - timedelta(minutes=1)


def enter_leave_times(table: Table, bindings: Mapping[str, Binding], grid: Grid, reading: Reading) -> None:
    """Hours out of the cells of first and last days, and halves of days out of the names of kinds.

    What columns of the sheet's own say stays. Midnight beside a day is no hour: it is how systems write a day alone.
    """
    for column in table.columns:
        name, day = column.name, column.on_day
        if not day or grid.layout.days:
            continue
        if name in reading.columns:
            reading.columns[name] = _as_hours(bindings[name], grid, reading, ends=name == _ENDS)
            continue
        binding = bindings.get(day)
        if day not in reading.columns or binding is None or not binding.headers:
            continue
        pairs = zip(reading.columns[day], coalesced_cells(binding, grid), strict=True)
        found = [_moment(value, cell, ends=name == _ENDS) for value, cell in pairs]
        if any(found):
            reading.columns[name] = list(found)
    if table.column("part") is not None:
        _enter_parts(bindings, reading)
        _parts_of_lengths(bindings, grid, reading)


def _as_hours(binding: Binding, grid: Grid, reading: Reading, *, ends: bool) -> list[Value]:
    """The moments of a column of their own; of a half of a day the end that is asked for."""
    values = reading.columns[binding.column.name]
    if not binding.headers:
        return list(values)
    halves = [isinstance(cell, str) and half_of(narrow(cell)) is not None for cell in coalesced_cells(binding, grid)]
    return [
        value + _HALF_A_DAY if half and ends and isinstance(value, datetime) else value
        for value, half in zip(values, halves, strict=True)
    ]


def _moment(day: object, cell: Cell, *, ends: bool) -> datetime | None:
    since = _since_midnight(cell, ends=ends)
    return datetime.combine(day, time()) + since if isinstance(day, date) and since else None


def _since_midnight(cell: Cell, *, ends: bool) -> timedelta | None:
    """The hour in a cell that holds a day; of 上午 and 下午 the end that is asked for. None for midnight."""
    if isinstance(cell, datetime):
        return timedelta(hours=cell.hour, minutes=cell.minute)
    if not isinstance(cell, str):
        return None
    text = narrow(cell)
    clock = _CLOCK.search(text)
    if clock is not None:
        read = parse_clock(clock[0])
        return read[0] if read is not None and not read[1] and read[0] < timedelta(days=1) else None
    word = _LAST_WORD.search(text)
    half = half_of(word[1]) if word else None
    if half is None:
        return None
    return timedelta(hours=half.hour) + (_HALF_A_DAY if ends else timedelta())


def _enter_parts(bindings: Mapping[str, Binding], reading: Reading) -> None:
    """事假(上午) is 事假 in the morning; what the source itself gives a meaning stays as it is."""
    binding, kinds = bindings.get("kind"), reading.columns.get("kind")
    if binding is None or not kinds or binding.rule.texts:
        return
    matches = [_KIND.fullmatch(narrow(kind)) if isinstance(kind, str) else None for kind in kinds]
    _fill_parts([match[2] if match else None for match in matches], reading)
    reading.columns["kind"] = [match[1] if match else kind for kind, match in zip(kinds, matches, strict=True)]


def _parts_of_lengths(bindings: Mapping[str, Binding], grid: Grid, reading: Reading) -> None:
    """上午半天 in the place of a number of days."""
    binding = bindings.get("days")
    if binding is None or not binding.headers or "days" not in reading.columns:
        return
    texts = (narrow(cell)[:2] if isinstance(cell, str) else "" for cell in coalesced_cells(binding, grid))
    _fill_parts([text if text in {"上午", "下午"} else None for text in texts], reading)


def _fill_parts(found: Sequence[str | None], reading: Reading) -> None:
    if any(found):
        own = reading.columns.get("part") or [None] * len(found)
        reading.columns["part"] = [one if one is not None else other for one, other in zip(own, found, strict=True)]
