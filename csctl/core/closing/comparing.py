"""The month beside the one before: who came and went, whose figures moved, the mix of grades, what it all costs.

Each function gives the lines of one topic of the sign-off: a warning is a question to answer before closing, a note
is information.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from csctl.core.closing.corrections import paid_late, pay_totals
from csctl.core.closing.limits import Limits
from csctl.core.people.called import id_and_name
from csctl.core.people.roster import competing
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PoolResult, Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.money import amount_text, exact, round_half_up, to_cents
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem

ABSENT = "–"


def people_topic(result: MonthResult, previous: MonthResult | None) -> Iterator[Problem]:
    """How many there are, who lacks a score, who is new, who has left, who is only paid a correction."""
    late, staff = paid_late(result), staff_of_month(result)
    scores = shown_scores(result)
    unscored = frozenset(staff) - competing(result.policy, staff.values()) if result.policy.score else frozenset(staff)
    yield problem("closing-people", found=len(staff), scored=len(scores), unscored=len(unscored))
    for agent_id in sorted(staff.keys() - scores.keys() - unscored):
        yield problem("closing-score-missing", found=id_and_name(staff[agent_id]))
    if previous is not None:
        yield from _came_and_went(staff, staff_of_month(previous), result.month)
    totals = pay_totals(result)
    for agent in result.agents:
        if agent.agent_id in late:
            yield problem("closing-paid-late", found=id_and_name(agent), amount=amount_text(totals[agent.agent_id]))


def _came_and_went(now: Mapping[str, Agent], before: Mapping[str, Agent], month: Month) -> Iterator[Problem]:
    """Somebody new was hired this month, somebody gone had a last day: anything else is asked about."""
    for agent_id in sorted(now.keys() - before.keys()):
        agent = now[agent_id]
        if agent.hired_on is not None and Month.of(agent.hired_on) == month:
            yield problem("closing-new", found=id_and_name(agent), day=agent.hired_on)
        else:
            yield problem("closing-new-unexplained", found=id_and_name(agent), day=agent.hired_on or ABSENT)
    for agent_id in sorted(before.keys() - now.keys()):
        agent = before[agent_id]
        if agent.left_on is not None and agent.left_on < month.first:
            yield problem("closing-left", found=id_and_name(agent), day=agent.left_on)
        else:
            yield problem("closing-left-unexplained", found=id_and_name(agent))


def moves_topic(result: MonthResult, previous: MonthResult | None, limits: Limits) -> Iterator[Problem]:
    """Whose score or pay moved more than the limit, each with both figures; only of people who have it twice."""
    if previous is None:
        yield problem("closing-no-previous", found=result.month.shift(-1))
        return
    if _rules(previous.policy) != _rules(result.policy):
        yield problem("closing-policy-changed", found=_rules(result.policy), before=_rules(previous.policy))
    percent = limits.moved_percent
    staff = staff_of_month(result)
    both = [staff[agent_id] for agent_id in sorted(staff.keys() & staff_of_month(previous).keys())]
    moves = [*_score_moves(both, result, previous, percent), *_pay_moves(both, result, previous, percent)]
    yield from moves
    if not moves:
        yield problem("closing-nobody-moved", found=len(both), percent=f"{percent.normalize():f}")


def _score_moves(
    both: Iterable[Agent], result: MonthResult, previous: MonthResult, percent: Decimal
) -> Iterator[Problem]:
    after, earlier = shown_scores(result), shown_scores(previous)
    for agent in both:
        now, before = after.get(agent.agent_id), earlier.get(agent.agent_id)
        if now is not None and before is not None and _beyond(before, now, percent):
            yield problem(
                "closing-score-moved", found=id_and_name(agent), before=before, now=now, change=change(before, now)
            )


def _pay_moves(
    both: Iterable[Agent], result: MonthResult, previous: MonthResult, percent: Decimal
) -> Iterator[Problem]:
    after, earlier = pay_totals(result), pay_totals(previous)
    for agent in both:
        now, before = after.get(agent.agent_id), earlier.get(agent.agent_id)
        if now is not None and before is not None and _beyond(before, now, percent):
            old, new = amount_text(before), amount_text(now)
            yield problem(
                "closing-pay-moved", found=id_and_name(agent), before=old, now=new, change=change(before, now)
            )


def _beyond(before: Decimal | int, now: Decimal | int, percent: Decimal) -> bool:
    """More than the limit, exactly; from 0 every move is."""
    return abs(exact(now) - exact(before)) * 100 > exact(percent) * abs(exact(before))


def _rules(policy: Policy) -> str:
    return f"{policy.label} {policy.version}"


def grades_topic(result: MonthResult, previous: MonthResult | None) -> Iterator[Problem]:
    """How many stand on each job level, and how many have each grade, with last month's counts."""
    policy = result.policy
    names = {rung.id: rung.label or rung.id for rung in policy.level}
    levels = list(_mix(names, _levels(result), _levels(previous) if previous else None))
    for level, now, before in levels:
        yield problem("closing-level-count", found=names.get(level, level), now=now, before=before)
    labels = [one.label for one in policy.grade]
    marks = list(_mix(labels, _grades(result), _grades(previous) if previous else None))
    for grade, now, before in marks:
        yield problem("closing-grade-count", found=grade, now=now, before=before)
    if not levels and not marks:
        yield problem("closing-no-grades")


def _levels(result: MonthResult) -> Counter[str]:
    return Counter(agent.level for agent in staff_of_month(result).values() if agent.level)


def _grades(result: MonthResult) -> Counter[str]:
    return Counter(score.grade for score in as_records(result.scores, Score) if score.grade)


def _mix(order: Iterable[str], now: Counter[str], before: Counter[str] | None) -> Iterator[tuple[str, int, int | str]]:
    """What anybody has, in the policy's order, then the rest: its count, and that of the month before."""
    known = now if before is None else now | before
    for name in [*(one for one in order if one in known), *sorted(known.keys() - set(order))]:
        yield name, now[name], ABSENT if before is None else before[name]


def pools_topic(result: MonthResult, previous: MonthResult | None, limits: Limits) -> Iterator[Problem]:
    """Each pool, all pools and all pay, beside last month's and the budgets."""
    if result.policy.pay is None:
        yield problem("closing-no-pay")
        return
    earlier = {} if previous is None else {one.pool: one for one in previous.pools}
    for one in result.pools:
        before = amount_text(paid_from(earlier[one.pool])) if one.pool in earlier else ABSENT
        yield problem(
            "closing-pool",
            found=one.label,
            base=amount_text(one.base_cents),
            amount=amount_text(paid_from(one)),
            before=before,
        )
    if result.pools:
        yield _against("pools", _pools_cents(result), _pools_cents(previous) if previous else None, limits.pool_budget)
    yield _against("pay", _pay_cents(result), _pay_cents(previous) if previous else None, limits.pay_budget)


def _against(what: str, cents: int, before: int | None, budget: Decimal | None) -> Problem:
    """A sum beside last month's: a warning where it is over the budget."""
    found, earlier = amount_text(cents), ABSENT if before is None else amount_text(before)
    if budget is None:
        return problem(f"closing-sum-{what}", found=found, before=earlier)
    most = to_cents(budget)
    if cents <= most:
        return problem(f"closing-within-{what}", found=found, before=earlier, budget=amount_text(most))
    over = amount_text(cents - most)
    return problem(f"closing-over-{what}", found=found, before=earlier, budget=amount_text(most), over=over)


def paid_from(one: PoolResult) -> int:
    """What the agents get of a pool, in cents."""
    return sum(share.amount_cents for share in one.shares)


def _pools_cents(result: MonthResult) -> int:
    return sum(paid_from(one) for one in result.pools)


def _pay_cents(result: MonthResult) -> int:
    return sum(pay_totals(result).values())


# ---- figures as on the sheets ----------------------------------------------


def staff_of_month(result: MonthResult) -> dict[str, Agent]:
    """The month's people by id, without those who are there for corrections alone."""
    late = paid_late(result)
    return {agent.agent_id: agent for agent in result.agents if agent.agent_id not in late}


def shown_scores(result: MonthResult) -> dict[str, Decimal]:
    """The scores there are, by agent."""
    return {one.agent_id: one.score for one in as_records(result.scores, Score) if one.score is not None}


def change(before: Decimal | int, now: Decimal | int) -> str:
    """A move in percent with one place, HALF_UP: ``+23.5%``; a dash if it began at 0."""
    if not before:
        return ABSENT
    return f"{round_half_up((exact(now) - exact(before)) * 100 / abs(exact(before)), 1):+f}%"
