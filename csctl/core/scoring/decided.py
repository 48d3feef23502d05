"""What people write for an item, taken in the unit that the item is measured in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from csctl.core.records.decision import Decision
from csctl.core.scoring.points import Points, points_of_text, points_of_value
from csctl.messages import LANGUAGES
from csctl.messages.units import unit_word
from csctl.policy.model import Policy
from csctl.policy.refs import NamedFigure, named_figures
from csctl.policy.scoring import Indicator
from csctl.words import fold

POINTS = frozenset({"分", "point", "points", "pts"})
"""Words behind a number that is meant as points, whatever the item is measured in."""
_WRITTEN = re.compile(r"(-?\d+(?:\.\d+)?)\s*(\D*)")


class Taken(NamedTuple):
    """A value as a decision keeps it; ``measured``: in the unit of the indicator's measure."""

    value: str
    measured: bool


def measured_by(policy: Policy, indicator: Indicator) -> NamedFigure | None:
    """What an indicator is measured in; None for one that is rated, or whose value is its points."""
    if indicator.measure is None or indicator.out_of is not None:
        return None
    return named_figures(policy).get(indicator.measure)


def parse_decided_value(policy: Policy, indicator: Indicator, written: str) -> Taken:
    """A bare number, or one with its unit, is the measured value; ``72 points`` are points; anything else is as it is.

    Of an indicator that nothing measures, numbers are what a rater writes.
    """
    figure = measured_by(policy, indicator)
    found = _WRITTEN.fullmatch(written.strip())
    if figure is None or found is None:
        return Taken(written, measured=False)
    number, unit = found[1], fold(found[2])
    if unit in map(fold, ("", *_units(figure))):
        return Taken(number, measured=True)
    return Taken(number if unit in POINTS else written, measured=False)


def _units(figure: NamedFigure) -> list[str]:
    """How the unit of a figure may be written."""
    return [figure.unit, *(unit_word(figure.unit, one, beside) for one in LANGUAGES for beside in (None, Decimal(1)))]


def points_decided(
    policy: Policy, indicator: Indicator, decision: Decision, values: Mapping[str, Decimal | None]
) -> Points | None:
    """What a decision earns; ``values`` are the agent's measures. None if it fits nowhere."""
    if decision.measured:
        return points_of_value(policy, indicator, Decimal(decision.value), values.get)
    return points_of_text(policy, indicator, decision.value, values)


def can_be(figure: NamedFigure, value: Decimal) -> bool:
    """Whether a measure can have this value: counts are whole and not below 0, others have their decimals."""
    exponent = value.normalize().as_tuple().exponent
    return -int(exponent) <= figure.places and not (figure.whole and value < 0)


def decided_value_text(policy: Policy, indicator: Indicator, value: str) -> str:
    """A measured value as people read it."""
    figure = measured_by(policy, indicator)
    return f"{value} {unit_word(figure.unit, policy.language, Decimal(value)) if figure else ''}".strip()
