"""Levels that follow from approved cases: an approval moves a level from its month on, with no word to the roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from csctl.core.career.cases import StepCase, case_event, cases
from csctl.core.people.spans import spans_of_month, whole_spans
from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import NOWHERE, Problem


@dataclass(frozen=True, slots=True)
class LevelChange:
    """An approved move from one level (id) to another, from a month on; ``day``: from this day of that month on."""

    agent_id: str
    from_level: str
    to_level: str
    effective: Month
    day: date | None = None


def level_changes(known: Iterable[StepCase], policy: Policy) -> list[LevelChange]:
    """The approved cases that lead to a level of the ladder, by month; those of one month as they were opened.

    Dismissals, and posts above the ladder, change no level: the roster says when somebody leaves.
    """
    changes = [
        LevelChange(case.first.agent_id, case.first.from_level, rung.id, case.effective, case.last.day)
        for case in known
        if case.effective is not None and (rung := policy.job_level(case.first.to_level)) is not None
    ]
    return sorted(changes, key=lambda change: (change.effective, change.day or change.effective.first))


def changes_of(documents: Iterable[Mapping[str, Any]], policy: Policy) -> list[LevelChange]:
    """The level changes of the ledger's promotion entries, given as documents in the order of booking."""
    return level_changes(cases(map(case_event, documents))[0], policy)


def with_levels(
    agents: Sequence[Agent], changes: Sequence[LevelChange], month: Month, *, pay_by_roster: bool = False
) -> tuple[list[Agent], list[Problem]]:
    """The agents of a month at the levels that approved changes give them, in the same order.

    The latest change that has taken effect holds where the roster still says a level the agent came from. A roster
    that says yet another level knows something the ledger does not: it is believed, with a warning.
    A level set here comes with a note; with a warning if ``pay_by_roster``: then base pay does not follow the level.
    """
    found: list[Agent] = []
    problems: list[Problem] = []
    for agent in agents:
        own = [change for change in changes if change.agent_id == agent.agent_id]
        level, said = _level_in(agent, own, month)
        problems += said
        if level != agent.level:
            code = "promotion-roster-pay" if pay_by_roster else "promotion-level-applied"
            problems.append(problem(code, found=agent.agent_id, before=agent.level or "–", level=level))
        inside = [change for change in own if change.effective == month and change.day]
        found.append(_at_level(agent, level, inside, month))
    return found, problems


def _at_level(agent: Agent, level: str, inside: Sequence[LevelChange], month: Month) -> Agent:
    """The agent at a level, on all days of the month on which the roster says the one that it corrects; where changes
    take effect ``inside`` the month, on each day at the level of that day.

    A roster that says itself on which days of the month which level held is believed.
    """
    dated = len({one.level for one in agent.spans}) > 1
    if not inside or dated or inside[-1].to_level != level:
        spans = [replace(one, level=level) if one.level == agent.level else one for one in agent.spans]
        return replace(agent, level=level, spans=tuple(spans))
    steps = [(month.first, inside[0].from_level), *((one.day or month.first, one.to_level) for one in inside)]
    ends = [*(start - timedelta(days=1) for start, _ in steps[1:]), month.last]
    cut = [
        replace(span, since=max(span.since, start), until=min(span.until, end), level=held)
        for span in whole_spans(agent, month)
        for (start, held), end in zip(steps, ends, strict=True)
        if max(span.since, start) <= min(span.until, end)
    ]
    agent = replace(agent, level=level)
    return replace(agent, spans=spans_of_month(agent, cut, month))


def _level_in(agent: Agent, own: Sequence[LevelChange], month: Month) -> tuple[str, list[Problem]]:
    """The agent's level in a month, and what is odd about the roster's."""
    held = [change for change in own if change.effective <= month]
    passed = {level for change in held for level in (change.from_level, change.to_level)}
    early = next((change for change in own if change.effective > month and change.to_level == agent.level), None)
    if early is not None and agent.level not in passed:
        return agent.level, [
            problem("promotion-roster-early", found=agent.agent_id, level=agent.level, month=early.effective)
        ]
    if not held or agent.level == held[-1].to_level:
        return agent.level, []
    latest = held[-1]
    if agent.level in passed:
        return latest.to_level, []
    about = {"level": agent.level or "–", "approved": latest.to_level, "month": latest.effective}
    return agent.level, [problem("promotion-roster-differs", NOWHERE, agent.agent_id, **about)]


def level_to_come(agent: Agent, changes: Sequence[LevelChange]) -> str:
    """The agent's level once every approved change has taken effect."""
    last = max((change.effective for change in changes), default=None)
    return agent.level if last is None else _level_in(agent, _own(agent, changes), last)[0]


def _own(agent: Agent, changes: Sequence[LevelChange]) -> list[LevelChange]:
    return [change for change in changes if change.agent_id == agent.agent_id]
