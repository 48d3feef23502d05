"""What a sample can tell, compared with textbook figures and with counting."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import comb, sqrt
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.sampling.precision import Z, interval, size_needed

RATES = st.fractions(0, 1, max_denominator=200)
ENDLESS = 10**9


def shown(rate: Fraction, *pairs: tuple[int, int]) -> tuple[str, str] | None:
    """Low and high in percent."""
    found = interval(rate, pairs)
    return None if found is None else (str(found.low), str(found.high))


@pytest.mark.parametrize(
    ("passed", "size", "expected"),
    [
        (81, 263, ("25.5", "36.6")),
        (15, 148, ("6.2", "16.0")),
        (0, 20, ("0.0", "16.1")),
        (29, 29, ("88.3", "100.0")),
        (90, 100, ("82.6", "94.5")),
    ],
)
def test_wilsons_interval_is_that_of_the_books(passed: int, size: int, expected: tuple[str, str]) -> None:
    """Newcombe 1998, table I, method 3, and two more by hand; from an endless number of contacts."""
    assert shown(Fraction(passed, size), (size, ENDLESS)) == expected


def test_z_is_the_normal_distributions() -> None:
    """To all places that a float has."""
    assert float(Z) == pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-14)


@given(RATES, st.integers(1, 500), st.integers(0, 5000))
def test_the_interval_agrees_with_the_formula_in_floats(rate: Fraction, size: int, more: int) -> None:
    """Wilson with the finite population's effective size, computed the plain way; shown to one place."""
    whole = size + more
    found = interval(rate, [(size, whole)])
    assert found is not None
    if more == 0:
        assert found.low == found.high
        return
    n, p, z = size * (whole - 1) / (whole - size), float(rate), NormalDist().inv_cdf(0.975)
    middle, reach = (
        (p + z * z / (2 * n)) / (1 + z * z / n),
        z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / 4 / n / n),
    )
    assert float(found.low) == pytest.approx(100 * (middle - reach), abs=0.0501)
    assert float(found.high) == pytest.approx(100 * (middle + reach), abs=0.0501)


@given(RATES, st.integers(1, 60), st.integers(0, 60))
def test_the_rate_lies_inside_and_the_ends_within_a_hundred(rate: Fraction, size: int, more: int) -> None:
    """Whatever is reviewed."""
    found = interval(rate, [(size, size + more)])
    assert found is not None
    assert 0 <= found.low <= found.high <= 100
    assert found.low - Decimal("0.05") <= Decimal(float(rate * 100)) <= found.high + Decimal("0.05")


def test_strata_drawn_by_share_tell_as_much_as_a_plain_sample() -> None:
    """And drawn evenly from uneven agents, less."""
    rate = Fraction(9, 10)
    whole, plain = interval(rate, [(30, 300), (10, 100)]), interval(rate, [(40, 400)])
    assert whole is not None
    assert plain is not None
    assert abs(whole.half - plain.half) <= Decimal("0.1")
    uneven = interval(rate, [(20, 300), (20, 100)])
    assert uneven is not None
    assert uneven.half > whole.half


def test_nobody_knows_what_was_not_looked_at() -> None:
    """A stratum without a review leaves the whole unknown; one without contacts does no harm."""
    assert shown(Fraction(9, 10), (5, 50), (0, 50)) is None
    assert shown(Fraction(9, 10)) is None
    assert shown(Fraction(9, 10), (5, 50), (0, 0)) == shown(Fraction(9, 10), (5, 50))


@pytest.mark.parametrize(("rate", "points"), [(Fraction(9, 10), 5), (Fraction(1, 2), 10), (Fraction(1), 5)])
@pytest.mark.parametrize("whole", [1, 30, 718])
def test_the_size_needed_is_the_smallest_that_does(rate: Fraction, points: int, whole: int) -> None:
    """Tried one by one."""

    def half(size: int) -> Decimal:
        found = interval(rate, [(size, whole)])
        assert found is not None
        return found.half

    tried = next(size for size in range(1, whole + 1) if half(size) <= points)
    assert abs(size_needed(rate, whole, points) - tried) <= 1
    assert half(size_needed(rate, whole, points)) <= points
    assert size_needed(rate, 0, points) == 0


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Sixty of three hundred contacts, 270 of them in order: every outcome counted (hypergeometric)."""
    whole, good, size = 300, 270, 60
    covered = 0
    for passed in range(size + 1):
        found = interval(Fraction(passed, size), [(size, whole)])
        assert found is not None
        if found.low <= 90 <= found.high:
            covered += comb(good, passed) * comb(whole - good, size - passed)
    assert Fraction(93, 100) < Fraction(covered, comb(whole, size)) < Fraction(98, 100)
