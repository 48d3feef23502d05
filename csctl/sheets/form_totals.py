"""The totals of a performance sheet: score, grade and rank, and the points of each dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from csctl.core.people.cards import card_of
from csctl.core.records.agent import Agent
from csctl.core.records.lines import ScoreLine
from csctl.core.records.marks import SIGN, marks_text
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.money import from_cents, round_half_up
from csctl.policy.model import Policy
from csctl.policy.scoring import Dimension
from csctl.sheets.form_fields import NOT_MEANT, NOTHING, Fields, Money, Value
from csctl.words import SELF


def score_fields(result: MonthResult, agent: Agent, language: str) -> Fields:
    """Totals, grade, rank and pay; what there is none of stays empty."""
    score = result.own(agent.agent_id).score
    pay = [line.amount_cents for line in result.own(agent.agent_id).pay_lines]
    fields: dict[str, Value | None] = {
        "score.total": score.score if score else None,
        "score.self": score.self_total if score else None,
        "score.superior": score.superior_total if score else None,
        "score.adjustments": score.adjustment_total if score else None,
        "score.indicators": score.indicator_total if score else None,
        "score.grade": (score.grade or None) if score else None,
        "score.coefficient": score.coefficient if score else None,
        "score.rank": score.rank if score else None,
        "score.card": card_of(result.policy, agent).label or NOT_MEANT,
        "score.mark": (SIGN if score.marks else "") if score else "",
        "score.marks": marks_text(score.marks, language) if score else "",
        "score.formula": formula_in_words(result.policy, language),
        "pay.total": Money(from_cents(sum(pay))) if pay else None,
    }
    if not has_own_sheet(result.policy):
        fields["score.self"] = NOT_MEANT
    if not result.policy.grade:
        fields["score.grade"] = NOT_MEANT
    if all(grade.coefficient is None for grade in result.policy.grade):
        fields["score.coefficient"] = NOT_MEANT
    return {key: NOTHING if value is None else value for key, value in fields.items()}


def has_own_sheet(policy: Policy) -> bool:
    """Whether agents rate themselves at all."""
    return bool(policy.score and SELF in policy.score.raters)


def formula_in_words(policy: Policy, language: str) -> str:
    """How the final score is made: ``员工评分合计×30% + 上级评分合计×70% ± 加减分``."""
    raters = policy.score.raters if policy.score else {}
    if set(raters) != {"self", "superior"}:
        return say("form.formula-sum", language)
    parts = " + ".join(say(f"form.formula-{role}", language, percent=f"{raters[role]:f}") for role in sorted(raters))
    return say("form.formula-raters", language, parts=parts)


def dimension_fields(result: MonthResult, agent: Agent, lines: list[ScoreLine]) -> Fields:
    """Each dimension's points per rater; they sum to the rater's total where that is their sum."""
    policy = result.policy
    decimals = policy.score_decimals
    score = result.own(agent.agent_id).score
    totals = {"self": score.self_total if score else None, "superior": score.superior_total if score else None}
    fields: Fields = {}
    for part in policy.dimension:
        fields[f"dimension.{part.id}.label"] = part.label
        fields[f"dimension.{part.id}.weight"] = part.weight
    own = {part.id for part in card_of(policy, agent).policy.dimension}
    for role, total in totals.items():
        exact = {part.id: _dimension_points(part, lines, role) for part in policy.dimension if part.id in own}
        for key, points in shown_parts(exact, total, decimals).items():
            fields[f"dimension.{key}.{role}"] = NOTHING if points is None else points
    off = [part.id for part in policy.dimension if part.id not in own]
    return fields | {f"dimension.{key}.{name}": NOT_MEANT for key in off for name in ("weight", *totals)}


def _dimension_points(part: Dimension, lines: Iterable[ScoreLine], role: str) -> Fraction | None:
    """Σ weight × points ÷ out of; None if a line that counts has no points of that rater, or no line counts."""
    total, counted = Fraction(0), False
    for line in lines:
        if line.dimension != part.id or not line.weight:
            continue
        points = line.self_points if role == "self" else line.superior_points
        if points is None or not line.out_of:
            return None
        total, counted = total + Fraction(line.weight) * Fraction(points) / Fraction(line.out_of), True
    return total if counted else None


def shown_parts(
    exact: Mapping[str, Fraction | None], total: Decimal | None, decimals: int
) -> dict[str, Decimal | None]:
    """Parts rounded so that they sum to the shown total: floors, then largest remainders, ties to the lower key.

    Where the total is something else than their sum (a part is missing, a cap), each is rounded half up by itself.
    """
    known = {key: points * 10**decimals for key, points in exact.items() if points is not None}
    floors = {key: points.numerator // points.denominator for key, points in known.items()}
    left = int(total.scaleb(decimals)) - sum(floors.values()) if total is not None else -1
    if 0 <= left <= len(floors):
        by_claim = sorted(floors, key=lambda key: (floors[key] - known[key], key))
        units = {key: floors[key] + (key in by_claim[:left]) for key in floors}
    else:
        units = {key: int(round_half_up(points, 0)) for key, points in known.items()}
    return {key: Decimal(units[key]).scaleb(-decimals) if key in units else None for key in exact}
