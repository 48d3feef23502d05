"""Ratios and means of a score that rest on a row or two where those of others rest on many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from csctl.core.people.cards import cards_of, judged_by
from csctl.core.people.peers import by_peers, usual_of_others
from csctl.core.people.roster import competing
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured
from csctl.core.records.marks import THIN, Marks
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.parts import Measure
from csctl.policy.scoring import Indicator
from csctl.problems import Problem, shortened

FEW = 2
"""So many rows make no ratio that says much."""
MANY = 10
"""Where others have so many, a few are odd; small teams with few rows of everybody are as they are."""


@dataclass(frozen=True, slots=True)
class FewRows:
    """A figure of one agent that rests on few rows where those of the others usually rest on so many."""

    agent: Agent
    label: str
    measure: str
    count: int
    usual: int

    @property
    def text(self) -> str:
        """Such as ``2 / 30``."""
        return f"{self.count} / {self.usual}"


def few_rows(policy: Policy, agents: Sequence[Agent], measured: Iterable[Measured]) -> list[FewRows]:
    """Every such figure that counts in the score; not of items for which the policy says how many rows it wants."""
    rows = {(one.agent_id, one.measure): one.n for one in measured if one.value is not None}
    ranked = competing(policy, agents)
    scored = [one for one in agents if one.agent_id in ranked]
    cards = cards_of(policy, scored)
    found: list[FewRows] = []
    for indicator in (one for dimension in policy.dimension for one in dimension.indicator):
        name = indicator.measure or ""
        if _unguarded(indicator, policy.measure.get(name)):
            for team in by_peers(judged_by(cards, scored, indicator.id)):
                counts = {one.agent_id: rows.get((one.agent_id, name), 0) for one in team}
                found += [FewRows(one, indicator.label, name, *few) for one, few in _few(team, counts)]
    return found


def few_rows_said(found: Iterable[FewRows]) -> list[Problem]:
    """One warning that names the people and items."""
    named = sorted(f"{one.agent.agent_id} {one.agent.name} ({one.label}: {one.text})" for one in found)
    return [problem("figures-of-few-rows", found=shortened(named))] if named else []


def few_rows_marks(found: Iterable[FewRows]) -> dict[tuple[str, str], Marks]:
    """The marks of these figures, by agent and measure."""
    return {(one.agent.agent_id, one.measure): (f"{THIN}:{one.text}",) for one in found}


def _few(team: Sequence[Agent], counts: Mapping[str, int]) -> Iterator[tuple[Agent, tuple[int, int]]]:
    """Who has a row or two where the middle one of the others of group and post has many: both numbers."""
    in_order = sorted(counts.values())
    for one in team:
        count = counts[one.agent_id]
        if 0 < count <= FEW and (usual := usual_of_others(in_order, count)) >= MANY:
            yield one, (count, usual)


def _unguarded(indicator: Indicator, measure: Measure | None) -> bool:
    """Whether a ratio or mean counts from the first row on."""
    if measure is None or indicator.min_n > 1 or measure.min_n > 1:
        return False
    return bool(measure.per or measure.share is not None or measure.mean)
