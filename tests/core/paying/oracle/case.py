"""A plan of pay with the months it is tried on: what the program and the plain computation are both given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.agent import Agent
from csctl.core.records.pay_item import PayItem
from csctl.month import Month

Plan = Mapping[str, Any]
"""A policy as its TOML file would be read, numbers exact."""


@dataclass(frozen=True)
class MonthCase:
    """Who was there, their figures (None: not known), and what was entered by hand."""

    month: Month
    agents: Sequence[Agent]
    values: Mapping[str, Mapping[str, Decimal | None]]
    items: Sequence[PayItem]
    others: Sequence[Agent] = ()
    """People of the roster who do not work here in the month, but whose sales and refunds come in."""


@dataclass(frozen=True)
class Case:
    """Months one after the other, each of which knows those before it."""

    plan: Plan
    calendar: WorkCalendar
    months: Sequence[MonthCase]
