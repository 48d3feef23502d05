"""Which earlier months a month rests on."""

from __future__ import annotations

from collections.abc import Iterable

from csctl.core.measuring.terms import window_months
from csctl.core.paying.carrying import carries
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Term
from csctl.policy.pay.award import Streak
from csctl.policy.walk import uses

HISTORY = 24
"""So many months back an annual guarantee, a streak and what is carried look at the most."""


def history_months(policy: Policy, month: Month, with_data: Iterable[Month]) -> list[Month]:
    """Earlier months that the policy needs computed first: for an annual guarantee, for streaks, for what is carried.

    All that there are of the two years before: what is known of a year does not go because a month in it is missing.
    """
    guarantee = policy.pay.guarantee if policy.pay else None
    needs = (guarantee and guarantee.mode == "annual") or any(uses(policy, Streak)) or carries(policy)
    return sorted({one for one in with_data if month.shift(-HISTORY) <= one < month}) if needs else []


def looked_back_months(policy: Policy, month: Month) -> list[Month]:
    """Earlier months whose rows the month needs: those of the year for a year-to-date measure, those in which a
    deadline may have begun to run that ends in this one, and the one before for leave that reaches into this one.
    """
    back = max((check.months_back for check in policy.check), default=0)
    back = max(back, 1 if policy.working_time else 0)
    earlier = {month.shift(-step) for step in range(1, back + 1)}
    for _, term in uses(policy, Term):
        earlier |= {one for text in window_months(term, month) if (one := Month.parse(text)) and one != month}
    return sorted(earlier)
