"""What the sheets of ``report.xlsx`` share: headings, looks, colours."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from csctl.core.records.result import MonthResult
from csctl.money import from_cents
from csctl.reports.words import report_word
from csctl.workbook.looks import Look

ACCENT = "#2F7FBF"
MOST_SHOWN = 40
"""Of a larger team people are not drawn one by one: a chart that is longer than a page is none."""


def sheet_heading(name: str, result: MonthResult, language: str) -> str:
    """The first line of a sheet."""
    return f"{report_word(name, language)} · {result.month} · {result.policy.label}"


def optional_amount(cents: int | None) -> Decimal | None:
    """An amount as a number; nothing of nothing."""
    return None if cents is None else from_cents(cents)


def repeated_look(look: Look, columns: int) -> list[Look]:
    """The same look for so many columns."""
    return [look for _ in range(columns)]


def solid(colour: str) -> dict[str, Any]:
    """A bar of one colour."""
    return {"fill": {"color": colour}, "border": {"none": True}}


def step_of(counts: Sequence[int]) -> int:
    """The step of an axis of counts: a whole number, and at most ten of them."""
    return -(-max(counts, default=1) // 10) or 1
