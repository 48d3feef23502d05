"""The engines that figures are compared on, and rows of every table to compare them with."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.util import find_spec
from shutil import which
from typing import Any

import pytest

from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Term, compared_texts
from csctl.policy.refs import columns_named
from csctl.policy.walk import uses
from csctl.tables import TABLES, Column, Kind
from tests.workbench import canonical_rows

OTHERS = [
    pytest.param("pandas", marks=pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not installed")),
    pytest.param("duckdb", marks=pytest.mark.skipif(find_spec("duckdb") is None, reason="duckdb is not installed")),
    pytest.param(
        "spark",
        marks=[
            pytest.mark.slow,
            pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed"),
            pytest.mark.skipif(which("java") is None, reason="Java is not installed"),
        ],
    ),
]
"""Every engine but Polars, with which they are compared."""
MONTHS = (Month(2026, 8), Month(2026, 9), Month(2026, 10), Month(2026, 11))
STRANGE = ("退款", "退\n款", " 退款 ", "ﾃｽﾄ", "", None)
"""Texts that a file may hold: Chinese, a line's end within quotes, spaces, other widths, nothing."""


def rows_of_tables(policy: Policy, agents: Sequence[str | None], count: int) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table that measures of the policy count, in four months, drawn with a fixed seed.

    Many share a moment, a customer or a number, a fifth of all cells is empty, and texts are mostly those that rules
    name.
    """
    dice = random.Random(7)  # noqa: S311
    asked = _asked(policy)
    names = sorted({table.name for table, _ in columns_named(policy)})
    return {
        name: [_row(dice, name, agents, asked.get(name, {}), MONTHS[number % len(MONTHS)], number + 2)
               for number in range(count)]
        for name in names
    }  # fmt: skip


def _asked(policy: Policy) -> Mapping[str, Mapping[str, Sequence[Any]]]:
    """By table and column, the texts and numbers that measures ask for."""
    found: dict[str, dict[str, list[Any]]] = {}
    for _, term in uses(policy, Term):
        for name, test in term.where.items():
            named = [test] if isinstance(test, Decimal) else compared_texts(test)
            found.setdefault(term.table, {}).setdefault(name, []).extend(named)
    return found


def _row(
    dice: random.Random,
    table: str,
    agents: Sequence[str | None],
    asked: Mapping[str, Sequence[Any]],
    month: Month,
    number: int,
) -> dict[str, Any]:
    day = month.first + timedelta(days=dice.randrange(28))
    cells = {one.name: _cell(dice, one, day, asked.get(one.name, ())) for one in TABLES[table].columns}
    who = dice.choice(agents)
    named = {"agent_id": who, "agent_name": None} if who != "张三" else {"agent_id": None, "agent_name": who}
    (row,) = canonical_rows(table, [{**cells, **named, "source_row": number}], month)
    return row


def _cell(dice: random.Random, column: Column, day: date, asked: Sequence[Any]) -> object:
    if dice.random() < 0.2:
        return None
    if column.kind is Kind.ID:
        return f"客{dice.randrange(9)}"
    if column.kind is Kind.TEXT:
        return dice.choice([*[one for one in asked for _ in range(3)], *STRANGE])
    if column.kind is Kind.FLAG:
        return dice.random() < 0.6
    if column.kind is Kind.DATE:
        return day
    if column.kind is Kind.MOMENT:
        # four an hour: ties
        return datetime.combine(day, datetime.min.time()) + timedelta(minutes=15 * dice.randrange(40), microseconds=7)
    if asked and dice.random() < 0.8:
        number = dice.choice(asked)
    else:
        number = Decimal(dice.randrange(1, 12)) + Decimal(dice.choice(["0", "0.1", "0.7"]))
    return int(number) if column.kind is Kind.COUNT else number
