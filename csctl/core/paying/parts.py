"""A monthly amount that changes inside the month: each amount for the days on which it held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.people.employment import PartOfMonth
from csctl.core.people.spans import in_a_row
from csctl.core.records.agent import Agent


@dataclass(frozen=True, slots=True)
class Held:
    """One monthly amount, in yuan, the parts of the month in which it held, and the paid days of them that count.

    ``number`` counts a month's amounts from 1. ``said`` are the level and the dates, "" where nothing changes.
    """

    number: int
    monthly: Decimal
    days: int
    said: str

    def line(self, line: str) -> str:
        """The id of its pay line: the component's own for the first, with a number for what comes after."""
        return line if self.number == 1 else f"{line}.{self.number}"


def held_amounts(
    parts: Sequence[PartOfMonth], monthly: Callable[[Agent], Decimal | None], days: Callable[[PartOfMonth], int]
) -> list[Held]:
    """The amounts of a month in the order in which they came, without those of no day.

    What goes on or comes back at the same amount is one: so a month that changes nothing about the amount is paid
    exactly, wherever its parts begin and end.
    """
    held: dict[Decimal, list[PartOfMonth]] = {}
    for part in parts:
        amount = monthly(part.agent) if days(part) else None
        if amount is not None:
            held.setdefault(amount, []).append(part)
    alone = len(parts) == 1
    return [
        Held(number, amount, sum(map(days, own)), "" if alone else said(own))
        for number, (amount, own) in enumerate(held.items(), start=1)
    ]


def said(parts: Iterable[PartOfMonth]) -> str:
    """Level and dates of parts of a month, in any language."""
    runs = [(part.agent.level, *run) for part in parts for run in in_a_row(part.days)]
    return ", ".join(f"{level} {first} – {last}".strip() for level, first, last in runs)
