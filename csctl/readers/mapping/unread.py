"""Cells that could not be read, row by row: of the rows that count, and of those that were refused for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from csctl.core.records.fates import REFUSED
from csctl.core.records.unread import UnreadRow
from csctl.long_columns import constant
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.mapping.melt import Metric
from csctl.tables import AGENT_NAMES, Kind, Table


def unreadable_names(reading: Reading, rows: Sequence[int]) -> Sequence[str | None]:
    """Of each of these rows, the columns whose cell is filled and was not understood, parted by spaces."""
    some = {name: marked for name, marked in reading.unreadable.items() if marked}
    if not some:
        return constant(None, len(rows))
    alike: dict[str, str] = {}  # one text stands for all that are equal to it
    said = (" ".join(name for name, marked in some.items() if row in marked) for row in rows)
    return [alike.setdefault(names, names) if names else None for names in said]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The rows of a sheet as they were read, with the month of each."""

    table: Table
    grid: Grid
    reading: Reading
    months: Sequence[str | None]

    def row(self, index: int, columns: Sequence[str], about: Sequence[tuple[str, str]]) -> tuple[UnreadRow, ...]:
        """A row in which these columns could not be read; none if it does not say whose it is."""
        number, name = (str(_cell(self.reading, one, index) or "") for one in AGENT_NAMES)
        at = self.grid.rows.numbers[index]
        made = UnreadRow(number, name, self.months[index] or "", tuple(columns), at, tuple(about))
        return (made,) if self.table.has_agents and (number or name) else ()


def refused_unread(read: ReadSheet) -> tuple[UnreadRow, ...]:
    """The rows that were refused because of a cell that could not be read."""
    about = [one.name for one in read.table.columns if one.required and one.kind is Kind.TEXT]
    found: list[UnreadRow] = []
    bad = read.reading.bad
    refused = [index for index in bad if bad[index] == REFUSED]
    for index, names in zip(refused, unreadable_names(read.reading, refused), strict=True):
        if names is not None:
            said = ((one, _cell(read.reading, one, index)) for one in about)
            found += read.row(index, names.split(), [(one, value) for one, value in said if isinstance(value, str)])
    return tuple(found)


def figures_unread(read: ReadSheet, metrics: Iterable[Metric]) -> tuple[UnreadRow, ...]:
    """The figures of a wide table that could not be read, each a row that is not there."""
    bad = read.reading.bad
    cells = sorted((index, one.name) for one in metrics for index in one.unread if index not in bad)
    return tuple(made for index, name in cells for made in read.row(index, ("value",), [("metric", name)]))


def _cell(reading: Reading, name: str, index: int) -> object:
    values = reading.columns.get(name)
    return None if values is None else values[index]
