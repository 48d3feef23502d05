"""One month, from measures and ratings to score lines and pay lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from csctl.core.checking.findings import CheckFinding, ListedValue
from csctl.core.coverage.fates import Fates
from csctl.core.coverage.marks import Doubted, marked_figures, marked_pay, marked_scores
from csctl.core.deciding.decision import Decision
from csctl.core.deciding.settle import Settled, settle
from csctl.core.law.review import LawInput, law_advice
from csctl.core.lines import Measured, PayLine, Score, ScoreLine, as_frame, as_records
from csctl.core.measuring.composites import composites
from csctl.core.measuring.evidence import Evidence
from csctl.core.paying.pay import Paid, PastPay, Payroll, pay_agents
from csctl.core.paying.streaks import streaks_of
from csctl.core.people.roster import competing
from csctl.core.people.workdays import WorkCalendar
from csctl.core.result import Agent, MonthResult
from csctl.core.scoring.adjustments import unknown_deductions
from csctl.core.scoring.conditions import Facts
from csctl.core.scoring.handed_in import lacking, lacking_said
from csctl.core.scoring.raters import AgentView
from csctl.core.scoring.ratings import Rating, Sheets
from csctl.core.scoring.scores import Scored, score_agents, values_by_agent
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import errors
from csctl.words import fold


@dataclass(frozen=True, slots=True)
class MonthInput:
    """What a month is computed from. ``past`` are earlier months in order, the policy's own history."""

    policy: Policy
    month: Month
    agents: Sequence[Agent]
    measured: Sequence[Measured]
    ratings: Sequence[Rating]
    calendar: WorkCalendar
    past: Sequence[MonthResult]
    findings: tuple[CheckFinding, ...] = ()
    listings: tuple[ListedValue, ...] = ()
    evidence: Mapping[tuple[str, str], Sequence[Evidence]] = field(default_factory=dict)
    """Rows behind built-in measures, by agent and measure; those behind declared ones are looked up when asked for."""
    coverage: tuple[Fates, ...] = ()
    """What became of every row of the month's files."""
    others: tuple[Agent, ...] = ()
    """Known people who do not work here in the month; their rows count for the team's figures alone."""
    measured_others: tuple[Measured, ...] = ()
    """Their measures, where the team has a pool."""
    doubted: Doubted = field(default_factory=dict)
    """Columns of the month's files whose reading nothing proves."""
    short: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """By agent and measure, the months that it should look at and that nothing was brought of."""
    worked_marks: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """By agent and measure of attendance, the marks of the days that no row tells of."""
    untold: frozenset[str] = frozenset()
    """Agents of whom no table tells anything but leave, where one of presence tells of others."""
    decisions: tuple[Decision, ...] = ()
    """What appeals have settled: each holds instead of what the exports and sheets say of its one item."""


def compute_month(given: MonthInput) -> MonthResult:
    """All lines of the month. With a problem of severity error there are no pay lines."""
    policy = given.policy
    ranked = competing(policy, given.agents)
    given = replace(given, measured=[*given.measured, *composites(policy, _all_values(given), ranked)])
    everybody = frozenset(agent.agent_id for agent in given.agents)
    excluded = everybody - ranked if policy.score else everybody
    settled = settle(policy, given.decisions, everybody)
    facts = Facts(_all_values(given), {}, ranked, settled.counts)
    sheets = _sheets(given)
    scored = score_agents(policy, _views(given, sheets, settled), facts, excluded)
    marks = marked_figures(policy, given.doubted, given.short, given.worked_marks)
    without = _without_sheet(given, sheets, scored)
    unknown = {one.agent_id for one in scored.scores if unknown_deductions(policy, one.agent_id, facts)}
    lines, scores = marked_scores(policy, scored.lines, scored.scores, marks, without, unknown)
    scored = Scored(lines, scores, scored.problems)
    facts = replace(facts, scores={one.agent_id: one.score for one in scored.scores})
    paid = Paid([], [], []) if errors(scored.problems) else _pay(given, scored, facts)
    return MonthResult(
        month=given.month,
        policy=policy,
        agents=tuple(given.agents),
        measures=as_frame(given.measured, Measured),
        score_lines=as_frame(scored.lines, ScoreLine),
        scores=as_frame(scored.scores, Score),
        pay_lines=as_frame(marked_pay(policy, paid.lines, scored.scores, marks), PayLine),
        pools=tuple(paid.pools),
        problems=(*settled.problems, *scored.problems, *lacking_said(without, given.agents), *paid.problems),
        findings=given.findings,
        listings=given.listings,
        coverage=given.coverage,
        advice=law_advice(LawInput(policy, given.month, given.agents, paid.lines, given.calendar, facts.values)),
    )


def _all_values(given: MonthInput) -> dict[str, dict[str, Decimal | None]]:
    values = values_by_agent(given.measured)
    return {agent.agent_id: values.get(agent.agent_id, {}) for agent in given.agents}


def _sheets(given: MonthInput) -> Sheets:
    """What raters said of the work; answers to questions about careers are no part of it."""
    answers = set(map(fold, given.policy.career.judged_items)) if given.policy.career else set()
    return Sheets(rating for rating in given.ratings if fold(rating.item) not in answers)


def _without_sheet(given: MonthInput, sheets: Sheets, scored: Scored) -> dict[str, list[str]]:
    """By role that is asked for, of whom something is known and nothing was handed in."""
    known = sorted(one.agent_id for one in scored.scores if one.status in ("scored", "thin"))
    return lacking(given.policy, sheets, known)


def _views(given: MonthInput, sheets: Sheets, settled: Settled) -> list[AgentView]:
    measured: dict[str, dict[str, Measured]] = {}
    for one in given.measured:
        measured.setdefault(one.agent_id, {})[one.measure] = one
    values = _all_values(given)
    return [
        AgentView(
            agent.agent_id,
            values[agent.agent_id],
            measured.get(agent.agent_id, {}),
            sheets,
            agent.post,
            settled.values.get(agent.agent_id, {}),
            agent.agent_id in given.untold,
        )
        for agent in given.agents
    ]


def _beside(given: MonthInput) -> tuple[tuple[str, Mapping[str, Decimal | None]], ...]:
    """Group and values of everybody who is known and not employed."""
    values = values_by_agent(given.measured_others)
    return tuple((one.group, values[one.agent_id]) for one in given.others if one.agent_id in values)


def _pay(given: MonthInput, scored: Scored, facts: Facts) -> Paid:
    pay = given.policy.pay
    if pay is None:
        return Paid([], [], [])
    if not given.calendar.knows(given.month):
        return Paid([], [], [problem("calendar-unknown-year", found=given.month.year)])
    past = [PastPay(one.month, one.agents, as_records(one.pay_lines, PayLine)) for one in given.past]
    streaks = streaks_of(pay, given.past, given.month, scored.scores, facts.values)
    payroll = Payroll(
        given.policy, pay, given.month, given.agents, facts, given.calendar, past, streaks, _beside(given)
    )
    return pay_agents(payroll)
