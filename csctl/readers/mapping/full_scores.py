"""Full scores that stand in the cells of the scores, as in ``4/5``: entered, or said where they contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from csctl.core.records.fates import REFUSED
from csctl.messages import problem
from csctl.problems import Problem, shortened
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.ratings import is_score, rated
from csctl.readers.columns.reading import Grid, Reading, coalesced_cells
from csctl.readers.columns.row_marks import RowSet
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.values import Value, cell_as_text
from csctl.readers.grid import Cell
from csctl.tables import Column, Table
from csctl.words import same_word

_SHOWN = 3


def full_scores(table: Table, bindings: Mapping[str, Binding], grid: Grid, reading: Reading) -> list[Problem]:
    """The full scores of cells that name theirs, where every score of the sheet has one; and a warning of scores of
    several scales, whose sum and mean are none, or of another one than the row says: these are unreadable.
    """
    found: list[Problem] = []
    for column in table.columns:
        binding, values = bindings.get(column.name), reading.columns.get(column.name)
        if not is_score(column) or binding is None or not binding.headers or values is None:
            continue
        cells = coalesced_cells(binding, grid)
        written = dict(_written(cells, binding))
        best = next((one for one in table.columns if one.best_of == column.name), None)
        if written:
            said = reading.columns.get(best.name) if best else None
            unlike = _contradicting(written, values, said, column)
            found += _unread(unlike, column, cells, grid, reading)
            if best and not unlike:
                _enter(written, values, best, reading)
    return found


def _written(cells: Sequence[Cell], binding: Binding) -> Iterator[tuple[int, Decimal]]:
    """By its row the full score of each cell that names one, and of which the source says nothing else."""
    settled = {same_word(text) for text in binding.rule.texts or {}}
    for at, cell in enumerate(cells):
        found = rated(cell)
        if found and same_word(cell_as_text(cell)) not in settled:
            yield at, found.full


def _contradicting(
    written: Mapping[int, Decimal], values: Sequence[Value], said: Sequence[Value] | None, column: Column
) -> list[int]:
    """The rows whose cell names another full score than the row; where no row says any, all of several scales.

    What customers gave is of one scale. Items of a review and exams may have their own, if each row names it.
    """
    if said is not None:
        return [at for at, full in written.items() if said[at] is not None and said[at] != full]
    scores = {at: value for at, value in enumerate(values) if isinstance(value, Decimal)}
    if not column.rated and scores.keys() <= written.keys():
        return []
    scales = set(written.values())
    return list(written) if len(scales) > 1 or max(scores.values()) > max(scales) else []


def _enter(written: Mapping[int, Decimal], values: Sequence[Value], best: Column, reading: Reading) -> None:
    said = reading.columns.get(best.name)
    fulls = [written.get(at, one) for at, one in enumerate(said or [None] * len(values))]
    if all(full is not None for value, full in zip(values, fulls, strict=True) if value is not None):
        reading.columns[best.name] = fulls


def _unread(rows: Sequence[int], column: Column, cells: Sequence[Cell], grid: Grid, reading: Reading) -> list[Problem]:
    if not rows:
        return []
    values = list(reading.columns[column.name])
    for at in rows:
        values[at] = None
    reading.columns[column.name] = values
    reading.unreadable[column.name] = reading.unreadable.get(column.name, RowSet()) | RowSet(rows)
    if column.required:
        reading.bad.give(rows, REFUSED)
    numbers = [grid.rows.numbers[at] for at in rows]
    place = grid.place.at(row=numbers[0], column=reading.title(column.name))
    texts = shortened(list(dict.fromkeys(cell_as_text(cells[at]) for at in rows)), _SHOWN)
    return [problem("scores-of-other-scales", place, texts, rows=row_list(numbers), count=len(numbers))]
