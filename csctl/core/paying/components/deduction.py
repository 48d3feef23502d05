"""What is withheld for time not worked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from csctl.core.paying.amounts import ONE, Amount, product_line
from csctl.core.paying.components.base import REGULAR_LINE, monthly_base
from csctl.core.paying.payroll import Paid, Payroll, by_agent
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import say
from csctl.money import from_cents
from csctl.policy.pay.deduction import Deduction
from csctl.policy.pay.plan import Pay


def deduction(payroll: Payroll, made: Sequence[PayLine]) -> Paid:
    """What everybody's base pay loses."""
    paid, base = Paid(), by_agent(line for line in made if line.kind == "base")
    for agent in payroll.agents:
        own = base.get(agent.agent_id, [])
        values = payroll.facts.values[agent.agent_id]
        paid.lines.extend(unworked_lines(payroll.pay, agent, own, values, payroll.language))
    return paid


def unworked_lines(
    pay: Pay, agent: Agent, base: list[PayLine], values: Mapping[str, Decimal | None], language: str
) -> list[PayLine]:
    """What is withheld for time not worked: part of the pay of the time that the base lines pay for.

    Never more than the base pay of the month (a month may have more than 21.75 workdays).
    """
    regular = any(line.line == REGULAR_LINE for line in base)
    monthly = monthly_base(pay, agent) if regular or pay.probation is None else pay.probation.amount
    left = sum(line.amount_cents for line in base)
    lines = []
    for rule in pay.deduction:
        quantity = values.get(rule.quantity)
        if not quantity or quantity < 0 or monthly is None or left <= 0:
            continue
        line = _unworked(rule, agent.agent_id, quantity, monthly, left, language)
        left += line.amount_cents
        lines.append(line)
    return lines


def _unworked(rule: Deduction, agent_id: str, quantity: Decimal, monthly: Decimal, left: int, language: str) -> PayLine:
    amount = Amount(-quantity, rule.unit, monthly * rule.rate, rule.divisor)
    note = ""
    if -amount.cents > left:
        amount, note = Amount(-ONE, "month", from_cents(left)), say("pay-note-capped-at-base", language)
    return product_line(agent_id, rule.id, rule.label, "unworked", amount, rule=rule.rule, note=note)
