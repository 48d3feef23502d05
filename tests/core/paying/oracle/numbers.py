"""Numbers that find faults: halves of a cent, edges and a cent beside them, nothing, less than nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import TypeVar

One = TypeVar("One")
CENT = Decimal("0.01")


def maybe(chance: Random, part: float) -> bool:
    """True in so many of a hundred cases."""
    return chance.random() < part


def some(chance: Random, of: Sequence[One], least: int = 0) -> list[One]:
    """A few of these, in their order."""
    taken = chance.sample(range(len(of)), chance.randint(least, len(of)))
    return [of[at] for at in sorted(taken)]


def yuan(chance: Random, most: int) -> Decimal:
    """An amount above nothing: round, to the cent, or one that halves badly."""
    whole = Decimal(chance.randint(1, most))
    return chance.choice(
        [whole, whole, whole - CENT, whole + Decimal("0.5"), Decimal(chance.randint(1, most * 100)) / 100]
    )


def rate(chance: Random) -> Decimal:
    """A part of an amount, nothing and everything among them."""
    return Decimal(chance.choice([0, 5, 10, 12, 15, 30, 50, 125, 333, 1000])) / 1000


def near(chance: Random, edge: Decimal) -> Decimal:
    """An edge to the cent, or what lies a cent beside it."""
    return edge.quantize(CENT) + chance.choice([-CENT, Decimal(0), Decimal(0), CENT])
