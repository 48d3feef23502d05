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
from csctl.policy.parts import Term, texts_of
from csctl.policy.refs import columns_named
from csctl.policy.walk import uses
from csctl.tables import DECIMALS, TABLES, Column, Kind
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
    words = _words(policy)
    names = sorted({table.name for table, _ in columns_named(policy)})
    return {
        name: [_row(dice, name, agents, words.get(name, {}), MONTHS[number % len(MONTHS)], number + 2)
               for number in range(count)]
        for name in names
    }  # fmt: skip


def _words(policy: Policy) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """By table and column, the texts that measures ask for."""
    found: dict[str, dict[str, list[str]]] = {}
    for _, term in uses(policy, Term):
        for name, test in term.where.items():
            for one in test if isinstance(test, tuple) else (test,):
                found.setdefault(term.table, {}).setdefault(name, []).extend(texts_of(one))
    return found


def _row(
    dice: random.Random,
    table: str,
    agents: Sequence[str | None],
    words: Mapping[str, Sequence[str]],
    month: Month,
    number: int,
) -> dict[str, Any]:
    day = month.first + timedelta(days=dice.randrange(28))
    cells = {one.name: _cell(dice, one, day, words.get(one.name, ())) for one in TABLES[table].columns}
    who = dice.choice(agents)
    named = {"agent_id": who, "agent_name": None} if who != "张三" else {"agent_id": None, "agent_name": who}
    (row,) = canonical_rows(table, [{**cells, **named, "source_row": number}], month)
    return row


def _cell(dice: random.Random, column: Column, day: date, words: Sequence[str]) -> object:
    if dice.random() < 0.2:
        return None
    if column.kind is Kind.ID:
        return f"客{dice.randrange(9)}"
    if column.kind is Kind.TEXT:
        return dice.choice([*words * 3, *STRANGE])
    if column.kind is Kind.FLAG:
        return dice.random() < 0.6
    if column.kind is Kind.DATE:
        return day
    if column.kind is Kind.MOMENT:
        # four an hour: ties
        return datetime.combine(day, datetime.min.time()) + timedelta(minutes=15 * dice.randrange(40), microseconds=7)
    whole = dice.randrange(1, 60)
    return whole if column.kind is Kind.COUNT else Decimal(whole * 37 % 97).scaleb(-min(1, DECIMALS[column.kind]))
