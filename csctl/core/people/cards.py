"""Which scorecard everybody in a month has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from csctl.core.people.roster import names_of_level
from csctl.core.records.agent import Agent, Span
from csctl.policy.cards import Card, card_for, combined_card, has_cards
from csctl.policy.model import Policy

Cards = Mapping[str, Card]
"""Cards by agent. People with the same card share one."""


@dataclass(frozen=True, slots=True)
class CardDays:
    """One of the cards of somebody who has several in a month, with the numbers of the spans in which it holds."""

    card: Card
    spans: tuple[int, ...]
    days: int


def card_of(policy: Policy, who: Agent | Span) -> Card:
    """The card by which somebody is scored in a month, or that of a part of it."""
    if isinstance(who, Span):
        return card_for(policy, names_of_level(policy, who.level), who.post, who.group)
    stands = ranked_part(policy, who)
    own = card_for(policy, names_of_level(policy, stands.level), stands.post, stands.group)
    several = cards_by_days(policy, who)
    return combined_card(policy, own.label, [one.card for one in several]) if several else own


def cards_by_days(policy: Policy, agent: Agent) -> list[CardDays]:
    """The cards that score somebody one after the other, in the order of their first days; none where one does."""
    if policy.score is None or policy.score.moved != "by_days":
        return []
    found = _by_card(policy, agent)
    return found if len(found) > 1 else []


def _by_card(policy: Policy, agent: Agent) -> list[CardDays]:
    """The cards of the parts of a month; another post is another card where a tally asks other items of it."""
    found: dict[tuple[object, ...], CardDays] = {}
    for number, span in enumerate(agent.spans):
        card = card_of(policy, span)
        key = (*card.items, *_marks_of(policy, span))
        one = found.get(key, CardDays(card, (), 0))
        days = (span.until - span.since).days + 1
        found[key] = CardDays(card, (*one.spans, number), one.days + days)
    return list(found.values())


def ranked_part(policy: Policy, agent: Agent) -> Agent | Span:
    """The part of a month that changes inside with which somebody is compared, and by which alone somebody is scored
    where the policy has no more than one card a month: its last, or that whose card has most days, of two with as many
    the later.
    """
    if policy.score is None or policy.score.moved in (None, "last") or len(agent.spans) < 2:
        return agent
    cards = _by_card(policy, agent)
    most = max(one.days for one in cards)
    return agent.spans[max(one.spans[-1] for one in cards if one.days == most)]


def posts_judged(policy: Policy, agent: Agent) -> list[str]:
    """The posts whose items of a tally are asked about somebody."""
    if cards_by_days(policy, agent):
        return list(dict.fromkeys(one.post for one in agent.spans))
    return [ranked_part(policy, agent).post]


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
        if cards_by_days(policy, agent):
            found[agent.agent_id] = card_of(policy, agent)
            continue
        stands = ranked_part(policy, agent)
        place = (stands.level, stands.post, stands.group)
        if place not in made:
            own = card_of(policy, agent)
            made[place] = kept.setdefault(own.items, own)
        found[agent.agent_id] = made[place]
    return found


def judged_by(cards: Cards, agents: Sequence[Agent], indicator: str) -> list[Agent]:
    """The agents on whose card that indicator is."""
    return [one for one in agents if cards[one.agent_id].has(indicator)]
