"""Pay for overtime."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from csctl.core.paying.amounts import Amount, product_line
from csctl.core.paying.components.base import monthly_base
from csctl.core.paying.parts import RatedParts, days_meant, rated_parts
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.people.called import id_and_name
from csctl.core.people.employment import PartOfMonth
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import problem, say
from csctl.policy.pay.overtime import Overtime
from csctl.policy.refs import named_figures
from csctl.problems import Problem, shortened

DIVISORS = {"days": Decimal("21.75")}
HOURS = Decimal(174)
"""Paid days and hours of a month: 21.75 days of 8 hours."""


def overtime(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """Everybody's overtime, at the regular base pay; time off in lieu that is more than there was to give is said."""
    rules = payroll.pay.overtime
    lines = [line for rule in rules for agent in payroll.earners(rule) for line in _of_one(payroll, rule, agent)]
    return Paid(lines, problems=[said for rule in rules for said in _said(payroll, rule)])


def _of_one(payroll: Payroll, rule: Overtime, agent: Agent) -> Iterator[PayLine]:
    """A line for the time, and one for what of it was given as time off."""
    unit = named_figures(payroll.policy)[rule.quantity].unit
    divisor = rule.divisor or DIVISORS.get(unit, HOURS)
    off = _off(payroll, rule, agent)
    if off is None:
        return
    for rated in _rates(payroll, rule, agent):
        worked = payroll.value_on(agent, rule.quantity, partial(_counts, payroll, rule, rated)) or Decimal(0)
        if worked <= 0 or rated.monthly is None:
            continue
        name, rate = rated.line(rule.id), rated.monthly * rule.multiple
        amount = Amount(worked, unit, rate, divisor)
        said = rated.said or days_meant(payroll, rule, agent, rule.quantity)
        yield product_line(agent.agent_id, name, rule.label, "overtime", amount, rule=rule.rule, note=said)
        if off > 0:
            less = Amount(-min(off, worked), unit, rate, divisor)
            note = say("pay-note-in-lieu", payroll.language)
            yield product_line(
                agent.agent_id, f"{rule.id}.in_lieu", rule.label, "overtime", less, rule=rule.rule, note=note
            )


def _rates(payroll: Payroll, rule: Overtime, agent: Agent) -> list[RatedParts]:
    """The base pay of the days on which the time was worked; that of the month's end where time off was given for it,
    which is not of the same day.
    """
    if _off(payroll, rule, agent):
        return [RatedParts(1, monthly_base(payroll.pay, agent), "", lambda _: True)]
    return rated_parts(payroll, agent, partial(monthly_base, payroll.pay), rule.quantity)


def _counts(payroll: Payroll, rule: Overtime, rated: RatedParts, part: PartOfMonth) -> bool:
    return rated.counts(part) and payroll.meant(rule, part.agent)


def _worked(payroll: Payroll, rule: Overtime, agent: Agent) -> Decimal:
    return payroll.value_for(rule, agent, rule.quantity) or Decimal(0)


def _off(payroll: Payroll, rule: Overtime, agent: Agent) -> Decimal | None:
    """Time off in lieu; None where it is not known how much of the time it took the place of."""
    return Decimal(0) if rule.in_lieu is None else payroll.value_for(rule, agent, rule.in_lieu)


def _said(payroll: Payroll, rule: Overtime) -> Iterator[Problem]:
    """Who had more time off than rest days were worked, and of whom it is not known."""
    if rule.in_lieu is None:
        return
    known = named_figures(payroll.policy)
    more, unknown = [], []
    for agent in payroll.earners(rule):
        worked, off = _worked(payroll, rule, agent), _off(payroll, rule, agent)
        if off is None and worked > 0:
            unknown.append(id_and_name(agent))
        elif off is not None and off > max(worked, Decimal(0)):
            more.append(f"{id_and_name(agent)}: {off:f} > {max(worked, Decimal(0)):f}")
    measure = known[rule.in_lieu].label
    if more:
        yield problem("in-lieu-beyond", found=shortened(more), component=rule.label, measure=measure)
    if unknown:
        yield problem("in-lieu-unknown", found=shortened(unknown), component=rule.label, measure=measure)
