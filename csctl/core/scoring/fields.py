"""Whose scores are compared with whose: everybody's, or those of the same card. Ranks and places are within a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from csctl.core.records.lines import Score
from csctl.core.scoring.conditions import competition_ranks
from csctl.core.scoring.quotas import PlacedAgent, placed
from csctl.messages import say
from csctl.policy.model import Policy


def by_card(policy: Policy) -> bool:
    """Whether people are compared with those of the same card alone."""
    return policy.score is not None and policy.score.rank == "card"


def compared_by(policy: Policy, scores: Iterable[Score]) -> dict[str, str]:
    """By agent the card within which scores are compared; nothing where they are compared with all."""
    return {one.agent_id: one.card for one in scores} if by_card(policy) else {}


def compared_with(policy: Policy, scores: Iterable[Score], agent_id: str) -> list[Score]:
    """The scores among which an agent is ranked, the own one included."""
    known = [one for one in scores if one.score is not None]
    own = next((one.card for one in known if one.agent_id == agent_id), "")
    return [one for one in known if one.card == own] if by_card(policy) else known


def ranked_and_graded(policy: Policy, scores: Sequence[Score], cards: Mapping[str, str]) -> PlacedAgent:
    """The same scores, in the same order, with card, rank and the grade that holds. ``cards`` are labels by agent."""
    named = [replace(one, card=cards.get(one.agent_id, "")) for one in scores]
    fields: dict[str, list[Score]] = {}
    for one in named:
        fields.setdefault(one.card if by_card(policy) else "", []).append(one)
    given = [placed(policy, _ranked(own), card) for card, own in sorted(fields.items())]
    found = {one.agent_id: one for each in given for one in each.scores}
    return PlacedAgent(
        [found[one.agent_id] for one in named],
        [line for each in given for line in each.lines],
        [one for each in given for one in each.said],
    )


def _ranked(scores: Sequence[Score]) -> list[Score]:
    """The scores with their competition ranks."""
    ranks = competition_ranks([(one.agent_id, one.score) for one in scores if one.score is not None])
    return [replace(one, rank=ranks.get(one.agent_id)) for one in scores]


def card_text(policy: Policy, score: Score, language: str) -> str:
    """Which card somebody has, and whether the rank is among those of it alone; "" where everybody has the same."""
    if not score.card:
        return ""
    return say("card-ranked-within" if by_card(policy) else "card-ranked-with-all", language, card=score.card)
