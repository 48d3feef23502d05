"""Means of shown scores, and scores that suffice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from csctl.money import Exact, exact, round_half_up


def shown_mean(scores: Sequence[Decimal], decimals: int) -> Decimal:
    """The mean, rounded once, HALF_UP: what is shown is also what is compared. Raises for no scores."""
    return round_half_up(exact(sum(scores, Decimal(0))) / len(scores), decimals)


def round_up(value: Exact, decimals: int) -> Decimal:
    """The smallest number of so many places that is not below the value."""
    return round_half_up(exact(math.ceil(exact(value) * 10**decimals)) / 10**decimals, decimals)


def enough(known: Sequence[Decimal], wanted: Decimal, decimals: int) -> Decimal:
    """The smallest score that, joining the known ones, makes a shown mean of at least ``wanted`` (not negative)."""
    half = exact(Decimal(5).scaleb(-decimals - 1))
    total = (exact(wanted) - half) * (len(known) + 1)
    return max(round_up(total - exact(sum(known, Decimal(0))), decimals), round_half_up(0, decimals))
