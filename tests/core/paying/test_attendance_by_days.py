"""Attendance of a month that changes inside: each day counts as things stood on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from csctl.core.compute import compute_month
from csctl.core.preparing.month import prepare_month
from csctl.core.records.result import MonthResult
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    Row,
    canonical_rows,
    cents_by_line,
    counted_as_one,
    frame,
    policy,
)

RULES = policy(
    '[working_time]\n[measure.hours]\nlabel = "hours"\nunit = "hours"\ntable = "kpis"\nsum = "value"\n'
    '[pay.base]\nby = "roster"\n'
    '[[pay.deduction]]\nid = "away"\nlabel = "away"\nquantity = "attendance.absent_days"\ndivisor = 21.75\n'
    '[[pay.deduction]]\nid = "leave"\nlabel = "leave"\nquantity = "attendance.leave_days"\ndivisor = 21.75\n'
)
DAY = timedelta(days=1)
ABSENT = {8: "1", 20: "0.5"}


def october(day: int) -> date:
    return date(2026, 10, day)


def attendance(who: str, days: Sequence[int] = range(1, 32)) -> list[Row]:
    """A row for each workday, of which two tell an absence."""
    workdays = [day for day in days if october(day).weekday() < 5]
    return [{"agent_id": who, "date": october(day), "absent_days": D(ABSENT.get(day, "0"))} for day in workdays]


def month(folder: Path, roster: Sequence[Row], rows: Sequence[Row], leave: Sequence[Row] = ()) -> MonthResult:
    named = canonical_rows("roster", [{"agent_name": str(row["agent_id"]).upper(), **row} for row in roster])
    frames = {"attendance": frame(folder, "attendance", canonical_rows("attendance", rows))}
    if leave:
        frames["leave"] = frame(folder, "leave", canonical_rows("leave", leave))
    given, _ = prepare_month(RULES, OCTOBER, named, frames, {}, WEEKENDS_OFF, [])
    return compute_month(given)


def raised(until: date) -> list[Row]:
    """Ann at 4,350 a month until that day and at 6,525 after it: a day is 200 and then 300."""
    return [
        {"agent_id": "a", "base_pay": D(4350), "valid_to": until},
        {"agent_id": "a", "base_pay": D(6525), "valid_from": until + DAY},
    ]


def away(result: MonthResult, *who: str) -> dict[str, int]:
    lines = [item for one in who for item in cents_by_line(result, one).items()]
    return {line: cents for line, cents in lines if not line.startswith("base")}


def test_a_day_of_absence_is_withheld_at_the_pay_of_that_day(tmp_path: Path) -> None:
    """The 8th, all day at 200; the 20th, half a day at 300."""
    result = month(tmp_path, raised(october(15)), attendance("a"))
    assert away(result, "a") == {"away": -200_00, "away.2": -150_00}
    assert counted_as_one(result) == []


def test_leave_that_reaches_over_the_change_is_of_both_parts(tmp_path: Path) -> None:
    """From Wednesday the 14th to Monday the 19th, the weekend between: two days at 200, two at 300."""
    leave = [
        {"agent_id": "a", "kind": "事假", "date": october(14), "ends_on": october(19), "days": D(4), "approved": True}
    ]
    rows = attendance("a", [day for day in range(1, 32) if not 14 <= day <= 19])
    result = month(tmp_path, raised(october(15)), rows, leave)
    assert {one: cents for one, cents in away(result, "a").items() if one.startswith("leave")} == {
        "leave": -400_00, "leave.2": -600_00,
    }  # fmt: skip
    assert counted_as_one(result) == []


def test_a_sum_of_the_month_has_no_parts_and_that_is_said(tmp_path: Path) -> None:
    """One row with a day and a half: nobody knows when, so it is the pay of the month's end, 1.5 × 300."""
    rows = [{"agent_id": "a", "date": october(1), "due_days": D(22), "absent_days": D("1.5")}]
    result = month(tmp_path, raised(october(15)), rows)
    assert away(result, "a") == {"away": -450_00}
    assert counted_as_one(result) == [("away", "spans-without-days")]


@pytest.mark.law
def test_who_moves_is_paid_as_one_who_leaves_and_one_who_comes(tmp_path: Path) -> None:
    """Wherever the first part ends: attendance is that of two people, each here for one part."""
    for day in (2, 8, 12, 19, 29):
        until = october(day)
        one = month(tmp_path / f"{day}-1", raised(until), attendance("a"))
        leaves = {"agent_id": "a", "base_pay": D(4350), "left_on": until}
        comes = {"agent_id": "a2", "base_pay": D(6525), "hired_on": until + DAY}
        rows = [*attendance("a", range(1, day + 1)), *attendance("a2", range(day + 1, 32))]
        two = month(tmp_path / f"{day}-2", [leaves, comes], rows)
        assert sum(away(one, "a").values()) == sum(away(two, "a").values()) + sum(away(two, "a2").values())
        assert counted_as_one(one) == []
