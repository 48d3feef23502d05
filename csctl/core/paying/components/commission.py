"""Commission on what somebody sold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csctl.core.paying.amounts import Amount, product_line
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.paying.scale import scale_parts
from csctl.core.people.called import numbered
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import problem
from csctl.money import exact, from_cents, to_cents
from csctl.policy.pay.commission import Commission
from csctl.policy.refs import figures
from csctl.problems import Problem, shortened


def commission(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """A line for each tier that somebody's sales reach; who sold less than nothing, or lacks a target, is said."""
    lines = [line for rule in payroll.pay.commission for line in _of_one(payroll, rule)]
    return Paid(lines, problems=[one for rule in payroll.pay.commission for one in _said(payroll, rule)])


def _of_one(payroll: Payroll, rule: Commission) -> Iterator[PayLine]:
    for agent in payroll.receivers(rule):
        base, edges = _base(payroll, rule, agent), _edges(payroll, rule, agent)
        if base is None or edges is None:
            continue
        for index, cents in scale_parts(base, edges, rule.mode):
            if cents:
                amount = Amount(from_cents(cents), "yuan", rule.tiers[index].rate)
                name = f"{rule.id}.{index + 1}"
                yield product_line(agent.agent_id, name, rule.label, "commission", amount, rule=rule.rule)


def _base(payroll: Payroll, rule: Commission, agent: Agent) -> int | None:
    value = payroll.facts.values[agent.agent_id].get(rule.of)
    return None if value is None else to_cents(value)


def _edges(payroll: Payroll, rule: Commission, agent: Agent) -> list[int] | None:
    """Lower ends of the tiers in cents; None where they are parts of a target that is not there."""
    if rule.target is None:
        return [to_cents(tier.from_) for tier in rule.tiers]
    target = payroll.facts.values[agent.agent_id].get(rule.target)
    if target is None or target <= 0:
        return None
    return [to_cents(exact(tier.from_) * exact(target)) for tier in rule.tiers]


def _said(payroll: Payroll, rule: Commission) -> Iterator[Problem]:
    known, people = figures(payroll.policy), payroll.receivers(rule)
    bases = {one.agent_id: _base(payroll, rule, one) or 0 for one in people}
    below = [f"{numbered(one)}: {from_cents(bases[one.agent_id]):,.2f}" for one in people if bases[one.agent_id] < 0]
    if below:
        measure, found = known[rule.of].label, shortened(below)
        yield problem("commission-below-zero", found=found, component=rule.label, measure=measure)
    sold = [one for one in people if bases[one.agent_id] > 0]
    lacking = [numbered(one) for one in sold if _edges(payroll, rule, one) is None]
    if lacking and rule.target is not None:
        measure, found = known[rule.target].label, shortened(lacking)
        yield problem("commission-without-target", found=found, component=rule.label, measure=measure)
