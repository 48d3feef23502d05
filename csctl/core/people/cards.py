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
    """The card of somebody as things stand on the last day of a month, or in a part of it."""
    return card_for(policy, names_of_level(policy, who.level), who.post, who.group)


def cards_of(policy: Policy, agents: Iterable[Agent]) -> dict[str, Card]:
    """Everybody's card; the same for all where nothing is for some people only."""
    if not has_cards(policy):
        return dict.fromkeys((agent.agent_id for agent in agents), card_for(policy, (), "", ""))
    made: dict[tuple[str, str, str], Card] = {}
    kept: dict[tuple[str, ...], Card] = {}
    found: dict[str, Card] = {}
    for agent in agents:
        place = (agent.level, agent.post, agent.group)
        if place not in made:
            own = card_of(policy, agent)
            made[place] = kept.setdefault(own.items, own)
        found[agent.agent_id] = made[place]
    return found


def judged_by(cards: Cards, agents: Sequence[Agent], indicator: str) -> list[Agent]:
    """The agents on whose card that indicator is."""
    return [one for one in agents if cards[one.agent_id].has(indicator)]
