"""Points: bands with declared edges, lines, points out of something, and what raters write."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.scoring.points import Points, points_of_text, points_of_value
from csctl.policy.model import Policy
from csctl.policy.scoring import Indicator
from tests.workbench import D, policy

SCALE = 'scale = { "优秀" = 100, "良好" = 85, "合格" = 70, "不合格" = 50 }\n'
INDICATORS = {
    "csat": '{ level = "优秀", at_least = 90 }, { level = "良好", at_least = 80 }, '
    '{ level = "合格", at_least = 60 }, { level = "不合格" }',
    "complaint_rate": '{ level = "优秀", below = 5 }, { level = "良好", at_most = 10 }, '
    '{ level = "合格", at_most = 20 }, { level = "不合格" }',
    "response": '{ level = "优秀", at_most = 120 }, { level = "良好", at_most = 300 }, '
    '{ level = "合格", at_most = 600 }, { level = "不合格" }',
    "errors": '{ level = "优秀", below = 2 }, { level = "良好", at_most = 5 }, '
    '{ level = "合格", at_most = 10 }, { level = "不合格" }',
    "compliance": '{ level = "不合格", measure = "serious", at_least = 1 }, { level = "合格", at_least = 3 }, '
    '{ level = "良好", at_least = 1 }, { level = "优秀" }',
    "new_skills": '{ level = "优秀", at_least = 2 }, { level = "良好", at_least = 1 }, '
    '{ level = "不合格", measure = "given_up", at_least = 1 }, { level = "合格" }',
}


def nothing(_: str) -> Decimal | None:
    """No other measure has a value."""
    return None


def banded(bands: str, source: str = 'measure = "m"', head: str = SCALE) -> tuple[Policy, Indicator]:
    """A policy of one indicator with these bands."""
    return indicator(f"bands = [ {bands} ]", source, head)


def indicator(way: str, source: str = 'measure = "m"', head: str = SCALE) -> tuple[Policy, Indicator]:
    """A policy of one indicator scored in this way."""
    text = head + '[score]\npass_mark = 60\n[[dimension]]\nid = "d"\nlabel = "D"\nweight = 100\n'
    text += f'[[dimension.indicator]]\nid = "i"\nlabel = "I"\nmissing = "block"\n{source}\n{way}\n'
    rules = policy(text)
    return rules, rules.dimension[0].indicator[0]


def level(name: str, value: str, others: Mapping[str, Decimal | None] | None = None) -> str | None:
    """The level that a value earns."""
    found = points_of_value(*banded(INDICATORS[name]), D(value), (others or {}).get)
    return found.level if found else None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("csat", "100", "优秀"),
        ("csat", "90", "优秀"),
        ("csat", "89.99", "良好"),
        ("csat", "89.5", "良好"),
        ("csat", "80", "良好"),
        ("csat", "79.5", "合格"),
        ("csat", "60", "合格"),
        ("csat", "59.99", "不合格"),
        ("csat", "-1", "不合格"),
        ("complaint_rate", "0", "优秀"),
        ("complaint_rate", "4.99", "优秀"),
        ("complaint_rate", "5", "良好"),
        ("complaint_rate", "10", "良好"),
        ("complaint_rate", "10.01", "合格"),
        ("complaint_rate", "20", "合格"),
        ("complaint_rate", "20.01", "不合格"),
        ("response", "120", "优秀"),
        ("response", "120.01", "良好"),
        ("response", "300", "良好"),
        ("response", "300.01", "合格"),
        ("response", "600", "合格"),
        ("response", "600.01", "不合格"),
        ("errors", "1.99", "优秀"),
        ("errors", "2", "良好"),
        ("errors", "5", "良好"),
        ("errors", "5.01", "合格"),
        ("errors", "10", "合格"),
        ("errors", "10.01", "不合格"),
    ],
)
def test_every_edge_has_one_owner(name: str, value: str, expected: str) -> None:
    """IN-11, IN-12, IN-14 and IN-34 with the reading A-42: no gap at 89.5, no edge in two bands."""
    assert level(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value", "others", "expected"),
    [
        ("compliance", "0", {"serious": D(0)}, "优秀"),
        ("compliance", "1", {"serious": D(0)}, "良好"),
        ("compliance", "2", {"serious": D(0)}, "良好"),
        ("compliance", "3", {"serious": D(0)}, "合格"),
        ("compliance", "0", {"serious": D(1)}, "不合格"),
        ("compliance", "9", {"serious": D(2)}, "不合格"),
        ("compliance", "0", {"serious": None}, "优秀"),
        ("compliance", "0", {}, "优秀"),
        ("new_skills", "2", {"given_up": D(1)}, "优秀"),
        ("new_skills", "1", {"given_up": D(1)}, "良好"),
        ("new_skills", "0", {"given_up": D(1)}, "不合格"),
        ("new_skills", "0", {"given_up": D(0)}, "合格"),
    ],
)
def test_a_band_may_test_another_measure(
    name: str, value: str, others: dict[str, Decimal | None], expected: str
) -> None:
    """IN-25 worst first (A-44), IN-41 (A-45): a band on a measure without value does not hold."""
    assert level(name, value, others) == expected


def test_a_value_outside_all_bands_has_no_points() -> None:
    """Never a silent 0."""
    assert points_of_value(*banded('{ level = "优秀", at_least = 90 }'), D("89.99"), nothing) is None


def test_the_first_band_that_holds_wins() -> None:
    """Overlapping bands are read in order."""
    rules = banded('{ level = "合格", at_least = 3 }, { level = "优秀", at_least = 2 }, { level = "不合格" }')
    assert [points_of_value(*rules, D(value), nothing) for value in (4, 2, 1)] == [
        Points(Fraction(70), "合格"),
        Points(Fraction(100), "优秀"),
        Points(Fraction(50), "不合格"),
    ]


def test_a_bands_own_points_beat_the_scale() -> None:
    """Points written at the band hold instead of those of its level."""
    rules = banded('{ level = "优秀", at_least = 90, points = 97.5 }, { level = "合格" }')
    assert points_of_value(*rules, D(90), nothing) == Points(Fraction("97.5"), "优秀")
    assert points_of_text(*rules, "优秀", {}) == Points(Fraction("97.5"), "优秀")
    assert points_of_text(*rules, "合格", {}) == Points(Fraction(70), "合格")


values = st.decimals(-1000, 1000, places=4, allow_nan=False, allow_infinity=False)


@given(values, values, values)
def test_a_line_is_straight_and_cut_at_both_ends(zero: Decimal, full: Decimal, value: Decimal) -> None:
    """Nothing at one end, everything at the other, proportional between, in either direction."""
    if zero == full:
        full += 1
    found = points_of_value(*indicator(f"linear = {{ zero = {zero:f}, full = {full:f} }}"), value, nothing)
    part = (Fraction(value) - Fraction(zero)) / (Fraction(full) - Fraction(zero))
    assert found == Points(100 * sorted([Fraction(0), part, Fraction(1)])[1], "")


@pytest.mark.parametrize(
    ("full", "text", "points"),
    [(5, "4/5", 4), (5, "★★★★", 4), (5, "4 out of 5", 4), (5, "五星", 5), (10, "★★★★★★★☆☆☆", 7), (30, "27/30", 27)],
)
def test_a_rating_that_says_of_how_much_it_is_counts_where_the_indicator_is_out_of_as_much(
    full: int, text: str, points: int
) -> None:
    """Its points are the number that a rater may write as well."""
    rules = indicator(f"out_of = {full}")
    assert points_of_text(*rules, text, {}) == points_of_text(*rules, str(points), {}) == Points(Fraction(points), "")


@pytest.mark.parametrize("text", ["4/5", "★★★★", "8/10", "☆☆☆☆☆", "31/30"])
def test_a_rating_out_of_something_else_has_no_points(text: str) -> None:
    """Four of five is not four of thirty, and nobody said that it is twenty-four."""
    assert points_of_text(*indicator("out_of = 30"), text, {}) is None


@pytest.mark.parametrize(("value", "points"), [("0", "0"), ("0.01", "0.01"), ("30", "30"), ("17.25", "17.25")])
def test_out_of_takes_the_value_as_it_is(value: str, points: str) -> None:
    """SA-084: the value itself is the points."""
    assert points_of_value(*indicator("out_of = 30"), D(value), nothing) == Points(Fraction(points), "")


@pytest.mark.parametrize("value", ["-0.01", "30.01"])
def test_out_of_refuses_what_lies_outside(value: str) -> None:
    """31 out of 30 is a mistake, not a bonus."""
    assert points_of_value(*indicator("out_of = 30"), D(value), nothing) is None
    assert points_of_text(*indicator("out_of = 30", 'rating = "r"'), value, {}) is None


FOUR_OR_MORE = 'bands = [{ level = "优秀", at_least = 4 }, { level = "合格" }]'


@pytest.mark.parametrize(
    ("way", "source", "text", "expected"),
    [
        ("", 'rating = "r"', "优秀", Points(Fraction(100), "优秀")),
        ("", 'rating = "r"', "91.5", Points(Fraction("91.5"), "")),
        ("", 'rating = "r"', "100", Points(Fraction(100), "")),
        ("", 'rating = "r"', "100.01", None),
        ("", 'rating = "r"', "0", Points(Fraction(0), "")),
        ("", 'rating = "r"', "0.5", Points(Fraction("0.5"), "")),
        ("", 'rating = "r"', "-0.5", None),
        ("", 'rating = "r"', "-1", None),
        ("", 'rating = "r"', "excellent", None),
        ("", 'rating = "r"', "1e1", None),
        ("", 'rating = "r"', "", None),
        ("out_of = 30", 'rating = "r"', "28.5", Points(Fraction("28.5"), "")),
        ("out_of = 30", 'rating = "r"', "良好", Points(Fraction("25.5"), "良好")),
        ("out_of = 30", 'rating = "r"', "优秀", Points(Fraction(30), "优秀")),
        ("linear = { zero = 0, full = 5 }", 'rating = "r"', "4", Points(Fraction(80), "")),
        (FOUR_OR_MORE, 'rating = "r"', "4", Points(Fraction(100), "优秀")),
        (FOUR_OR_MORE, 'measure = "m"', "4", Points(Fraction(4), "")),
    ],
)  # fmt: skip
def test_what_a_rater_writes(way: str, source: str, text: str, expected: Points | None) -> None:
    """A level, or a number: a value where the indicator is rated, points where it is measured."""
    assert points_of_text(*indicator(way, source), text, {}) == expected


def test_a_level_may_be_called_by_a_number() -> None:
    """Stars: 5 is full points, 3 is 60; 4 is no level here, and so it is 4 points."""
    rules = banded("", 'rating = "r"', 'scale = { "5" = 100, "3" = 60 }\n')
    found = {text: points_of_text(*rules, text, {}) for text in ("5", "3", "4")}
    assert found == {
        "5": Points(Fraction(100), "5"), "3": Points(Fraction(60), "3"), "4": Points(Fraction(4), ""),
    }  # fmt: skip


def test_of_two_bands_of_one_level_the_one_with_points_says_what_it_is_worth() -> None:
    """The first has none of its own: what a rater names is worth the 90 of the second, and not the 100 of the scale."""
    rules = banded(
        '{ level = "优秀", at_least = 95 }, { level = "优秀", at_least = 90, points = 90 }, { level = "合格" }'
    )
    assert points_of_text(*rules, "优秀", {}) == Points(Fraction(90), "优秀")
