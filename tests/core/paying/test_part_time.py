"""Part-time people: the part of full time is a column of the roster, and may change inside the month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from csctl.core.closing.standing import arithmetic_topic
from csctl.core.people.roster import agents_of_month
from csctl.core.records.result import MonthResult
from tests.workbench import (
    OCTOBER,
    SCORED,
    WEEKENDS_OFF,
    D,
    canonical_rows,
    cents_by_line,
    counted_as_one,
    month_of,
    pay_lines,
    policy,
)

RULES = SCORED + (
    '[measure.away]\nlabel = "away"\nunit = "days"\ntable = "kpis"\nsum = "value"\n'
    '[measure.over]\nlabel = "over"\nunit = "hours"\ntable = "kpis"\nsum = "value"\n'
    '[pay.base]\nby = "roster"\nby_fte = true\n'
    '[[pay.overtime]]\nid = "over"\nlabel = "over"\nquantity = "over"\ntimes = 1.5\n'
    '[[pay.deduction]]\nid = "away"\nlabel = "away"\nquantity = "away"\ndivisor = 21.75\n'
    '[[pay.allowance]]\nid = "meal"\nlabel = "meal"\namount = 220\nby_fte = true\n'
    '[[pay.allowance]]\nid = "phone"\nlabel = "phone"\namount = 100\n'
    '[[pay.performance]]\nid = "perf"\nlabel = "perf"\namount = 1000\nby = "score"\nby_fte = true\n'
    '[[pay.pool]]\nlabel = "pool"\namount = 900\nsplit_by = "equal"\nby_fte = true\n'
)
DAY = timedelta(days=1)


def october(day: int) -> date:
    return date(2026, 10, day)


def paid(*rows: dict[str, Any], text: str = RULES, **values: object) -> MonthResult:
    """October, 22 workdays, of Ann with these rows of the roster at 4,350 a month, and of Bob, who works full time."""
    roster = [{"agent_id": "a", "agent_name": "Ann", "base_pay": D(4350)} | row for row in rows]
    roster.append({"agent_id": "b", "agent_name": "Bob", "base_pay": D(4350)})
    people, problems = agents_of_month(canonical_rows("roster", roster), OCTOBER, policy(text))
    assert problems == []
    return month_of(policy(text), people, {"a": {"x": 80, **values}, "b": {"x": 80}}, calendar=WEEKENDS_OFF)


def test_part_time_people_have_their_part_of_monthly_amounts() -> None:
    """Half time: half of base, meal and performance pay, and a claim half as large; the phone is nobody's part. An hour
    of overtime is everybody's, 4,350 ÷ 174 × 1.5; a day is half as long, 4,350 ÷ 2 ÷ 21.75.
    """
    result = paid({"fte": D("0.5")}, over=2, away=1)
    assert cents_by_line(result, "a") == {
        "base": 2175_00, "away": -100_00, "over": 75_00, "meal": 110_00, "phone": 100_00, "perf": 400_00,
        "pool1": 300_00,
    }  # fmt: skip
    notes = {line.line: line.note for line in pay_lines(result, "a")}
    assert {line: note for line, note in notes.items() if note} == {
        "base": "用工比例 0.5", "meal": "用工比例 0.5", "perf": notes["perf"],
    }  # fmt: skip
    assert [one.code for one in arithmetic_topic(result)] == ["closing-sums-right"]


def test_a_part_of_full_time_that_changes_inside_the_month_is_paid_by_days() -> None:
    """Full time for 11 of 22 workdays, then four fifths; of the pool 11 and 8.8 parts beside Bob's 22."""
    result = paid({"valid_to": october(15)}, {"valid_from": october(16), "fte": D("0.8")})
    assert cents_by_line(result, "a") == {
        "base": 2175_00, "base.2": 1740_00, "meal": 110_00, "meal.2": 88_00, "phone": 100_00,
        "perf": 400_00, "perf.2": 320_00, "pool1": 236_84, "pool1.2": 189_47,
    }  # fmt: skip
    notes = {line.line: line.note for line in pay_lines(result, "a")}
    assert notes["base"] == "2026-10-01 – 2026-10-15"
    assert notes["base.2"] == "2026-10-16 – 2026-10-31；用工比例 0.8"


def test_a_monthly_amount_that_does_not_go_by_days_is_paid_by_the_last_part_of_full_time_and_said() -> None:
    """Four fifths at the end of the month: 220 × 0.8. The phone is the same for all, and nothing is said of it."""
    text = RULES.replace("amount = 220\n", "amount = 220\nprorate = false\n")
    text = text.replace("amount = 100\n", "amount = 100\nprorate = false\n")
    result = paid({"valid_to": october(15)}, {"valid_from": october(16), "fte": D("0.8")}, text=text)
    lines = cents_by_line(result, "a")
    assert (lines["meal"], "meal.2" in lines, lines["phone"]) == (176_00, False, 100_00)
    assert counted_as_one(result) == [("meal", "spans-paid-whole")]


@pytest.mark.law
def test_wherever_a_month_is_parted_the_same_part_of_full_time_pays_the_same() -> None:
    """At a part that divides nothing evenly; and a policy that does not ask for it knows nothing of it."""
    whole = cents_by_line(paid({"fte": D("0.37")}), "a")
    for until in OCTOBER.days()[:-1:3]:
        rows = {"post": "1", "valid_to": until}, {"post": "2", "valid_from": until + DAY}
        assert cents_by_line(paid(*({**row, "fte": D("0.37")} for row in rows)), "a") == whole
    plain = RULES.replace("by_fte = true\n", "")
    assert cents_by_line(paid({"fte": D("0.37")}, text=plain), "a") == cents_by_line(paid({}, text=plain), "a")
    assert cents_by_line(paid({"fte": D(1)}), "a") == cents_by_line(paid({}), "a")


@pytest.mark.parametrize(("fte", "codes"), [("0", 1), ("-0.5", 1), ("1.01", 1), ("0.01", 0), ("1", 0)])
def test_a_part_of_full_time_is_above_nothing_and_at_most_all(fte: str, codes: int) -> None:
    rows = canonical_rows("roster", [{"agent_id": "a", "agent_name": "Ann", "fte": D(fte)}])
    _, problems = agents_of_month(rows, OCTOBER, policy(RULES))
    assert [(one.code, one.place.row) for one in problems] == [("fte-out-of-range", 2)] * codes
