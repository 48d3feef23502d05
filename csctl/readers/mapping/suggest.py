"""Whether the cells below a header could be those of a column: nothing is proposed that they speak against."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from csctl.headers import Header
from csctl.readers.columns.layout import Row
from csctl.readers.columns.looks import is_comma_figure, is_day, is_numeric, is_time, mostly
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.tables import AGENT_NAMES, Column, Kind
from csctl.words import fold, yes_or_no

_LOOKED_AT = 300
_LONGEST_NAME = 30

Cells = Callable[[Header], Sequence[Cell]]
"""The first cells below a header."""


def first_cells(rows: Sequence[Row]) -> Cells:
    """How the first of these rows are asked for the cells of a header."""
    sample = list(rows[:_LOOKED_AT])
    return lambda header: [row[header.column] for row in sample if header.column < len(row)]


def fits(column: Column, cells: Sequence[Cell], *, each_once: bool = False) -> bool:
    """Whether cells look like those of a column; not if none is filled.

    People come again in a table that has a row per happening: where ``each_once`` is not said, cells that are all
    different are numbers of something else.
    """
    filled = [cell for cell in cells if not is_empty(cell)]
    if not filled:
        return False
    if column.name in AGENT_NAMES:
        return _could_be_people(filled, each_once=each_once)
    if column.kind is Kind.DATE:
        return mostly(filled, is_day)
    if column.kind is Kind.MOMENT:
        return mostly(filled, lambda cell: is_day(cell) or is_time(cell))
    if column.kind is Kind.FLAG:
        return all(isinstance(cell, bool) or yes_or_no(cell_as_text(cell)) is not None for cell in filled)
    if column.kind in {Kind.TEXT, Kind.ID}:
        return not mostly(filled, is_day) and not mostly(filled, is_time)
    return mostly(filled, _is_number) or (column.kind is Kind.SECONDS and mostly(filled, is_time))


def _is_number(cell: Cell) -> bool:
    return is_numeric(cell) or is_comma_figure(cell)


def _could_be_people(cells: Sequence[Cell], *, each_once: bool) -> bool:
    texts = [cell_as_text(cell) for cell in cells]
    plain = not any(is_day(cell) or is_time(cell) or isinstance(cell, bool) for cell in cells)
    whole = not any(_is_number(cell) and set(text) & set(".,%¥") for cell, text in zip(cells, texts, strict=True))
    again = each_once or len(texts) == 1 or len(set(map(fold, texts))) < len(texts)
    return plain and whole and again and max(map(len, texts)) <= _LONGEST_NAME
