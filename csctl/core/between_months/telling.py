"""Why a line moved, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.between_months.records import AgentMoves, Cause, PayMove, PersonChange, ScoreMove
from csctl.messages import catalogue, say
from csctl.messages.grammar import clauses, joined_parts, with_aside
from csctl.messages.units import unit_word

NOTHING = "–"
"""How a fact is written that there was or is none of."""
_ARROW = "→"
_WITHOUT_NAME = frozenset({"value", "ratio", "text", "note"})
"""Facts that need no name where they are about the line itself."""


def causes_text(move: ScoreMove | PayMove, language: str) -> str:
    """Every cause of a line that moved; of a line that came or went what it is made of, in brackets."""
    facts = _worth_telling(move.causes)
    ratios = {one.about: one for one in facts if one.what == "ratio"}
    shown = [one for one in facts if one.what != "ratio" or not _has_value(facts, one.about)]
    ends = [say(f"between-{one.what}", language) for one in move.causes if one.what in ("came", "went")]
    told = _Told(move.label, alone=bool(ends), language=language)
    texts = clauses((_fact(one, ratios.get(one.about), told) for one in shown), language)
    return with_aside(ends[0], texts, language) if ends else texts


def _worth_telling(causes: Sequence[Cause]) -> list[Cause]:
    """What follows from another cause is left out: a quantity that is the figure itself, the points of what has no
    data; and what a note says where anything else tells why.
    """
    facts = [one for one in causes if one.what not in ("came", "went")]
    values = {_unsigned(one) for one in facts if one.what == "value"}
    missing = [one for one in facts if one.what == "missing"]
    follows = {"weight"} if missing else set[str]()
    follows |= {"band", "points"} if any(one.new for one in missing) else set[str]()
    kept = [one for one in facts if one.what not in follows]
    kept = [one for one in kept if one.what != "quantity" or _unsigned(one) not in values]
    return [one for one in kept if one.what != "note"] or kept


def _unsigned(one: Cause) -> tuple[str, str]:
    return one.old.lstrip("-"), one.new.lstrip("-")


def _has_value(causes: Sequence[Cause], about: str) -> bool:
    return any(one.what == "value" and one.about == about for one in causes)


@dataclass(frozen=True, slots=True)
class _Told:
    """What line is told of, in which language; ``alone``: the other month has no such line."""

    label: str
    alone: bool
    language: str


def _fact(one: Cause, ratio: Cause | None, told: _Told) -> str:
    if one.what == "missing":
        return _missing(one, told.language)
    text = _moved(one, told)
    if one.what == "value" and ratio is not None:
        text = with_aside(text, _moved(ratio, told), told.language)
    if one.what in _WITHOUT_NAME:
        return text if one.about in ("", told.label) else f"{one.about} {text}"
    name = say(f"between-fact-{one.what}", told.language)
    return f"{name} {one.about} {text}" if one.about else f"{name} {text}"


def _missing(one: Cause, language: str) -> str:
    """What stands in for data that is not there, or was not there."""
    code, rule = ("between-no-data-now", one.new) if one.new else ("between-no-data-before", one.old)
    known = f"missing-{rule}" in catalogue()
    return say(code, language, rule=say(f"missing-{rule}", language) if known else rule)


def _moved(one: Cause, told: _Told) -> str:
    """Both facts with their unit; of a line that is in one month only, or a note, that one."""
    if one.what == "note":
        return one.new or one.old
    old, new = _with_unit(one.old, one.old_unit, told.language), _with_unit(one.new, one.new_unit, told.language)
    if told.alone and one.what != "policy":
        return new or old
    if one.old_unit == one.new_unit and not {one.old, one.new} & {"", NOTHING}:
        old = one.old
    return f"{old or NOTHING} {_ARROW} {new or NOTHING}"


def _with_unit(text: str, unit: str, language: str) -> str:
    if text in ("", NOTHING) or not unit:
        return text
    return f"{text} {unit_word(unit, language, Decimal(1) if text == '1' else None)}"


def person_text(one: PersonChange, language: str) -> str:
    """Somebody came, left or changed, in words."""
    if one.kind != "changed":
        return say(f"between-{one.kind}", language, day=one.day or NOTHING)
    fields = (
        f"{say(f'ledger-field-{field.field}', language)} {field.old or NOTHING} {_ARROW} {field.new or NOTHING}"
        for field in one.fields
    )
    return joined_parts(fields, language)


def grade_change_text(one: AgentMoves) -> str:
    """The grade as it was and as it is; "" where it stays or there is none."""
    if one.old_grade == one.new_grade:
        return ""
    return f"{one.old_grade or NOTHING} {_ARROW} {one.new_grade or NOTHING}"
