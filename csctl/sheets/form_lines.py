"""The fields of one line of a performance sheet: an indicator, an adjustment, the floor and the cap."""

from __future__ import annotations

from decimal import Decimal

from csctl.core.records.lines import ScoreLine
from csctl.core.records.marks import SIGN, marks_text
from csctl.core.scoring.quotas import QUOTA
from csctl.messages import say
from csctl.messages.units import missing_word, unit_word
from csctl.policy.model import Policy
from csctl.policy.scoring import Dimension, Indicator
from csctl.sheets.form_fields import LINE_FIELDS, NOT_MEANT, NOTHING, Fields, Value
from csctl.sheets.standards import figure_with_unit
from csctl.sheets.words import sheet_word


def not_applied(policy: Policy, language: str) -> Fields:
    """The fields of the adjustments, and of the floor and the cap, as they stand where they do not apply."""
    labels = {one.id: (one.label, one.rule) for one in policy.adjustment}
    if policy.score is not None:
        edges = {"floor": policy.score.floor, "cap": policy.score.cap}
        given = [name for name, edge in edges.items() if edge is not None]
        labels |= {name: (say(f"score-{name}", policy.language), policy.score.rule) for name in given}
        if policy.score.quotas is not None:
            labels[QUOTA] = (say("score-quota", policy.language), policy.score.quotas.rule)
    fields: Fields = {}
    for key, (label, rule) in labels.items():
        said: Fields = {"id": key, "label": label, "rule": rule, "n": 0, "contribution": 0}
        said |= {"value": 0, "shown": sheet_word("none", language), "note": ""}
        fields |= {f"line.{key}.{name}": said.get(name, NOT_MEANT) for name in LINE_FIELDS}
    return fields


def line_fields(
    line: ScoreLine | None,
    declared: tuple[Dimension, Indicator] | None,
    language: str,
    *,
    standard: str = "",
    own_sheet: bool = True,
    scored: bool = True,
) -> Fields:
    """The fields of one line; of an indicator that the agent has no line for, what the policy says of it.

    Of somebody without a score (not ``scored``) nothing is at stake, and a line adds nothing.
    """
    part, indicator = declared or (None, None)
    fields: Fields = {
        "target": indicator.target if indicator else "",
        "standard": standard,
        "note": (line.note if line else "") or (indicator.note if indicator else ""),
        "mark": SIGN if line and line.marks else "",
        "marks": marks_text(line.marks, language) if line else "",
        "dimension": part.label if part else "",
    }
    if line is not None:
        return fields | _figures(line, language, own_sheet=own_sheet, scored=scored)
    fields |= {"id": indicator.id, "label": indicator.label, "rule": indicator.rule} if indicator else {}
    return {name: fields.get(name, NOTHING) for name in LINE_FIELDS}


def _figures(line: ScoreLine, language: str, *, own_sheet: bool, scored: bool) -> Fields:
    """What was counted, what it is worth, and by which rule."""
    value: Value = (line.text or _absent(line, language)) if line.value is None else line.value
    points: dict[str, Value | None] = {"points": line.points, "out_of": line.out_of, "superior": line.superior_points}
    points["self"] = line.self_points if own_sheet else NOT_MEANT
    return {
        "id": line.line,
        "label": line.label,
        "value": value,
        "shown": value if line.value is None else figure_with_unit(line.value, line.unit, language),
        "unit": unit_word(line.unit, language, line.value),
        "n": line.n,
        "level": line.band or (NOTHING if line.points is None else NOT_MEANT),
        "weight": without_zeros(line.weight) if scored else NOTHING,
        "contribution": line.contribution if scored else NOTHING,
        "rule": line.rule,
        **{name: NOTHING if number is None else number for name, number in points.items()},
    }


def without_zeros(number: Decimal) -> Decimal:
    """The same number with no more places than it needs."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _absent(line: ScoreLine, language: str) -> str:
    """缺, and what the missing rule made of it."""
    if not line.missing:
        return sheet_word("absent", language)
    return sheet_word("absent-because", language, rule=missing_word(line.missing, language))
