"""Who moves inside a month, where people on different posts, in groups or on levels are judged by different items."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.people.called import id_and_name
from csctl.core.people.cards import card_of
from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.scoring import Indicator
from csctl.problems import Problem, shortened


def scored_as_one(policy: Policy, agents: Sequence[Agent]) -> list[Problem]:
    """A warning that names the indicators that judge a whole month as its last day has it, and whom that concerns; none
    where the policy says which part of the month decides.
    """
    if policy.score is None or policy.score.moved is not None:
        return []
    moved = [
        (agent, indicator.label)
        for dimension in policy.dimension
        for indicator in dimension.indicator
        for agent in agents
        if len(_ways(policy, indicator, agent)) > 1
    ]
    if not moved:
        return []
    people = shortened(list(dict.fromkeys(id_and_name(agent) for agent, _ in moved)))
    labels = shortened(list(dict.fromkeys(f"“{label}”" for _, label in moved)))
    return [problem("spans-scored-as-one", found=people, component=labels)]


def _ways(policy: Policy, indicator: Indicator, agent: Agent) -> set[tuple[bool, ...]]:
    """Whether it is on the card, and which of its items are meant, in the parts of the month, each answer once."""
    marks = indicator.tally.marks if indicator.tally else ()
    return {
        (card_of(policy, span).has(indicator.id), *(mark.is_for(span.post) for mark in marks)) for span in agent.spans
    }
