"""Wide tables of figures as rows of metric and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from csctl.headers import Header, same_header
from csctl.messages import problem
from csctl.money import round_half_up
from csctl.problems import Place, Problem
from csctl.readers.grid import Cell
from csctl.readers.mapping.columns import Parsed, once_each, time_unit
from csctl.readers.mapping.durations import parse_seconds
from csctl.readers.mapping.faults import FaultyColumn, unreadable
from csctl.readers.mapping.forms import Forms
from csctl.readers.mapping.layout import Row
from csctl.readers.mapping.rows import cell_at
from csctl.readers.mapping.values import Fault, counted_number, exact_number, narrow, parse_money, text_of
from csctl.tables import DECIMALS, Kind
from csctl.words import declared

_NOT_FIGURES = declared("序号 排名 名次 no. no rank id 手机号 电话 手机 phone")
_DECIMALS = DECIMALS[Kind.NUMBER]
_TIME_WORDS = ("时长", "用时", "耗时", "时间", "均时", "time", "duration")


@dataclass(frozen=True, slots=True)
class Metric:
    """One column of figures: its name, its header, one value per row (None where the cell is empty or refused)."""

    name: str
    header: Header
    values: list[Decimal | None]


def _unit(header: Header) -> str:
    """The time unit of a header's figures. ``分`` and ``天`` count time only where the name speaks of time."""
    of_time = any(word in header.key for word in _TIME_WORDS)
    if header.unit in {"分", "days"} and not of_time:
        return ""
    return time_unit(Kind.SECONDS, header.unit)


def _percentage(text: str) -> Parsed:
    number = exact_number(text[:-1].rstrip())
    return round_half_up(number / 100, _DECIMALS) if isinstance(number, Decimal) else Fault("value-not-a-number")


def parse_figure(cell: Cell, header: Header) -> Parsed:
    """A figure by its form: seconds for a duration, a share for a percentage, else the number; None if empty.

    The header's unit decides for bare numbers: ``(分钟)`` multiplies by 60, ``(%)`` divides by 100.
    """
    unit = _unit(header)
    if unit or isinstance(cell, (date, time, timedelta)):
        found: Parsed = parse_seconds(cell, Forms(unit=unit))
    elif isinstance(cell, str) and narrow(cell).endswith("%"):
        return _percentage(narrow(cell))
    else:
        found = counted_number(cell)
        if isinstance(found, Fault) and isinstance(cell, str):
            readings: list[Parsed] = [parse_money(cell), parse_seconds(cell)]
            found = next((reading for reading in readings if isinstance(reading, Decimal)), found)
        if isinstance(found, Decimal) and header.unit in {"%", "万元"}:
            found = found / 100 if header.unit == "%" else found * 10_000
    return round_half_up(found, _DECIMALS) if isinstance(found, Decimal) else found


def _names(headers: Sequence[Header]) -> dict[int, str]:
    """Metric name by column: the header as written, or ``组/列`` where several columns share its key."""
    keys = [header.key for header in headers]
    return {header.column: header.own if keys.count(header.key) == 1 else header.text for header in headers}


def _metric(
    name: str, header: Header, cells: Sequence[Cell], numbers: Sequence[int], place: Place
) -> tuple[Metric | None, list[Problem]]:
    parse = once_each(lambda cell: parse_figure(cell, header))
    read = [parse(cell) for cell in cells]
    faults = [index for index, value in enumerate(read) if isinstance(value, Fault)]
    filled = sum(value is not None for value in read)
    if not filled or len(faults) * 2 > filled:
        return None, []
    misread = ((numbers[at], text_of(cells[at]), fault) for at in faults if isinstance(fault := read[at], Fault))
    problems = unreadable(misread, FaultyColumn(place, header.text))
    return Metric(name, header, [value if isinstance(value, Decimal) else None for value in read]), problems


def melt(
    headers: Sequence[Header], rows: Sequence[Row], numbers: Sequence[int], place: Place
) -> tuple[list[Metric], list[Problem]]:
    """Every column whose filled cells are mostly figures, as a metric; a cell that is none becomes a warning.

    Columns of text are left alone. Of two columns with one name the first is taken and a warning says so.
    """
    names = _names(headers)
    metrics: list[Metric] = []
    problems: list[Problem] = []
    for header in headers:
        name = names[header.column]
        if header.key in _NOT_FIGURES:
            continue
        if any(same_header(metric.name) == same_header(name) for metric in metrics):
            problems.append(problem("header-twice", place.at(column=header.text), header.text, count=2))
            continue
        cells = [cell_at(row, header.column) for row in rows]
        metric, faults = _metric(name, header, cells, numbers, place)
        problems += faults
        metrics += [metric] if metric else []
    return metrics, problems
