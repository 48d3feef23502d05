"""Workdays, probation and part-months."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.people.employment import Counting, attendance_of, counting_of, first_regular_day
from csctl.core.people.workdays import WorkCalendar, employed_days
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.pay.base import BasePay, Probation
from csctl.policy.pay.plan import Pay
from csctl.policy.working_time import WorkingTime
from tests.workbench import D, agent

NATIONAL_DAY = WorkCalendar(
    frozenset({2026}),
    off=frozenset(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
    work=frozenset({date(2026, 9, 27), date(2026, 10, 10)}),
)
OCTOBER = Month(2026, 10)
ONE_MONTH = Probation(amount=D(1600), months=1)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def test_holidays_are_off_and_made_up_days_are_worked() -> None:
    """October 2026: 22 weekdays, 5 of them off, a Saturday made up."""
    assert NATIONAL_DAY.count(OCTOBER.days()) == 18
    assert NATIONAL_DAY.is_workday(date(2026, 10, 10))
    assert not NATIONAL_DAY.is_workday(date(2026, 10, 1))
    assert not NATIONAL_DAY.is_workday(date(2026, 10, 11))


def test_nothing_is_guessed_about_another_year() -> None:
    """A year without a notice has no workdays that anybody could name."""
    assert not NATIONAL_DAY.knows(Month(2027, 1))
    with pytest.raises(ValueError, match="2027"):
        NATIONAL_DAY.is_workday(date(2027, 1, 4))


@given(st.none() | days, st.none() | days)
def test_employed_days_are_those_between_both_included(hired: date | None, left: date | None) -> None:
    """Day by day, against the plain comparison."""
    everyday = [OCTOBER.first + timedelta(days=number) for number in range(31)]
    expected = [day for day in everyday if (hired or day) <= day <= (left or day)]
    assert employed_days(OCTOBER, hired, left) == expected


@pytest.mark.parametrize(
    ("hired", "regular", "expected"),
    [
        (date(2026, 9, 15), None, date(2026, 10, 15)),
        (date(2026, 1, 31), None, date(2026, 2, 28)),
        (date(2026, 12, 1), None, date(2027, 1, 1)),
        (date(2026, 9, 15), date(2026, 11, 1), date(2026, 11, 1)),
        (None, None, None),
        (None, date(2026, 11, 1), date(2026, 11, 1)),
    ],
)
def test_when_probation_is_over(hired: date | None, regular: date | None, expected: date | None) -> None:
    """The roster's date, else the policy's months after hiring, at the latest on the last day of that month."""
    assert first_regular_day(agent("a", hired_on=hired, regular_on=regular), ONE_MONTH) == expected


@given(st.none() | days, st.none() | days, st.none() | days)
def test_attendance_adds_up(hired: date | None, left: date | None, regular: date | None) -> None:
    """Probation and regular days are the employed workdays, and never more than are due."""
    who = agent("a", hired_on=hired, left_on=left, regular_on=regular)
    found = attendance_of(who, OCTOBER, ONE_MONTH, NATIONAL_DAY.count)
    assert found.due == 18
    assert found.probation >= 0
    assert found.regular >= 0
    assert found.employed == NATIONAL_DAY.count(employed_days(OCTOBER, hired, left))
    assert attendance_of(who, OCTOBER, None, NATIONAL_DAY.count).probation == 0


def counting(**rest: object) -> Counting:
    """The paid days of October 2026 under a policy that pays by due days, or by workdays where it cannot."""
    return counting_of(paying_by_due_days(rest), OCTOBER, NATIONAL_DAY)


def paying_by_due_days(rest: Mapping[str, object]) -> Policy:
    """A policy with such rules of rest; with none if there are none."""
    rules = WorkingTime.model_validate(rest) if rest else None
    return Policy(id="a", label="a", version="1", pay=Pay(base=BasePay(by="roster"), days="due"), working_time=rules)


@pytest.mark.parametrize(
    ("employed", "paid"),
    [(0, 0), (1, 1), (7, 7), (8, 7), (10, 9), (23, 22), (24, 22), (30, 28), (31, 29)],
)
def test_two_rest_days_a_month_are_taken_by_days_employed(employed: int, paid: int) -> None:
    """2 × days ÷ 31 to the nearest whole day: 14/31 is none, 16/31 one, 46/31 one, 48/31 two."""
    assert counting(rest_days=2)(OCTOBER.days()[:employed]) == paid


def test_half_a_rest_day_is_one() -> None:
    """One rest day in a month of 30 days, 15 of which somebody was there."""
    assert (
        counting_of(paying_by_due_days({"rest_days": 1}), Month(2026, 11), NATIONAL_DAY)(Month(2026, 11).days()[:15])
        == 14
    )


def test_weekly_rest_lies_on_sundays() -> None:
    """October 2026 has Sundays on the 4th, 11th, 18th and 25th."""
    count = counting(rest_days=1, rest_per="week")
    assert [count(OCTOBER.days()[:days]) for days in (3, 4, 11, 31)] == [3, 3, 9, 27]


def test_two_rest_days_a_week_lie_on_its_last_days() -> None:
    """November 2026 begins with a Sunday: whoever leaves on it has no paid day, and not less than none. Of its 30 days
    five are Sundays and four Saturdays.
    """
    november = Month(2026, 11).days()
    count = counting_of(paying_by_due_days({"rest_days": 2, "rest_per": "week"}), Month(2026, 11), NATIONAL_DAY)
    assert [count(november[:days]) for days in (1, 2, 6, 7, 8, 9, 30)] == [0, 1, 5, 5, 5, 6, 21]


@given(st.integers(0, 6), st.sampled_from(["week", "month"]), st.integers(1, 12), st.integers(0, 27))
def test_another_day_of_the_month_is_one_paid_day_more_or_none(rest: int, per: str, number: int, before: int) -> None:
    """However many rest days there are: nobody loses a paid day by being here a day longer."""
    month = Month(2026, number)
    count = counting_of(paying_by_due_days({"rest_days": rest, "rest_per": per}), month, NATIONAL_DAY)
    assert count(month.days()[: before + 1]) - count(month.days()[:before]) in (0, 1)


@given(st.none() | days, st.none() | days, st.none() | days)
def test_paid_days_add_up_however_they_are_counted(hired: date | None, left: date | None, regular: date | None) -> None:
    """Nobody has less than no day on probation or as a regular, and nobody more than the month's."""
    who = agent("a", hired_on=hired, left_on=left, regular_on=regular)
    found = attendance_of(who, OCTOBER, ONE_MONTH, counting(rest_days=2))
    assert found.due == 29
    assert min(found.probation, found.regular) >= 0
    assert found.employed <= 29


def test_without_rest_days_workdays_are_paid() -> None:
    """A policy is not accepted so; whatever is made of it counts as the calendar does."""
    assert counting()(OCTOBER.days()) == 18
