"""Wide tables of figures as rows of metric and value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.headers import Header, same_header
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.grid import Cell
from csctl.readers.mapping.columns import Parsed, once_each
from csctl.readers.mapping.currencies import foreign_money
from csctl.readers.mapping.faults import FaultyColumn, unreadable
from csctl.readers.mapping.figures import comma_decides, figure_parser, has_marks
from csctl.readers.mapping.layout import Row
from csctl.readers.mapping.rows import cell_at
from csctl.readers.mapping.values import Fault, text_of
from csctl.words import declared

_NOT_FIGURES = declared("序号 排名 名次 no. no rank id 手机号 电话 手机 phone")
_SHOWN = 3
_LEAST_SHARE = 3
"""One figure in so many filled cells makes a column one of figures, of which it is said that most cannot be read."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One column of figures: its name, its header, one value per row (None where the cell is empty or refused)."""

    name: str
    header: Header
    values: list[Decimal | None]


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
        not isinstance(value, Fault) or value.code == "value-duration-ambiguous" or has_marks(cell)
        for value, cell in filled
    )
    if not filled or figures * _LEAST_SHARE < len(filled):
        return []
    faults = [text_of(cell) for value, cell in filled if isinstance(value, Fault)]
    found = tuple(dict.fromkeys(faults))[:_SHOWN]
    said = problem(
        "figures-mostly-unreadable", place.at(column=header.text), found, column=header.text, count=len(faults)
    )
    return [said]


def _metric(
    name: str, header: Header, cells: Sequence[Cell], numbers: Sequence[int], place: Place, decimal_comma: bool
) -> tuple[Metric | None, list[Problem]]:
    distinct = dict.fromkeys(cells)
    parse = once_each(figure_parser(header, distinct, decimal_comma))
    read = [parse(cell) for cell in cells]
    faults = [index for index, value in enumerate(read) if isinstance(value, Fault)]
    filled = sum(value is not None for value in read)
    if not filled or len(faults) * 2 > filled:
        return None, _unread(read, cells, header, place)
    misread = ((numbers[at], text_of(cells[at]), fault) for at in faults if isinstance(fault := read[at], Fault))
    problems = [*foreign_money(distinct, place, header.text), *unreadable(misread, FaultyColumn(place, header.text))]
    return Metric(name, header, [value if isinstance(value, Decimal) else None for value in read]), problems


def melt(
    headers: Sequence[Header], rows: Sequence[Row], numbers: Sequence[int], place: Place, decimal: str | None
) -> tuple[list[Metric], list[Problem]]:
    """Every column whose filled cells are mostly figures, as a metric; a cell that is none becomes a warning.

    Columns of text are left alone; one with figures that are mostly unreadable is said. ``decimal`` is the decimal mark
    if the source says it. Of two columns with one name the first is taken and a warning says so.
    """
    names = _names(headers)
    columns = {header.column: [cell_at(row, header.column) for row in rows] for header in headers}
    decimal_comma = comma_decides(columns.values(), decimal)
    metrics: list[Metric] = []
    problems: list[Problem] = []
    for header in headers:
        name = names[header.column]
        if header.key in _NOT_FIGURES:
            continue
        if any(same_header(metric.name) == same_header(name) for metric in metrics):
            problems.append(problem("header-twice", place.at(column=header.text), header.text, count=2))
            continue
        metric, faults = _metric(name, header, columns[header.column], numbers, place, decimal_comma)
        problems += faults
        metrics += [metric] if metric else []
    return metrics, problems
