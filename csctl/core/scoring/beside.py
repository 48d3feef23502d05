"""Measures that are shown with an indicator and not scored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from csctl.messages import say
from csctl.messages.grammar import joined_parts
from csctl.messages.units import unit_word
from csctl.policy.model import Policy
from csctl.policy.refs import named_figures
from csctl.policy.scoring import Indicator


def beside_text(policy: Policy, indicator: Indicator, values: Mapping[str, Decimal | None]) -> str:
    """The measures named in ``beside`` with their values and units, in the policy's language; "" if none is named.

    A measure without value is said to have none: what is not known is not left out.
    """
    named = named_figures(policy)
    shown = [f"{named[name].label} {measured_text(values.get(name), named[name].unit, policy.language)}"
             for name in indicator.beside]  # fmt: skip
    return joined_parts(shown, policy.language)


def measured_text(value: Decimal | None, unit: str, language: str) -> str:
    """A measured value with its unit; that there is none is said in words."""
    if value is None:
        return say("no-value", language)
    number = f"{value.normalize():f}" if value else "0"
    gap = "" if language == "zh" or unit == "%" else " "
    return f"{number}{gap}{unit_word(unit, language, value)}".rstrip()
