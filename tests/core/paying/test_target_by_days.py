"""A commission whose target goes by days: who has it on some days of the month needs that part of the target."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.people.roster import agents_of_month
from csctl.core.records.result import MonthResult
from tests.workbench import (
    OCTOBER,
    SCORED,
    WEEKENDS_OFF,
    D,
    canonical_rows,
    cents_by_line,
    codes,
    counted_as_one,
    measured,
    pay_lines,
    policy,
)

FIGURES = (
    '[measure.sold]\nlabel = "sold"\nunit = "yuan"\ntable = "orders"\nsum = "amount"\n'
    '[measure.target]\nlabel = "target"\nunit = "yuan"\ntable = "targets"\nsum = "amount"\n'
)
LADDER = '[[level]]\nid = "C1"\n[[level]]\nid = "C2"\n[pay.base]\nby = "roster"\n'
SCALES = (
    '[[pay.commission]]\nid = "first"\nlabel = "C1 sales"\nof = "sold"\nlevels = ["C1"]\n'
    'target = "target"\nprorate = true\n'
    "tiers = [{ from = 0, rate = 0.01 }, { from = 1, rate = 0.03 }]\n"
    '[[pay.commission]]\nid = "second"\nlabel = "C2 sales"\nof = "sold"\nlevels = ["C2"]\n'
    'target = "target"\nprorate = true\n'
    "tiers = [{ from = 0, rate = 0.02 }, { from = 0.75, rate = 0.04 }, { from = 1, rate = 0.05 }]\n"
)
WHOLE = SCALES.replace("prorate = true\n", "")
DAY = timedelta(days=1)


def october(day: int) -> date:
    return date(2026, 10, day)


def month(
    scales: str, rows: list[dict[str, Any]], values: dict[str, dict[str, object]], *by_span: object
) -> MonthResult:
    """October, 22 workdays, at 2,200 a month; ``by_span`` is what Ann sold in each part of it."""
    rules = policy(SCORED + FIGURES + LADDER + scales)
    named = [{"agent_id": "a", "agent_name": "Ann", "base_pay": D(2200)} | row for row in rows]
    people, problems = agents_of_month(canonical_rows("roster", named), OCTOBER, rules)
    assert problems == []
    own = measured({who: {"x": 80} | figures for who, figures in values.items()})
    parts = tuple(None if one is None else Decimal(str(one)) for one in by_span)
    parted = {("a", "sold"): parts} if by_span else {}
    return compute_month(MonthInput(rules, OCTOBER, people, own, [], WEEKENDS_OFF, [], by_span=parted))


def moves(until: date) -> list[dict[str, Any]]:
    """A C1 until that day, a C2 after it."""
    return [{"level": "C1", "valid_to": until}, {"level": "C2", "valid_from": until + DAY}]


def commission(result: MonthResult, who: str = "a") -> dict[str, int]:
    return {line: cents for line, cents in cents_by_line(result, who).items() if not line.startswith("base")}


def test_who_changes_the_level_inside_the_month_needs_of_each_target_the_part_of_the_days() -> None:
    """A C1 for 11 workdays of 22, then a C2 for 11; the target of the month is 8,000, so 4,000 for each half of it. Of
    the 5,000 that the C1 sold, 4,000 at 1 % and 1,000 at 3 %; of the 3,500 of the C2 the first 3,000, which are three
    quarters of 4,000, at 2 % and 500 at 4 %.
    """
    result = month(SCALES, moves(october(15)), {"a": {"sold": 8500, "target": 8000}}, 5000, 3500)
    assert commission(result) == {"first.1": 40_00, "first.2": 30_00, "second.1": 60_00, "second.2": 20_00}
    notes = [line.note for line in pay_lines(result, "a") if line.line.startswith("first")]
    assert notes == ["C1 2026-10-01 – 2026-10-15；目标按天折算：8,000 × 11 ÷ 22 = 4,000.00"] * 2
    assert codes(result) == []


def test_against_the_target_of_the_whole_month_part_of_it_is_said_to_be_measured() -> None:
    """5,000 and 3,500 do not reach 6,000, let alone 8,000; whom that concerns is told for both."""
    result = month(WHOLE, moves(october(15)), {"a": {"sold": 8500, "target": 8000}}, 5000, 3500)
    assert commission(result) == {"first.1": 50_00, "second.1": 70_00}
    assert counted_as_one(result) == [("C1 sales", "spans-paid-whole"), ("C2 sales", "spans-paid-whole")]
    assert [one.found for one in result.problems] == ["a Ann"]


@pytest.mark.parametrize(
    ("row", "scales", "cents", "note"),
    [
        ({}, SCALES, {"first.1": 50_00}, ""),
        ({"left_on": october(15)}, SCALES, {"first.1": 40_00, "first.2": 30_00}, "8,000 × 11 ÷ 22 = 4,000.00"),
        ({"hired_on": october(30)}, SCALES, {"first.1": 3_64, "first.2": 139_09}, "8,000 × 1 ÷ 22 = 363.64"),
        ({"left_on": october(15)}, WHOLE, {"first.1": 50_00}, ""),
    ],
)  # fmt: skip
def test_who_comes_or_leaves_needs_the_part_of_the_days_here(
    row: dict[str, Any], scales: str, cents: dict[str, int], note: str
) -> None:
    """5,000 sold, and nothing is said to whoever has the whole target. 8,000 ÷ 22 is 363.636…, to the cent 363.64."""
    result = month(scales, [{"level": "C1", **row}], {"a": {"sold": 5000, "target": 8000}})
    assert commission(result) == cents
    notes = {line.note.removeprefix("目标按天折算：") for line in pay_lines(result, "a") if line.kind == "commission"}
    assert notes == {note}
    assert codes(result) == []


def test_on_days_of_rest_alone_there_is_no_target_to_reach_and_it_is_said() -> None:
    """A C2 from Saturday the 31st: what is sold on it has no target, and is not paid at the highest rate for it."""
    result = month(SCALES, moves(october(30)), {"a": {"sold": 300, "target": 8000}}, 200, 100)
    assert commission(result) == {"first.1": 2_00}
    assert [(one.code, one.parameters["component"]) for one in result.problems] == [
        ("commission-without-target", "C2 sales")
    ]


def test_what_is_not_known_of_a_target_has_no_part() -> None:
    result = month(SCALES, moves(october(15)), {"a": {"sold": 300, "target": None}}, 200, 100)
    assert (commission(result), codes(result)) == ({}, ["commission-without-target"] * 2)


def test_a_part_of_the_month_of_which_no_row_tells_sold_nothing() -> None:
    """Not a yuan: 200 as a C1, and nothing is paid to the C2."""
    result = month(SCALES, moves(october(15)), {"a": {"sold": 200, "target": 8000}}, 200, None)
    assert (commission(result), codes(result)) == ({"first.1": 2_00}, [])


@pytest.mark.law
def test_who_moves_has_the_commission_of_one_who_leaves_and_one_who_comes() -> None:
    """Wherever the first part ends, with a workday in each, and the target of the month for both."""
    for day in (1, 2, 4, 11, 17, 29):
        until = october(day)
        one = month(SCALES, moves(until), {"a": {"sold": 8000, "target": 9000}}, 4999, 3001)
        rows = [{"level": "C1", "left_on": until}, {"agent_id": "a2", "level": "C2", "hired_on": until + DAY}]
        two = month(SCALES, rows, {"a": {"sold": 4999, "target": 9000}, "a2": {"sold": 3001, "target": 9000}})
        assert commission(one) == commission(two) | commission(two, "a2")
        assert len(commission(one)) >= 2
