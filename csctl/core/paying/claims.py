"""Who shares a pool, and with how much of what: the score, a figure, or everybody alike, each for the days in its team.

A month that changes inside is shared by its parts: in each group by the days in it, with each weight by the days on
which it held. Where a plan pays part of a month whole, or a figure tells no days, the end of the month counts for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from csctl.core.paying.parts import parts_text
from csctl.core.paying.payroll import Payroll
from csctl.core.paying.pool import ONE, Claim
from csctl.core.people.employment import PartOfMonth
from csctl.core.people.roster import competing, names_of_level
from csctl.core.records.agent import Agent
from csctl.messages import say
from csctl.money import exact
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import named_figures


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team, with the parts of the month that count there."""

    agent: Agent
    parts: Sequence[PartOfMonth]


def members_of(payroll: Payroll, pool: Pool, agent: Agent) -> Iterator[tuple[str, Member]]:
    """The teams of a pool in which somebody is in the month, "" where there is but one."""
    parts = _with_days(payroll, agent)
    if pool.per == "team":
        yield "", Member(agent, parts)
    elif not claims_by_days(payroll, pool, agent):
        yield agent.group, Member(agent, parts)
    else:
        for group in dict.fromkeys(part.agent.group for part in parts):
            yield group, Member(agent, [part for part in parts if part.agent.group == group])


def _with_days(payroll: Payroll, agent: Agent) -> list[PartOfMonth]:
    return [part for part in payroll.parts(agent) if part.days]


def claims_by_days(payroll: Payroll, pool: Pool, agent: Agent) -> bool:
    """Whether a claim is made of the parts of the month."""
    return pool.prorate and (pool.measure is None or payroll.parted(agent, pool.measure))


def claims_of(payroll: Payroll, pool: Pool, members: Iterable[Member]) -> list[Claim]:
    """The claims of the regular members of scored levels of whom it is known what the pool is shared by."""
    ordered = sorted(members, key=lambda one: one.agent.agent_id)
    return [claim for member in ordered for claim in _claims(payroll, pool, member)]


def _claims(payroll: Payroll, pool: Pool, member: Member) -> Iterator[Claim]:
    """One for each weight in the parts of the month; of whoever may take no part, claims of no day that say why."""
    below = below_least(payroll, pool, member.agent)
    made = _by_days if claims_by_days(payroll, pool, member.agent) else _as_one
    for claim in made(payroll, pool, member):
        yield replace(claim, days=0, heads=0, said=below) if below else claim


def _as_one(payroll: Payroll, pool: Pool, member: Member) -> Iterator[Claim]:
    agent = member.agent
    figure = _figure(payroll, pool, agent) if agent.agent_id in payroll.regulars.ranked else None
    if figure is not None:
        heads = regular_days(pool, member.parts)
        yield Claim(agent.agent_id, figure, _days(pool, heads), heads, weight_of(payroll, pool, agent))


def _by_days(payroll: Payroll, pool: Pool, member: Member) -> Iterator[Claim]:
    agent = member.agent
    compete = [part for part in member.parts if competing(payroll.policy, [part.agent])]
    own_days = sum(part.paid.regular for part in compete)
    if not (payroll.days[agent.agent_id].regular if pool.split_by == "measure" else own_days):
        return
    weights = list(dict.fromkeys(weight_of(payroll, pool, part.agent) for part in compete))
    alone = len(weights) == 1 and len(compete) == len(_with_days(payroll, agent))
    for number, weight in enumerate(weights, start=1):
        own = [part for part in compete if weight_of(payroll, pool, part.agent) == weight]
        figure = _figure_on(payroll, pool, agent, own)
        if figure is not None:
            heads = regular_days(pool, own)
            dates = "" if alone else parts_text(own)
            yield Claim(agent.agent_id, figure, _days(pool, heads), heads, weight, number, dates)


def _days(pool: Pool, heads: int) -> int:
    """What a claim is multiplied by; a figure by which a pool is shared counts as it is."""
    return 1 if pool.split_by == "measure" else heads


def below_least(payroll: Payroll, pool: Pool, agent: Agent) -> str:
    """Why somebody may take no part: too low a score, or too little data behind it; "" where nothing forbids it."""
    if pool.least_score is None and pool.least_coverage is None:
        return ""
    score, language = payroll.facts.scores.get(agent.agent_id), payroll.language
    if score is None:
        return say("pay-note-no-share-unscored", language)
    if pool.least_score is not None and score < pool.least_score:
        return say("pay-note-no-share-score", language, score=score, least=f"{pool.least_score:f}")
    covered = payroll.facts.covered.get(agent.agent_id, Fraction(1))
    if pool.least_coverage is not None and covered < exact(pool.least_coverage):
        # Cut, so that it never looks like enough.
        percent, least = covered * 100, pool.least_coverage * 100
        share = percent.numerator // percent.denominator
        return say("pay-note-no-share-coverage", language, share=share, least=f"{least.normalize():f}")
    return ""


def places_shared(payroll: Payroll, pool: Pool) -> int:
    """Decimal places of what a pool is shared by."""
    if pool.split_by == "score":
        return payroll.decimals
    return named_figures(payroll.policy)[pool.measure].places if pool.measure else 0


def regular_days(pool: Pool, parts: Iterable[PartOfMonth]) -> int:
    """The workdays of these parts that count; 1 where part of a month is as good as all of it."""
    return sum(part.paid.regular for part in parts) if pool.prorate else 1


def _figure(payroll: Payroll, pool: Pool, agent: Agent) -> Decimal | None:
    if pool.split_by == "equal":
        return ONE
    who = agent.agent_id
    return payroll.facts.value(who, pool.measure) if pool.measure else payroll.facts.scores.get(who)


def _figure_on(payroll: Payroll, pool: Pool, agent: Agent, parts: Sequence[PartOfMonth]) -> Decimal | None:
    """A figure of those parts alone; a score is that of the month."""
    if pool.measure is None:
        return _figure(payroll, pool, agent)
    days = [part.days for part in parts]
    return payroll.value_on(agent, pool.measure, lambda part: part.days in days)


def weight_of(payroll: Payroll, pool: Pool, agent: Agent) -> Decimal:
    """What somebody's claim is multiplied by, for the level and for the part of full time where that counts."""
    names = names_of_level(payroll.policy, agent.level)
    own = next((weight for level, weight in pool.weights.items() if level in names), ONE)
    return own * agent.share_of_full_time if pool.by_fte else own
