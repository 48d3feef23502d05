"""Whose post changes inside a month, where people on different posts are judged by different items."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.people.called import numbered
from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.scoring import Indicator
from csctl.problems import Problem, shortened


def scored_as_one(policy: Policy, agents: Sequence[Agent]) -> list[Problem]:
    """A warning for each indicator that judges a whole month by the items of its last post, with whom that concerns."""
    found = []
    for dimension in policy.dimension:
        for indicator in dimension.indicator:
            who = [agent for agent in agents if len(_cards(indicator, agent)) > 1]
            names = shortened([numbered(one) for one in who])
            found += [problem("spans-counted-as-one", found=names, component=indicator.label)] if who else []
    return found


def _cards(indicator: Indicator, agent: Agent) -> set[tuple[bool, ...]]:
    """Which items are meant on the posts of the month, each set of them once."""
    marks = indicator.tally.marks if indicator.tally else ()
    return {tuple(mark.is_for(span.post) for mark in marks) for span in agent.spans}
