"""Months: reading, writing, counting on, and their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.month import Month, months_between

months = st.builds(Month, st.integers(1000, 9000), st.integers(1, 12))


@given(months)
def test_a_month_reads_back_what_it_prints(month: Month) -> None:
    """The text of a month is the month."""
    assert Month.parse(str(month)) == month


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "2026-1", "26-10", "2026-10 ", " 2026-10", "2026/10", "2026-10-01", "2026-10\n"],
)
def test_other_texts_are_no_month(text: str) -> None:
    """Only four digits, a dash and 01 to 12."""
    assert Month.parse(text) is None


@given(months, st.integers(-5000, 5000))
def test_going_and_coming_back_ends_where_it_began(month: Month, steps: int) -> None:
    """Shifting is a group: forth and back is nothing, and one step is the next month."""
    assert month.shift(steps).shift(-steps) == month
    assert month.shift(steps).shift(1) == month.shift(steps + 1)
    assert (month < month.shift(steps)) == (steps > 0)


@given(months)
def test_the_next_month_begins_the_day_after_the_last(month: Month) -> None:
    """Months leave no day out and share none."""
    assert month.last + timedelta(days=1) == month.shift(1).first
    assert Month.of(month.first) == Month.of(month.last) == month


@given(months)
def test_the_days_of_a_month_are_its_days(month: Month) -> None:
    """From the first to the last, in order, all in the month."""
    days = month.days()
    assert days[0] == month.first
    assert days[-1] == month.last
    assert len(days) == (month.last - month.first).days + 1
    assert {Month.of(day) for day in days} == {month}
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("month", "last"),
    [(Month(2024, 2), 29), (Month(2026, 2), 28), (Month(2000, 2), 29), (Month(1900, 2), 28), (Month(2026, 12), 31)],
)
def test_february_has_its_leap_day(month: Month, last: int) -> None:
    """Lengths of months that go wrong elsewhere."""
    assert month.last == date(month.year, month.number, last)


@given(months, st.integers(-30, 300))
def test_months_between_are_all_of_them(month: Month, steps: int) -> None:
    """Both ends are included; backwards there are none."""
    between = months_between(month, month.shift(steps))
    assert len(between) == max(0, steps + 1)
    assert between == [month.shift(step) for step in range(steps + 1)]


def test_months_are_ordered_in_time() -> None:
    """December comes before January of the next year."""
    assert sorted([Month(2026, 1), Month(2025, 12), Month(2025, 2)]) == [
        Month(2025, 2),
        Month(2025, 12),
        Month(2026, 1),
    ]
