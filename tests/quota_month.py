"""A month in which quotas move grades: A and B have one place of five each."""

from __future__ import annotations

from csctl.core.records.result import MonthResult
from tests.workbench import SCORED, agent, month_of, policy

RULES = policy(
    SCORED.replace("[[dimension]]", '[score.quotas]\nties = "none"\n[[dimension]]', 1)
    + """
[[grade]]
label = "A"
at_least = 90
coefficient = 1.5
quota = 0.2
[[grade]]
label = "B"
at_least = 75
coefficient = 1.2
quota = 0.2
[[grade]]
label = "C"
coefficient = 1
"""
)
PEOPLE = [agent(who) for who in "abcde"]


def moved_month() -> MonthResult:
    """``b`` is moved from A to B, ``c`` from A to C; ``a`` keeps A."""
    values = dict(zip("abcde", (96, 95, 91, 70, 50), strict=True))
    return month_of(RULES, PEOPLE, {who: {"x": value} for who, value in values.items()})
