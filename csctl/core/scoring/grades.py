"""The grade of a score."""

from __future__ import annotations

from decimal import Decimal

from csctl.policy.model import Policy
from csctl.policy.scoring import Grade


def grade_of(policy: Policy, score: Decimal) -> Grade | None:
    """The best grade that the shown score reaches; the last one has no edge. None where the policy has none."""
    return next((one for one in policy.grade if one.at_least is None or score >= one.at_least), None)
