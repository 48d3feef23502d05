"""Points at stake per indicator, exactly, and how they move when an indicator drops out."""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction

from csctl.money import exact
from csctl.policy.model import Policy
from csctl.policy.scoring import Dimension


def declared_weights(dimension: Dimension) -> dict[str, Fraction]:
    """Each indicator's own weight, or an equal part of the dimension's (A-41)."""
    equal = exact(dimension.weight) / len(dimension.indicator)
    return {
        indicator.id: equal if indicator.weight is None else exact(indicator.weight)
        for indicator in dimension.indicator
    }


def weights_without(policy: Policy, dropped: Container[str]) -> dict[str, Fraction]:
    """Weights of all indicators that stay.

    The others of the dimension scale up to its weight; if a whole dimension drops out, the other dimensions scale up.
    Empty if nothing stays. The weights sum to the sum of all dimensions' weights.
    """
    kept = {}
    for dimension in policy.dimension:
        own = {key: weight for key, weight in declared_weights(dimension).items() if key not in dropped}
        if own:
            factor = exact(dimension.weight) / sum(own.values(), Fraction(0))
            kept[dimension.id] = {key: weight * factor for key, weight in own.items()}
    whole = sum((exact(dimension.weight) for dimension in policy.dimension), Fraction(0))
    left = sum((exact(dimension.weight) for dimension in policy.dimension if dimension.id in kept), Fraction(0))
    return {key: weight * whole / left for own in kept.values() for key, weight in own.items()}
