"""What a placeholder stands for, in a phrase; and all that a policy knows."""

from __future__ import annotations

from csctl.messages import catalogue, say
from csctl.policy.model import Policy
from csctl.sheets.form_fields import LINE_FIELDS
from csctl.sheets.form_marks import ADJUSTMENT, EACH

_LINE, _DIMENSION, _WORD = "line.", "dimension.", "word."


def meaning(key: str, policy: Policy, language: str) -> str:
    """What a known placeholder stands for under a policy; "" for one that is not known."""
    field = key.rpartition(".")[2]
    if key.startswith(ADJUSTMENT):
        return say("placeholder.each-adjustment", language, meaning=say(f"placeholder.line.{field}", language))
    if key.startswith(EACH):
        return say("placeholder.each", language, meaning=say(f"placeholder.line.{field}", language))
    if key.startswith(_WORD):
        return say("placeholder.word", language, text=say(f"form.{field.replace('_', '-')}", language))
    for start, labels in ((_LINE, _lines(policy)), (_DIMENSION, {one.id: one.label for one in policy.dimension})):
        if key.startswith(start):
            label = labels.get(key.removeprefix(start).rpartition(".")[0], "")
            said = say(f"placeholder.{start}{field}", language)
            return say("placeholder.of-line", language, label=label, meaning=said) if label else said
    return say(f"placeholder.{key}", language) if f"placeholder.{key}" in catalogue() else ""


def _lines(policy: Policy) -> dict[str, str]:
    named = {one.id: one.label for part in policy.dimension for one in part.indicator}
    return named | {one.id: one.label for one in policy.adjustment}


def repeating() -> frozenset[str]:
    """The placeholders of rows that repeat."""
    return frozenset(start + name for start in (EACH, ADJUSTMENT) for name in LINE_FIELDS)
