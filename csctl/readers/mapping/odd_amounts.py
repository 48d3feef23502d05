"""Amounts that are all of one size, as base pay is: one below 0, or far from the others, is most likely a slip."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from statistics import median_low

from csctl.messages import problem
from csctl.policy.to_write import column_line
from csctl.problems import Problem, shortened
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.settling import own_rule
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import cell_as_text
from csctl.tables import Table
from csctl.words import fold

_FAR = 20
"""So many times the middle, or so small a part of it."""
_LEAST = Decimal(100)
"""Nobody is paid less for a month: such amounts are in thousands."""
_FEW = 3
_SHOWN = 4


def odd_amounts(
    table: Table, bindings: Mapping[str, Binding], source: Source, grid: Grid, reading: Reading
) -> list[Problem]:
    """One warning for each such column; what the source says under ``texts`` of an amount settles it."""
    found: list[Problem] = []
    for column in table.columns:
        binding = bindings.get(column.name)
        if not column.alike or binding is None or not binding.headers or column.name not in reading.columns:
            continue
        values = reading.columns[column.name]
        amounts = {at: one for at, one in enumerate(values) if isinstance(one, Decimal) and at not in reading.bad}
        cells = grid.cells(binding.headers[0], column.kind)
        settled = {fold(text) for text in binding.rule.texts or {}}
        odd = [at for at in _odd(amounts) if fold(cell_as_text(cells[at])) not in settled]
        if odd:
            found.append(_said(column.name, odd, [cell_as_text(cells[at]) for at in odd], binding, source, grid))
    return found


def _odd(amounts: Mapping[int, Decimal]) -> list[int]:
    paid = [amount for amount in amounts.values() if amount > 0]
    middle = median_low(paid) if paid else Decimal(0)
    compared = len(paid) >= _FEW
    return [
        at
        for at, amount in amounts.items()
        if amount < 0
        or 0 < amount < _LEAST
        or (compared and amount > 0 and (amount * _FAR < middle or amount > middle * _FAR))
    ]


def _said(name: str, odd: list[int], texts: list[str], binding: Binding, source: Source, grid: Grid) -> Problem:
    numbers = [grid.rows.numbers[at] for at in odd]
    shown = list(dict.fromkeys(texts))
    meant = {**(binding.rule.texts or {}), **{text: text for text in shown}}
    return problem(
        "amounts-odd",
        grid.place.at(row=min(numbers), column=binding.headers[0].text),
        shortened(shown, _SHOWN),
        rows=row_list(numbers),
        count=len(numbers),
        line=column_line(name, {**own_rule(source, binding), "texts": meant}),
    )
