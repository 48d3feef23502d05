"""A table in which a column that every row must fill in is empty from top to bottom: no row of it can count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from csctl.messages import problem
from csctl.problems import Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.faults import FaultyColumn, not_filled_in
from csctl.readers.columns.layout import Row
from csctl.readers.columns.reading import Grid, must_stand
from csctl.readers.text_rows import column_cells
from csctl.tables import Table

_MANY = 10_000
"""So many rows are not gone through cell by cell to find that none of them counts."""


def all_empty(table: Table, bindings: Mapping[str, Binding], grid: Grid) -> list[Problem]:
    """What is said of such a table, as it would be if every cell were read; nothing of smaller ones and of others."""
    rows = grid.rows
    if len(rows.cells) < _MANY or grid.layout.days:
        return []
    for name, bound in bindings.items():
        plain = bound.headers and bound.rule.value is None and not (bound.since or bound.summands or bound.base)
        if plain and must_stand(bound, table) and _none_filled(rows.cells, bound):
            column = FaultyColumn(grid.place, bound.headers[0].text, name)
            refused = len(rows.cells) + rows.rejected
            most = problem("most-rows-refused", grid.place, refused, counted=0)
            return [*not_filled_in(rows.numbers, column), most]
    return []


def _none_filled(rows: Sequence[Row], bound: Binding) -> bool:
    columns = (column_cells(rows, header.column) for header in bound.headers)
    return all(column[0] is None and column.count(None) == len(rows) for column in columns)
