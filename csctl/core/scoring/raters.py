"""What each rater's sheet says about each indicator of one agent.

The superior's sheet holds the measured indicators as they stand, and the superior's own judgements; a judgement on a
measured indicator overrides it only with a reason. The agent's own sheet may judge every indicator; what it leaves
out, or what cannot be read, stands as on the superior's sheet. Without an own sheet the superior alone counts (IN-54,
A-50). What was decided about an indicator (an appeal) holds on every sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from csctl.core.records.decision import Decision, decision_text
from csctl.core.records.lines import Measured
from csctl.core.scoring.decided import decided_value_text, points_decided
from csctl.core.scoring.marks import said_beside, tally_points
from csctl.core.scoring.points import Points, points_of_text, points_of_value
from csctl.core.scoring.ratings import Rating, Sheets
from csctl.messages import problem, say
from csctl.messages.grammar import clauses, listed
from csctl.policy.cards import Card
from csctl.policy.model import Policy
from csctl.policy.scoring import Indicator
from csctl.problems import Problem
from csctl.words import SUPERIOR


@dataclass(frozen=True, slots=True)
class Judged:
    """One indicator on one sheet. ``points`` None: missing. ``text`` is what a rater wrote, ``reason`` why.

    ``note`` says what else there is to know, such as items that were left out.
    """

    points: Points | None
    text: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """One of the cards that score somebody in a month: the figures of its own days, and how many of all days they are.

    ``said`` are its dates.
    """

    view: AgentView
    share: Fraction
    said: str


@dataclass(frozen=True, slots=True)
class AgentView:
    """All that is known of one agent when scoring: values by measure with their records, rating sheets, the post.

    ``decisions`` by indicator id stand instead of measures and sheets. ``untold``: no table tells anything of the
    agent but leave, where one of presence tells of others. ``card``: None where everybody has the same.
    """

    agent_id: str
    values: Mapping[str, Decimal | None]
    measured: Mapping[str, Measured]
    sheets: Sheets
    post: str = ""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    untold: bool = False
    card: Card | None = None
    by_card: tuple[CardView, ...] = ()
    """Where several cards score somebody one after the other, each by itself; ``card`` has what is on any of them."""

    def rules(self, policy: Policy) -> Policy:
        """The policy with what is on the agent's card."""
        return self.card.policy if self.card else policy


def shares_of(policy: Policy, view: AgentView) -> dict[str, Fraction]:
    """The part of each role that has a sheet; together 1. The superior's sheet always exists."""
    raters = dict(policy.score.raters) if policy.score else {}
    present = {
        role: Fraction(share)
        for role, share in raters.items()
        if role == SUPERIOR or view.sheets.has_sheet(view.agent_id, role)
    }
    whole = sum(present.values(), Fraction(0))
    return {role: share / whole for role, share in present.items()} if whole else {SUPERIOR: Fraction(1)}


def measured_value(indicator: Indicator, view: AgentView) -> Decimal | None:
    """The value an indicator is scored from; None where it is missing, or rests on too few rows."""
    measured = view.measured.get(indicator.measure or "")
    # A count of nothing has no rows and is a value: it is never too few where nobody asked for more than one.
    if measured is not None and indicator.min_n > 1 and measured.n < indicator.min_n:
        return None
    return view.values.get(indicator.measure or "")


def judge_rating(policy: Policy, indicator: Indicator, view: AgentView, role: str) -> tuple[Judged, list[Problem]]:
    """What one role's sheet says of one indicator."""
    decision = view.decisions.get(indicator.id)
    if decision is not None:
        return _from_decision(policy, indicator, view, decision)
    own = view.sheets.find(view.agent_id, role, names_as_a_whole(indicator))
    kept, problems = _with_reason(indicator, view, own) if role == SUPERIOR else (own, [])
    judged, found = _from_ratings(policy, indicator, view, kept)
    problems += found
    if judged.points is None:
        judged, found = _from_items(policy, indicator, view, role)
        problems += found
    if judged.points is None:
        judged, found = (
            _from_measure(policy, indicator, view)
            if role == SUPERIOR
            else judge_rating(policy, indicator, view, SUPERIOR)
        )
        problems += found
    return judged, problems


def _from_decision(
    policy: Policy, indicator: Indicator, view: AgentView, decision: Decision
) -> tuple[Judged, list[Problem]]:
    points = points_decided(policy, indicator, decision, view.values)
    if points is None:
        found = problem("value-fits-no-band", found=decision.value, agent=view.agent_id, indicator=indicator.label)
        return Judged(None), [found]
    text = decided_value_text(policy, indicator, decision.value) if decision.measured else decision.value
    return Judged(points, text, note=decision_text(decision, policy.language)), []


def names_as_a_whole(indicator: Indicator) -> list[str]:
    """Items under which a rater judges all of the indicator: its own names, unless one is that of an item in it."""
    names = [indicator.rating, *(name for name in (indicator.id, indicator.label) if name not in items_in(indicator))]
    return [name for name in names if name]


def items_in(indicator: Indicator) -> list[str]:
    """The rated items an indicator is put together from; none for one that is a single item or a measure."""
    return [] if indicator.rating else indicator.rated_items


def _from_items(policy: Policy, indicator: Indicator, view: AgentView, role: str) -> tuple[Judged, list[Problem]]:
    """The tally of the marks, or the mean over the items that were rated; those left out are said."""
    if indicator.tally:
        forms = (indicator.tally, view.sheets, view.agent_id, role)
        points, text, problems = tally_points(*forms, view.values, view.post)
        said = said_beside(*forms, view.values, view.post, policy.language) if points else ""
        return Judged(points, text, note=said), problems
    rated: dict[str, Judged] = {}
    problems = []
    for item in indicator.ratings:
        judged, found = _from_ratings(policy, indicator, view, view.sheets.find(view.agent_id, role, [item]))
        problems += found
        if judged.points is not None:
            rated[item] = judged
    known = [judged.points for judged in rated.values() if judged.points is not None]
    if not known:
        return Judged(None), problems
    levels = {points.level for points in known}
    mean = Points(
        sum((points.points for points in known), Fraction(0)) / len(known), levels.pop() if len(levels) == 1 else ""
    )
    left_out = [item for item in indicator.ratings if item not in rated]
    note = say("items-without-rating", policy.language, items=left_out) if left_out else ""
    text = listed((f"{item} {judged.text}" for item, judged in rated.items()), policy.language)
    reason = clauses(dict.fromkeys(judged.reason for judged in rated.values()), policy.language)
    return Judged(mean, text, reason, note), problems


def _with_reason(indicator: Indicator, view: AgentView, ratings: list[Rating]) -> tuple[list[Rating], list[Problem]]:
    """The superiors' ratings that count: where a measured value stands, only those that say why they override it."""
    if measured_value(indicator, view) is None:
        return ratings, []
    bare = [rating for rating in ratings if not rating.is_reasoned]
    problems = [
        problem("override-without-reason", rating.place, rating.value, indicator=indicator.label) for rating in bare
    ]
    return [rating for rating in ratings if rating.is_reasoned], problems


def _from_measure(policy: Policy, indicator: Indicator, view: AgentView) -> tuple[Judged, list[Problem]]:
    value = measured_value(indicator, view)
    if value is None:
        return Judged(None), []
    points = points_of_value(policy, indicator, value, view.values.get)
    if points is None:
        return Judged(None), [
            problem("value-fits-no-band", found=value, agent=view.agent_id, indicator=indicator.label)
        ]
    return Judged(points), []


def _from_ratings(
    policy: Policy, indicator: Indicator, view: AgentView, ratings: list[Rating]
) -> tuple[Judged, list[Problem]]:
    """The mean of what several raters of one role gave; one that cannot be read is a problem and left out."""
    found: list[tuple[Rating, Points]] = []
    problems: list[Problem] = []
    for rating in ratings:
        points = points_of_text(policy, indicator, rating.value, view.values)
        if points is None:
            place = rating.place.at(row=rating.place.row, column=rating.item)
            levels = tuple(policy.scale)
            problems.append(problem("rating-not-on-scale", place, rating.value, levels=levels))
        else:
            found.append((rating, points))
    if not found:
        return Judged(None), problems
    mean = sum((points.points for _, points in found), Fraction(0)) / len(found)
    levels_given = {points.level for _, points in found}
    text = " / ".join(rating.value for rating, _ in found)
    reason = clauses(dict.fromkeys(rating.reason for rating, _ in found), policy.language)
    return Judged(Points(mean, levels_given.pop() if len(levels_given) == 1 else ""), text, reason), problems
