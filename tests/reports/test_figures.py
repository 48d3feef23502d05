"""Means, medians and scales, exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.explaining.nodes import trimmed_number
from csctl.money import round_half_up
from csctl.reports.figures import amount_or_dash, full_number, mean, median, ratio, round_span, signed_number

D = Decimal
SCORES = st.lists(st.decimals(-200, 200, places=2), min_size=1, max_size=12)


def test_numbers_as_people_read_them() -> None:
    """Nothing where there is no figure; a true minus in changes."""
    assert [trimmed_number(D("1234.50")), trimmed_number(D("100")), trimmed_number(None)] == ["1,234.5", "100", "–"]
    assert [full_number(D("95.00")), amount_or_dash(-123456), amount_or_dash(None)] == ["95.00", "-1,234.56", "–"]
    assert [signed_number(D("1.20")), signed_number(D("-1000.5")), signed_number(D(0)), signed_number(None)] == [
        "+1.20",
        "−1,000.5",
        "±0",
        "–",
    ]


@given(SCORES)
def test_mean_and_median_are_rounded_once(values: list[Decimal]) -> None:
    """From the exact sum; the median agrees with the standard library's."""
    exact = [Fraction(value) for value in values]
    assert mean(values, 2) == round_half_up(sum(exact, Fraction(0)) / len(exact), 2)
    assert median(values, 2) == round_half_up(Fraction(plain_median(exact)), 2)
    assert mean([], 2) is median([], 2) is None


@given(SCORES, st.sampled_from([5, 10]))
def test_a_scale_encloses_its_values(values: list[Decimal], step: int) -> None:
    """In whole steps, at least one, and no step too many."""
    low, high = round_span(values, step)
    assert low % step == high % step == 0
    assert low <= min(values) < low + step
    assert max(values) <= high
    assert high - step < max(values) or high == low + step


@pytest.mark.parametrize(("value", "share"), [(60, 0), (80, "1/2"), (100, 1), (20, 0), (130, 1)])
def test_a_value_lies_within_its_scale(value: int, share: str | int) -> None:
    """Outside values stand at the ends."""
    assert ratio(value, 60, 100) == Fraction(share)
    assert ratio(value, 60, 60) == 0
