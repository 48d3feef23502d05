"""The value of a measure at which an indicator has a level or so many points: what must happen for it to be reached."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from csctl.core.scoring.points import FULL, points_of_value
from csctl.money import exact
from csctl.policy.model import Policy
from csctl.policy.refs import named_figures
from csctl.policy.scoring import Indicator

Values = Mapping[str, Decimal | None]


def value_at_level(policy: Policy, indicator: Indicator, level: str, values: Values) -> Decimal | None:
    """The nearest value of the indicator's measure that has that level; None where another measure decides it."""
    figure, now = named_figures(policy).get(indicator.measure or ""), values.get(indicator.measure or "")
    if figure is None or now is None:
        return None
    step = Decimal(1).scaleb(-figure.places)
    edges = {edge for band in indicator.bands if band.measure is None for edge in band.edges}
    around = {edge.quantize(step, way) + move for edge in edges for way in (ROUND_FLOOR, ROUND_CEILING)
              for move in (-step, Decimal(0), step)}  # fmt: skip
    reached = [value for value in around if _level(policy, indicator, value, values) == level]
    possible = [value for value in reached if value >= 0 or not figure.whole]
    return min(possible, key=lambda value: (abs(value - now), value), default=None)


def _level(policy: Policy, indicator: Indicator, value: Decimal, values: Values) -> str:
    points = points_of_value(policy, indicator, value, values.get)
    return points.level if points else ""


def value_at_points(policy: Policy, indicator: Indicator, points: Decimal) -> Decimal | None:
    """The least change of the measure that earns so many points along its line, or as points themselves."""
    figure = named_figures(policy).get(indicator.measure or "")
    if figure is None:
        return None
    wanted, rising = exact(points), True
    if indicator.linear is not None:
        zero, full = exact(indicator.linear.zero), exact(indicator.linear.full)
        wanted, rising = zero + (full - zero) * wanted / exact(FULL), full > zero
    units = wanted * Fraction(10) ** figure.places
    whole = -((-units) // 1) if rising else units // 1
    return Decimal(int(whole)).scaleb(-figure.places)
