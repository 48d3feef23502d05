"""Figures as people read them on reports, and where a value lies on a scale."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from csctl.money import Exact, amount_text, exact, round_half_up

NONE = "–"
"""Stands where there is no figure."""


def full_number(number: Decimal | None) -> str:
    """A number with thousands marked and all its places, as the sheets show a score."""
    return NONE if number is None else f"{number:,f}"


def amount_or_dash(cents: int | None) -> str:
    """An amount in currency units with two places."""
    return NONE if cents is None else amount_text(cents)


def signed_number(number: Decimal | None) -> str:
    """A change with its sign; a true minus, so that it stands out."""
    if number is None:
        return NONE
    return f"{'+' if number > 0 else '−' if number < 0 else '±'}{abs(number):,f}"


def mean(values: Sequence[Decimal], decimals: int) -> Decimal | None:
    """The mean, rounded once; None of nothing."""
    return round_half_up(sum(map(exact, values), Fraction(0)) / len(values), decimals) if values else None


def median(values: Sequence[Decimal], decimals: int) -> Decimal | None:
    """The middle value, or the mean of the two middle ones, rounded once; None of nothing."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return mean(ordered[half - (len(ordered) % 2 == 0) : half + 1], decimals) if ordered else None


def ratio(value: Exact, low: Exact, high: Exact) -> Fraction:
    """Where a value lies between two others: 0 at ``low``, 1 at ``high``, never outside."""
    whole = exact(high) - exact(low)
    return min(max((exact(value) - exact(low)) / whole, Fraction(0)), Fraction(1)) if whole else Fraction(0)


def round_span(values: Sequence[Decimal], step: int) -> tuple[int, int]:
    """Whole multiples of ``step`` that enclose all values, at least one step apart."""
    parts = [exact(value) / step for value in values] or [Fraction(0)]
    low = math.floor(min(parts))
    return low * step, max(math.ceil(max(parts)), low + 1) * step


def spans_of(values: Sequence[Decimal], step: int) -> list[tuple[str, int]]:
    """How many values lie from one multiple of ``step`` up to below the next, the highest first, without gaps."""
    counts = Counter(math.floor(exact(value) / step) for value in values)
    return (
        [(f"{at * step}–{(at + 1) * step}", counts[at]) for at in range(max(counts), min(counts) - 1, -1)]
        if counts
        else []
    )
