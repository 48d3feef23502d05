"""Numbers that are no rating: 0, -1 or 99 where every customer who answered gave 1 to 5; slips above a scale."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from csctl.long_columns import where
from csctl.messages import problem
from csctl.policy.to_write import column_line
from csctl.problems import Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.settling import own_rule
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import text_of
from csctl.tables import Column, Table
from csctl.words import fold

_LEAST, _MOST = 1, 5
_FEW = 2
"""So many different ratings show the scale."""
_CODES = frozenset(map(Decimal, (0, 9, 99, 999)))
"""What systems write for no answer, besides any negative number."""
_SCALES = (Decimal(5), Decimal(10), Decimal(100))
_BESIDE, _BESIDE_NEAR = 3, 9
"""Beside a slip stand so many ratings of the scale, or more where it could be of the next scale."""


def ratings_outside(
    table: Table, bindings: Mapping[str, Binding], source: Source, grid: Grid, reading: Reading, said: Collection[str]
) -> list[Problem]:
    """One warning for each column of ratings from 1 to 5 in which other rows hold what looks like a code, or of a scale
    of 5, 10 or 100 in which few rows hold more.

    What the source says under ``texts`` of such a number settles it, whichever way; so does a full score in the rows.
    ``said`` are headers of columns of which something like it was said already.
    """
    found: list[Problem] = []
    for column in table.columns:
        binding = bindings.get(column.name)
        if not column.rated or binding is None or not binding.headers or binding.headers[0].text in said:
            continue
        given = _given(column, table, reading)
        rows = _codes(given)
        scale, above = (None, {}) if rows else _slips(given)
        texts = _unsettled(rows or above, column, binding, grid)
        if texts:
            code = "ratings-outside" if rows else "ratings-above-scale"
            found.append(_problem(code, binding, source, grid, texts, f"{scale or ''}"))
    return found


def _given(column: Column, table: Table, reading: Reading) -> dict[int, Decimal]:
    """The ratings by row; none where full scores tell their scale."""
    if any(other.part_of == column.name and reading.columns.get(other.name) for other in table.columns):
        return {}
    values = reading.columns.get(column.name) or ()
    rated = where(values, lambda value: isinstance(value, Decimal))
    return {at: value for at in rated if at not in reading.bad and isinstance(value := values[at], Decimal)}


def _codes(given: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """The rows that hold a code; none where the ratings are not from 1 to 5."""
    outside = {at: value for at, value in given.items() if not _LEAST <= value <= _MOST}
    inside = {value for at, value in given.items() if at not in outside}
    if len(inside) < _FEW or 2 * len(outside) > len(given):
        return {}
    return outside if all(value < 0 or value in _CODES for value in outside.values()) else {}


def _slips(given: Mapping[int, Decimal]) -> tuple[Decimal | None, dict[int, Decimal]]:
    """The smallest scale that few ratings exceed, and their rows."""
    for scale in _SCALES:
        above = {at: value for at, value in given.items() if value > scale}
        near = 2 * scale in _SCALES and any(value <= 2 * scale for value in above.values())
        least = _BESIDE_NEAR if near else _BESIDE
        if above and len(given) - len(above) >= least * len(above):
            return scale, above
    return None, {}


def _unsettled(rows: Iterable[int], column: Column, binding: Binding, grid: Grid) -> dict[int, str]:
    """How the rows write their ratings; without those of which the source says what they mean."""
    cells = grid.cells(binding.headers[0], column.kind)
    settled = {fold(text) for text in binding.rule.texts or {}}
    return {at: text for at in rows if fold(text := text_of(cells[at])) not in settled}


def _problem(code: str, binding: Binding, source: Source, grid: Grid, rows: Mapping[int, str], scale: str) -> Problem:
    texts = dict.fromkeys(sorted(rows.values()))
    meant = {**(binding.rule.texts or {}), **dict.fromkeys(texts, "-")}
    return problem(
        code,
        grid.place.at(column=binding.headers[0].text),
        tuple(texts),
        count=len(rows),
        rows=row_list(grid.rows.numbers[at] for at in rows),
        scale=scale,
        line=column_line(binding.column.name, {**own_rule(source, binding), "texts": meant}),
    )
