"""A table whose people stand side by side, turned so that each has a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from csctl.headers import key_of
from csctl.readers.columns.identifiers import parse_id
from csctl.readers.columns.looks import is_label
from csctl.readers.columns.source import ColumnRule, Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell, Sheet
from csctl.tables import AGENT_NAMES, Table
from csctl.words import is_total

PEOPLE = "grid.people"
"""Header of the names across, where the file itself gives them none that is known."""

TURNED = "⇄"
"""Behind the name of a sheet whose rows are the columns of the file."""

_LEAST_PEOPLE = 2


def turned(sheet: Sheet, table: Table, source: Source) -> Sheet:
    """The sheet with its columns as rows: row 3 is column C. What heads the names becomes ``PEOPLE`` if neither the
    table nor the source knows a column of that name.
    """
    width = max((len(row) for row in sheet.rows), default=0)
    rows = [_cut([row[column] if column < len(row) else None for row in sheet.rows]) for column in range(width)]
    while rows and not rows[-1]:
        rows.pop()
    merged = tuple((left, top, right, bottom) for top, left, bottom, right in sheet.merged)
    return replace(
        sheet,
        name=f"{sheet.name} {TURNED}".strip(),
        rows=rows if _names_people(source) else _with_people(rows, table, numbers=_are_numbers(source)),
        merged=merged,
        hidden_rows=(),
        filtered_rows=(),
    )


def own_name(name: str) -> str:
    """The name that the file gives to a sheet."""
    return name.removesuffix(TURNED).rstrip()


def people_source(source: Source, table: Table) -> Source:
    """The source with where the names stand, unless it says that itself."""
    if not table.has_agents or {*AGENT_NAMES} & source.columns.keys():
        return source
    named = ColumnRule.model_validate({"from": PEOPLE, "optional": True})
    return source.model_copy(update={"columns": {**source.columns, "agent_name": named}})


def _names_people(source: Source) -> bool:
    """Whether the source says of the file's own headers under which the people stand."""
    said = {name for agent in AGENT_NAMES if agent in source.columns for name in source.columns[agent].from_}
    return bool(said - {PEOPLE})


def _are_numbers(source: Source) -> bool:
    """Whether the source says that people stand in the header by their numbers."""
    return "agent_id" in source.columns and PEOPLE in source.columns["agent_id"].from_


def _cut(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    last = max((at for at, cell in enumerate(cells) if cell is not None), default=-1)
    return tuple(cells[: last + 1])


def _with_people(rows: list[tuple[Cell, ...]], table: Table, *, numbers: bool) -> list[tuple[Cell, ...]]:
    """The turned rows, whose header has a name for the column of people."""
    keys = {key_of(name) for column in table.columns if column.name in AGENT_NAMES
            for name in (column.name, *column.aliases)}  # fmt: skip
    if any(key_of(cell_as_text(cell)) in keys for row in rows for cell in row if isinstance(cell, str)):
        return rows
    head = next((at for at, row in enumerate(rows) if sum(map(is_label, row)) > 1), None)
    column = _people_at(rows[head + 1 :], numbers=numbers) if head is not None else None
    if head is None or column is None:
        return rows
    cells = [*rows[head], *[None] * (column + 1 - len(rows[head]))]
    cells[column] = PEOPLE
    return [*rows[:head], tuple(cells), *rows[head + 1 :]]


def _people_at(rows: Sequence[Sequence[Cell]], *, numbers: bool) -> int | None:
    """The first column that holds a different text in at least two rows, and nothing but texts; of staff numbers,
    which look like figures, nothing but these.
    """
    names_people = _is_number_of_staff if numbers else is_label
    for column in range(max((len(row) for row in rows), default=0)):
        cells = [row[column] for row in rows if column < len(row) and not is_empty(row[column])]
        names = {cell_as_text(cell) for cell in cells}
        people = [cell for cell in cells if not is_total(cell_as_text(cell))]
        if len(people) >= _LEAST_PEOPLE and len(names) == len(cells) and all(map(names_people, people)):
            return column
    return None


def _is_number_of_staff(cell: Cell) -> bool:
    return not isinstance(cell, date | time | timedelta | bool) and isinstance(parse_id(cell), str)
