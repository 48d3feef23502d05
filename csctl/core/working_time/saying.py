"""How people, days and figures of attendance are written in what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

DAYS_SHOWN = 3
PEOPLE_SHOWN = 12


def days_text(days: Sequence[date]) -> str:
    """The first days, and how many there are."""
    texts = [f"{day:%m-%d}" for day in days]
    return " ".join(texts) if len(texts) <= DAYS_SHOWN else f"{' '.join(texts[:DAYS_SHOWN])} … ({len(texts)})"


def figure_text(value: Fraction) -> str:
    """A figure as it is, without noughts at its end."""
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"
