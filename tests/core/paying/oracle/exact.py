"""Fractions and whole cents: rounding and sharing as the documentation words them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction


def half_up(number: Fraction) -> int:
    """The nearest whole number; a half goes away from zero."""
    whole, rest = divmod(abs(number), 1)
    up = int(whole) + (1 if rest >= Fraction(1, 2) else 0)
    return up if number >= 0 else -up


def cents(yuan: Fraction) -> int:
    """Whole cents of an amount in yuan."""
    return half_up(yuan * 100)


def shared(total: int, claims: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole cents in proportion to the claims, summing to the total: what is left over goes, a cent each, to the
    largest remainders; of equal ones to the higher claim, then to the first in order of id.
    """
    if total < 0:
        return {key: -part for key, part in shared(-total, claims).items()}
    exact = {key: total * claim / sum(claims.values()) for key, claim in claims.items()}
    parts = {key: int(one) for key, one in exact.items()}
    order = sorted(claims, key=lambda key: (parts[key] - exact[key], -claims[key], key))
    for key in order[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def kept(most: int, amounts: Mapping[str, int]) -> dict[str, int]:
    """What is left of each where all come to no more than ``most``; what is taken back leaves more to the others."""
    if sum(amounts.values()) <= most:
        return dict(amounts)
    above = {key: Fraction(one) for key, one in amounts.items() if one > 0}
    below = sum(one for one in amounts.values() if one < 0)
    return dict(amounts) | shared(most - below, above)
