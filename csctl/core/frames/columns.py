"""A policy's tests on columns as narwhals expressions that mean the same on every engine.

Decimal columns are worked on as whole numbers of their smallest stored unit, so sums are exact on every engine.
Texts are compared as words: ``comparable`` puts these beside them. Each test carries its own guard against empty
cells: an empty cell meets no test but ``known = false``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import and_

import narwhals as nw

from csctl.core.frames.frame import Frame
from csctl.core.frames.sameness import is_any_of, with_words
from csctl.money import exact, round_half_up
from csctl.policy.parts import Comparison, Test, compared_texts
from csctl.tables import DECIMALS, TABLES, Column, Kind

Tests = Mapping[str, Test | tuple[Test, ...]]
"""Tests by column; of a tuple all must hold."""


def declared_column(table: str, name: str) -> Column:
    """The declared column, stored or derived. A policy that names another one was refused by the linter."""
    column = TABLES[table].measurable(name)
    if column is None:
        raise KeyError(f"{table} has no column {name}")
    return column


def scale_of(column: Column) -> int:
    """Smallest stored units in one unit of the column: 100 for money, 1000 for seconds, 1 for counts."""
    return int(10 ** DECIMALS.get(column.kind, 0))


def cell_text(table: str, name: str, value: object) -> str:
    """A cell as people read it; a whole number of a decimal column is one of its smallest units. "" if empty."""
    column = declared_column(table, name)
    if isinstance(value, int) and column.kind in DECIMALS and column.kind is not Kind.COUNT:
        value = round_half_up(Fraction(value, scale_of(column)), DECIMALS[column.kind])
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return "" if value is None else str(value)


def comparable(frame: Frame, table: str, tests: Iterable[Tests], worked_on: Iterable[str] = ()) -> Frame:
    """The frame with all that tests and figures ask for: exact numbers in the columns tested and those ``worked_on``,
    and words beside the texts that are compared.
    """
    given = [(name, one) for where in tests for name, test in where.items() for one in each_test(test)]
    numbers = as_whole_numbers(frame, table, sorted({*(name for name, _ in given), *worked_on}))
    return with_words(numbers, table, [name for name, test in given if compared_texts(test)])


def as_whole_numbers(frame: Frame, table: str, names: Iterable[str]) -> Frame:
    """The named decimal columns as 64-bit whole numbers of their smallest unit; derived ones are so already."""
    columns = [column for name in names if (column := TABLES[table].column(name))]
    decimal = [column for column in columns if scale_of(column) > 1]
    whole = [(nw.col(column.name) * scale_of(column)).cast(nw.Int64).alias(column.name) for column in decimal]
    return frame.with_columns(*whole) if whole else frame


def both(first: Tests, second: Tests) -> Tests:
    """The tests of both: a column that stands in both must pass the one and the other."""
    return {name: each_test(first.get(name, ())) + each_test(second.get(name, ())) for name in {**first, **second}}


def on_stored(table: str, tests: Tests) -> Tests:
    """The tests on columns that files fill, without those on columns that are worked out of all rows."""
    return {name: test for name, test in tests.items() if TABLES[table].column(name)}


def each_test(test: Test | tuple[Test, ...]) -> tuple[Test, ...]:
    """The tests of one column, of which all must hold."""
    return test if isinstance(test, tuple) else (test,)


def where_expression(table: str, where: Tests, meant: Mapping[str, str] | None = None) -> nw.Expr | None:
    """All tests together as one true/false expression; None if there is no test.

    ``meant``: columns of the frame that are tested in the place of declared ones, of the same kind.
    """
    columns = {name: replace(declared_column(table, name), name=(meant or {}).get(name, name)) for name in where}
    tests = [_test(columns[name], test) for name, given in where.items() for test in each_test(given)]
    return reduce(and_, tests) if tests else None


def _test(column: Column, test: Test) -> nw.Expr:
    value = nw.col(column.name)
    known = ~value.is_null()
    if isinstance(test, Comparison):
        return _comparison(column, test)
    if isinstance(test, list):
        return known & is_any_of(column, test)
    if isinstance(test, str):
        return known & is_any_of(column, [test])
    if isinstance(test, Decimal):
        return known & _equals(column, test)
    return known & (value == test)


def _equals(column: Column, number: Decimal) -> nw.Expr:
    scaled = exact(number) * scale_of(column)
    return nw.col(column.name) == scaled.numerator if scaled.denominator == 1 else nw.col(column.name).is_null()


def _comparison(column: Column, test: Comparison) -> nw.Expr:
    value = nw.col(column.name)
    if test.known is False:
        return value.is_null()
    parts = [~value.is_null()]
    if test.not_ is not None:
        parts.append(~is_any_of(column, test.not_))
    scale = scale_of(column)
    if test.at_least is not None:
        parts.append(value >= math.ceil(exact(test.at_least) * scale))
    if test.above is not None:
        parts.append(value > math.floor(exact(test.above) * scale))
    if test.at_most is not None:
        parts.append(value <= math.floor(exact(test.at_most) * scale))
    if test.below is not None:
        parts.append(value < math.ceil(exact(test.below) * scale))
    if test.equals is not None:
        parts.append(_equals(column, test.equals))
    return reduce(and_, parts)
