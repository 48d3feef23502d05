"""Numbers that stand for no rating: 0, -1 or 99 where every customer who answered gave 1 to 5."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.to_write import column_line
from csctl.problems import Problem
from csctl.readers.mapping.binding import Binding
from csctl.readers.mapping.reading import Grid, Reading
from csctl.readers.mapping.rows import row_list
from csctl.readers.mapping.settling import own_rule
from csctl.readers.mapping.source import Source
from csctl.readers.mapping.values import text_of
from csctl.tables import Column, Table
from csctl.words import fold

_LEAST, _MOST = 1, 5
_FEW = 2
"""So many different ratings show the scale."""
_CODES = frozenset(map(Decimal, (0, 9, 99, 999)))
"""What systems write for no answer, besides any negative number."""


def ratings_outside(
    table: Table, bindings: Mapping[str, Binding], source: Source, grid: Grid, reading: Reading, said: Collection[str]
) -> list[Problem]:
    """One warning for each column of ratings from 1 to 5 in which other rows hold what looks like a code.

    What the source says under ``texts`` of such a number settles it, whichever way; so does a full score in the rows.
    ``said`` are headers of columns of which something like it was said already.
    """
    found: list[Problem] = []
    for column in table.columns:
        binding = bindings.get(column.name)
        if not column.rated or binding is None or not binding.headers or binding.headers[0].text in said:
            continue
        rows = _codes(column, binding, table, grid, reading)
        found += [_problem(binding, source, grid, rows)] if rows else []
    return found


def _codes(column: Column, binding: Binding, table: Table, grid: Grid, reading: Reading) -> dict[int, str]:
    """The rows that hold a code, and how it is written; none where the ratings are not from 1 to 5."""
    values = reading.columns.get(column.name) or ()
    given = {at: value for at, value in enumerate(values) if isinstance(value, Decimal) and at not in reading.bad}
    outside = {at: value for at, value in given.items() if not _LEAST <= value <= _MOST}
    inside = {value for at, value in given.items() if at not in outside}
    whole = any(other.part_of == column.name and reading.columns.get(other.name) for other in table.columns)
    if whole or len(inside) < _FEW or 2 * len(outside) > len(given):
        return {}
    if not all(value < 0 or value in _CODES for value in outside.values()):
        return {}
    cells = grid.cells(binding.headers[0], column.kind)
    settled = {fold(text) for text in binding.rule.texts or {}}
    return {at: text for at in outside if fold(text := text_of(cells[at])) not in settled}


def _problem(binding: Binding, source: Source, grid: Grid, rows: Mapping[int, str]) -> Problem:
    texts = dict.fromkeys(sorted(rows.values()))
    meant = {**(binding.rule.texts or {}), **dict.fromkeys(texts, "-")}
    return problem(
        "ratings-outside",
        grid.place.at(column=binding.headers[0].text),
        tuple(texts),
        count=len(rows),
        rows=row_list(grid.rows.numbers[at] for at in rows),
        line=column_line(binding.column.name, {**own_rule(source, binding), "texts": meant}),
    )
