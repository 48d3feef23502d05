"""Rows of one number that belong together, as their columns show: an order and its refunds, the legs of one call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from csctl.messages import problem
from csctl.problems import Problem
from csctl.readers.columns.reading import Grid, Reading
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.values import Value
from csctl.tables import AGENT_NAMES, NUMBERS, Table

_REFUNDS, _LEGS = "rows-of-refunds", "rows-of-legs"


def belonging_together(
    table: Table, several: Mapping[Value, Sequence[int]], grid: Grid, reading: Reading
) -> tuple[set[Value], list[Problem]]:
    """The numbers whose rows belong together, and a note for each way in which they do.

    ``several`` are the indexes of the rows of each number that has more than one, in their order.
    """
    ways = {"orders": (_REFUNDS, _is_refunded), "interactions": (_LEGS, _is_passed_on)}
    if table.name not in ways:
        return set(), []
    code, belong = ways[table.name]
    found = {number: rows for number, rows in several.items() if belong(rows, reading)}
    if not found:
        return set(), []
    place = grid.place.at(column=reading.title(NUMBERS[table.name]))
    numbers = row_list(grid.rows.numbers[at] for rows in found.values() for at in rows[1:])
    return set(found), [problem(code, place, numbers, count=len(found))]


def _is_refunded(rows: Sequence[int], reading: Reading) -> bool:
    """One row was paid, and each other one takes something off it: all together no more than that."""
    amounts = _figures(rows, reading.columns.get("amount"))
    refunds = _figures(rows, reading.columns.get("refund_amount"))
    paid = [at for at, amount in enumerate(amounts) if amount > 0]
    others = [at for at in range(len(rows)) if at not in paid]
    taken = -sum((amounts[at] for at in others), Decimal()) + sum(refunds, Decimal())
    lower = all(amounts[at] < 0 or refunds[at] > 0 for at in others)
    return len(paid) == 1 and lower and taken <= amounts[paid[0]]


def _is_passed_on(rows: Sequence[int], reading: Reading) -> bool:
    """Each row is of somebody else than the one before it."""
    people = [tuple(column[at] for column in _columns(AGENT_NAMES, reading)) for at in rows]
    return all(any(one) for one in people) and all(one != next_ for one, next_ in pairwise(people))


def _columns(names: Iterable[str], reading: Reading) -> list[Sequence[Value]]:
    return [reading.columns[name] for name in names if name in reading.columns]


def _figures(rows: Sequence[int], values: Sequence[Value] | None) -> list[Decimal]:
    """The figures of some rows; what is empty is 0."""
    found = (values[at] if values else None for at in rows)
    return [value if isinstance(value, Decimal) else Decimal() for value in found]
