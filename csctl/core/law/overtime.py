"""Overtime against what the law allows: hours a month, and the least that each kind of day is paid with (W-06)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.advice import Advice
from csctl.core.records.agent import Agent
from csctl.money import exact, round_half_up
from csctl.policy.model import Policy
from csctl.policy.pay.overtime import MULTIPLES
from csctl.policy.refs import named_figures
from csctl.problems import blank_text


def overtime_hours(
    policy: Policy, agents: Sequence[Agent], values: Mapping[str, Mapping[str, Decimal | None]]
) -> Iterator[Advice]:
    """Rates below those of the law; more hours in the month than it allows, a day of overtime as a day's hours."""
    rules = policy.pay.overtime if policy.pay else []
    for rule in rules:
        least = MULTIPLES[rule.day] if rule.day is not None else rule.multiple
        if rule.multiple < least:
            yield Advice("law-overtime-rate", found=f"{rule.label} {rule.multiple:f}", limit=str(least), rule=rule.rule)
    joined = blank_text(list(dict.fromkeys(rule.rule for rule in rules if rule.rule)))
    names, most = list(dict.fromkeys(rule.quantity for rule in rules)), policy.law.monthly_overtime
    for agent in agents:
        hours = _hours(policy, names, values.get(agent.agent_id, {}))
        if hours > exact(most):
            yield Advice("law-overtime-hours", agent.agent_id, None, _shown(hours), _shown(exact(most)), joined)


def _hours(policy: Policy, names: Sequence[str], own: Mapping[str, Decimal | None]) -> Fraction:
    known, day = named_figures(policy), exact(policy.law.daily_hours)
    hours = (exact(own.get(name) or 0) * (day if known[name].unit == "days" else 1) for name in names)
    return sum(hours, Fraction(0))


def _shown(hours: Fraction) -> str:
    return f"{round_half_up(hours, 2).normalize():f}"
