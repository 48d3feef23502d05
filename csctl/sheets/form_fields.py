"""What a field of a performance sheet may hold, and the signs that stand where there is nothing to hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

NOT_MEANT = "–"
"""Stands where a policy has no such figure: nothing is missing there."""
NOTHING = ""
"""Stands where there is nothing to show; why a figure is missing is said where it would be, and in the notes."""


class Money(Decimal):
    """An amount: with two places and thousands marked, whatever stands around it."""


Value = str | int | Decimal
Fields = dict[str, Value]

LINE_FIELDS = (
    "id", "label", "dimension", "value", "shown", "unit", "n", "level", "points", "out_of", "self", "superior",
    "weight", "contribution", "target", "standard", "rule", "note", "mark", "marks",
)  # fmt: skip
"""Fields of ``{{line.<id>.<field>}}``, ``{{each.<field>}}`` and ``{{each.adjustment.<field>}}``."""


@dataclass(frozen=True, slots=True)
class FormValues:
    """``single`` by placeholder; ``lines`` and ``adjustments``: one dictionary per repeated row, by field."""

    single: Fields
    lines: list[Fields]
    adjustments: list[Fields]
