"""An assessment as people read it: agent by agent, step by step, each condition beside its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from csctl.core.career.assess import Assessed
from csctl.core.career.cases import StepCase
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Finding, FindingState, Verdict
from csctl.month import Month
from csctl.policy.career import CareerStep
from csctl.policy.model import Policy

StepKind = Literal["promotion", "skip", "demotion", "dismissal"]
OPEN: Sequence[str] = ("candidate", "needs_judgement")
"""Verdicts that people must talk about."""
UNMET: frozenset[FindingState] = frozenset({"unmet", "no_data"})


@dataclass(frozen=True, slots=True)
class StepReview:
    """One agent before one step. All of ``all_of`` must be met and one of ``any_of``; both in the policy's order.
    ``defence``: its parts, to be passed after the recommendation.

    ``judged`` are the ids of those conditions that people answer with yes or no.
    """

    agent: Agent
    kind: StepKind
    verdict: Verdict
    all_of: tuple[Finding, ...]
    any_of: tuple[Finding, ...]
    judged: frozenset[str]
    defence: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All conditions."""
        return (*self.all_of, *self.any_of, *self.defence)

    @property
    def is_open(self) -> bool:
        """Whether people must talk about it."""
        return self.verdict.state in OPEN

    @property
    def is_bare(self) -> bool:
        """Whether nothing speaks for it: no figure decides any of it, and nobody has answered."""
        judged = all(one.requirement in self.judged and one.state == "judge" for one in self.findings)
        return self.verdict.state == "needs_judgement" and judged

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What stands in the way: unmet conditions; of alternatives all, if none is met or open."""
        blocked = all(one.state in UNMET for one in self.any_of)
        failed = (one for one in self.defence if one.state == "unmet")
        before = (one for one in (*self.all_of, *(self.any_of if blocked else ())) if one.state in UNMET)
        return (*before, *failed)

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """What a person must still decide."""
        return tuple(one for one in self.findings if one.state == "judge")


def reviewed(
    assessed: Assessed,
    agents: Iterable[Agent],
    policy: Policy,
    *,
    only_agents: Collection[str] | None = None,
    only_steps: Collection[str] | None = None,
) -> list[StepReview]:
    """Every verdict with its conditions: agents by id, steps in the policy's order; of these agents and steps only."""
    people = {agent.agent_id: agent for agent in agents}
    steps = {step.id: step for step in policy.career.step} if policy.career else {}
    findings: dict[tuple[str, str], dict[str, Finding]] = {}
    for one in assessed.findings:
        findings.setdefault((one.agent_id, one.step), {})[one.requirement] = one
    return [
        _review(people[one.agent_id], steps[one.step], one, findings.get((one.agent_id, one.step), {}), policy)
        for one in assessed.verdicts
        if (only_agents is None or one.agent_id in only_agents) and (only_steps is None or one.step in only_steps)
    ]


def _review(agent: Agent, step: CareerStep, verdict: Verdict, own: Mapping[str, Finding], policy: Policy) -> StepReview:
    return StepReview(
        agent=agent,
        kind=step_kind(policy, verdict),
        verdict=verdict,
        all_of=tuple(own[one.id] for one in step.all_of if one.id in own),
        any_of=tuple(own[one.id] for one in step.any_of if one.id in own),
        judged=frozenset(one.id for one in step.requirements if one.asked),
        defence=tuple(own[one.id] for one in step.defence if one.id in own),
    )


def step_kind(policy: Policy, verdict: Verdict) -> StepKind:
    """The verdict's kind; a promotion that passes over a rung of the ladder is a skip (PR-004)."""
    ladder = [level.id for level in policy.level]
    target = policy.job_level(verdict.to_level)
    if verdict.kind != "promotion" or target is None or verdict.from_level not in ladder:
        return verdict.kind
    return "skip" if ladder.index(target.id) - ladder.index(verdict.from_level) > 1 else "promotion"


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step that was met at the end of an earlier month, is not any more, and was not decided; as it was then.

    ``unknown`` are months since then that are not there: without them nobody can say whether it ended.
    """

    month: Month
    row: StepReview
    unknown: tuple[Month, ...] = ()


@dataclass(frozen=True, slots=True)
class BareStep:
    """A step that a person's word alone would bring about: its kind, where it leads, its id, for how many people."""

    kind: StepKind
    target: str
    step: str
    people: int


@dataclass(frozen=True)
class ReviewedMonth:
    """A review of one month. ``months`` are the months it rests on, the reviewed one last.

    ``names`` are people's names by id, ``cases`` all cases in the order in which they were opened; ``kept`` is what
    ended in earlier months and was not decided. ``unfolded``: steps that a person's word alone would bring about are
    shown like all others, not by their number. ``provisional``: no month is closed, and all may still change.
    """

    team: str
    month: Month
    months: tuple[Month, ...]
    rows: tuple[StepReview, ...]
    cases: tuple[StepCase, ...]
    names: Mapping[str, str]
    kept: tuple[KeptStep, ...] = ()
    unfolded: bool = False
    provisional: bool = False

    @property
    def open_rows(self) -> list[StepReview]:
        """What applies to somebody: candidates first, then those of whom a person must say the rest."""
        return [row for state in OPEN for row in self.rows if row.verdict.state == state and not row.is_bare]

    @property
    def bare_rows(self) -> list[StepReview]:
        """What somebody might be moved to if a person said so, and nothing else speaks for."""
        return [row for row in self.rows if row.is_bare]

    @property
    def bare_steps(self) -> list[BareStep]:
        """The same by step, in the order in which they come."""
        people = Counter((row.kind, row.verdict.to_level, row.verdict.step) for row in self.bare_rows)
        return [BareStep(kind, target, step, count) for (kind, target, step), count in people.items()]

    @property
    def other_rows(self) -> list[StepReview]:
        """Steps that apply and whose conditions are not met."""
        return [row for row in self.rows if row.verdict.state == "not_yet"]

    @property
    def idle_agents(self) -> list[Agent]:
        """Those to whom no step applies."""
        busy = {row.agent.agent_id for row in self.rows if row.verdict.state != "not_applicable"}
        return [agent for agent in dict.fromkeys(row.agent for row in self.rows) if agent.agent_id not in busy]
