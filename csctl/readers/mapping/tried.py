"""A long table tried on some of its rows: one that is not what it was taken for is not read to its end.

Half a million rows that cannot count cost as much as rows that do, and say nothing that a few thousand did not say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from csctl.core.records.fates import FILTERED, REFUSED
from csctl.long_columns import take_rows
from csctl.messages import problem
from csctl.problems import Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.cells import Cells
from csctl.readers.columns.deciding import Judge
from csctl.readers.columns.reading import Given, Reading, must_stand, read_bound
from csctl.readers.columns.rows import DataRows
from csctl.readers.text_rows import rows_at
from csctl.tables import AGENT_NAMES

MANY = 50_000
"""So many rows are tried before they are read."""
_TRIED = 5_000
_MOST = 9, 10
"""So many of so many that are tried cannot be read in a table of which less than half can: chance does not do that."""
_SPREAD, _TURN = 2_654_435_761, 2**32
"""Their ratio is the golden one: multiples of it fall everywhere, and in step with no pattern of rows."""


def not_worth_reading(
    bindings: Mapping[str, Binding], columns: Mapping[str, Cells], judge: Judge, given: Given
) -> list[Problem]:
    """The error, and what is wrong with the rows that were tried, where a column that must be right in every row is so
    in hardly any; nothing of other tables and of shorter ones. How a column is read is decided by all of its cells.
    """
    grid = given.grid
    many, unwanted = len(grid.rows.cells), grid.rows.left_out.get(FILTERED, 0)
    if many < MANY or 2 * unwanted > many or grid.layout.days:
        return []
    some = spread(many)
    numbers = take_rows(grid.rows.numbers, some)
    fewer = replace(given, grid=replace(grid, rows=DataRows(numbers, rows_at(grid.rows.cells, some))))
    for name, bound in bindings.items():
        plain = name in columns and bound.rule.value is None and not (bound.since or bound.summands)
        if not plain or not (must_stand(bound, given.table) or name in AGENT_NAMES):
            continue
        one, tried = columns[name], Reading()
        days = None if one.days is None else take_rows(one.days, some)
        read_bound(Cells(one.binding, take_rows(one.cells, some), days), judge.decide(name), fewer, tried)
        refused, (most, of) = tried.bad.counts()[REFUSED], _MOST
        if refused * of >= len(some) * most:
            place = grid.place.at(column=tried.title(name))
            said = problem("tried-rows-refused", place, f"{refused:,}", tried=f"{len(some):,}", rows=f"{many:,}")
            return [*tried.problems, said]
    return []


def spread(many: int) -> Sequence[int]:
    """The indexes of those of many rows that are tried: the same for the same number of rows, all over them."""
    return sorted({at * _SPREAD % _TURN * many // _TURN for at in range(_TRIED)})
