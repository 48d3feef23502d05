"""Pay for overtime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from csctl.core.paying.amounts import Amount, product_line
from csctl.core.paying.components.base import monthly_base
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.lines import PayLine
from csctl.policy.pay.overtime import Overtime
from csctl.policy.refs import figures

DIVISORS = {"days": Decimal("21.75")}
HOURS = Decimal(174)
"""Paid days and hours of a month: 21.75 days of 8 hours."""


def overtime(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """Everybody's overtime, at the regular base pay."""
    return Paid([line for rule in payroll.pay.overtime for line in _of_one(payroll, rule)])


def _of_one(payroll: Payroll, rule: Overtime) -> Iterator[PayLine]:
    unit = figures(payroll.policy)[rule.quantity].unit
    divisor = rule.divisor or DIVISORS.get(unit, HOURS)
    for agent in payroll.receivers(rule):
        quantity = payroll.facts.values[agent.agent_id].get(rule.quantity)
        monthly = monthly_base(payroll.pay, agent)
        if quantity and quantity > 0 and monthly is not None:
            amount = Amount(quantity, unit, monthly * rule.times, divisor)
            yield product_line(agent.agent_id, rule.id, rule.label, "overtime", amount, rule=rule.rule)
