"""Allowances: so much each time, or so much a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from csctl.core.paying.amounts import ONE, Amount, for_days, product_line
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.core.scoring.conditions import holds
from csctl.messages import say
from csctl.money import from_cents, to_cents
from csctl.policy.pay.allowance import Allowance
from csctl.policy.refs import figures


def allowance(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """Every allowance, and a line of its own for what lies above its limit."""
    return Paid([line for rule in payroll.pay.allowance for line in _of_one(payroll, rule)])


def _of_one(payroll: Payroll, rule: Allowance) -> Iterator[PayLine]:
    for agent in payroll.receivers(rule):
        amount = _amount(payroll, rule, agent)
        if amount is None or (rule.when is not None and not holds(rule.when, agent.agent_id, payroll.facts)):
            continue
        yield product_line(agent.agent_id, rule.id, rule.label, "allowance", amount, rule=rule.rule)
        if rule.at_most is not None and amount.cents > to_cents(rule.at_most):
            over = Amount(-ONE, "month", from_cents(amount.cents - to_cents(rule.at_most)))
            note = say("pay-note-above-limit", payroll.language, most=rule.at_most)
            yield product_line(
                agent.agent_id, f"{rule.id}.limit", rule.label, "allowance", over, rule=rule.rule, note=note
            )


def _amount(payroll: Payroll, rule: Allowance, agent: Agent) -> Amount | None:
    if rule.quantity is None:
        days, due = payroll.days_for(rule, agent), payroll.days[agent.agent_id].due
        return for_days(rule.amount, days, due) if rule.prorate else Amount(ONE, "month", rule.amount)
    quantity: Decimal | None = payroll.facts.values[agent.agent_id].get(rule.quantity)
    if quantity is None or quantity <= 0:
        return None
    unit = figures(payroll.policy)[rule.quantity].unit
    return Amount(quantity, "times" if unit == "count" else unit, rule.amount)
