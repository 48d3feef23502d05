"""Columns in which many systems write only where something happened: there an empty cell is an answer too."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.messages import problem
from csctl.problems import Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.reading import Grid, Reading
from csctl.tables import Table


def no_where_not_ticked(table: Table, bindings: Mapping[str, Binding], grid: Grid, reading: Reading) -> list[Problem]:
    """Empty cells of a ticked column become no, with a note of how many; none where the sheet writes no itself.

    Only a column that stands in the sheet has cells. One that is answered with yes and no leaves a cell empty where
    nobody answered, and words that could not be read may be a no.
    """
    found: list[Problem] = []
    for column in table.columns:
        binding, values = bindings.get(column.name), reading.columns.get(column.name)
        if not column.ticked or values is None or binding is None or not binding.headers:
            continue
        empty = values.count(None)
        if not empty or False in values or reading.unreadable.get(column.name):
            continue
        reading.columns[column.name] = [bool(value) for value in values]
        place = grid.place.at(column=reading.title(column.name))
        found.append(problem("empty-is-no", place, empty, yes=values.count(True)))
    return found
