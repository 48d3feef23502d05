"""The month's pay: every component of every agent as a line of whole cents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from csctl.core.coverage.marks import MONTHS
from csctl.core.lines import PAY_KINDS, PayLine, PoolResult
from csctl.core.paying.base_pay import ONE, PROBATION_LINE, base_lines, unworked_lines, with_level_ids
from csctl.core.paying.extras import award_lines, fine_lines
from csctl.core.paying.guarantee import GuaranteedMonth, guaranteed_cents, service_year, top_up
from csctl.core.paying.pool import Claim, split_pool
from csctl.core.paying.service_months import unknown_months, unknown_said
from csctl.core.people.employment import Counting, attendances, counting_of
from csctl.core.people.roster import rung_of
from csctl.core.people.workdays import Attendance, WorkCalendar
from csctl.core.result import Agent
from csctl.core.scoring.conditions import Facts
from csctl.messages import problem, say
from csctl.money import from_cents, to_cents
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.pay import Guarantee, Pay, Pool
from csctl.policy.refs import figures
from csctl.problems import Problem


@dataclass(frozen=True, slots=True)
class PastPay:
    """What pay needs of an earlier month: its agents and pay lines."""

    month: Month
    agents: Sequence[Agent]
    lines: Sequence[PayLine]


@dataclass(frozen=True, slots=True)
class Paid:
    """Pay lines by agent id, then in the order of a slip; the pools; what went wrong."""

    lines: list[PayLine]
    pools: list[PoolResult]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Payroll:
    """The inputs of one month's pay. ``streaks`` are months in a row by award and agent."""

    policy: Policy
    pay: Pay
    month: Month
    agents: Sequence[Agent]
    facts: Facts
    calendar: WorkCalendar
    past: Sequence[PastPay]
    streaks: Mapping[str, Mapping[str, int]]
    beside: Sequence[tuple[str, Mapping[str, Decimal | None]]] = ()
    """Group and values of known people who are not employed: what they sold or took back is the team's."""

    @property
    def decimals(self) -> int:
        """Places of the shown score."""
        return self.policy.score_decimals

    def counting(self, month: Month) -> Counting:
        """How the paid days of a month are counted."""
        return counting_of(self.policy, month, self.calendar)


def pay_agents(payroll: Payroll) -> Paid:
    """All pay lines of the month. The calendar knows the month; whoever competes has a score, or None."""
    pay, language = with_level_ids(payroll.policy, payroll.pay), payroll.policy.language
    days = attendances(payroll.agents, payroll.month, pay.probation, payroll.counting(payroll.month))
    lines: list[PayLine] = []
    problems: list[Problem] = []
    for agent in payroll.agents:
        base, found = base_lines(pay, agent, days[agent.agent_id], language)
        # That the ladder lacks a level has been said of the roster: no amount for it would be the same fault again.
        problems.extend(found if _on_the_ladder(payroll.policy, agent) else [])
        lines += base + unworked_lines(pay, agent, base, payroll.facts.values[agent.agent_id], language)
    regulars = replace(payroll.facts, ranked=_regulars(payroll, days))
    lines += award_lines(pay, regulars, payroll.streaks, language)
    pools = [result for number, pool in enumerate(pay.pool, 1) for result in _pools(payroll, pool, number, days)]
    problems += _pool_problems(payroll, pools)
    lines += _share_lines(pools)
    fines, found = fine_lines(pay, [agent.agent_id for agent in payroll.agents], payroll.facts, language)
    lines += fines
    problems += found
    if pay.guarantee:
        lacking = _lacking_of_the_year(payroll, pay.guarantee, days)
        made = _guarantee_lines(payroll, pay.guarantee, lines, days, lacking)
        lines += made
        moved = {line.agent_id for line in made}
        problems += unknown_said({who: own for who, own in lacking.items() if who in moved}, payroll.agents)
    return Paid(in_slip_order(lines), pools, problems)


def _on_the_ladder(policy: Policy, agent: Agent) -> bool:
    return not policy.level or rung_of(policy, agent.level) is not None


def in_slip_order(lines: Sequence[PayLine]) -> list[PayLine]:
    """By agent id, then by kind as on a slip; within a kind as they were made."""
    return sorted(lines, key=lambda line: (line.agent_id, PAY_KINDS.index(line.kind)))


def _regulars(payroll: Payroll, days: Mapping[str, Attendance]) -> frozenset[str]:
    """Agents who may have a bonus or an award: they compete, and worked at least a day as a regular."""
    return frozenset(agent for agent in payroll.facts.ranked if days[agent].regular)


def _pools(payroll: Payroll, pool: Pool, number: int, days: Mapping[str, Attendance]) -> list[PoolResult]:
    """One pool for the team, or one for each group; also for a group of which all have left and that sold something."""
    teams: dict[str, list[Agent]] = {}
    for agent in payroll.agents:
        teams.setdefault(agent.group if pool.per == "group" else "", []).append(agent)
    if pool.per == "group" and pool.counts == "everybody":
        for group, values in payroll.beside:
            if values.get(pool.of):
                teams.setdefault(group, [])
    return [_pool_of(payroll, pool, number, team, members, days) for team, members in sorted(teams.items())]


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


def _pool_of(
    payroll: Payroll, pool: Pool, number: int, team: str, members: Sequence[Agent], days: Mapping[str, Attendance]
) -> PoolResult:
    """Sales of all members make the pool, and of those who left; regular members who have a score share it."""
    earned = [payroll.facts.values[agent.agent_id].get(pool.of) for agent in members]
    if pool.counts == "everybody":
        earned += [values.get(pool.of) for group, values in payroll.beside if pool.per == "team" or group == team]
    base = sum(to_cents(value) for value in earned if value is not None)
    claims = []
    for agent_id in sorted({agent.agent_id for agent in members} & _regulars(payroll, days)):
        score = payroll.facts.scores[agent_id]
        if score is None:
            continue
        regular = days[agent_id].regular if pool.prorate else 1
        claims.append(Claim(agent_id, score, regular))
    name = f"pool{number}" + (f".{team}" if team else "")
    label = f"{pool.label} · {team}" if team else pool.label
    return split_pool(pool, name, label, base, claims, payroll.decimals)


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


def _lacking_of_the_year(
    payroll: Payroll, rules: Guarantee, days: Mapping[str, Attendance]
) -> dict[str, tuple[Month, ...]]:
    """Whose guarantee over the service year lacks which earlier months; of months on probation nothing is asked."""
    if rules.mode != "annual":
        return {}
    known = {past.month for past in payroll.past}
    found = {
        agent.agent_id: tuple(
            month
            for month in unknown_months(agent, payroll.month, known)
            if payroll.calendar.knows(month) and _regular_days(payroll, agent, month)
        )
        for agent in payroll.agents
        if days[agent.agent_id].regular
    }
    return {agent_id: months for agent_id, months in found.items() if months}


def _regular_days(payroll: Payroll, agent: Agent, month: Month) -> int:
    return attendances([agent], month, payroll.pay.probation, payroll.counting(month))[agent.agent_id].regular


def _guarantee_lines(
    payroll: Payroll,
    rules: Guarantee,
    lines: Sequence[PayLine],
    days: Mapping[str, Attendance],
    lacking: Mapping[str, Sequence[Month]],
) -> list[PayLine]:
    """A line for every regular whose guarantee adds or recovers something this month."""
    made = []
    for agent in payroll.agents:
        attendance = days[agent.agent_id]
        if not attendance.regular:
            continue
        year = service_year(payroll.month, agent.hired_on)
        earlier = _earlier_months(payroll, rules, agent.agent_id, year)
        earned = _earned(rules, lines, agent.agent_id)
        guaranteed = guaranteed_cents(rules, year, attendance.regular, attendance.due)
        cents = top_up(rules, earlier, earned, guaranteed)
        if cents:
            months = [*earlier, GuaranteedMonth(earned, guaranteed, cents)]
            line = _guarantee_line(payroll, rules, agent.agent_id, cents, months)
            made.append(replace(line, marks=_months_mark(lacking.get(agent.agent_id, ()))))
    return made


def _months_mark(months: Sequence[Month]) -> tuple[str, ...]:
    return (f"{MONTHS}:{' '.join(map(str, months))}",) if months else ()


def _earned(rules: Guarantee, lines: Sequence[PayLine], agent_id: str) -> int:
    """What counts towards the guarantee; pay on probation does not."""
    return sum(
        line.amount_cents
        for line in lines
        if line.agent_id == agent_id and line.kind in rules.counts and line.line != PROBATION_LINE
    )


def _earlier_months(payroll: Payroll, rules: Guarantee, agent_id: str, year: int) -> list[GuaranteedMonth]:
    """The agent's months of the same service year before this one."""
    months = []
    for past in payroll.past:
        agent = next((one for one in past.agents if one.agent_id == agent_id), None)
        if agent is None or past.month >= payroll.month or not payroll.calendar.knows(past.month):
            continue
        if service_year(past.month, agent.hired_on) != year:
            continue
        attendance = attendances([agent], past.month, payroll.pay.probation, payroll.counting(past.month))[agent_id]
        if attendance.regular:
            own = [line for line in past.lines if line.agent_id == agent_id]
            months.append(
                GuaranteedMonth(
                    _earned(rules, own, agent_id),
                    guaranteed_cents(rules, year, attendance.regular, attendance.due),
                    sum(line.amount_cents for line in own if line.kind == "guarantee"),
                )
            )
    return months


def _guarantee_line(
    payroll: Payroll, rules: Guarantee, agent_id: str, cents: int, months: Sequence[GuaranteedMonth]
) -> PayLine:
    note = say(
        f"pay-note-guarantee-{rules.mode}",
        payroll.policy.language,
        guaranteed=from_cents(sum(month.guaranteed for month in months)),
        earned=from_cents(sum(month.earned for month in months)),
        before=from_cents(sum(month.topped_up for month in months[:-1])),
        month_guaranteed=from_cents(months[-1].guaranteed),
        month_earned=from_cents(months[-1].earned),
    )
    return PayLine(
        agent_id=agent_id,
        line="guarantee",
        label=say("pay-guarantee", payroll.policy.language),
        kind="guarantee",
        basis="guarantee",
        source="",
        quantity=ONE,
        unit="month",
        rate=from_cents(cents),
        divisor=ONE,
        amount_cents=cents,
        rule=rules.rule,
        note=note,
    )
