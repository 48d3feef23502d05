"""Allowances: so much each time, or so much a month for the days worked, up to a limit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.paying.plan import paid
from tests.workbench import D, cents_by_line, pay_lines

NIGHTS = "[[pay.allowance]]\nid = 'night'\nlabel = 'nights'\nquantity = 'nights'\namount = 30\nrule = 'N-1'\n"
MEALS = "[[pay.allowance]]\nid = 'meals'\nlabel = 'meals'\namount = 440\n"


@pytest.mark.parametrize(("nights", "expected"), [(0, None), (1, 30_00), (7, 210_00), (None, None)])
def test_each_time_is_paid_once(nights: int | None, expected: int | None) -> None:
    """Seven nights at 30 yuan are 210; none, or none known, are no line."""
    assert cents_by_line(paid(NIGHTS, {"nights": nights}), "a").get("night") == expected


def test_the_line_shows_how_often_and_for_how_much() -> None:
    """A product that anybody can check, with the rule it comes from."""
    line = pay_lines(paid(NIGHTS, {"nights": 7}), "a")[-1]
    assert (line.kind, line.quantity, line.unit, line.rate, line.rule) == ("allowance", D(7), "times", D(30), "N-1")


@pytest.mark.parametrize(
    ("hired", "left", "expected"),
    [
        (date(2020, 1, 1), None, 440_00),
        (date(2020, 1, 1), date(2026, 10, 15), 220_00),
        (date(2026, 10, 16), None, 220_00),
        (date(2026, 10, 31), None, None),
    ],
)
def test_a_monthly_amount_is_for_the_days_worked(hired: date, left: date | None, expected: int | None) -> None:
    """11 of 22 workdays are half of it; whoever comes on the last Saturday has none."""
    assert cents_by_line(paid(MEALS, {}, hired_on=hired, left_on=left), "a").get("meals") == expected


def test_a_monthly_amount_may_be_paid_in_full() -> None:
    """To whoever was here for a day of the month."""
    whole = paid(MEALS + "prorate = false\n", {}, left_on=date(2026, 10, 1))
    assert cents_by_line(whole, "a")["meals"] == 440_00


@pytest.mark.parametrize(("nights", "cut"), [(6, None), (7, -10_00)])
def test_what_lies_above_the_limit_is_a_line_of_its_own(nights: int, cut: int | None) -> None:
    """Six nights come to 180; of the 210 of seven, 200 are paid."""
    lines = cents_by_line(paid(NIGHTS + "at_most = 200\n", {"nights": nights}), "a")
    assert lines["night"] == nights * 30_00
    assert lines.get("night.limit") == cut
    exactly = cents_by_line(paid(NIGHTS + "at_most = 180\n", {"nights": 6}), "a")
    assert "night.limit" not in exactly


@pytest.mark.parametrize(
    ("about", "has"),
    [({"post": "热线"}, True), ({"post": "在线"}, False), ({"post": "热线", "level": "senior"}, False)],
)
def test_it_may_be_for_some_people_only(about: dict[str, object], has: bool) -> None:
    """All that is named must fit: the post, and the level."""
    lines = cents_by_line(paid(NIGHTS + "posts = ['热线']\nlevels = ['junior']\n", {"nights": 1}, **about), "a")
    assert ("night" in lines) is has


def test_whoever_is_on_probation_all_month_may_be_left_out() -> None:
    """A month of probation has no regular day."""
    about = {"hired_on": date(2026, 10, 1)}
    assert "night" in cents_by_line(paid(NIGHTS, {"nights": 1}, **about), "a")
    assert "night" not in cents_by_line(paid(NIGHTS + "on_probation = false\n", {"nights": 1}, **about), "a")


@pytest.mark.parametrize(("sold", "has"), [(999, False), (1000, True)])
def test_a_condition_decides_whether_it_is_paid_at_all(sold: int, has: bool) -> None:
    """On the edge it is paid."""
    text = MEALS + "when = { measure = 'sold', at_least = 1000 }\n"
    assert ("meals" in cents_by_line(paid(text, {"sold": sold}), "a")) is has


@given(st.integers(0, 60), st.integers(1, 3000))
def test_it_never_comes_to_more_than_its_limit(nights: int, most: int) -> None:
    """However often: the lines add up to the lesser of the two."""
    lines = cents_by_line(paid(NIGHTS + f"at_most = {most}\n", {"nights": nights}), "a")
    assert lines.get("night", 0) + lines.get("night.limit", 0) == min(nights * 30_00, most * 100)
