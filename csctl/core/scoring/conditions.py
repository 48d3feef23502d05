"""Whether a policy's condition holds for an agent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from csctl.core.records.decision import Decision
from csctl.policy.parts import Condition, Happening

SCORE = "score"


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at: values by agent and measure, and the shown scores (None: not scored).

    ``ranked`` are the agents among whom somebody can be first. ``decided`` says how often an item counts for an
    agent, by (agent, kind, id): it stands instead of what happened. ``coefficients`` are those of the grades that hold.
    ``cards``: by agent, with whom scores are compared; empty where everybody is compared with all. ``covered``: by
    agent the part of the weight of the score that rests on data, 0 to 1.
    """

    values: Mapping[str, Mapping[str, Decimal | None]]
    scores: Mapping[str, Decimal | None]
    ranked: frozenset[str]
    decided: Mapping[tuple[str, str, str], Decision] = field(default_factory=dict)
    coefficients: Mapping[str, Decimal | None] = field(default_factory=dict)
    cards: Mapping[str, str] = field(default_factory=dict)
    covered: Mapping[str, Fraction] = field(default_factory=dict)

    def decision(self, agent_id: str, kind: Literal["adjustment", "fine", "award"], item: str) -> Decision | None:
        """What was decided about an item of an agent, if anything."""
        return self.decided.get((agent_id, kind, item))

    def value(self, agent_id: str, name: str) -> Decimal | None:
        """A measure's value, or the shown score."""
        return self.scores.get(agent_id) if name == SCORE else self.values[agent_id].get(name)

    def first(self, name: str) -> list[str]:
        """The agents with the highest value above 0, in order of id; several if tied, none if nobody has any. In the
        score those of every card, where it is compared within cards.
        """
        return sorted(agent for contest in self.contests(name) for agent in next(iter(contest), []))

    def contests(self, name: str) -> list[list[list[str]]]:
        """Everybody in order of a measure; in the score the people of each card by themselves, where that is so."""
        if name != SCORE:
            return [self._in_order(name, self.ranked)]
        fields: dict[str, list[str]] = {}
        for agent in sorted(self.ranked):
            fields.setdefault(self.cards.get(agent, ""), []).append(agent)
        return [self._in_order(name, own) for _, own in sorted(fields.items())]

    def contest_of(self, name: str, agent_id: str) -> list[list[str]]:
        """The contest in a measure, or in the score, that is the agent's."""
        own = {agent for agent in self.ranked if self.cards.get(agent, "") == self.cards.get(agent_id, "")}
        return self._in_order(name, own if name == SCORE else self.ranked)

    def _in_order(self, name: str, people: Iterable[str]) -> list[list[str]]:
        """Whoever has a value above 0, the highest first; those who are tied together, in order of id."""
        values = {agent: self.value(agent, name) for agent in sorted(people)}
        known = {agent: value for agent, value in values.items() if value is not None and value > 0}
        levels = sorted(set(known.values()), reverse=True)
        return [[agent for agent, value in known.items() if value == level] for level in levels]


def holds(condition: Condition, agent_id: str, facts: Facts) -> bool:
    """All named parts of the condition hold; a missing value never does."""
    checks: list[bool] = []
    if condition.measure is not None:
        value = facts.value(agent_id, condition.measure)
        checks.append(value is not None and condition.holds(value))
    if condition.score is not None:
        score = facts.scores.get(agent_id)
        checks.append(score is not None and condition.score.holds(score))
    if condition.first is not None:
        checks.append(agent_id in facts.first(condition.first))
    checks.extend(holds(part, agent_id, facts) for part in condition.all or ())
    return all(checks)


def times_applied(happening: Happening | None, condition: Condition | None, agent_id: str, facts: Facts) -> int:
    """How often a rule applies: once per happening, or once if the condition holds."""
    if happening is not None:
        name = f"event.{happening.event}" if happening.event else happening.measure
        value = facts.value(agent_id, name or "")
        return int(value) if value is not None and value > 0 else 0
    return int(condition is not None and holds(condition, agent_id, facts))


def competition_ranks(scores: Iterable[tuple[str, Decimal]]) -> dict[str, int]:
    """Rank 1 is the highest; equal scores share a rank and the next rank is skipped: 1, 2, 2, 4 (A-07)."""
    ordered = sorted(scores, key=lambda entry: -entry[1])
    ranks: dict[str, int] = {}
    for position, (agent, score) in enumerate(ordered, start=1):
        tied = position > 1 and ordered[position - 2][1] == score
        ranks[agent] = ranks[ordered[position - 2][0]] if tied else position
    return ranks
