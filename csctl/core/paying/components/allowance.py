"""Allowances: so much each time, or so much a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from csctl.core.paying.amounts import ONE, Amount, for_days, product_line
from csctl.core.paying.parts import days_meant, held_amounts, with_fte
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.core.scoring.conditions import holds
from csctl.messages import say
from csctl.money import from_cents, to_cents
from csctl.policy.pay.allowance import Allowance
from csctl.policy.refs import named_figures


def allowance(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """Every allowance, and a line of its own for what lies above its limit."""
    return Paid([line for rule in payroll.pay.allowance for line in _of_one(payroll, rule)])


def _of_one(payroll: Payroll, rule: Allowance) -> Iterator[PayLine]:
    for agent in payroll.receivers(rule) if rule.quantity is None else payroll.earners(rule):
        if rule.when is not None and not holds(rule.when, agent.agent_id, payroll.facts):
            continue
        made = list(_lines(payroll, rule, agent))
        yield from made
        cents = sum(line.amount_cents for line in made)
        if rule.at_most is not None and cents > to_cents(rule.at_most):
            over = Amount(-ONE, "month", from_cents(cents - to_cents(rule.at_most)))
            note = say("pay-note-above-limit", payroll.language, most=rule.at_most)
            yield product_line(
                agent.agent_id, f"{rule.id}.limit", rule.label, "allowance", over, rule=rule.rule, note=note
            )


def _lines(payroll: Payroll, rule: Allowance, agent: Agent) -> Iterator[PayLine]:
    """What is counted as one line; a monthly amount as one, or as one for each part of full time."""
    if rule.quantity is not None:
        amount = _counted(payroll, rule, rule.quantity, agent)
        note = days_meant(payroll, rule, agent, rule.quantity)
        if amount is not None:
            yield product_line(agent.agent_id, rule.id, rule.label, "allowance", amount, rule=rule.rule, note=note)
        return
    parts = [part for part in payroll.parts(agent) if payroll.days_of(rule, part)]
    shown = parts if rule.prorate else parts[-1:]
    for held in held_amounts(shown, lambda _: rule.amount, partial(payroll.days_of, rule), by_fte=rule.by_fte):
        due = payroll.days[agent.agent_id].due if rule.prorate else held.days
        note = with_fte(held.said if rule.by_fte else "", held.fte, payroll.language)
        amount = for_days(rule.amount, held.days, due, held.fte)
        yield product_line(
            agent.agent_id, held.line(rule.id), rule.label, "allowance", amount, rule=rule.rule, note=note
        )


def _counted(payroll: Payroll, rule: Allowance, measure: str, agent: Agent) -> Amount | None:
    quantity = payroll.value_for(rule, agent, measure)
    if quantity is None or quantity <= 0:
        return None
    unit = named_figures(payroll.policy)[measure].unit
    return Amount(quantity, "times" if unit == "count" else unit, rule.amount)
