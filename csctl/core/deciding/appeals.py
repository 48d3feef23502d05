"""An appeal from filing to decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from csctl.core.records.decision import Decision
from csctl.month import Month
from csctl.policy.appeals import Appeals

Outcome = Literal["accepted", "partly", "rejected"]
AppealState = Literal["open", "overdue", "accepted", "partly", "rejected"]


@dataclass(frozen=True, slots=True)
class Filed:
    """What an agent objects to: one item of one month. ``claim`` is what the agent says it should be, or ""."""

    number: int
    month: str
    agent_id: str
    item: str
    reason: str
    claim: str
    by: str
    on: date
    due: date | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on an appeal. ``value`` is what the item is from now on, "" if it stays as it was.

    ``measured``: it is in the unit of the item's measure.
    """

    number: int
    outcome: Outcome
    value: str
    reason: str
    by: str
    on: date
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal with its decision, if there is one yet."""

    filed: Filed
    decided: Decided | None

    def state(self, today: date) -> AppealState:
        """How it stands today."""
        if self.decided is not None:
            return self.decided.outcome
        return "overdue" if self.filed.due is not None and today > self.filed.due else "open"

    @property
    def month(self) -> Month:
        """The month it is about."""
        month = Month.parse(self.filed.month)
        if month is None:
            raise ValueError(f"not a month: {self.filed.month!r}")
        return month


def appeals_of(filed: Iterable[Filed], decided: Iterable[Decided]) -> list[Appeal]:
    """Every appeal by number, with its decision."""
    decisions = {one.number: one for one in decided}
    return [Appeal(one, decisions.get(one.number)) for one in sorted(filed, key=lambda one: one.number)]


def decisions_of(appeals: Iterable[Appeal]) -> list[tuple[Month, Decision]]:
    """What the appeals that were won, wholly or in part, mean for their months; a later one on the same item wins."""
    won = [one for one in appeals if one.decided is not None and one.decided.outcome != "rejected"]
    latest = {(one.month, one.filed.agent_id, one.filed.item): one for one in won}
    return [
        (month, Decision(agent_id, item, one.decided.value, one.decided.reason, one.filed.number, one.decided.measured))
        for (month, agent_id, item), one in latest.items()
        if one.decided is not None
    ]


def last_filing_day(rules: Appeals | None, closed_on: date | None) -> date | None:
    """The last day on which a month may be appealed; None while it is open or where nothing limits it."""
    if rules is None or rules.window_days is None or closed_on is None:
        return None
    return closed_on + timedelta(days=rules.window_days)


def decision_due(rules: Appeals | None, filed_on: date) -> date | None:
    """The day by which an appeal must be decided; None where nothing says so."""
    return filed_on + timedelta(days=rules.decide_days) if rules and rules.decide_days is not None else None
