"""Arithmetic for second opinions: written anew, without a line of csctl."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

Value = Decimal | None


def half_up(value: Fraction | int, places: int) -> Decimal:
    """Rounded half away from zero, by whole numbers."""
    scaled = abs(Fraction(value)) * 10**places
    whole = int(scaled) + (1 if scaled - int(scaled) >= Fraction(1, 2) else 0)
    return Decimal(whole if value >= 0 else -whole) / Decimal(10**places)


def percent(part: int | Fraction, whole: int | Fraction, places: int = 2) -> Value:
    """A share in percent; nothing of nothing is unknown."""
    return half_up(Fraction(part) * 100 / Fraction(whole), places) if whole else None


def mean(values: Sequence[Fraction], places: int = 2) -> Value:
    """The arithmetic mean."""
    return half_up(sum(values, Fraction(0)) / len(values), places) if values else None


def quantile(values: Iterable[Fraction], q: Fraction, places: int = 2) -> Value:
    """Linear between the two neighbours, as spreadsheets' PERCENTILE does, without a float."""
    ordered = sorted(values)
    if not ordered:
        return None
    position = (len(ordered) - 1) * q
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return half_up(ordered[below] + (position - below) * (ordered[above] - ordered[below]), places)


def line(value: Value, zero: str, full: str) -> Fraction:
    """Points of 100 along a line, cut at both ends."""
    assert value is not None
    part = (Fraction(value) - Fraction(zero)) / (Fraction(full) - Fraction(zero))
    return max(Fraction(0), min(Fraction(1), part)) * 100


def ranks(scores: Mapping[str, Decimal]) -> dict[str, int]:
    """One more than the number of those who have more."""
    return {agent: 1 + sum(other > score for other in scores.values()) for agent, score in scores.items()}


def split(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Whole cents by weight: floors, and one more for the largest remainders (heavier first, then the lower id)."""
    whole = sum(weights.values())
    parts = {agent: total * weight // whole for agent, weight in weights.items()}
    waiting = sorted(weights, key=lambda agent: (-(total * weights[agent] % whole), -weights[agent], agent))
    for agent in waiting[: total - sum(parts.values())]:
        parts[agent] += 1
    return parts
