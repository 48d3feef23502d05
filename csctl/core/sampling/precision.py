"""What a sample can tell: the 95 % interval of a pass rate, and how many reviews a narrower one needs.

Wilson's interval (Wilson 1927; Brown, Cai and DasGupta 2001 on why not Wald's), with the correction for a finite
number of contacts: whoever reviews all of them knows the rate. Decimals only, so that every machine says the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.money import exact, round_half_up

Z = Decimal("1.959963984540054")
"""The standard normal distribution has 95 % between -Z and Z."""
USUAL_RATE = Fraction(9, 10)
"""The pass rate that is supposed before anything was reviewed."""
FEWEST_OBSERVED = 30
"""With so many reviewed items the observed rate is used instead."""
SHOWN_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Interval:
    """Percent, rounded to one place: where the true pass rate lies with 95 % confidence, and half the width."""

    low: Decimal
    high: Decimal
    half: Decimal


def interval(rate: Fraction, reviewed: Iterable[tuple[int, int]]) -> Interval | None:
    """The interval at a pass rate after reviewing so many (first) of so many contacts (second) in each stratum.

    None if a stratum was not looked at, or nothing was: nobody knows what is there. Strata may be drawn unevenly; the
    whole is as good as a plain sample of the size that gives the same variance.
    """
    strata = [(size, whole) for size, whole in reviewed if whole]
    if not strata or any(size == 0 for size, _ in strata):
        return None
    total = sum(whole for _, whole in strata)
    spread = sum((Fraction(whole, total) ** 2 * _spread(size, whole) for size, whole in strata), Fraction(0))
    low, high = _wilson(rate, spread)
    shown = [round_half_up(exact(value) * 100, SHOWN_DECIMALS) for value in (low, high, (high - low) / 2)]
    return Interval(*shown)


def size_needed(rate: Fraction, whole: int, points: int) -> int:
    """The smallest plain sample of so many contacts whose interval reaches at most so many points to either side."""

    def narrow_enough(size: int) -> bool:
        low, high = _wilson(rate, _spread(size, whole))
        return (high - low) / 2 * 100 <= points

    return bisect_left(range(1, whole + 1), True, key=narrow_enough) + 1 if whole else 0


def _spread(size: int, whole: int) -> Fraction:
    """One divided by the size of the sample from an endless number of contacts that would tell as much."""
    return Fraction(whole - size, size * (whole - 1)) if whole > 1 else Fraction(0)


def _wilson(rate: Fraction, spread: Fraction) -> tuple[Decimal, Decimal]:
    share, per = _decimal(rate), _decimal(spread)
    middle = share + Z * Z * per / 2
    reach = Z * (share * (1 - share) * per + Z * Z * per * per / 4).sqrt()
    scale = 1 + Z * Z * per
    return max(Decimal(0), (middle - reach) / scale), min(Decimal(1), (middle + reach) / scale)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
