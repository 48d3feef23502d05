"""Who shares a pool, and with how much of what: the score, a figure, or everybody alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csctl.core.paying.payroll import Payroll
from csctl.core.paying.pool import ONE, Claim
from csctl.core.people.roster import names_of_level
from csctl.core.records.agent import Agent
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import figures


def claims_of(payroll: Payroll, pool: Pool, members: Sequence[Agent]) -> list[Claim]:
    """The claims of the regular members of scored levels of whom it is known what the pool is shared by."""
    claims = []
    for agent in sorted(members, key=lambda one: one.agent_id):
        figure = _figure(payroll, pool, agent.agent_id) if agent.agent_id in payroll.regulars.ranked else None
        if figure is not None:
            days = regular_days(payroll, pool, agent.agent_id) if pool.split_by != "measure" else 1
            claims.append(Claim(agent.agent_id, figure, days, weight_of(payroll, pool, agent)))
    return claims


def places_shared(payroll: Payroll, pool: Pool) -> int:
    """Decimal places of what a pool is shared by."""
    if pool.split_by == "score":
        return payroll.decimals
    return figures(payroll.policy)[pool.measure].places if pool.measure else 0


def regular_days(payroll: Payroll, pool: Pool, agent_id: str) -> int:
    """The workdays that count for somebody; 1 where part of a month is as good as all of it."""
    return payroll.days[agent_id].regular if pool.prorate else 1


def _figure(payroll: Payroll, pool: Pool, agent_id: str) -> Decimal | None:
    if pool.split_by == "equal":
        return ONE
    return payroll.facts.value(agent_id, pool.measure) if pool.measure else payroll.facts.scores[agent_id]


def weight_of(payroll: Payroll, pool: Pool, agent: Agent) -> Decimal:
    """What somebody's claim is multiplied by, for the level."""
    names = names_of_level(payroll.policy, agent.level)
    return next((weight for level, weight in pool.weights.items() if level in names), ONE)
