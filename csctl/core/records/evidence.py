"""Rows of exports behind a figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from csctl.problems import Place


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One row of an export, with the cells that the term looked at, as ``column = value`` texts.

    ``day`` is when it happened, "" in tables without days.
    """

    place: Place
    cells: tuple[str, ...]
    day: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The rows one term of a measure counted for an agent: all of them counted, the first ones shown.

    ``sign`` is -1 where the term is taken away. ``value`` is what the term came to, where several make a sum.
    """

    role: str
    table: str
    total: int
    rows: tuple[EvidenceRow, ...]
    sign: int = 1
    value: Decimal | None = None


def first_rows(found: Evidence, limit: int) -> Evidence:
    """The same evidence with at most ``limit`` rows to show; all stay counted."""
    return replace(found, rows=found.rows[:limit])
