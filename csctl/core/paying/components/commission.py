"""Commission on what somebody sold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial

from csctl.core.paying.own_scale import OwnFigure, own_figures, own_lines, own_said
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.people.called import id_and_name
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import problem, say
from csctl.money import exact, from_cents, to_cents
from csctl.policy.pay.commission import Commission
from csctl.policy.refs import named_figures
from csctl.problems import Problem, shortened


def commission(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """A line for each tier that somebody's sales reach; who sold less than nothing, or lacks a target, is said."""
    paid = Paid()
    for rule in payroll.pay.commission:
        own = own_figures(payroll, rule, partial(_edges, payroll, rule), _whole_cents)
        paid.lines.extend(own_lines(payroll, rule, "commission", "yuan", own, partial(_target_said, payroll, rule)))
        paid.problems.extend(own_said(payroll, rule, own))
        paid.problems.extend(_without_target(payroll, rule, own))
    return paid


def _whole_cents(yuan: Decimal) -> Decimal:
    return from_cents(to_cents(yuan))


def _edges(payroll: Payroll, rule: Commission, agent: Agent) -> list[Decimal] | None:
    """Lower ends of the tiers in yuan; None where they are parts of a target that is not there."""
    if rule.target is None:
        return [_whole_cents(tier.from_) for tier in rule.tiers]
    target = exact(_of_month(payroll, rule, agent) or 0)
    if rule.prorate:
        target *= _part_of_month(payroll, rule, agent)
    if target <= 0:
        return None
    return [from_cents(to_cents(exact(tier.from_) * target)) for tier in rule.tiers]


def _of_month(payroll: Payroll, rule: Commission, agent: Agent) -> Decimal | None:
    """The target of the whole month, in yuan."""
    return payroll.facts.value(agent.agent_id, rule.target) if rule.target else None


def _part_of_month(payroll: Payroll, rule: Commission, agent: Agent) -> Fraction:
    """The paid days that count, of those of the month."""
    days = payroll.days_for(rule, agent)
    return Fraction(days, payroll.days[agent.agent_id].due) if days else Fraction(0)


def _target_said(payroll: Payroll, rule: Commission, agent: Agent) -> str:
    """What of the month's target had to be reached, where it was not all of it."""
    target, part = _of_month(payroll, rule, agent), _part_of_month(payroll, rule, agent)
    if target is None or not rule.prorate or part == 1:
        return ""
    days, due = payroll.days_for(rule, agent), payroll.days[agent.agent_id].due
    needed = from_cents(to_cents(exact(target) * part))
    shown = {"target": f"{target:,f}", "needed": f"{needed:,f}"}
    return say("pay-note-target-days", payroll.language, days=days, due=due, **shown)


def _without_target(payroll: Payroll, rule: Commission, own: Sequence[OwnFigure]) -> Iterator[Problem]:
    lacking = [id_and_name(one.agent) for one in own if one.unpaid]
    if lacking and rule.target is not None:
        measure, found = named_figures(payroll.policy)[rule.target].label, shortened(lacking)
        yield problem("commission-without-target", found=found, component=rule.label, measure=measure)
