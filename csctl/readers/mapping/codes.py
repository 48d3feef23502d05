"""Numbers that are no rating: 0, -1 or 99 where every customer who answered gave 1 to 5; slips above a scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from csctl.long_columns import take_rows, value_counts, where
from csctl.messages import problem
from csctl.policy.to_write import column_line
from csctl.problems import Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.settling import own_rule
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import cell_as_text
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
        codes = _codes(given)
        scale, above = (None, frozenset[Decimal]()) if codes else _slips(given)
        rows = _rows_of(codes or above, column, reading)
        texts = _unsettled(rows, column, binding, grid)
        if texts:
            code = "ratings-outside" if codes else "ratings-above-scale"
            found.append(_problem(code, binding, source, grid, texts, f"{scale or ''}"))
    return found


def _given(column: Column, table: Table, reading: Reading) -> Counter[Decimal]:
    """How often each rating stands in rows that count; none where full scores tell their scale."""
    if any(other.part_of == column.name and reading.columns.get(other.name) for other in table.columns):
        return Counter()
    values = reading.columns.get(column.name) or ()
    counting = take_rows(values, [at for at in range(len(values)) if at not in reading.bad]) if reading.bad else values
    return Counter({value: count for value, count in value_counts(counting).items() if isinstance(value, Decimal)})


def _rows_of(ratings: Collection[Decimal], column: Column, reading: Reading) -> list[int]:
    """The rows that count with one of these ratings."""
    if not ratings:
        return []
    rows = where(reading.columns[column.name], ratings.__contains__)
    return [at for at in rows if at not in reading.bad]


def _codes(given: Counter[Decimal]) -> frozenset[Decimal]:
    """The ratings that are a code; none where the ratings are not from 1 to 5."""
    outside = {value: count for value, count in given.items() if not _LEAST <= value <= _MOST}
    if len(given) - len(outside) < _FEW or 2 * sum(outside.values()) > given.total():
        return frozenset()
    return frozenset(outside) if all(value < 0 or value in _CODES for value in outside) else frozenset()


def _slips(given: Counter[Decimal]) -> tuple[Decimal | None, frozenset[Decimal]]:
    """The smallest scale that few ratings exceed, and these."""
    for scale in _SCALES:
        above = {value: count for value, count in given.items() if value > scale}
        near = 2 * scale in _SCALES and any(value <= 2 * scale for value in above)
        least = _BESIDE_NEAR if near else _BESIDE
        rows = sum(above.values())
        if above and given.total() - rows >= least * rows:
            return scale, frozenset(above)
    return None, frozenset()


def _unsettled(rows: Iterable[int], column: Column, binding: Binding, grid: Grid) -> dict[int, str]:
    """How the rows write their ratings; without those of which the source says what they mean."""
    cells = grid.cells(binding.headers[0], column.kind)
    settled = {fold(text) for text in binding.rule.texts or {}}
    return {at: text for at in rows if fold(text := cell_as_text(cells[at])) not in settled}


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
