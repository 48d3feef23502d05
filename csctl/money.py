"""Exact numbers: cents, one rounding, one way to split.

Everything that decides is an ``int``, a ``Decimal`` or a ``Fraction``; a binary float is refused here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

Exact = int | Decimal | Fraction


def exact(value: Exact) -> Fraction:
    """The number as a fraction. Raises TypeError for a float: floats never decide."""
    if isinstance(value, float):
        raise TypeError(f"a float came where an exact number must stand: {value!r}")
    return Fraction(value)


def round_half_up(value: Exact, decimals: int) -> Decimal:
    """Rounded half away from zero, as people and spreadsheets do, with exactly ``decimals`` places.

    ``round_half_up(Decimal("1.005"), 2) == Decimal("1.01")``; ``round_half_up(Fraction(-5, 2), 0) == Decimal("-3")``.
    """
    scaled = exact(value) * 10**decimals
    whole = (abs(scaled.numerator) * 2 + scaled.denominator) // (scaled.denominator * 2)
    return _shifted(whole if scaled >= 0 else -whole, decimals)


def _shifted(units: int, decimals: int) -> Decimal:
    """Smallest units as a decimal, built digit by digit: arithmetic would cut it to the context's precision."""
    digits = tuple(int(digit) for digit in str(abs(units)))
    return Decimal((int(units < 0), digits, -decimals))


def from_float(value: float) -> Decimal:
    """The one door by which a binary float (a median, a workbook's cell) enters the exact world.

    Fifteen significant digits: the reading that spreadsheets give the same number.
    """
    return Decimal(f"{value:.15g}")


def to_cents(yuan: Exact) -> int:
    """Whole cents of an amount in currency units, HALF_UP."""
    return int(round_half_up(exact(yuan) * 100, 0))


def from_cents(cents: int) -> Decimal:
    """Currency units with two places: ``from_cents(348250) == Decimal("3482.50")``."""
    return _shifted(cents, 2)


def amount_text(cents: int, *, signed: bool = False) -> str:
    """Currency units with two places for people: ``3,482.50``; with its sign where a change is meant."""
    return f"{from_cents(cents):{'+' if signed else ''},.2f}"


def apportion(total: int, weights: Mapping[str, Exact]) -> dict[str, int]:
    """Split whole units by weight so that the parts sum to ``total``: floors plus largest remainders.

    Ties go to the heavier weight, then to the lower key, so the order of rows never matters (SA-093, A-34).
    Equal weights differ by at most one unit; a heavier weight never gets less; weight 0 gets 0. A negative
    total is the mirror image. Growth of the total may move one unit between keys (no quota method avoids it).

    Raises ValueError for a negative weight, or when there is something to split and nobody to give it to.
    """
    shares = {key: exact(weight) for key, weight in weights.items()}
    if any(share < 0 for share in shares.values()):
        raise ValueError("a weight is negative")
    whole = sum(shares.values(), Fraction(0))
    if whole == 0:
        if total:
            raise ValueError("nobody has a weight")
        return dict.fromkeys(weights, 0)
    if total < 0:
        return {key: -part for key, part in apportion(-total, weights).items()}
    quotas = {key: total * share / whole for key, share in shares.items()}
    parts = {key: quota.numerator // quota.denominator for key, quota in quotas.items()}
    by_claim = sorted(shares, key=lambda key: (parts[key] - quotas[key], -shares[key], key))
    for key in by_claim[: total - sum(parts.values())]:
        parts[key] += 1
    return parts


def round_together(parts: Mapping[str, Exact], decimals: int) -> dict[str, Decimal]:
    """Round parts so that what is shown adds up: their sum is the exact sum, rounded once, HALF_UP.

    Each part is within one unit of its exact value. Floors plus largest remainders; ties to the lower key.
    """
    units = {key: exact(part) * 10**decimals for key, part in parts.items()}
    floors = {key: unit.numerator // unit.denominator for key, unit in units.items()}
    total = int(round_half_up(sum(units.values(), Fraction(0)), 0))
    by_remainder = sorted(units, key=lambda key: (floors[key] - units[key], key))
    for key in by_remainder[: total - sum(floors.values())]:
        floors[key] += 1
    return {key: _shifted(floor, decimals) for key, floor in floors.items()}
