"""A one-off amount as somebody entered it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from csctl.problems import Place


@dataclass(frozen=True, slots=True)
class PayItem:
    """An amount in yuan for one agent, what it is for, why, who approved it, and the row that says so."""

    agent_id: str
    item: str
    amount: Decimal
    reason: str
    approved_by: str
    place: Place

    @property
    def source(self) -> str:
        """The row, as a pay line keeps it: file, sheet and row behind each other."""
        return "\t".join((self.place.file, self.place.sheet, str(self.place.row or "")))


def row_of_source(source: str) -> Place:
    """The place that ``PayItem.source`` was made of."""
    file, sheet, row = source.split("\t")
    return Place(file, sheet, int(row) if row else None)
