"""What raters judged of somebody on whose scorecard it is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from csctl.core.people.called import people_named
from csctl.core.people.cards import Cards
from csctl.core.records.agent import Agent
from csctl.core.scoring.ratings import Rating
from csctl.messages import problem
from csctl.policy.cards import has_cards
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.words import same_word


def off_card_said(policy: Policy, agents: Sequence[Agent], ratings: Iterable[Rating], cards: Cards) -> list[Problem]:
    """One warning for each item that somebody rated of people on whose card it is not, though it is on another."""
    if not has_cards(policy):
        return []
    every = _names(policy)
    own: dict[tuple[str, ...], dict[str, str]] = {}
    found: dict[str, set[str]] = {}
    for rating in ratings:
        card = cards.get(rating.agent_id)
        item = same_word(rating.item)
        if card is None or not rating.value or item not in every:
            continue
        if item not in own.setdefault(card.items, _names(card.policy)):
            found.setdefault(every[item], set()).add(rating.agent_id)
    return [
        problem("rating-off-card", found=item, people=people_named([one for one in agents if one.agent_id in who]))
        for item, who in sorted(found.items())
    ]


def _names(policy: Policy) -> dict[str, str]:
    """What raters may call the indicators and the items they are made of; as written, by the word in any letters."""
    indicators = (one for dimension in policy.dimension for one in dimension.indicator)
    written = (name for one in indicators for name in (one.id, one.label, *one.rated_items))
    return {same_word(name): name for name in written}
