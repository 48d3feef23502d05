"""What a day of base pay is a part of: the days of the month, or those of a paid month such as 21.75."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from csctl.core.people.roster import agents_of_month
from csctl.core.people.workdays import WorkCalendar
from csctl.month import Month
from tests.workbench import OCTOBER, SCORED, WEEKENDS_OFF, D, canonical_rows, cents_by_line, month_of, policy

BY_ROSTER = '[pay.base]\nby = "roster"\n'
PAID_MONTH = BY_ROSTER + "divisor = 21.75\n"
HOLIDAYS = WorkCalendar(
    frozenset({2026}),
    frozenset(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
    frozenset(),
    {date(2026, 10, day): "National Day" for day in (1, 2, 3)},
)
"""17 workdays and two public holidays on weekdays."""
DAY = timedelta(days=1)


def october(day: int) -> date:
    return date(2026, 10, day)


def base(
    text: str, *rows: dict[str, Any], month: Month = OCTOBER, calendar: WorkCalendar = WEEKENDS_OFF
) -> dict[str, int]:
    """Base pay of somebody at 4,350 a month."""
    named = [{"agent_id": "a", "agent_name": "Ann", "base_pay": D(4350)} | row for row in rows]
    people, problems = agents_of_month(canonical_rows("roster", named), month, policy(SCORED + text))
    assert problems == []
    return cents_by_line(month_of(policy(SCORED + text), people, {"a": {"x": 80}}, month=month, calendar=calendar), "a")


@pytest.mark.parametrize(
    ("text", "left", "cents"),
    [
        (BY_ROSTER, 15, 2175_00),  # 11 of 22
        (PAID_MONTH, 15, 2200_00),  # 11 × 4,350 ÷ 21.75
        (PAID_MONTH, 29, 4200_00),  # 21 × 200
        (PAID_MONTH, 30, 4350_00),  # all 22 workdays: the month
        (PAID_MONTH, 31, 4350_00),
        ('[pay]\ndays = "calendar"\n' + BY_ROSTER, 15, 2104_84),  # 15 of 31
        ('[pay]\ndays = "calendar"\n' + PAID_MONTH.replace("21.75", "30"), 15, 2175_00),
        ('[pay]\ndays = "calendar"\n' + PAID_MONTH.replace("21.75", "30"), 30, 4350_00),
    ],
)
def test_part_of_a_month_is_paid_by_what_the_policy_divides_by(text: str, left: int, cents: int) -> None:
    assert base(text, {"left_on": october(left)}) == {"base": cents}


def test_public_holidays_are_among_the_paid_days_of_a_paid_month() -> None:
    """Who leaves on 9 October worked on the 8th and 9th, and is paid for the holidays on Thursday and Friday too: four
    days at 4,350 ÷ 21.75. Who is here all month has the month, though 19 days are fewer than 21.75.
    """
    text = '[pay]\ndays = "paid"\n' + PAID_MONTH
    assert base(text, {"left_on": october(9)}, calendar=HOLIDAYS) == {"base": 800_00}
    assert base(text, {}, calendar=HOLIDAYS) == {"base": 4350_00}


def test_nobody_has_more_than_the_month_for_more_days_than_a_paid_month_has() -> None:
    """July 2026 has 23 workdays: who comes on the 2nd is paid for 22, which are all of 21.75."""
    july = Month(2026, 7)
    assert base(PAID_MONTH, {"hired_on": date(2026, 7, 2)}, month=july) == {"base": 4350_00}
    assert base(PAID_MONTH, {"hired_on": date(2026, 7, 3)}, month=july) == {"base": 4200_00}


@pytest.mark.law
@pytest.mark.parametrize("days", ["workdays", "paid", "calendar"])
def test_more_days_never_pay_less_and_parts_of_a_month_are_the_month(days: str) -> None:
    """For every last day; a month parted by another group on it pays what it pays whole; by a raise, no more than the
    raised month and no less than the other.
    """
    text = f'[pay]\ndays = "{days}"\n' + PAID_MONTH
    whole, before = base(text, {}, calendar=HOLIDAYS)["base"], 0
    for until in OCTOBER.days():
        part = base(text, {"left_on": until}, calendar=HOLIDAYS).get("base", 0)
        assert before <= part <= whole
        before = part
    assert before == whole
    for until in OCTOBER.days()[:-1:4]:
        rows = {"valid_to": until}, {"valid_from": until + DAY}
        assert base(text, *({**row, "group": str(at)} for at, row in enumerate(rows)), calendar=HOLIDAYS) == {
            "base": whole
        }
        raised = base(text, rows[0], {**rows[1], "base_pay": D(5000)}, calendar=HOLIDAYS)
        assert whole <= sum(raised.values()) + 1 <= 5000_01 + 1
