"""Every agent before every step of the ladder: findings per requirement, and a verdict per step.

The verdict never acts. A promotion, demotion or dismissal is at most a "candidate": people decide.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Literal

from csctl.core.career.answers import judged
from csctl.core.career.case import Case, Outcome, competes
from csctl.core.career.discipline import clean_record, warnings
from csctl.core.career.figures import failed_months, measured_total
from csctl.core.career.given import CareerInput
from csctl.core.career.history import History
from csctl.core.career.quarters import quarter_grades
from csctl.core.career.ranks import SMALL_POOL, average_rank, pool_means, ranks_missed
from csctl.core.career.records import exam, honours
from csctl.core.career.service import level_time, tenure
from csctl.core.people.called import id_and_name
from csctl.core.people.employment import first_regular_day
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Finding, FindingState, Verdict
from csctl.core.scoring.ratings import Sheets
from csctl.messages import problem, say
from csctl.month import months_between
from csctl.policy.career import Career, CareerStep, Requirement
from csctl.policy.model import Policy
from csctl.problems import Problem, shortened
from csctl.words import SELF, VOTE, abstains, fold, yes_or_no

ANY_LEVEL = "*"
CHECKLIST = tuple(f"career-dismissal-{part}" for part in ("rules", "help", "protected", "union", "notice", "record"))
"""What must be done and proven before a dismissal, where the policy names no procedure of its own (W-05)."""

CHECKS: Mapping[str, Callable[[Case], Outcome]] = {
    "judge": judged,
    "tenure_months": tenure,
    "level_months": level_time,
    "average_rank": average_rank,
    "ranks_missed": ranks_missed,
    "quarters": quarter_grades,
    "titles": honours,
    "exam": exam,
    "failed_months": failed_months,
    "warnings": warnings,
    "clean": clean_record,
    "measure": measured_total,
}
"""How each way of a requirement is decided."""


@dataclass(frozen=True, slots=True)
class Assessed:
    """Findings and verdicts by agent id, then in the policy's order; a step that does not apply has no findings."""

    findings: list[Finding]
    verdicts: list[Verdict]
    problems: list[Problem]


def assess(given: CareerInput, kinds: Collection[str] | None = None) -> Assessed:
    """All agents of the assessed month before all steps, or those of some kinds.

    The month must be closed, else that is the one problem.
    """
    career = given.policy.career
    if career is None:
        return Assessed([], [], [])
    history = History(given.month, given.months)
    if not history.knows(given.month):
        return Assessed([], [], [problem("career-month-not-closed", found=given.month)])
    sheets = Sheets(given.ratings)
    means = cache(partial(pool_means, given, history))
    assessed = Assessed([], [], _notes(given, career, history))
    for agent in history.agents():
        for step in career.step:
            if kinds is not None and step.kind not in kinds:
                continue
            if not applies(given, agent, step):
                assessed.verdicts.append(_verdict(given, agent, step, "not_applicable"))
                continue
            own = {
                one.id: finding_of(Case(given, career, history, sheets, means, agent, step, one))
                for one in step.requirements
            }
            assessed.findings.extend(own.values())
            assessed.verdicts.append(_verdict(given, agent, step, _state(step, own)))
    return assessed


def applies(given: CareerInput, agent: Agent, step: CareerStep) -> bool:
    """Whether a step starts at the agent's level; nobody who has left by the end of the month is on any step.

    From ``*`` a promotion is for all below its level and a demotion for all above it.
    """
    if agent.left_on is not None and agent.left_on <= given.month.last:
        return False
    if step.on_probation and not _on_probation(given, agent):
        return False
    if step.from_level != ANY_LEVEL:
        rung = given.policy.job_level(step.from_level)
        return agent.level in (step.from_level, rung.id if rung else step.from_level)
    ladder = [level.id for level in given.policy.level]
    target = given.policy.job_level(step.to_level) if step.to_level else None
    if target is None or agent.level not in ladder:
        return step.kind == "dismissal" or bool(step.leads_to)
    own, wanted = ladder.index(agent.level), ladder.index(target.id)
    return own < wanted if step.kind == "promotion" else own > wanted


def _on_probation(given: CareerInput, agent: Agent) -> bool:
    """Whether the agent was on probation on a day of the month; not if nothing says when it was over."""
    pay = given.policy.pay
    regular = first_regular_day(agent, pay.probation if pay else None)
    return regular is not None and regular > given.month.first


def finding_of(case: Case) -> Finding:
    """One requirement, decided."""
    requirement, step = case.requirement, case.step
    outcome = CHECKS[requirement.way](case)
    return Finding(
        agent_id=case.agent.agent_id,
        step=step.id,
        kind=step.kind,
        from_level=case.agent.level,
        to_level=step.target,
        requirement=requirement.id,
        label=requirement.label,
        needed=outcome.needed,
        found=outcome.found,
        state=outcome.state,
        evidence=outcome.evidence,
        rule=requirement.rule or step.rule,
        next=outcome.next,
    )


State = Literal["candidate", "needs_judgement", "not_yet", "not_applicable"]
_STATES: Sequence[State] = ("not_yet", "needs_judgement", "candidate")
_WORTH: Mapping[FindingState, int] = {"unmet": 0, "no_data": 0, "judge": 1, "met": 2}


def _state(step: CareerStep, findings: Mapping[str, Finding]) -> State:
    """The weakest of all that must hold, of which the strongest of the alternatives is one.

    A defence comes after the recommendation: as long as it is to be held it holds nothing up, but one that was failed
    does. It never stands in for a condition.
    """
    if any(findings[one.id].state == "unmet" for one in step.defence):
        return "not_yet"
    worth = [_WORTH[findings[one.id].state] for one in step.all_of]
    if step.any_of:
        worth.append(max(_WORTH[findings[one.id].state] for one in step.any_of))
    return _STATES[min(worth)]


def _verdict(given: CareerInput, agent: Agent, step: CareerStep, state: State) -> Verdict:
    checklist = tuple(step.procedure)
    if step.kind == "dismissal":
        checklist += tuple(say(code, given.policy.language) for code in CHECKLIST)
    return Verdict(
        agent_id=agent.agent_id,
        step=step.id,
        kind=step.kind,
        from_level=agent.level,
        to_level=step.target,
        state=state,
        checklist=() if state == "not_applicable" else checklist,
        rule=step.rule,
    )


def _requirements(career: Career) -> list[Requirement]:
    return [one for step in career.step for one in step.requirements]


def _notes(given: CareerInput, career: Career, history: History) -> list[Problem]:
    """A pool too small for ranks to mean much, ranks without those of whom nothing is known, and answers that are
    neither yes nor no.
    """
    problems: list[Problem] = []
    pool = [agent for agent in history.agents() if history.score(agent.agent_id, given.month)]
    if len(pool) < SMALL_POOL and _on_ranks(career):
        problems.append(problem("career-small-pool", found=len(pool), month=given.month))
    problems += _left_out(given.policy, career, history)
    items = {fold(name) for one in _requirements(career) if one.judge for name in (one.id, one.label)}
    problems += [
        problem("career-answer-unknown", replace(one.place, column="value"), one.value, item=one.item)
        for one in given.ratings
        if fold(one.item) in items
        and one.role != SELF
        and yes_or_no(one.value) is None
        and not (one.role == VOTE and abstains(one.value))
    ]
    return problems


def _on_ranks(career: Career) -> list[int | None]:
    """How many months the conditions on ranks look back at; None: at all of them."""
    return [
        one.window_months or step.window_months for step in career.step for one in step.requirements if one.on_ranks
    ]


def _left_out(policy: Policy, career: Career, history: History) -> list[Problem]:
    """One warning for the months whose ranks leave out people who compete and have no score."""
    lengths = _on_ranks(career)
    if not lengths:
        return []
    longest = None if None in lengths else max(one for one in lengths if one)
    first = history.month.shift(1 - longest) if longest else history.first
    months = months_between(first, history.month)
    unscored = {month: [one for one in history.unscored(month) if competes(policy, one)] for month in months}
    without = {month: who for month, who in unscored.items() if who}
    people = {one.agent_id: id_and_name(one) for who in without.values() for one in who}
    named = shortened([people[one] for one in sorted(people)])
    found = shortened([str(month) for month in without])
    return [problem("career-ranks-without", found=found, people=named)] if without else []
