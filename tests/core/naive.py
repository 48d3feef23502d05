"""What a measure comes to, worked out row by row in plain Python: the oracle for the engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from csctl.month import Month
from csctl.policy.parts import Comparison, Measure, Term, Test, Where
from tests.workbench import Row

Tables = Mapping[str, Sequence[Row]]
FACTORS = {"%": Fraction(100), "min": Fraction(1, 60), "h": Fraction(1, 3600)}


@dataclass(frozen=True)
class Expected:
    """Value and rows of one measure of one agent."""

    value: Decimal | None
    n: int


def measure_of(measure: Measure, tables: Tables, agent: str, month: Month) -> Expected:
    """The value of a measure for one agent. ``tables`` hold rows with the agent under ``agent_id``."""
    needed = {measure.table} | ({measure.per.table} if measure.per else set())
    if not needed <= tables.keys():
        return Expected(None, 0)
    if unknown(measure, tables, month):
        return Expected(None, 0)
    rows = rows_of(measure, tables, agent, month)
    if measure.share is not None:
        rows = [row for row in rows if answers(row, measure.share)]
        hits = [row for row in rows if meets(row, measure.share)]
        return _ratio(measure, Fraction(len(hits)), Fraction(len(rows)), len(rows))
    top = aggregate(measure, rows)
    if measure.per is not None:
        under = rows_of(measure.per, tables, agent, month)
        return _ratio(measure, top, aggregate(measure.per, under), len(under))
    if top is None or (measure.min_n > 1 and len(rows) < measure.min_n):
        return Expected(None, len(rows))
    return Expected(_shown(measure, top), len(rows))


def unknown(measure: Measure, tables: Tables, month: Month) -> bool:
    """Whether some term asks yes or no of a column that all rows of its months leave empty."""
    sums = [measure, *([measure.per] if measure.per else [])]
    terms = [term for total in sums for term in (total, *total.plus, *total.minus)]
    asked = [(term, name) for term in terms for name, test in term.where.items() if isinstance(test, bool)]
    asked += [(measure, name) for name, test in (measure.share or {}).items() if isinstance(test, bool)]
    return any(_all_empty(term, name, tables, month) for term, name in asked)


def _all_empty(term: Term, name: str, tables: Tables, month: Month) -> bool:
    rows = [row for row in tables[term.table] if row["agent_id"] not in (None, "nobody")]
    cells = [row[name] for row in rows if row["month"] in _window(term, month)]
    return bool(cells) and all(cell is None for cell in cells)


def answers(row: Row, share: Where) -> bool:
    """Whether the row says anything about each question of a share. Whether a cell is filled in, every row says."""
    return all(
        row[column] is not None or (isinstance(test, Comparison) and test.known is not None)
        for column, test in share.items()
    )


def _ratio(measure: Measure, top: Fraction | None, bottom: Fraction | None, n: int) -> Expected:
    if top is None or bottom is None or bottom == 0 or n < measure.min_n:
        return Expected(None, n)
    return Expected(_shown(measure, top / bottom), n)


def _shown(measure: Measure, value: Fraction) -> Decimal:
    scaled = value * FACTORS.get(measure.unit, Fraction(1)) * 10**measure.places
    whole = (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return whole.scaleb(-measure.places)


def rows_of(term: Term, tables: Tables, agent: str, month: Month) -> list[Row]:
    """The agent's rows in the window that meet the tests and have the column."""
    months = _window(term, month)
    return [
        row
        for row in tables[term.table]
        if row["agent_id"] == agent
        and row["month"] in months
        and meets(row, term.where)
        and (term.column is None or row[term.column] is not None)
    ]


def _window(term: Term, month: Month) -> set[str]:
    first = Month(month.year, 1) if term.window == "year_to_date" else month
    return {str(first.shift(step)) for step in range(month.number - first.number + 1)}


def meets(row: Row, where: Where) -> bool:
    """Whether a row passes every test."""
    return all(_passes(row[column], test) for column, test in where.items())


def _passes(cell: object, test: Test) -> bool:
    if isinstance(test, Comparison):
        return _compares(cell, test)
    if isinstance(test, list):
        return cell in test
    return cell is not None and cell == test


def _compares(cell: object, test: Comparison) -> bool:
    if test.known is False:
        return cell is None
    if cell is None or (test.not_ is not None and cell in test.not_):
        return False
    return not test.edges or test.holds(Decimal(str(cell)))


def aggregate(term: Term, rows: Sequence[Row]) -> Fraction | None:
    """The figure of these rows; None for a mean, median, quantile or extreme of nothing."""
    if term.column is None:
        return Fraction(len(rows))
    cells = [row[term.column] for row in rows]
    if term.aggregate == "distinct":
        return Fraction(len(set(cells)))
    numbers = sorted(Fraction(cell) for cell in cells)
    if term.aggregate == "sum":
        return sum(numbers, Fraction(0))
    return _of_numbers(term, numbers) if numbers else None


def _of_numbers(term: Term, numbers: Sequence[Fraction]) -> Fraction:
    if term.aggregate == "mean":
        return sum(numbers, Fraction(0)) / len(numbers)
    if term.aggregate in ("minimum", "maximum"):
        return numbers[0] if term.aggregate == "minimum" else numbers[-1]
    at = (Fraction(term.q) if term.q is not None else Fraction(1, 2)) * (len(numbers) - 1)
    below = at.numerator // at.denominator
    above = min(below + 1, len(numbers) - 1)
    return numbers[below] + (numbers[above] - numbers[below]) * (at - below)
