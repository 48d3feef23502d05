"""How every indicator of an agent stands once each sheet is read and what is missing is settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from csctl.core.scoring.points import out_of
from csctl.core.scoring.raters import AgentView, Judged, judge_rating, shares_of
from csctl.core.scoring.weights import weights_without
from csctl.messages import problem
from csctl.money import exact
from csctl.policy.model import Policy
from csctl.policy.scoring import Dimension, Indicator
from csctl.problems import Problem
from csctl.words import SUPERIOR


@dataclass(frozen=True, slots=True)
class RoleSheet:
    """One role's sheet of one agent, every indicator decided. ``applied`` names missing rules that were used."""

    judged: Mapping[str, Judged]
    points: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]
    applied: Mapping[str, str]

    def contribution(self, indicator: Indicator) -> Fraction:
        """Points at stake times the part reached."""
        nothing = Fraction()
        weight, points = self.weights.get(indicator.id, nothing), self.points.get(indicator.id, nothing)
        return weight * points / exact(out_of(indicator))

    def total(self, indicators: Sequence[Indicator]) -> Fraction:
        """The exact total of the sheet."""
        return sum((self.contribution(indicator) for indicator in indicators), Fraction(0))


Judgements = dict[str, dict[str, dict[str, Judged]]]
"""By agent, role and indicator id."""


def indicators(policy: Policy) -> list[tuple[Dimension, Indicator]]:
    """Every indicator with its dimension, in the order of the policy."""
    return [(dimension, indicator) for dimension in policy.dimension for indicator in dimension.indicator]


def judge_all(policy: Policy, views: Sequence[AgentView], excluded: frozenset[str]) -> tuple[Judgements, list[Problem]]:
    """What each sheet of each agent says of each indicator; nothing of the agents that are excluded."""
    judgements: Judgements = {}
    problems: list[Problem] = []
    for view in views:
        if view.agent_id in excluded:
            continue
        roles = judgements.setdefault(view.agent_id, {})
        for role in dict.fromkeys([SUPERIOR, *shares_of(policy, view)]):
            for _, indicator in indicators(view.rules(policy)):
                judged, found = judge_rating(policy, indicator, view, role)
                roles.setdefault(role, {})[indicator.id] = judged
                problems.extend(found)
    return judgements, problems


def unrated(policy: Policy, roles: Mapping[str, Mapping[str, Judged]]) -> list[str]:
    """Labels of the rated indicators that the superior's sheet leaves open."""
    rated = [indicator for _, indicator in indicators(policy) if indicator.rated_items]
    return [indicator.label for indicator in rated if roles[SUPERIOR][indicator.id].points is None]


def without_data(policy: Policy, view: AgentView, roles: Mapping[str, Mapping[str, Judged]]) -> bool:
    """Whether nothing is known that could make a score: something is missing, or nobody says that the agent was there,
    and no rating and no row stands behind what is known. Somebody on leave all month has no complaints, which says
    nothing about the work.
    """
    standing = [judged[indicator.id] for judged in roles.values() for _, indicator in indicators(policy)]
    if not view.untold and all(judged.points is not None for judged in standing):
        return False
    names = {name for _, indicator in indicators(policy) for name in _looked_at(indicator)}
    rows = sum(one.n for name, one in view.measured.items() if name in names and one.value is not None)
    return not rows and not any(judged.text for judged in standing)


def has_too_few_rows(policy: Policy, view: AgentView) -> bool:
    """Whether there are rows behind figures that are missing all the same: too few of them for a rate or a mean."""
    names = {name for _, indicator in indicators(policy) for name in _looked_at(indicator)}
    return any(one.n for name, one in view.measured.items() if name in names and one.value is None)


def _looked_at(indicator: Indicator) -> list[str]:
    """The measures that decide an indicator: its own, and those of its bands."""
    return [name for name in (indicator.measure, *(band.measure for band in indicator.bands)) if name is not None]


def team_means(policy: Policy, judgements: Judgements) -> dict[str, Fraction]:
    """Mean points per indicator over the superiors' sheets that have it."""
    means = {}
    for _, indicator in indicators(policy):
        known = [
            roles[SUPERIOR][indicator.id].points for roles in judgements.values() if indicator.id in roles[SUPERIOR]
        ]
        points = [one.points for one in known if one is not None]
        if points:
            means[indicator.id] = sum(points, Fraction(0)) / len(points)
    return means


def role_sheets(
    policy: Policy, view: AgentView, roles: Mapping[str, Mapping[str, Judged]], means: Mapping[str, Fraction]
) -> tuple[dict[str, RoleSheet], list[Problem]]:
    """An agent's sheets by role, missing rules applied; with a problem, a missing value forbids a score."""
    sheets: dict[str, RoleSheet] = {}
    problems: list[Problem] = []
    for role in shares_of(policy, view):
        sheet, blocked = _decide(policy, roles[role], means)
        sheets[role] = sheet
        problems += [problem("score-blocked", agent=view.agent_id, indicator=indicator.label) for indicator in blocked]
    return sheets, list(dict.fromkeys(problems))


def nothing_to_score(view: AgentView, sheets: Mapping[str, RoleSheet]) -> list[Problem]:
    """That a sheet is left without any item once those without data have dropped out."""
    empty = any(not sheet.weights for sheet in sheets.values())
    return [problem("nothing-to-score", agent=view.agent_id)] if empty else []


def known_alone(judged: Mapping[str, Judged]) -> RoleSheet:
    """A sheet with the points that data give and nothing at stake: no missing rule applied."""
    points = {key: one.points.points for key, one in judged.items() if one.points is not None}
    return RoleSheet(judged, points, {}, {})


def _decide(
    policy: Policy, judged: Mapping[str, Judged], means: Mapping[str, Fraction]
) -> tuple[RoleSheet, list[Indicator]]:
    """Apply each indicator's missing rule. Second value: the indicators whose absence blocks."""
    points: dict[str, Fraction] = {}
    applied: dict[str, str] = {}
    blocked: list[Indicator] = []
    for _, indicator in indicators(policy):
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
    return RoleSheet(judged, points, weights, applied), blocked
