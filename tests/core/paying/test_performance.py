"""Performance pay: an amount × the score, the grade's coefficient or the attainment of a target."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.paying.plan import paid
from tests.workbench import D, cents_by_line, pay_lines

HEAD = "[[pay.performance]]\nid = 'perf'\nlabel = 'performance'\n"
SCORE = HEAD + "amount = 1000\nby = 'score'\n"
GRADE = HEAD + "amounts = { 'Junior agent' = 1000, senior = 2000 }\nby = 'grade'\n"
TARGET = HEAD + "amount = 1000\nby = 'attainment'\nattainment = 'reached'\n"
STEPS = TARGET + "steps = [ { from = 80, factor = 0.5 }, { from = 100, factor = 1 }, { from = 120, factor = 1.5 } ]\n"


def _perf(text: str, values: dict[str, object], **about: object) -> int | None:
    return cents_by_line(paid(text, values, **about), "a").get("perf")


@pytest.mark.parametrize(
    ("score", "expected"), [(100, 1000_00), ("87.35", 873_50), (0, 0), ("33.33", 333_30), (None, None)]
)
def test_by_score_a_hundred_points_pay_the_amount(score: object, expected: int | None) -> None:
    """Whoever has no score has no line."""
    assert _perf(SCORE, {"x": score}) == expected


@pytest.mark.parametrize(
    ("score", "level", "expected"),
    [(90, "junior", 1200_00), ("89.99", "junior", 1000_00), ("69.99", "junior", 0), (90, "senior", 2400_00)],
)
def test_by_grade_its_coefficient_multiplies_the_amount_of_the_level(score: object, level: str, expected: int) -> None:
    """A level may be named by its id or its label."""
    assert _perf(GRADE, {"x": score}, level=level) == expected


@pytest.mark.parametrize(
    ("reached", "expected"), [(100, 1000_00), ("87.50", 875_00), (130, 1300_00), (-5, 0), (None, None)]
)
def test_by_attainment_the_part_of_the_target_multiplies_it(reached: object, expected: int | None) -> None:
    """Beyond the target there is no limit unless the policy says one; below nothing there is nothing."""
    assert _perf(TARGET, {"reached": reached}) == expected


def test_the_factor_may_have_a_limit() -> None:
    """130 % at most 1.2 are 1.2."""
    assert _perf(TARGET + "at_most = 1.2\n", {"reached": 130}) == 1200_00


@pytest.mark.parametrize(
    ("reached", "expected"),
    [("79.99", 0), (80, 500_00), ("99.99", 500_00), (100, 1000_00), ("119.99", 1000_00), (120, 1500_00)],
)
def test_steps_give_the_factor_from_their_edge_on(reached: object, expected: int) -> None:
    """Below all of them nothing is paid."""
    assert _perf(STEPS, {"reached": reached}) == expected


def test_a_whole_month_is_the_factor_of_the_amount() -> None:
    """Not 22 days of 22."""
    line = pay_lines(paid(SCORE, {"x": 90}), "a")[-1]
    assert (line.amount_cents, line.quantity, line.unit, line.divisor) == (900_00, D("0.9"), "factor", D(1))


def test_a_level_without_an_amount_has_none() -> None:
    """Whatever the grade."""
    assert _perf(GRADE.replace(", senior = 2000", ""), {"x": 95}, level="senior") is None


def test_of_a_part_of_the_month_its_days_are_paid() -> None:
    """11 of 22 workdays: half, with the factor beside it."""
    line = pay_lines(paid(SCORE, {"x": 90}, left_on=date(2026, 10, 15)), "a")[-1]
    assert (line.amount_cents, line.quantity, line.unit, line.divisor) == (450_00, D("9.9"), "days", D(22))
    assert "0.9" in line.note
    assert _perf(SCORE + "prorate = false\n", {"x": 90}, left_on=date(2026, 10, 15)) == 900_00


@given(st.integers(0, 10000), st.integers(0, 10000))
def test_a_higher_score_never_pays_less(one: int, other: int) -> None:
    """Scores of two places, to the cent."""
    low, high = (_perf(SCORE, {"x": D(score) / 100}) or 0 for score in sorted((one, other)))
    assert low <= high
    assert high == max(one, other) * 10
