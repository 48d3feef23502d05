"""Refunds that a system writes with a minus, one rule for the whole column; refunds of more than was paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from csctl.messages import problem
from csctl.problems import Problem
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.values import Value
from csctl.tables import Table

COLUMN = "refund_amount"


def refund_signs(table: Table, grid: Grid, reading: Reading) -> list[Problem]:
    """Refunds are amounts above 0. Where all of a column stand below, the minus is how they are written, and a note
    says so; where some do, each counts as it stands, and a warning names the rows.
    """
    values = reading.columns.get(COLUMN)
    if table.column(COLUMN) is None or values is None:
        return []
    given = {at: value for at, value in enumerate(values) if isinstance(value, Decimal) and at not in reading.bad}
    minus = [at for at, value in given.items() if value < 0]
    plus = [at for at, value in given.items() if value > 0]
    if not minus:
        return []
    place = grid.place.at(column=reading.title(COLUMN))
    if not plus:
        reading.columns[COLUMN] = [abs(value) if isinstance(value, Decimal) else value for value in values]
        return [problem("refunds-with-minus", place, len(minus))]
    rows = [grid.rows.numbers[at] for at in minus]
    amount = sum((given[at] for at in minus), Decimal())
    return [
        problem(
            "refunds-of-both-signs",
            place.at(row=rows[0], column=place.column),
            row_list(rows),
            count=len(rows),
            plus=len(plus),
            amount=f"{amount:,.2f}",
        )
    ]


def refunds_above_amounts(table: Table, grid: Grid, reading: Reading) -> list[Problem]:
    """One warning for the orders of which more was refunded than paid; rows of one number are one order.

    Where nothing was paid in these rows, the order itself stands elsewhere, and nothing can be told.
    """
    amounts, refunds = reading.columns.get("amount"), reading.columns.get(COLUMN)
    if table.column(COLUMN) is None or amounts is None or refunds is None:
        return []
    above = [rows for rows in _orders(reading, len(refunds)) if 0 < _sum(amounts, rows) < _sum(refunds, rows)]
    if not above:
        return []
    refunded = sorted(at for rows in above for at in rows if _sum(refunds, [at]))
    numbers = [grid.rows.numbers[at] for at in refunded]
    paid, back = _sum(amounts, above[0]), _sum(refunds, above[0])
    return [
        problem(
            "refunds-above-amounts",
            grid.place.at(row=numbers[0], column=reading.title(COLUMN)),
            row_list(numbers),
            count=len(above),
            paid=f"{paid:,.2f}",
            back=f"{back:,.2f}",
        )
    ]


def _orders(reading: Reading, length: int) -> list[list[int]]:
    """The rows that count, those of one order together; a row without a number is one by itself."""
    numbers = reading.columns.get("order_id") or [None] * length
    found: dict[object, list[int]] = {}
    for at, number in enumerate(numbers):
        if at not in reading.bad:
            found.setdefault(number if number is not None else (at,), []).append(at)
    return list(found.values())


def _sum(values: Sequence[Value], rows: Iterable[int]) -> Decimal:
    return sum((one for at in rows if isinstance(one := values[at], Decimal)), Decimal())
