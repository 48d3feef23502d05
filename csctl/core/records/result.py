"""Everything one month came to: what all views are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from csctl.core.records.advice import Advice
from csctl.core.records.agent import Agent
from csctl.core.records.fates import Fates
from csctl.core.records.findings import CheckFinding, ListedValue
from csctl.core.records.lines import Measured, PayLine, PoolResult, Score, ScoreLine, as_records
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem

if TYPE_CHECKING:
    import pandas as pd

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class OwnLines:
    """What is one agent's of a month: the score, and every line in the month's order."""

    score: Score | None
    measures: tuple[Measured, ...] = ()
    score_lines: tuple[ScoreLine, ...] = ()
    pay_lines: tuple[PayLine, ...] = ()


@dataclass(frozen=True)
class MonthResult:
    """The month's lines (frames declared in ``csctl.core.records.lines``), the people in it and what was assumed.

    ``agents`` are ordered by id. ``pay_lines`` is empty and ``pools`` is () where the policy has no pay.
    ``advice`` are the hints of the law checks: no problems, and never a reason to change a line.
    ``findings`` are the rows that failed a check, overdue ones first; ``listings`` the most frequent values.
    ``coverage`` is what became of every row of the month's files. ``repeated`` is what rows of several people count
    more than once when the figures of all agents are added up; their ``agent_id`` is "".
    """

    month: Month
    policy: Policy
    agents: tuple[Agent, ...]
    measures: pd.DataFrame
    score_lines: pd.DataFrame
    scores: pd.DataFrame
    pay_lines: pd.DataFrame
    pools: tuple[PoolResult, ...]
    problems: tuple[Problem, ...]
    advice: tuple[Advice, ...] = ()
    findings: tuple[CheckFinding, ...] = ()
    listings: tuple[ListedValue, ...] = ()
    coverage: tuple[Fates, ...] = ()
    repeated: tuple[Measured, ...] = ()

    def own(self, agent_id: str) -> OwnLines:
        """What is one agent's; nothing of somebody who is not in the month. The lines are parted by agent once."""
        return self._own.get(agent_id, OwnLines(None))

    @cached_property
    def everybody(self) -> Mapping[str, Agent]:
        """By id, in their order: the roster, and whoever has a line without standing in it, as a late correction for
        one who left.
        """
        known = {agent.agent_id: agent for agent in self.agents}
        named = {*self.pay_lines["agent_id"], *self.score_lines["agent_id"], *self.measures["agent_id"]}
        known |= {key: Agent(key, "", "", "", "", "", None, None, None, None) for key in named - set(known)}
        return dict(sorted(known.items()))

    @cached_property
    def _own(self) -> Mapping[str, OwnLines]:
        scores = {one.agent_id: one for one in as_records(self.scores, Score)}
        measures = _by_agent(as_records(self.measures, Measured), lambda one: one.agent_id)
        score_lines = _by_agent(as_records(self.score_lines, ScoreLine), lambda one: one.agent_id)
        pay_lines = _by_agent(as_records(self.pay_lines, PayLine), lambda one: one.agent_id)
        return {
            who: OwnLines(scores.get(who), measures.get(who, ()), score_lines.get(who, ()), pay_lines.get(who, ()))
            for who in {*scores, *measures, *score_lines, *pay_lines}
        }


def _by_agent(records: Sequence[Line], agent: Callable[[Line], str]) -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for one in records:
        found.setdefault(agent(one), []).append(one)
    return {who: tuple(lines) for who, lines in found.items()}
