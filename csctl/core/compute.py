"""One month, from measures and ratings to score lines and pay lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from csctl.core.coverage.beside import Beside, Idle
from csctl.core.coverage.marks import marked_figures, marked_pay, marked_scores
from csctl.core.coverage.repeats import TEAM, Scope
from csctl.core.coverage.unjudged import Unjudged
from csctl.core.deciding.settle import SettledDecisions, settle_decisions
from csctl.core.law.review import REST_DAYS, LawInput, law_advice
from csctl.core.measuring.composites import composites
from csctl.core.paying.pay import pay_agents
from csctl.core.paying.payroll import Paid, PastPay, Payroll
from csctl.core.paying.streaks import AwardStreaks, streak_gap_warnings, streaks_of
from csctl.core.people.called import people_named
from csctl.core.people.cards import Cards, cards_of, ranked_part
from csctl.core.people.roster import competing
from csctl.core.people.spans import groups_of
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.advice import Advice
from csctl.core.records.agent import Agent
from csctl.core.records.decision import Decision
from csctl.core.records.evidence import Evidence
from csctl.core.records.fates import Fates
from csctl.core.records.findings import CheckFinding, ListedValue
from csctl.core.records.lines import Measured, PayLine, Score, ScoreLine, as_frame, as_records
from csctl.core.records.marks import Doubted, Figures
from csctl.core.records.pay_item import PayItem
from csctl.core.records.result import MonthResult
from csctl.core.scoring.adjustments import unknown_deductions
from csctl.core.scoring.card_views import with_cards
from csctl.core.scoring.conditions import Facts
from csctl.core.scoring.fields import compared_by
from csctl.core.scoring.handed_in import agents_without_sheet, fewer_said, lacking_said
from csctl.core.scoring.mid_month import scored_as_one
from csctl.core.scoring.off_card import off_card_said
from csctl.core.scoring.raters import AgentView
from csctl.core.scoring.ratings import Rating, Sheets
from csctl.core.scoring.scores import Scored, score_agents, values_by_agent
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem, errors
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
    by_span: Mapping[tuple[str, str], tuple[Decimal | None, ...]] = field(default_factory=dict)
    """By agent and measure the figures of the spans of a month that changes inside, where rows tell their days."""
    by_card: Mapping[tuple[str, int], tuple[Measured, ...]] = field(default_factory=dict)
    """By agent and number of the card the figures of its days, where several cards score somebody in the month."""
    items: tuple[PayItem, ...] = ()
    """One-off amounts that somebody entered."""
    others: tuple[Agent, ...] = ()
    """Known people who do not work here in the month; their rows count for the team's figures alone."""
    measured_others: tuple[Measured, ...] = ()
    """Their measures, where the team has a pool."""
    repeated: Mapping[Scope, tuple[Measured, ...]] = field(default_factory=dict)
    """What rows of several people count more than once in the figures of a team."""
    doubted: Doubted = field(default_factory=dict)
    """Columns of the month's files whose reading nothing proves."""
    short: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """By agent and measure, the months that it should look at and that nothing was brought of."""
    worked_marks: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """By agent and measure, the marks of one figure: days of attendance that no row tells of, cells not read."""
    untold: frozenset[str] = frozenset()
    """Agents of whom no table tells anything but leave, where one of presence tells of others."""
    idle: Idle = field(default_factory=dict)
    """By table, who has no row in it though one is due."""
    away: frozenset[str] = frozenset()
    """Agents on leave all month: nothing is due from them."""
    decisions: tuple[Decision, ...] = ()
    """What appeals have settled: each holds instead of what the exports and sheets say of its one item."""


@dataclass(frozen=True, slots=True)
class _Who:
    """Everybody of the month, by what part they have in its scores."""

    everybody: frozenset[str]
    ranked: frozenset[str]
    cards: Cards
    without_card: frozenset[str]
    """Nothing stands on their card, so that nothing of theirs is scored."""
    excluded: frozenset[str]

    @classmethod
    def of(cls, policy: Policy, agents: Sequence[Agent]) -> _Who:
        """Who competes, and who has nothing to be scored by."""
        everybody, ranked = frozenset(agent.agent_id for agent in agents), competing(policy, agents)
        cards = cards_of(policy, agents)
        without = frozenset(who for who, card in cards.items() if policy.score and not card.items)
        return cls(everybody, ranked, cards, without, everybody - ranked | without if policy.score else everybody)


def compute_month(given: MonthInput) -> MonthResult:
    """All lines of the month. With a problem of severity error there are no pay lines."""
    policy = given.policy
    who = _Who.of(policy, given.agents)
    given = replace(given, measured=[*given.measured, *composites(policy, _all_values(given), who.ranked)])
    settled = settle_decisions(policy, given.decisions, who.everybody, who.cards)
    facts = Facts(_all_values(given), {}, who.ranked, settled.counts)
    sheets = _sheets(given)
    scored = score_agents(policy, _views(given, sheets, settled, who.cards), facts, who.excluded)
    marks = marked_figures(policy, given.doubted, given.short, given.worked_marks)
    without = _without_sheet(sheets, scored, who.cards)
    lines, scores = _with_marks(given, scored, marks, without, facts)
    facts = _with_scores(policy, facts, scored)
    rows = _rows(given, scores, facts)
    people = {one.agent_id: one for one in given.agents}
    unjudged = Unjudged(policy, marks, facts, rows.missing, people, _scoreless(given, scores), given.idle)
    scored = Scored(lines, unjudged.scores(scores, lines), scored.problems)
    paid = Paid() if errors(scored.problems) else _pay(given, rows, facts)
    groups = {one.agent_id: groups_of(one) for one in given.agents}
    pay_lines = marked_pay(policy, paid.lines, scored.scores, marks, groups)
    pay_lines, beside = Beside(policy, given.agents, facts, given.idle, given.away).pay(pay_lines)
    pay_lines = unjudged.pay(pay_lines, sorted(who.everybody))
    problems = (
        *settled.problems,
        *scored.problems,
        *_sheets_said(given, sheets, without, scored),
        *_without_card(given, who.without_card & who.ranked),
        *off_card_said(policy, given.agents, given.ratings, who.cards),
        *scored_as_one(policy, given.agents),
        *paid.problems,
        *beside,
    )
    return _result(given, scored, replace(paid, lines=pay_lines), problems, _law(given, paid, facts))


def _with_marks(
    given: MonthInput, scored: Scored, marks: Figures, without: Mapping[str, Sequence[str]], facts: Facts
) -> tuple[list[ScoreLine], list[Score]]:
    """The lines and scores with the signs of what they rest on."""
    policy = given.policy
    unknown = {one.agent_id for one in scored.scores if unknown_deductions(policy, one.agent_id, facts)}
    posts = {agent.agent_id: ranked_part(policy, agent).post for agent in given.agents}
    return marked_scores(policy, scored.lines, scored.scores, marks, without, unknown, posts)


def _scoreless(given: MonthInput, scores: Iterable[Score]) -> frozenset[str]:
    """Who has no score for want of data that are due."""
    return frozenset(one.agent_id for one in scores if one.status in ("unscored", "thin")) - given.away


def _with_scores(policy: Policy, facts: Facts, scored: Scored) -> Facts:
    """The facts that pay is made of: with scores, coefficients and the cards that are compared."""
    return replace(
        facts,
        scores={one.agent_id: one.score for one in scored.scores},
        coefficients={one.agent_id: one.coefficient for one in scored.scores},
        cards=compared_by(policy, scored.scores),
        covered=scored.covered,
    )


def _law(given: MonthInput, paid: Paid, facts: Facts) -> tuple[Advice, ...]:
    """Hints on labour law; they change nothing."""
    pay, values, rest = paid.lines, facts.values, _open_rest(given)
    return law_advice(LawInput(given.policy, given.month, given.agents, pay, given.calendar, values, rest))


def _result(
    given: MonthInput, scored: Scored, paid: Paid, problems: tuple[Problem, ...], advice: tuple[Advice, ...]
) -> MonthResult:
    return MonthResult(
        month=given.month,
        policy=given.policy,
        agents=tuple(given.agents),
        measures=as_frame(given.measured, Measured),
        score_lines=as_frame(scored.lines, ScoreLine),
        scores=as_frame(scored.scores, Score),
        pay_lines=as_frame(paid.lines, PayLine),
        pools=tuple(paid.pools),
        problems=problems,
        findings=given.findings,
        listings=given.listings,
        coverage=given.coverage,
        repeated=given.repeated.get(TEAM, ()),
        advice=advice,
    )


def _open_rest(given: MonthInput) -> frozenset[str]:
    return frozenset(agent for agent, measure in given.worked_marks if measure == REST_DAYS)


def _all_values(given: MonthInput) -> dict[str, dict[str, Decimal | None]]:
    values = values_by_agent(given.measured)
    return {agent.agent_id: values.get(agent.agent_id, {}) for agent in given.agents}


def _sheets(given: MonthInput) -> Sheets:
    """What raters said of the work; answers to questions about careers are no part of it."""
    answers = set(map(fold, given.policy.career.judged_items)) if given.policy.career else set()
    return Sheets(rating for rating in given.ratings if fold(rating.item) not in answers)


def _without_card(given: MonthInput, who: Collection[str]) -> list[Problem]:
    """That nothing of the score is for some of those who are scored otherwise."""
    people = [agent for agent in given.agents if agent.agent_id in who]
    return [problem("card-empty", found=people_named(people))] if people else []


def _without_sheet(sheets: Sheets, scored: Scored, cards: Cards) -> dict[str, list[str]]:
    """By role that is asked for, of whom something is known and nothing was handed in."""
    known = sorted(one.agent_id for one in scored.scores if one.status in ("scored", "thin"))
    return agents_without_sheet({who: cards[who].policy for who in known}, sheets)


def _sheets_said(
    given: MonthInput, sheets: Sheets, without: Mapping[str, Sequence[str]], scored: Scored
) -> list[Problem]:
    """What raters have not handed in of whom something is known."""
    known = {one.agent_id for one in scored.scores if one.status in ("scored", "thin")}
    rated = [one for one in given.agents if one.agent_id in known]
    return [*lacking_said(without, given.agents, sheets), *fewer_said(given.policy, sheets, rated)]


def _views(given: MonthInput, sheets: Sheets, settled: SettledDecisions, cards: Cards) -> list[AgentView]:
    measured: dict[str, dict[str, Measured]] = {}
    for one in given.measured:
        measured.setdefault(one.agent_id, {})[one.measure] = one
    values = _all_values(given)
    views = [
        AgentView(
            agent.agent_id,
            values[agent.agent_id],
            measured.get(agent.agent_id, {}),
            sheets,
            ranked_part(given.policy, agent).post,
            settled.values.get(agent.agent_id, {}),
            agent.agent_id in given.untold,
            cards[agent.agent_id],
        )
        for agent in given.agents
    ]
    return [
        with_cards(given.policy, agent, given.month, view, given.by_card)
        for agent, view in zip(given.agents, views, strict=True)
    ]


def _beside(given: MonthInput) -> tuple[tuple[str, Mapping[str, Decimal | None]], ...]:
    """Group and values of everybody who is known and not employed."""
    values = values_by_agent(given.measured_others)
    return tuple((one.group, values[one.agent_id]) for one in given.others if one.agent_id in values)


def _rows(given: MonthInput, scores: Sequence[Score], facts: Facts) -> AwardStreaks:
    """The months in a row that awards ask for."""
    pay = given.policy.pay
    return streaks_of(pay, given.past, given.month, scores, facts.values, given.agents) if pay else AwardStreaks()


def _pay(given: MonthInput, rows: AwardStreaks, facts: Facts) -> Paid:
    pay = given.policy.pay
    if pay is None:
        return Paid()
    if not given.calendar.knows(given.month):
        return Paid(problems=[problem("calendar-unknown-year", found=given.month.year)])
    past = [PastPay(one.month, one.agents, as_records(one.pay_lines, PayLine), one.pools) for one in given.past]
    payroll = Payroll(
        given.policy,
        pay,
        given.month,
        given.agents,
        facts,
        given.calendar,
        past,
        rows,
        _beside(given),
        given.repeated,
        given.items,
        given.by_span,
    )
    paid = pay_agents(payroll)
    return replace(paid, problems=[*paid.problems, *streak_gap_warnings(pay, rows, given.agents)])
