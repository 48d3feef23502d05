"""What is withheld for time not worked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from csctl.core.paying.amounts import ONE, Amount, product_line
from csctl.core.paying.components.base import REGULAR_LINE, monthly_base
from csctl.core.paying.parts import RatedParts, rated_parts
from csctl.core.paying.payroll import Paid, Payroll, by_agent
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import say
from csctl.messages.grammar import clauses
from csctl.money import from_cents
from csctl.policy.pay.deduction import Deduction
from csctl.policy.pay.plan import Pay


def deduction(payroll: Payroll, made: Sequence[PayLine]) -> Paid:
    """What everybody's base pay loses."""
    paid, base = Paid(), by_agent(line for line in made if line.kind == "base")
    for agent in payroll.agents:
        paid.lines.extend(_unworked_lines(payroll, agent, base.get(agent.agent_id, [])))
    return paid


def _unworked_lines(payroll: Payroll, agent: Agent, base: list[PayLine]) -> list[PayLine]:
    """What is withheld for time not worked: part of the pay of the time that the base lines pay for, each day by what
    was paid then.

    Never more than the base pay of the month (a month may have more than 21.75 workdays).
    """
    regular = any(line.line == REGULAR_LINE for line in base)
    left = sum(line.amount_cents for line in base)
    lines = []
    for rule in payroll.pay.deduction:
        monthly = partial(_monthly, payroll.pay, regular, rule)
        for rated in rated_parts(payroll, agent, monthly, rule.quantity):
            quantity, each = payroll.value_on(agent, rule.quantity, rated.counts), rated.monthly
            if quantity is None or quantity <= 0 or each is None or left <= 0:
                continue
            amount = Amount(-quantity, rule.unit, each * rule.rate, rule.divisor)
            line = _unworked(rule, agent.agent_id, amount, rated, left, payroll.language)
            left += line.amount_cents
            lines.append(line)
    return lines


def _monthly(pay: Pay, regular: bool, rule: Deduction, agent: Agent) -> Decimal | None:
    """An hour of part-time people is paid as everybody's; their day is shorter, and worth as much less."""
    amount = monthly_base(pay, agent) if regular or pay.probation is None else pay.probation.amount
    if amount is None or not pay.base.by_fte or rule.unit != "days":
        return amount
    return amount * agent.share_of_full_time


def _unworked(rule: Deduction, agent_id: str, amount: Amount, rated: RatedParts, left: int, language: str) -> PayLine:
    capped = ""
    if -amount.cents > left:
        amount, capped = Amount(-ONE, "month", from_cents(left)), say("pay-note-capped-at-base", language)
    note = clauses((capped, rated.said), language)
    return product_line(agent_id, rated.line(rule.id), rule.label, "unworked", amount, rule=rule.rule, note=note)
