"""Scores: every indicator and adjustment of every agent as a line, and the sum of the lines as the score.

The exact total of indicators and adjustments is rounded once; the lines' contributions are rounded together with it,
so that they always add up to what is shown. A contribution that needs no rounding stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from csctl.core.lines import Measured, Score, ScoreLine
from csctl.core.scoring.adjustments import adjustment_line, applying, limit_lines
from csctl.core.scoring.beside import beside_text
from csctl.core.scoring.conditions import Facts, competition_ranks
from csctl.core.scoring.points import Points, out_of
from csctl.core.scoring.raters import SELF, SUPERIOR, AgentView, Judged, judge, shares_of
from csctl.core.scoring.weights import weights_without
from csctl.money import exact, round_half_up, round_together
from csctl.policy.model import Policy
from csctl.policy.refs import figures
from csctl.policy.scoring import Dimension, Indicator
from csctl.problems import Problem, error, warning

POINTS_DECIMALS = 2
WEIGHT_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """The score lines of all agents, the scores, and what went wrong."""

    lines: list[ScoreLine]
    scores: list[Score]
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One role's sheet of one agent, every indicator decided. ``applied`` names missing rules that were used."""

    judged: Mapping[str, Judged]
    points: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]
    applied: Mapping[str, str]

    def contribution(self, indicator: Indicator) -> Fraction:
        """Points at stake times the part reached."""
        weight = self.weights.get(indicator.id, Fraction(0))
        return weight * self.points.get(indicator.id, Fraction(0)) / exact(out_of(indicator))

    def total(self, indicators: Sequence[Indicator]) -> Fraction:
        """The exact total of the sheet."""
        return sum((self.contribution(indicator) for indicator in indicators), Fraction(0))


def score_agents(policy: Policy, views: Sequence[AgentView], facts: Facts, excluded: frozenset[str]) -> Scored:
    """Score every agent that is not excluded; ``facts.ranked`` are the agents that compete.

    An agent whose missing value blocks is a problem of severity error, and has no score.
    """
    judgements, problems = _judge_all(policy, views, excluded)
    means = _team_means(policy, judgements)
    lines: list[ScoreLine] = []
    scores: list[Score] = []
    for view in views:
        if view.agent_id in excluded or policy.score is None:
            scores.append(_unscored(view.agent_id))
            continue
        unrated = _unrated(policy, judgements[view.agent_id]) if policy.score.complete_sheets else []
        if unrated:
            scores.append(_unscored(view.agent_id))
            problems.append(warning("sheet-incomplete", found=view.agent_id, indicators="、".join(unrated)))
            continue
        sheets, blocked = _sheets_of(policy, view, judgements[view.agent_id], means)
        problems.extend(blocked)
        if blocked:
            continue
        own = _lines_of(policy, view, sheets, facts)
        own += limit_lines(policy, view.agent_id, own)
        lines.extend(own)
        scores.append(_score(policy, view, sheets, own))
    return Scored(lines, with_ranks(scores), list(dict.fromkeys(problems)))


Judgements = dict[str, dict[str, dict[str, Judged]]]
"""By agent, role and indicator id."""


def _indicators(policy: Policy) -> list[tuple[Dimension, Indicator]]:
    return [(dimension, indicator) for dimension in policy.dimension for indicator in dimension.indicator]


def _judge_all(
    policy: Policy, views: Sequence[AgentView], excluded: frozenset[str]
) -> tuple[Judgements, list[Problem]]:
    judgements: Judgements = {}
    problems: list[Problem] = []
    for view in views:
        if view.agent_id in excluded:
            continue
        roles = judgements.setdefault(view.agent_id, {})
        for role in {SUPERIOR: 1, **shares_of(policy, view)}:
            for _, indicator in _indicators(policy):
                judged, found = judge(policy, indicator, view, role)
                roles.setdefault(role, {})[indicator.id] = judged
                problems.extend(found)
    return judgements, problems


def _unrated(policy: Policy, roles: Mapping[str, Mapping[str, Judged]]) -> list[str]:
    """Labels of the rated indicators that the superior's sheet leaves open."""
    rated = [indicator for _, indicator in _indicators(policy) if indicator.rated_items]
    return [indicator.label for indicator in rated if roles[SUPERIOR][indicator.id].points is None]


def _team_means(policy: Policy, judgements: Judgements) -> dict[str, Fraction]:
    """Mean points per indicator over the superiors' sheets that have it."""
    means = {}
    for _, indicator in _indicators(policy):
        known = [
            roles[SUPERIOR][indicator.id].points for roles in judgements.values() if indicator.id in roles[SUPERIOR]
        ]
        points = [one.points for one in known if one is not None]
        if points:
            means[indicator.id] = sum(points, Fraction(0)) / len(points)
    return means


def _sheets_of(
    policy: Policy, view: AgentView, roles: Mapping[str, Mapping[str, Judged]], means: Mapping[str, Fraction]
) -> tuple[dict[str, _Sheet], list[Problem]]:
    sheets: dict[str, _Sheet] = {}
    problems: list[Problem] = []
    for role in shares_of(policy, view):
        sheet, blocked = _decide(policy, roles[role], means)
        sheets[role] = sheet
        problems += [error("score-blocked", agent=view.agent_id, indicator=indicator.label) for indicator in blocked]
        if not sheet.weights and not blocked:
            problems.append(error("nothing-to-score", agent=view.agent_id))
    return sheets, list(dict.fromkeys(problems))


def _decide(
    policy: Policy, judged: Mapping[str, Judged], means: Mapping[str, Fraction]
) -> tuple[_Sheet, list[Indicator]]:
    """Apply each indicator's missing rule. Second value: the indicators whose absence blocks."""
    points: dict[str, Fraction] = {}
    applied: dict[str, str] = {}
    blocked: list[Indicator] = []
    for _, indicator in _indicators(policy):
        found = judged[indicator.id].points
        if found is not None:
            points[indicator.id] = found.points
            continue
        applied[indicator.id] = indicator.missing
        if indicator.missing == "block" or (indicator.missing == "team_mean" and indicator.id not in means):
            blocked.append(indicator)
        elif indicator.missing != "reweight":
            standing = {"zero": Fraction(0), "full": exact(out_of(indicator))}
            points[indicator.id] = standing.get(indicator.missing, means.get(indicator.id, Fraction(0)))
    weights = weights_without(policy, [key for key in judged if key not in points])
    return _Sheet(judged, points, weights, applied), blocked


def _lines_of(policy: Policy, view: AgentView, sheets: Mapping[str, _Sheet], facts: Facts) -> list[ScoreLine]:
    """One line per indicator and per adjustment that applies, contributions rounded together."""
    shares = shares_of(policy, view)
    adjustments = applying(policy, view.agent_id, facts)
    exact_parts = {
        indicator.id: sum((share * sheets[role].contribution(indicator) for role, share in shares.items()), Fraction(0))
        for _, indicator in _indicators(policy)
    }
    exact_parts |= {adjustment.id: exact(adjustment.points) * count for adjustment, count in adjustments}
    shown = round_together(exact_parts, policy.score.decimals if policy.score else 2)
    lines = [_indicator_line(policy, view, entry, sheets, shares, shown[entry[1].id]) for entry in _indicators(policy)]
    return lines + [adjustment_line(view.agent_id, one, count, shown[one.id]) for one, count in adjustments]


def unit_of(policy: Policy, indicator: Indicator) -> str:
    """The unit of an indicator's value: its measure's; ratings have none."""
    if indicator.measure is None:
        return ""
    declared = policy.measure.get(indicator.measure) or figures(policy).get(indicator.measure)
    return declared.unit if declared else ""


def _indicator_line(
    policy: Policy,
    view: AgentView,
    entry: tuple[Dimension, Indicator],
    sheets: Mapping[str, _Sheet],
    shares: Mapping[str, Fraction],
    contribution: Decimal,
) -> ScoreLine:
    dimension, indicator = entry
    lead = sheets.get(SUPERIOR) or next(iter(sheets.values()))
    judged = lead.judged[indicator.id]
    measured = view.measured.get(indicator.measure or "")
    return ScoreLine(
        agent_id=view.agent_id,
        line=indicator.id,
        kind="indicator",
        dimension=dimension.id,
        label=indicator.label,
        source=indicator.measure or f"rating:{'+'.join(indicator.rated_items)}",
        value=measured.value if measured else None,
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
        note="；".join(
            part
            for part in (indicator.note, judged.reason, judged.note, beside_text(policy, indicator, view.values))
            if part
        ),
    )


def _level(sheet: _Sheet, indicator: Indicator) -> str:
    points: Points | None = sheet.judged[indicator.id].points
    return points.level if points else ""


def _shown_points(sheet: _Sheet | None, indicator: Indicator) -> Decimal | None:
    points = sheet.points.get(indicator.id) if sheet else None
    return None if points is None else round_half_up(points, POINTS_DECIMALS)


def _combined_points(
    indicator: Indicator, sheets: Mapping[str, _Sheet], shares: Mapping[str, Fraction]
) -> Decimal | None:
    """The raters' points by their shares, over the sheets that have the indicator."""
    known = {role: share for role, share in shares.items() if indicator.id in sheets[role].points}
    whole = sum(known.values(), Fraction(0))
    if not whole:
        return None
    total = sum((share * sheets[role].points[indicator.id] for role, share in known.items()), Fraction(0))
    return round_half_up(total / whole, POINTS_DECIMALS)


def _score(policy: Policy, view: AgentView, sheets: Mapping[str, _Sheet], lines: Sequence[ScoreLine]) -> Score:
    decimals = policy.score.decimals if policy.score else 2
    indicators = [indicator for _, indicator in _indicators(policy)]
    by_indicators = sum((line.contribution for line in lines if line.kind == "indicator"), Decimal(0))
    total = sum((line.contribution for line in lines), Decimal(0))
    grade = next((one for one in policy.grade if one.at_least is None or total >= one.at_least), None)
    totals = {role: round_half_up(sheet.total(indicators), decimals) for role, sheet in sheets.items()}
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


def _unscored(agent_id: str) -> Score:
    return Score(agent_id, "excluded", None, None, None, None, None, "", None, None, None)


def with_ranks(scores: Sequence[Score]) -> list[Score]:
    """The same scores with their competition ranks."""
    ranks = competition_ranks([(one.agent_id, one.score) for one in scores if one.score is not None])
    return [replace(one, rank=ranks.get(one.agent_id)) for one in scores]


def values_by_agent(measured: Sequence[Measured]) -> dict[str, dict[str, Decimal | None]]:
    """Values by agent and measure."""
    values: dict[str, dict[str, Decimal | None]] = {}
    for one in measured:
        values.setdefault(one.agent_id, {})[one.measure] = one.value
    return values
