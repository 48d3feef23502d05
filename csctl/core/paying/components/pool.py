"""Bonuses that a team earns together: one pool, or one for each group, and everybody's share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from csctl.core.paying.amounts import ONE
from csctl.core.paying.carrying import below_zero, carried_note, pools_brought
from csctl.core.paying.claims import Member, claims_of, members_of, places_shared
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.paying.pool import Claim, split_pool
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, PoolResult
from csctl.messages import problem, say
from csctl.messages.grammar import clauses
from csctl.money import exact, from_cents, to_cents
from csctl.policy.model import Policy
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import named_figures
from csctl.problems import Problem

BETWEEN = " · "
"""Between the label of a pool and that of its team."""


def pool(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """All pools and their shares."""
    pools = [result for number, one in enumerate(payroll.pay.pool, 1) for result in _pools(payroll, one, number)]
    return Paid(_share_lines(pools, payroll.language), pools, _pool_problems(payroll, pools))


def _pools(payroll: Payroll, pool: Pool, number: int) -> list[PoolResult]:
    """One pool for the team, or one for each group; also for a group that nobody is in any more and that sold
    something, or to which earlier months brought something.
    """
    brought = pools_brought(payroll) if pool.negative == "carry" else {}
    teams: dict[str, list[Member]] = {}
    for agent in payroll.agents:
        for team, member in members_of(payroll, pool, agent):
            teams.setdefault(team, []).append(member)
    for group in _groups_beside(payroll, pool, brought) if pool.per == "group" else ():
        teams.setdefault(group, [])
    return [
        _pool_of(payroll, pool, number, (team, members), brought.get(_label(pool, team), 0))
        for team, members in sorted(teams.items())
    ]


def _groups_beside(payroll: Payroll, pool: Pool, brought: Mapping[str, int]) -> Iterator[str]:
    """Groups that have a pool though nobody may share it: what was sold by those who are not here, or who were in the
    group and count for another; what earlier months brought.
    """
    for group, values in payroll.beside if pool.counts == "everybody" else ():
        if pool.of and values.get(pool.of):
            yield group
    for agent in payroll.agents if pool.of else ():
        groups = {part.agent.group for part in payroll.parts(agent) if part.days}
        yield from (group for group in sorted(groups) if _sold_by(payroll, pool, group, pool.of or "", agent))
    start = _label(pool, "")
    yield from (label.removeprefix(start + BETWEEN) for label in brought if label.startswith(start + BETWEEN))


def _label(pool: Pool, team: str) -> str:
    return f"{pool.label}{BETWEEN}{team}" if team else pool.label


def _pool_problems(payroll: Payroll, pools: Sequence[PoolResult]) -> list[Problem]:
    """A pool that nobody can take, one measured on data that is not there, and one of less than nothing."""
    values = payroll.facts.values
    problems = [
        problem("pool-without-sales", found=_measure_label(payroll.policy, measure), pool=pool.label)
        for pool in payroll.pay.pool
        if (measure := pool.of) and values and all(own.get(measure) is None for own in values.values())
    ]
    problems += [
        problem("pool-undistributed", found=from_cents(pool.pool_cents), pool=pool.label)
        for pool in pools
        if pool.undistributed
    ]
    return problems + [
        said
        for number, rule in enumerate(payroll.pay.pool, 1)
        if rule.of
        for said in _below(payroll, rule, rule.of, number, pools)
    ]


def _below(payroll: Payroll, rule: Pool, measure: str, number: int, pools: Sequence[PoolResult]) -> Iterator[Problem]:
    """The pools of a rule that stand on less than nothing, and those to which earlier months brought something."""
    own = [
        (one.label.removeprefix(rule.label).removeprefix(BETWEEN), one)
        for one in pools
        if one.pool.partition(".")[0] == f"pool{number}"
    ]
    nets = [(name, from_cents(one.base_cents)) for name, one in own]
    brought = [(name, from_cents(one.brought_cents)) for name, one in own]
    return below_zero(rule, rule.label, _measure_label(payroll.policy, measure), nets, brought)


def _measure_label(policy: Policy, name: str) -> str:
    figure = named_figures(policy).get(name)
    return figure.label if figure else name


def _pool_of(
    payroll: Payroll, pool: Pool, number: int, of: tuple[str, Sequence[Member]], brought_cents: int
) -> PoolResult:
    """Sales of all members make the pool, and of those who left, or it is fixed; regular members share it.

    ``of`` is the team with its members.
    """
    team, members = of
    claims = claims_of(payroll, pool, members)
    heads, due = _heads(payroll, pool, claims)
    base = _sold(payroll, pool, team, pool.of) if pool.of else _fixed(pool, heads, due)
    name = f"pool{number}" + (f".{team}" if team else "")
    places = places_shared(payroll, pool)
    made = split_pool(pool, name, _label(pool, team), base, claims, places, brought_cents)
    return made if pool.per_head is None else replace(made, per_head=pool.per_head, heads=heads, due=due)


def _heads(payroll: Payroll, pool: Pool, claims: Sequence[Claim]) -> tuple[int, int]:
    """Who takes part, by days of those due in the month; people of one each where part of it is as good as all."""
    due = payroll.counting(payroll.month)(payroll.month.days()) if pool.prorate else 1
    return sum(claim.heads for claim in claims), due


def _fixed(pool: Pool, heads: int, due: int) -> int:
    """Cents of a pool that hangs on no figure."""
    if pool.per_head is not None:
        return to_cents(exact(pool.per_head) * heads / due) if heads else 0
    return to_cents(pool.amount or 0)


def _sold(payroll: Payroll, pool: Pool, team: str, measure: str) -> int:
    """Cents of the figure of all members, each on the days in the team, and of those who left."""
    earned = [_sold_by(payroll, pool, team, measure, agent) for agent in payroll.agents]
    if pool.counts == "everybody":
        beside = [values for group, values in payroll.beside if pool.per == "team" or group == team]
        earned += [values.get(measure) for values in beside]
    known = [to_cents(value) for value in earned if value is not None]
    return sum(known) - (_counted_again(payroll, pool, team) if known else 0)


def _sold_by(payroll: Payroll, pool: Pool, team: str, measure: str, agent: Agent) -> Decimal | None:
    if pool.per == "team" or not payroll.parted(agent, measure):
        return payroll.facts.values[agent.agent_id].get(measure) if pool.per == "team" or agent.group == team else None
    parts = [part for part in payroll.parts(agent) if part.days]
    if all(part.agent.group != team for part in parts):
        return None
    return payroll.value_on(agent, measure, lambda part: part.agent.group == team)


def _counted_again(payroll: Payroll, pool: Pool, team: str) -> int:
    """What rows of several people of the team put into the sum of their figures beyond the first of them, in cents."""
    found = payroll.repeated.get((pool.per, pool.counts), ())
    return sum(to_cents(one.value) for one in found if (one.agent_id, one.measure) == (team, pool.of) and one.value)


def _share_lines(pools: Sequence[PoolResult], language: str) -> list[PayLine]:
    return [
        PayLine(
            agent_id=share.agent_id,
            line=pool.line_of(share),
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
            note=clauses((_note(pool, language), share.said), language),
        )
        for pool in pools
        for share in pool.shares
    ]


def _note(pool: PoolResult, language: str) -> str:
    """What earlier and later months have to do with it, or that it takes back."""
    if pool.counted_cents < 0:
        return say("pay-note-taken-back", language)
    if not pool.brought_cents and not pool.carried_cents:
        return ""
    return carried_note(*map(from_cents, (pool.base_cents, pool.brought_cents, pool.carried_cents)), language=language)
