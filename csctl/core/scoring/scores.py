"""Scores: every indicator and adjustment of every agent as a line, and the sum of the lines as the score.

The exact total of indicators and adjustments is rounded once; the lines' contributions are rounded together with it,
so that they always add up to what is shown. A contribution that needs no rounding stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.lines import Measured, Score, ScoreLine
from csctl.core.scoring.adjustments import Applied, adjustment_line, applying, limit_lines
from csctl.core.scoring.apart import apart_from, without_score
from csctl.core.scoring.basis import Roles
from csctl.core.scoring.beside import beside_text
from csctl.core.scoring.by_card import covered_by_days, lead_of, on_cards, sheets_by_days
from csctl.core.scoring.conditions import Facts
from csctl.core.scoring.fields import ranked_and_graded
from csctl.core.scoring.grades import grade_reached
from csctl.core.scoring.points import Points, out_of
from csctl.core.scoring.raters import AgentView, measured_value, shares_of
from csctl.core.scoring.rounding import ShownScore, shown_after
from csctl.core.scoring.standing import (
    RoleSheet,
    indicators,
    judge_all,
    known_alone,
    nothing_to_score,
    team_means,
)
from csctl.messages import say
from csctl.messages.grammar import clauses
from csctl.money import exact, round_half_up, round_together
from csctl.policy.model import Policy
from csctl.policy.refs import named_figures
from csctl.policy.scoring import Dimension, Indicator
from csctl.problems import Problem
from csctl.words import SELF, SUPERIOR

POINTS_DECIMALS = 2
WEIGHT_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """The score lines of all agents, the scores, and what went wrong."""

    lines: list[ScoreLine]
    scores: list[Score]
    problems: list[Problem]
    covered: Mapping[str, Fraction] = field(default_factory=dict)
    """By agent the part of the weight that rests on data, of whoever is not excluded."""


def score_agents(policy: Policy, views: Sequence[AgentView], facts: Facts, excluded: frozenset[str]) -> Scored:
    """Score every agent that is not excluded; ``facts.ranked`` are the agents that compete.

    An agent whose missing value blocks has no score, which is an error; one of whom nothing or too little is known has
    none either, which is a warning. Means of the team are without decisions: a decision moves nobody else's lines.
    """
    judgements, problems = judge_all(policy, views, excluded)
    undecided = [replace(view, decisions={}) for view in views if view.decisions]
    before = judgements | judge_all(policy, undecided, excluded)[0]
    means = team_means(policy, before)
    lines: list[ScoreLine] = []
    scores: list[Score] = []
    covered: dict[str, Fraction] = {}
    for view in views:
        roles = judgements.get(view.agent_id)
        if roles is None:
            scores.append(without_score(view.agent_id, "excluded"))
            continue
        own_rules = view.rules(policy)
        cards, unjudged = on_cards(policy, view, roles)
        problems.extend(unjudged)
        covered[view.agent_id] = covered_by_days(cards)
        sheets, blocked = sheets_by_days(policy, view, cards, means)
        apart = apart_from(lead_of(cards), blocked=bool(blocked))
        if apart:
            scores.append(apart[0])
            problems.append(apart[1])
            lines.extend(_bare_lines(own_rules, view, roles) if apart[0].status == "thin" else [])
            continue
        blocked = blocked or nothing_to_score(view, sheets)
        if blocked:
            problems.extend(blocked)
            continue
        shown_before = _shown_before(own_rules, view, before[view.agent_id], means, facts)
        own = _lines_of(own_rules, view, sheets, facts, shown_before)
        own += limit_lines(policy, view.agent_id, own)
        lines.extend(own)
        scores.append(_score(own_rules, view, sheets, own))
    given = ranked_and_graded(policy, scores, {view.agent_id: view.card.label for view in views if view.card})
    return Scored([*lines, *given.lines], given.scores, list(dict.fromkeys([*problems, *given.said])), covered)


def _shown_before(
    policy: Policy,
    view: AgentView,
    roles: Roles,
    means: Mapping[str, Fraction],
    facts: Facts,
) -> ShownScore | None:
    """What the agent's lines show without decisions; None if nothing was decided or there was no score without it."""
    if not view.decisions and all(agent != view.agent_id for agent, _, _ in facts.decided):
        return None
    undecided = tuple(replace(one, view=replace(one.view, decisions={})) for one in view.by_card)
    cards, _ = on_cards(policy, replace(view, by_card=undecided), roles)
    sheets, blocked = sheets_by_days(policy, view, cards, means)
    apart = apart_from(lead_of(cards), blocked=False)
    if policy.score is None or blocked or apart or nothing_to_score(view, sheets):
        return None
    adjustments = applying(policy, view.agent_id, replace(facts, decided={}))
    return ShownScore.of(_parts_of(policy, view, sheets, adjustments), policy.score.decimals)


def _parts_of(
    policy: Policy, view: AgentView, sheets: Mapping[str, RoleSheet], adjustments: Sequence[Applied]
) -> dict[str, Fraction]:
    """The exact contribution of every indicator and adjustment."""
    shares = shares_of(policy, view)
    parts = {
        indicator.id: sum((share * sheets[role].contribution(indicator) for role, share in shares.items()), Fraction(0))
        for _, indicator in indicators(policy)
    }
    return parts | {one.adjustment.id: exact(one.adjustment.points) * one.count for one in adjustments}


def _lines_of(
    policy: Policy, view: AgentView, sheets: Mapping[str, RoleSheet], facts: Facts, before: ShownScore | None
) -> list[ScoreLine]:
    """One line per indicator and per adjustment that applies, contributions rounded together."""
    shares = shares_of(policy, view)
    adjustments = applying(policy, view.agent_id, facts)
    parts = _parts_of(policy, view, sheets, adjustments)
    decimals = policy.score_decimals
    shown = shown_after(before, parts, decimals) if before else round_together(parts, decimals)
    lines = [_indicator_line(policy, view, entry, sheets, shares, shown[entry[1].id]) for entry in indicators(policy)]
    lines += [adjustment_line(view.agent_id, one, shown[one.adjustment.id], policy.language) for one in adjustments]
    decided = {*view.decisions, *(one.adjustment.id for one in adjustments if one.decision)}
    return [_with_rest(policy, line, parts[line.line]) if line.line in decided else line for line in lines]


def _bare_lines(policy: Policy, view: AgentView, roles: Roles) -> list[ScoreLine]:
    """The indicators of somebody without a score as far as they are known: nothing at stake, nothing added."""
    shares = shares_of(policy, view)
    sheets = {role: known_alone(roles[role]) for role in shares}
    nothing = round_half_up(Fraction(0), policy.score_decimals)
    return [_indicator_line(policy, view, entry, sheets, shares, nothing) for entry in indicators(policy)]


def _with_rest(policy: Policy, line: ScoreLine, part: Fraction) -> ScoreLine:
    """A decided line says so where it takes the rounding of the others, which keep what they showed."""
    rest = line.contribution - round_half_up(part, policy.score_decimals)
    if not rest:
        return line
    said = say("deciding-rest", policy.language, rest=f"{rest:+f}")
    return replace(line, note=clauses((line.note, said), policy.language))


def unit_of(policy: Policy, indicator: Indicator) -> str:
    """The unit of an indicator's value: its measure's; ratings have none."""
    if indicator.measure is None:
        return ""
    declared = policy.measure.get(indicator.measure) or named_figures(policy).get(indicator.measure)
    return declared.unit if declared else ""


def _indicator_line(
    policy: Policy,
    view: AgentView,
    entry: tuple[Dimension, Indicator],
    sheets: Mapping[str, RoleSheet],
    shares: Mapping[str, Fraction],
    contribution: Decimal,
) -> ScoreLine:
    dimension, indicator = entry
    lead = sheets.get(SUPERIOR) or next(iter(sheets.values()))
    judged = lead.judged[indicator.id]
    measured = view.measured.get(indicator.measure) if indicator.measure else None
    return ScoreLine(
        agent_id=view.agent_id,
        line=indicator.id,
        kind="indicator",
        dimension=dimension.id,
        label=indicator.label,
        source=indicator.measure or f"rating:{'+'.join(indicator.rated_items)}",
        value=measured_value(indicator, view) if measured else None,
        text=judged.text,
        unit=unit_of(policy, indicator),
        n=measured.n if measured else 0,
        band=_level(lead, indicator),
        points=_combined_points(indicator, sheets, shares),
        out_of=out_of(indicator),
        self_points=_shown_points(sheets.get(SELF), indicator),
        superior_points=_shown_points(sheets.get(SUPERIOR), indicator),
        weight=round_half_up(lead.weights.get(indicator.id, Fraction(0)), WEIGHT_DECIMALS),
        contribution=contribution,
        missing=lead.applied.get(indicator.id, ""),
        rule=indicator.rule,
        note=clauses(
            (indicator.note, judged.reason, judged.note, beside_text(policy, indicator, view.values)), policy.language
        ),
    )


def _level(sheet: RoleSheet, indicator: Indicator) -> str:
    points: Points | None = sheet.judged[indicator.id].points
    return points.level if points else ""


def _shown_points(sheet: RoleSheet | None, indicator: Indicator) -> Decimal | None:
    points = sheet.points.get(indicator.id) if sheet else None
    return None if points is None else round_half_up(points, POINTS_DECIMALS)


def _combined_points(
    indicator: Indicator, sheets: Mapping[str, RoleSheet], shares: Mapping[str, Fraction]
) -> Decimal | None:
    """The raters' points by their shares, over the sheets that have the indicator."""
    known = {role: share for role, share in shares.items() if indicator.id in sheets[role].points}
    whole = sum(known.values(), Fraction(0))
    if not whole:
        return None
    total = sum((share * sheets[role].points[indicator.id] for role, share in known.items()), Fraction(0))
    return round_half_up(total / whole, POINTS_DECIMALS)


def _score(policy: Policy, view: AgentView, sheets: Mapping[str, RoleSheet], lines: Sequence[ScoreLine]) -> Score:
    decimals = policy.score_decimals
    scored = [indicator for _, indicator in indicators(policy)]
    by_indicators = sum((line.contribution for line in lines if line.kind == "indicator"), Decimal(0))
    total = sum((line.contribution for line in lines), Decimal(0))
    grade = grade_reached(policy, total)
    totals = {role: round_half_up(sheet.total(scored), decimals) for role, sheet in sheets.items()}
    return Score(
        agent_id=view.agent_id,
        status="scored",
        self_total=totals.get(SELF),
        superior_total=totals.get(SUPERIOR),
        indicator_total=by_indicators,
        adjustment_total=total - by_indicators,
        score=total,
        grade=grade.label if grade else "",
        coefficient=grade.coefficient if grade else None,
        passed=total >= policy.score.pass_mark if policy.score else None,
        rank=None,
    )


def values_by_agent(measured: Sequence[Measured]) -> dict[str, dict[str, Decimal | None]]:
    """Values by agent and measure."""
    values: dict[str, dict[str, Decimal | None]] = {}
    for one in measured:
        values.setdefault(one.agent_id, {})[one.measure] = one.value
    return values
