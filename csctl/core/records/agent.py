"""Somebody on the roster in a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """Days of one month, both included, on which nothing about somebody changes, and what holds on them."""

    since: date
    until: date
    level: str
    group: str
    post: str
    base_pay: Decimal | None
    hired_on: date | None
    regular_on: date | None
    fte: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody employed in the month, as things stand on the last day of it that is theirs.

    ``spans`` are the parts of a month that changes inside, in order and apart from each other. They are empty where
    the dates of hiring and leaving say all: then the fields hold on every day between the two.
    """

    agent_id: str
    name: str
    group: str
    post: str
    level: str
    supervisor: str
    hired_on: date | None
    regular_on: date | None
    left_on: date | None
    base_pay: Decimal | None
    region: str = ""
    contract: str = ""
    spans: tuple[Span, ...] = ()
    fte: Decimal | None = None
    """The part of full time that somebody works; None where the roster says nothing, which is full time."""

    @property
    def share_of_full_time(self) -> Decimal:
        """1 for full time."""
        return Decimal(1) if self.fte is None else self.fte
