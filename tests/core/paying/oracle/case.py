"""A plan of pay with the months it is tried on: what the program and the plain computation are both given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.pay_item import PayItem
from csctl.month import Month

Plan = Mapping[str, Any]
"""A policy as its TOML file would be read, numbers exact."""


@dataclass(frozen=True)
class RosterRow:
    """A row of the roster; somebody may have several, one after the other. ``fte``: None is full time."""

    agent_id: str
    group: str
    post: str
    level: str
    base_pay: Decimal | None
    hired_on: date | None = None
    regular_on: date | None = None
    left_on: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    fte: Decimal | None = None


@dataclass(frozen=True)
class Fact:
    """So much of a figure on a day; None: of somebody whose figures tell no days."""

    agent_id: str
    name: str
    day: date | None
    amount: Decimal


@dataclass(frozen=True)
class MonthCase:
    """The roster of the month, what is known of it, and what was entered by hand."""

    month: Month
    roster: Sequence[RosterRow]
    facts: Sequence[Fact]
    items: Sequence[PayItem]


@dataclass(frozen=True)
class Case:
    """Months one after the other, each of which knows those before it."""

    plan: Plan
    calendar: WorkCalendar
    months: Sequence[MonthCase]
