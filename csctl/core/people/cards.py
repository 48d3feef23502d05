"""Which scorecard everybody in a month has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from csctl.core.people.roster import names_of_level
from csctl.core.records.agent import Agent, Span
from csctl.policy.cards import Card, card_for, has_cards
from csctl.policy.model import Policy

Cards = Mapping[str, Card]
"""Cards by agent. People with the same card share one."""


def card_of(policy: Policy, who: Agent | Span) -> Card:
    """The card by which somebody is scored in a month, or that of a part of it."""
    stands = standing_of(policy, who) if isinstance(who, Agent) else who
    return card_for(policy, names_of_level(policy, stands.level), stands.post, stands.group)


def standing_of(policy: Policy, agent: Agent) -> Agent | Span:
    """The part of a month that changes inside by which somebody is scored: its last, or that whose card has most days,
    of two with as many the later.
    """
    if policy.score is None or policy.score.moved != "longest" or len(agent.spans) < 2:
        return agent
    days: dict[tuple[object, ...], int] = {}
    last: dict[tuple[object, ...], Span] = {}
    for span in agent.spans:
        own = (*card_of(policy, span).items, *_marks_of(policy, span))
        days[own] = days.pop(own, 0) + (span.until - span.since).days + 1
        last[own] = span
    most = max(days.values())
    return last[[own for own, count in days.items() if count == most][-1]]


def _marks_of(policy: Policy, span: Span) -> list[bool]:
    """Which items of tallies are for somebody on that post."""
    tallies = [one.tally for dimension in policy.dimension for one in dimension.indicator if one.tally]
    return [mark.is_for(span.post) for tally in tallies for mark in tally.marks]


def cards_of(policy: Policy, agents: Iterable[Agent]) -> dict[str, Card]:
    """Everybody's card; the same for all where nothing is for some people only."""
    if not has_cards(policy):
        return dict.fromkeys((agent.agent_id for agent in agents), card_for(policy, (), "", ""))
    made: dict[tuple[str, str, str], Card] = {}
    kept: dict[tuple[str, ...], Card] = {}
    found: dict[str, Card] = {}
    for agent in agents:
        stands = standing_of(policy, agent)
        place = (stands.level, stands.post, stands.group)
        if place not in made:
            own = card_of(policy, agent)
            made[place] = kept.setdefault(own.items, own)
        found[agent.agent_id] = made[place]
    return found


def judged_by(cards: Cards, agents: Sequence[Agent], indicator: str) -> list[Agent]:
    """The agents on whose card that indicator is."""
    return [one for one in agents if cards[one.agent_id].has(indicator)]
