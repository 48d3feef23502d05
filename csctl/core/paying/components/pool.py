"""Bonuses that a team earns together: one pool, or one for each group, and everybody's share."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.paying.amounts import ONE
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.paying.pool import Claim, split_pool
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, PoolResult
from csctl.messages import problem
from csctl.money import from_cents, to_cents
from csctl.policy.model import Policy
from csctl.policy.pay.plan import Pay
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import figures
from csctl.problems import Problem


def pool(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """All pools and their shares."""
    pools = [result for number, one in enumerate(payroll.pay.pool, 1) for result in _pools(payroll, one, number)]
    return Paid(_share_lines(pools), pools, _pool_problems(payroll, pools))


def _pools(payroll: Payroll, pool: Pool, number: int) -> list[PoolResult]:
    """One pool for the team, or one for each group; also for a group of which all have left and that sold something."""
    teams: dict[str, list[Agent]] = {}
    for agent in payroll.agents:
        teams.setdefault(agent.group if pool.per == "group" else "", []).append(agent)
    if pool.per == "group" and pool.counts == "everybody":
        for group, values in payroll.beside:
            if values.get(pool.of):
                teams.setdefault(group, [])
    return [_pool_of(payroll, pool, number, team, members) for team, members in sorted(teams.items())]


def _pool_problems(payroll: Payroll, pools: Sequence[PoolResult]) -> list[Problem]:
    """A pool that nobody can take, one measured on data that is not there, and one of less than nothing."""
    values = payroll.facts.values
    problems = [
        problem("pool-without-sales", found=_measure_label(payroll.policy, pool.of), pool=pool.label)
        for pool in payroll.pay.pool
        if values and all(own.get(pool.of) is None for own in values.values())
    ]
    problems += [
        problem("pool-undistributed", found=from_cents(pool.pool_cents), pool=pool.label)
        for pool in pools
        if pool.undistributed
    ]
    return problems + [
        problem(
            "pool-below-zero",
            found=from_cents(pool.base_cents),
            pool=pool.label,
            measure=_measure_label(payroll.policy, _rule_of(payroll.pay, pool).of),
        )
        for pool in pools
        if pool.base_cents < 0
    ]


def _rule_of(pay: Pay, pool: PoolResult) -> Pool:
    """What the policy says of a pool: results are named after its number, then the group."""
    return pay.pool[int(pool.pool.partition(".")[0].removeprefix("pool")) - 1]


def _measure_label(policy: Policy, name: str) -> str:
    figure = figures(policy).get(name)
    return figure.label if figure else name


def _pool_of(payroll: Payroll, pool: Pool, number: int, team: str, members: Sequence[Agent]) -> PoolResult:
    """Sales of all members make the pool, and of those who left; regular members who have a score share it."""
    earned = [payroll.facts.values[agent.agent_id].get(pool.of) for agent in members]
    if pool.counts == "everybody":
        earned += [values.get(pool.of) for group, values in payroll.beside if pool.per == "team" or group == team]
    known = [to_cents(value) for value in earned if value is not None]
    base = sum(known) - (_counted_again(payroll, pool, team) if known else 0)
    claims = []
    for agent_id in sorted({agent.agent_id for agent in members} & payroll.regulars.ranked):
        score = payroll.facts.scores[agent_id]
        if score is None:
            continue
        regular = payroll.days[agent_id].regular if pool.prorate else 1
        claims.append(Claim(agent_id, score, regular))
    name = f"pool{number}" + (f".{team}" if team else "")
    label = f"{pool.label} · {team}" if team else pool.label
    return split_pool(pool, name, label, base, claims, payroll.decimals)


def _counted_again(payroll: Payroll, pool: Pool, team: str) -> int:
    """What rows of several people of the team put into the sum of their figures beyond the first of them, in cents."""
    found = payroll.repeated.get((pool.per, pool.counts), ())
    return sum(to_cents(one.value) for one in found if (one.agent_id, one.measure) == (team, pool.of) and one.value)


def _share_lines(pools: Sequence[PoolResult]) -> list[PayLine]:
    return [
        PayLine(
            agent_id=share.agent_id,
            line=pool.pool,
            label=pool.label,
            kind="bonus",
            basis="pool",
            source=pool.pool,
            quantity=ONE,
            unit="share",
            rate=from_cents(share.amount_cents),
            divisor=ONE,
            amount_cents=share.amount_cents,
            rule=pool.rule,
            note="",
        )
        for pool in pools
        for share in pool.shares
    ]
