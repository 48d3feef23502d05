"""Scores beside the best score possible: of which rows it is not told, and which lie above it, any scale or below 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.to_write import column_line
from csctl.problems import Problem, shortened
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import merged_values, row_list
from csctl.readers.columns.settling import own_rule
from csctl.readers.columns.source import Source
from csctl.tables import Column, Table
from csctl.words import fold

_SCALE = Decimal(100)
_LEAST_INSIDE = 3
"""So many scores tell the scale; of those that lie above it there is at most one for so many."""
_UPPER_HALF = 2
_SHOWN = 3


def best_scores(
    table: Table, bindings: Mapping[str, Binding], source: Source, grid: Grid, reading: Reading
) -> list[Problem]:
    """Warnings of scores whose full score is empty beside rows that have one, of scores above their full score, of
    those above 100 where no column tells how many points there are, and of those below 0.

    A score of which nobody tells what it is out of becomes unknown; one that lies above its full score stands.
    """
    found: list[Problem] = []
    for column in table.columns:
        score = table.column(column.best_of)
        if score is None or reading.columns.get(score.name) is None:
            continue
        binding = bindings.get(column.name)
        if binding is not None and binding.headers:
            _fill_merged(column, binding, grid, reading)
            found += _without_best(column, score, binding, grid, reading)
        if reading.columns.get(column.name) is not None:
            found += _above_best(column, score, grid, reading)
        elif not score.rated:
            found += _above_scale(column, score, bindings[score.name], grid, reading)
        if not score.rated:
            found += _below_zero(score, bindings[score.name], source, grid, reading)
    return found


def _plain(figure: Decimal) -> str:
    return f"{figure.normalize():f}"


def _numbers(name: str, reading: Reading) -> dict[int, Decimal]:
    """The figures of a column by row; of rows that count."""
    values = reading.columns.get(name) or ()
    return {at: value for at, value in enumerate(values) if isinstance(value, Decimal) and at not in reading.bad}


def _fill_merged(column: Column, binding: Binding, grid: Grid, reading: Reading) -> None:
    """What a cell merged downwards says is the best of each row is so of each of its rows."""
    places = {at for at in merged_values(grid.layout) if at[1] == binding.headers[0].column}
    values = list(reading.columns[column.name])
    for at, number in enumerate(grid.rows.numbers):
        if at and (number, binding.headers[0].column) in places and values[at] is None:
            values[at] = values[at - 1]
    reading.columns[column.name] = values


def _without_best(column: Column, score: Column, binding: Binding, grid: Grid, reading: Reading) -> list[Problem]:
    scores = _numbers(score.name, reading)
    bests = {at: value for at, value in _numbers(column.name, reading).items() if value > 0}
    unknown = [at for at in scores if at not in bests] if bests else []
    values = list(reading.columns[score.name])
    for at in unknown:
        values[at] = None
    reading.columns[score.name] = values
    if not unknown:
        return []
    place = grid.place.at(row=grid.rows.numbers[unknown[0]], column=binding.headers[0].text)
    texts = {_plain(value) for value in bests.values()}
    line = column_line(column.name, {"value": texts.pop()}) if len(texts) == 1 else ""
    rows = row_list(grid.rows.numbers[at] for at in unknown)
    return [problem("full-score-empty", place, rows, count=len(unknown), score=reading.title(score.name), line=line)]


def _above_best(column: Column, score: Column, grid: Grid, reading: Reading) -> list[Problem]:
    scores, bests = _numbers(score.name, reading), _numbers(column.name, reading)
    above = [at for at, value in scores.items() if at in bests and value > bests[at] > 0]
    if not above:
        return []
    first = above[0]
    return [
        problem(
            "score-above-full",
            grid.place.at(row=grid.rows.numbers[first], column=reading.title(score.name)),
            _plain(scores[first]),
            best=_plain(bests[first]),
            rows=row_list(grid.rows.numbers[at] for at in above),
            count=len(above),
        )
    ]


def _above_scale(column: Column, score: Column, binding: Binding, grid: Grid, reading: Reading) -> list[Problem]:
    """Few scores above 100 where the others are of 100 points: most of these lie in the upper half."""
    scores = _numbers(score.name, reading)
    settled = {fold(text) for text in binding.rule.texts or {}}
    above = [at for at, value in scores.items() if value > _SCALE and fold(_plain(value)) not in settled]
    inside = [value for value in scores.values() if value <= _SCALE]
    upper = sum(value * _UPPER_HALF >= _SCALE for value in inside)
    if not above or len(inside) < _LEAST_INSIDE * len(above) or upper * _UPPER_HALF < len(inside):
        return []
    return [_said_above(column, score, sorted(above, key=lambda at: scores[at]), scores, grid, reading)]


def _below_zero(score: Column, binding: Binding, source: Source, grid: Grid, reading: Reading) -> list[Problem]:
    """Scores below 0, unless points are taken off in all of several rows and given in none."""
    scores = _numbers(score.name, reading)
    settled = {fold(text) for text in binding.rule.texts or {}}
    below = [at for at, value in scores.items() if value < 0 and fold(_plain(value)) not in settled]
    taken_off = len(below) > 1 and all(value <= 0 for value in scores.values())
    if not below or taken_off or not binding.headers:
        return []
    texts = dict.fromkeys(_plain(scores[at]) for at in below)
    meant = {**(binding.rule.texts or {}), **{text: text for text in texts}}
    numbers = [grid.rows.numbers[at] for at in below]
    return [
        problem(
            "score-below-zero",
            grid.place.at(row=min(numbers), column=reading.title(score.name)),
            shortened(list(texts), _SHOWN),
            rows=row_list(numbers),
            count=len(numbers),
            line=column_line(score.name, {**own_rule(source, binding), "texts": meant}),
        )
    ]


def _said_above(
    column: Column, score: Column, above: Sequence[int], scores: Mapping[int, Decimal], grid: Grid, reading: Reading
) -> Problem:
    numbers = [grid.rows.numbers[at] for at in above]
    return problem(
        "score-above-scale",
        grid.place.at(row=min(numbers), column=reading.title(score.name)),
        _plain(scores[above[-1]]),
        rows=row_list(numbers),
        count=len(numbers),
        line=column_line(column.name, {"value": _plain(scores[above[-1]])}),
    )
