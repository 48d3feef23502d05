"""Performance pay: a monthly amount × the score, the coefficient of the grade or the attainment of a target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from csctl.core.paying.amounts import Amount, product_line
from csctl.core.paying.parts import Held, held_amounts, with_fte
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.people.roster import names_of_level
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import say
from csctl.messages.grammar import apart
from csctl.policy.model import Policy
from csctl.policy.pay.performance import Performance

_WHOLE = Decimal(100)
"""A score of 100, or a target reached, is factor 1."""


def performance(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """Everybody's performance pay; nobody without a score, grade or attainment has any."""
    return Paid([line for rule in payroll.pay.performance for line in _of_one(payroll, rule)])


def _of_one(payroll: Payroll, rule: Performance) -> Iterator[PayLine]:
    for agent in payroll.receivers(rule):
        factor = factor_of(payroll, rule, agent)
        if factor is None:
            continue
        note = say(f"pay-note-factor-{rule.by}", payroll.language, factor=factor)
        for held in _held(payroll, rule, agent):
            amount = _amount(rule, held, factor, payroll.days[agent.agent_id].due)
            said = with_fte(apart((note, held.said), payroll.language), held.fte, payroll.language)
            line = held.line(rule.id)
            yield product_line(agent.agent_id, line, rule.label, "performance", amount, rule=rule.rule, note=said)


def _held(payroll: Payroll, rule: Performance, agent: Agent) -> list[Held]:
    """The monthly amounts of the month; where part of a month is paid whole, the last one alone."""
    parts = [part for part in payroll.parts(agent) if payroll.days_of(rule, part)]
    shown = parts if rule.prorate else parts[-1:]
    return held_amounts(
        shown,
        lambda one: monthly_performance(payroll.policy, rule, one),
        lambda part: payroll.days_of(rule, part),
        by_fte=rule.by_fte,
    )


def monthly_performance(policy: Policy, rule: Performance, agent: Agent) -> Decimal | None:
    """The monthly amount at factor 1 for somebody on that level, in yuan; None if the policy gives none."""
    names = names_of_level(policy, agent.level)
    return rule.amount or next((amount for level, amount in rule.amounts.items() if level in names), None)


def factor_of(payroll: Payroll, rule: Performance, agent: Agent) -> Decimal | None:
    """What multiplies the amount: never below 0, never above the policy's limit; None where nothing is known."""
    score = payroll.facts.scores.get(agent.agent_id)
    if rule.by == "grade":
        factor = payroll.facts.coefficients.get(agent.agent_id)
    else:
        known = payroll.facts.values[agent.agent_id].get(rule.attainment) if rule.attainment else score
        factor = None if known is None else _step(rule, known)
    if factor is None:
        return None
    factor = max(factor, Decimal(0))
    return factor if rule.at_most is None else min(factor, rule.at_most)


def _step(rule: Performance, value: Decimal) -> Decimal:
    if not rule.steps:
        return value / _WHOLE
    return next((step.factor for step in reversed(rule.steps) if value >= step.from_), Decimal(0))


def _amount(rule: Performance, held: Held, factor: Decimal, due: int) -> Amount:
    """A whole month is the factor × the amount; of a part of it, its days."""
    factor *= held.fte
    if held.days == due or not rule.prorate:
        return Amount(factor, "factor", held.monthly)
    return Amount(factor * held.days, "days", held.monthly, Decimal(due))
