"""A grid of days as the headers of the plain table that is made of it: its people's columns, and one of each kind of
what stands in its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csctl.headers import Header, key_of, make_header
from csctl.readers.columns.day_headers import DayRow, find_day_row
from csctl.readers.columns.layout import Layout
from csctl.readers.columns.source import PUNCHES, ColumnRule, Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Sheet
from csctl.tables import AGENT_NAMES, Kind, Table

DAY, TEXT = "grid.day", "grid.text"
"""Headers of what a cell of a grid becomes: its day, its text, the first and the last of its times."""


_WORDS = frozenset({Kind.TEXT, Kind.ID, Kind.FLAG, Kind.DATE})


def of_code(column: str) -> str:
    """The header under which codes give the values of a canonical column."""
    return f"grid.{column}"


def days_layout(sheet: Sheet, table: Table, source: Source) -> Layout | None:
    """The table of a sheet with a column for each day; None if it has no row of days."""
    row = find_day_row(sheet, source.header_row)
    if row is None:
        return None
    width = max(len(cells) for cells in sheet.rows)
    days = {day.column for day in row.days}
    fixed = [one for one in _headers(sheet, row, width) if one.column not in days]
    said = {part for rule in source.columns.values() for part in rule.from_}
    people, sums = _apart(fixed, table, said)
    made = [make_header(max(width, row.days[-1].column + 1) + at, name) for at, name in enumerate(_made(table, source))]
    score = len([one for one in people if _names(one, table, _WORDS)])
    layout = Layout(sheet, max(row.rows) + 1, (*people, *made), score, len(days), header_rows=len(row.rows))
    return replace(layout, days=row.days, sums=tuple(sums))


def _headers(sheet: Sheet, row: DayRow, width: int) -> list[Header]:
    """The headers of all columns: of the rows of the header that of the days, the one below, the one above."""
    rows = [row.index, *(one for one in row.rows if one != row.index)]
    if row.index - 1 not in rows and _is_header(sheet, row):
        rows.append(row.index - 1)
    found = []
    for column in range(width):
        texts = [cell_as_text(cells[column]) for one in rows
                 if column < len(cells := sheet.rows[one]) and not is_empty(cells[column])]  # fmt: skip
        if texts:
            found.append(make_header(column, texts[0]))
    return found


def _is_header(sheet: Sheet, row: DayRow) -> bool:
    """Whether the row above the days is no title: it heads several columns beside them."""
    days = {day.column for day in row.days}
    above = sheet.rows[row.index - 1] if row.index else ()
    return sum(not is_empty(cell) and column not in days for column, cell in enumerate(above)) > 1


def _names(header: Header, table: Table, kinds: frozenset[Kind]) -> list[str]:
    """The canonical columns of these kinds that have this header among their names."""
    columns = [one for one in table.columns if one.kind in kinds or (one.name in AGENT_NAMES and kinds is _WORDS)]
    return [one.name for one in columns
            if {header.key, header.bare} & {key_of(name) for name in (one.name, *one.aliases)} - {""}]  # fmt: skip


def _apart(headers: Sequence[Header], table: Table, said: set[str]) -> tuple[list[Header], list[Header]]:
    """Headers of what holds for all days of a person, and those of sums of the days, which no day has."""
    figures = frozenset(Kind) - _WORDS
    sums = [one for one in headers if one.text not in said and _names(one, table, figures)]
    return [one for one in headers if one not in sums], sums


def _made(table: Table, source: Source) -> list[str]:
    """The headers of what a cell becomes, in order; its text only where the source asks for it."""
    times = [header for name, header in PUNCHES.items() if table.column(name)]
    codes = dict.fromkeys(of_code(name) for values in source.codes.values() for name in values)
    return [DAY, *([TEXT] if asks_for_text(source) else []), *times, *codes]


def asks_for_text(source: Source) -> bool:
    """Whether a column is filled with the texts of the cells."""
    return any(TEXT in rule.from_ for rule in source.columns.values())


def days_source(source: Source, table: Table, layout: Layout) -> Source:
    """The source with where the columns stand that the cells fill; what it says of them itself goes before."""
    filled = {table.dated or "": DAY} | {name: header for name, header in PUNCHES.items() if table.column(name)}
    columns = dict(source.columns)
    for name, header in filled.items():
        own = columns.get(name, ColumnRule())
        if not (own.from_ or own.value is not None or own.ignore):
            columns[name] = own.model_copy(update={"from_": (header,)})
    for name in dict.fromkeys(name for values in source.codes.values() for name in values):
        columns[name] = _with_codes(name, columns.get(name, ColumnRule()), table, layout)
    return source.model_copy(update={"columns": columns})


def _with_codes(name: str, own: ColumnRule, table: Table, layout: Layout) -> ColumnRule:
    """Where codes fill a column that stands in the file as well, it counts in rows in which they say nothing."""
    if own.value is not None or own.ignore:
        return own
    named = [one.text for one in layout.headers if name in _names(one, table, frozenset(Kind))]
    others = own.from_ or tuple(named)
    return own.model_copy(update={"from_": (of_code(name), *others), "filled": bool(others)})
