"""What the values of a sheet make one ask or say, once all its columns are read."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.problems import Problem
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.source import Source
from csctl.readers.mapping.best_scores import best_scores
from csctl.readers.mapping.codes import ratings_outside
from csctl.readers.mapping.currency_column import currency_column
from csctl.readers.mapping.full_scores import full_scores
from csctl.readers.mapping.odd_amounts import odd_amounts
from csctl.readers.mapping.order_states import order_states
from csctl.readers.mapping.refund_signs import refund_signs, refunds_above_amounts
from csctl.readers.mapping.ticked import no_where_not_ticked
from csctl.readers.mapping.unasked import unasked_zeros
from csctl.tables import Table


def values_said(
    table: Table, bindings: Mapping[str, Binding], source: Source, grid: Grid, reading: Reading
) -> list[Problem]:
    """Every such problem; values that stand for others are settled in ``reading`` on the way."""
    problems = no_where_not_ticked(table, bindings, grid, reading)
    problems += refund_signs(table, grid, reading) + refunds_above_amounts(table, grid, reading)
    problems += full_scores(table, bindings, grid, reading)
    problems += best_scores(table, bindings, source, grid, reading)
    problems += order_states(table, source, grid, reading)
    problems += odd_amounts(table, bindings, source, grid, reading)
    problems += currency_column(table, bindings, source, grid, reading)
    zeros = unasked_zeros(table, bindings, grid, reading)
    said = {one.place.column for one in zeros}
    return [*problems, *zeros, *ratings_outside(table, bindings, source, grid, reading, said)]
