"""How much of an agent's score rests on data: the part of the weight whose items have points without a missing rule."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from csctl.core.scoring.raters import AgentView, Judged, shares_of
from csctl.core.scoring.weights import declared_weights
from csctl.money import exact
from csctl.policy.model import Policy

Roles = Mapping[str, Mapping[str, Judged]]
"""What each role's sheet says of each indicator."""


def covered_part(policy: Policy, view: AgentView, roles: Roles) -> Fraction:
    """The part of the weight that rests on data, 0 to 1, each role's sheet by its share.

    Weights are those the policy declares: what a missing item would have counted.
    """
    weights = {key: weight for one in policy.dimension for key, weight in declared_weights(one).items()}
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        return Fraction(1)
    known = sum(
        (share * weight for role, share in shares_of(policy, view).items() for key, weight in weights.items()
         if roles[role][key].points is not None),
        Fraction(0),
    )  # fmt: skip
    return known / whole


def is_thin(policy: Policy, view: AgentView, roles: Roles) -> bool:
    """Whether less of the weight rests on data than the policy asks for; exactly as much is enough."""
    return policy.score is not None and covered_part(policy, view, roles) < exact(policy.score.min_coverage)


def items_without_data(policy: Policy, view: AgentView, roles: Roles) -> list[str]:
    """Labels of the indicators that some sheet which counts has no data for, in the order of the policy."""
    return [
        indicator.label
        for dimension in policy.dimension
        for indicator in dimension.indicator
        if any(roles[role][indicator.id].points is None for role in shares_of(policy, view))
    ]
