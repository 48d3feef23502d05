"""What became of every row of a sheet, and the columns that tell rows of totals from others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from csctl.core.records.fates import REASONS, REFUSED, Fates
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.layout import Layout
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.totals import Telling
from csctl.readers.columns.values import is_empty
from csctl.readers.mapping.checks import SERIAL
from csctl.tables import AGENT_NAMES, Kind, Table
from csctl.words import fold


def telling_of(table: Table, bindings: dict[str, Binding], layout: Layout, people: frozenset[str]) -> Telling:
    """The columns that tell rows of totals from others."""

    def columns(bound: Iterable[Binding]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(header.column for one in bound for header in one.headers))

    every = bindings.values()
    days = [one for one in every if one.column.kind in (Kind.DATE, Kind.MOMENT)]
    return Telling(
        names=columns(bindings[name] for name in AGENT_NAMES if name in bindings),
        numbers=columns(one for one in every if one.column.kind is Kind.ID),
        days=(*columns(days), *(one.base.column for one in days if one.base)),
        dated=columns(one for one in days if one.column.name == table.dated),
        serials=tuple(header.column for header in layout.headers if fold(header.text) in SERIAL),
        people=people,
    )


def by_fate(grid: Grid, reading: Reading) -> tuple[int, Counter[str]]:
    """How many rows of the file count, and how many have each other fate; one of which several were made counts if
    any of these does.
    """
    rows = grid.rows
    if not grid.layout.days:
        return len(rows.cells) - len(reading.bad), reading.bad.counts()
    good = {number for index, number in enumerate(rows.numbers) if index not in reading.bad}
    fates = {number: reading.bad[index] for index in reversed(list(reading.bad))
             if (number := rows.numbers[index]) not in good}  # fmt: skip
    return len(good), Counter(fates.values())


def fates_of(table: Table, grid: Grid, reading: Reading, undated: bool, beside: bool) -> Fates:
    """What became of every row of the sheet; ``undated``: its rows have no day of their own."""
    layout, rows = grid.layout, grid.rows
    sheet, first = layout.sheet, layout.header_row - layout.header_rows
    title = sum(any(not is_empty(cell) for cell in row) for row in sheet.rows[:first])
    counted, bad = by_fate(grid, reading)
    left_out = Counter(rows.left_out) + Counter({reason: bad[reason] for reason in REASONS})
    return Fates(
        file=grid.place.file,
        sheet=sheet.name,
        table=table.name,
        rows=len(sheet.rows),
        title=title,
        header=layout.header_rows,
        blank=first - title + rows.blank,
        counted=counted,
        left_out=tuple((reason, left_out[reason]) for reason in REASONS if left_out[reason]),
        refused=rows.rejected + bad[REFUSED],
        undated=undated,
        columns=tuple(sorted(reading.columns)),
        beside=beside,
    )
