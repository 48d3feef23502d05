"""Attendance that contradicts itself, its verdicts or the policy: what is said, and what it does not cost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.attendance import WORKDAYS, at, of, said, value
from tests.core.test_due_days import clean, rules
from tests.workbench import D

DAY = 13
OTHERS = [day for day in WORKDAYS if day != DAY]


def month_with(*rows: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """A clean month of two people, and these rows on one day of the first."""
    odd = [{"agent_id": "a1", "date": date(2026, 10, DAY), "shift": "白班", **row} for row in rows]
    return {"attendance": [*clean("a1", OTHERS), *odd, *clean("a2", WORKDAYS)]}


@pytest.mark.parametrize(
    ("came", "left", "shown"),
    [
        (at(DAY, "18:10"), at(DAY, "08:20"), "18:10 08:20"),
        (at(DAY, "08:20"), at(DAY, "01:10"), "08:20 01:10"),
        (None, at(DAY, "01:10"), "– 01:10"),
        (at(DAY - 1, "08:20"), at(DAY - 1, "18:10"), "10-12 08:20 10-12 18:10"),
    ],
)
def test_punches_that_cannot_be_cost_nothing_and_are_said(
    tmp_path: Path, came: object, left: object, shown: str
) -> None:
    result, problems = of(tmp_path, rules(), month_with({"in_at": came, "out_at": left}))
    for name in ("late_count", "early_count", "missed_punches", "absent_days"):
        assert value(result, "a1", name) == 0
    assert value(result, "a1", "blemishes") is None
    assert value(result, "a2", "blemishes") == 0
    assert f"a1 10-13 {shown}" in said(problems, "attendance-punches-impossible")


def test_an_out_after_midnight_with_its_date_is_the_end_of_the_day(tmp_path: Path) -> None:
    row = {"in_at": at(DAY, "08:20"), "out_at": at(DAY + 1, "01:10")}
    result, problems = of(tmp_path, rules(), month_with(row))
    assert value(result, "a1", "blemishes") == 0
    assert not problems


@pytest.mark.parametrize("verdict", ["培训", "居家办公", "Training"])
def test_a_verdict_that_nobody_knows_is_no_absence(tmp_path: Path, verdict: str) -> None:
    result, problems = of(tmp_path, rules(), month_with({"result": verdict}))
    assert value(result, "a1", "absent_days") == 0
    assert value(result, "a1", "missed_punches") == 0
    assert value(result, "a1", "blemishes") is None
    assert f"{verdict} (1)" in said(problems, "attendance-verdict-unknown")


@pytest.mark.parametrize(
    ("verdict", "came", "left"),
    [
        ("迟到", "08:20", "18:10"),
        ("旷工", "08:20", "18:10"),
        ("缺卡", "08:20", "18:10"),
        ("正常", "09:20", "18:10"),
        ("normal", None, None),
    ],
)
def test_a_verdict_against_the_punches_is_said_with_both(
    tmp_path: Path, verdict: str, came: str | None, left: str | None
) -> None:
    row = {"result": verdict, "in_at": came and at(DAY, came), "out_at": left and at(DAY, left)}
    result, problems = of(tmp_path, rules(), month_with(row))
    assert value(result, "a1", "absent_days") == 0
    assert f"a1 10-13 {verdict} ≠ " in said(problems, "attendance-verdict-differs")


def test_verdicts_that_the_punches_show_are_not_said(tmp_path: Path) -> None:
    late = {"result": "迟到", "in_at": at(DAY, "09:20"), "out_at": at(DAY, "18:10")}
    _, problems = of(tmp_path, rules(), month_with(late))
    assert not problems


def test_a_second_shift_without_punches_is_two_missing_ones_of_nobody(tmp_path: Path) -> None:
    there = {"in_at": at(DAY, "08:20"), "out_at": at(DAY, "18:10")}
    result, problems = of(tmp_path, rules(), month_with(there, {"shift": "夜班"}))
    assert value(result, "a1", "missed_punches") == 0
    assert value(result, "a1", "blemishes") is None
    assert "a1 10-13 夜班" in said(problems, "attendance-second-shift-blank")


@pytest.mark.parametrize("cell", ["白班 08:00-17:00", "白班(8:30~17:30)"])
def test_a_shift_with_other_hours_than_the_policy_is_said(tmp_path: Path, cell: str) -> None:
    there = {"shift": cell, "in_at": at(DAY, "08:20"), "out_at": at(DAY, "18:10")}
    _, problems = of(tmp_path, rules(), month_with(there))
    assert f"{cell} ≠ 08:30-18:00 (1)" in said(problems, "attendance-shift-hours-differ")


def test_a_shift_with_the_hours_of_the_policy_is_not_said(tmp_path: Path) -> None:
    there = {"shift": "白班 8:30-18:00", "in_at": at(DAY, "08:20"), "out_at": at(DAY, "18:10")}
    assert not of(tmp_path, rules(), month_with(there))[1]


def test_a_cell_with_two_shifts_is_said(tmp_path: Path) -> None:
    both = rules('[[working_time.shift]]\nid = "晚班"\nstart = "14:00"\nend = "22:00"\n')
    there = {"shift": "白班/晚班", "in_at": at(DAY, "08:20"), "out_at": at(DAY, "18:10")}
    assert "白班/晚班 (1)" in said(of(tmp_path, both, month_with(there))[1], "attendance-shifts-several")


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"due_days": 18, "worked_days": 17, "absent_days": 0}, "attendance-sums-unexplained"),
        ({"due_days": 18, "worked_days": 18, "absent_days": 1}, "attendance-sums-contradict"),
        ({"due_days": 180, "worked_days": 176, "absent_days": 4}, "attendance-sums-contradict"),
        ({"due_days": 18, "worked_days": 19, "absent_days": -1}, "attendance-sums-contradict"),
    ],
)
def test_sums_that_contradict_each_other_are_no_full_attendance(
    tmp_path: Path, figures: dict[str, int], code: str
) -> None:
    row = {"agent_id": "a1", "date": date(2026, 10, 1), "late_count": 0, "early_count": 0, **figures}
    result, problems = of(tmp_path, rules(), {"attendance": [row]}, {"a1": {}})
    assert value(result, "a1", "absent_days") is None
    assert value(result, "a1", "blemishes") is None
    assert "a1" in said(problems, code)


def test_contradicting_sums_are_said_with_whose_they_are_and_all_figures(tmp_path: Path) -> None:
    row = {"agent_id": "a1", "date": date(2026, 10, 1), "due_days": 18, "worked_days": 18, "absent_days": 1}
    _, problems = of(tmp_path, rules(), {"attendance": [{**row, "late_count": 2}]}, {"a1": {}})
    text = said(problems, "attendance-sums-contradict")
    assert "name a1 a1 18 / 18 / 1 / 2 / – / –" in text
    assert "due_days" not in text


def test_sums_that_add_up_are_not_said(tmp_path: Path) -> None:
    row = {"agent_id": "a1", "date": date(2026, 10, 1), "due_days": 18, "worked_days": 16, "absent_days": 1,
           "sick_leave_days": 1, "late_count": 0}  # fmt: skip
    result, problems = of(tmp_path, rules(), {"attendance": [row]}, {"a1": {}})
    assert value(result, "a1", "absent_days") == 1
    assert not problems


def test_other_punches_of_one_day_in_two_files_are_said_with_both(tmp_path: Path) -> None:
    first, later = clean("a1", WORKDAYS, source_file="a.csv"), clean("a1", WORKDAYS, source_file="b.csv")
    later[3] = {**later[3], "in_at": at(later[3]["date"].day, "08:25")}
    text = said(
        of(tmp_path, rules(), {"attendance": [*first, *later]}, {"a1": {}})[1], "attendance-punches-in-two-files"
    )
    assert "a.csv" in text
    assert "08:20 18:10 ≠ 08:25 18:10" in text


def test_days_with_neither_punches_nor_counts_leave_lateness_open(tmp_path: Path) -> None:
    rows = [{"agent_id": "a1", "date": date(2026, 10, day), "shift": "白班", "absent_days": 0} for day in WORKDAYS]
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    assert value(result, "a1", "late_count") is None
    assert value(result, "a1", "blemishes") is None
    assert f"({len(WORKDAYS)})" in said(problems, "attendance-lateness-untold")


def sums_of_a_month(**changes: Any) -> dict[str, Any]:
    """A month's sums of the first person: every workday due and attended, unless the changes say otherwise."""
    count = len(WORKDAYS)
    return {"agent_id": "a1", "date": date(2026, 10, 31), "due_days": count, "worked_days": count, **changes}


def test_what_follows_from_days_is_compared_with_the_sums(tmp_path: Path) -> None:
    days = clean("a1", WORKDAYS)
    days[2] = {**days[2], "in_at": at(days[2]["date"].day, "09:00")}
    sums = sums_of_a_month(late_count=3)
    result, problems = of(tmp_path, rules(), {"attendance": [*days, sums]}, {"a1": {}})
    assert value(result, "a1", "late_count") == 1
    assert "a1 3 ≠ 1" in said(problems, "sums-differ-from-days")


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"due_days": len(WORKDAYS) + 2}, f"a1 {len(WORKDAYS) + 2} ≠ {len(WORKDAYS)}"),
        ({"worked_days": len(WORKDAYS) - 1}, f"a1 {len(WORKDAYS) - 1} ≠ {len(WORKDAYS)}"),
    ],
)
def test_days_due_and_attended_of_the_sums_are_compared_with_the_days(
    tmp_path: Path, changes: dict[str, Any], shown: str
) -> None:
    rows = [*clean("a1", WORKDAYS), sums_of_a_month(**changes)]
    problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})[1]
    assert shown in said(problems, "sums-differ-from-days")


@pytest.mark.parametrize(
    ("odd", "changes"),
    [
        ({"result": "出差", "in_at": None, "out_at": None}, {"worked_days": len(WORKDAYS) - 1}),
        ({"result": "出差", "in_at": None, "out_at": None}, {}),
        ({"personal_leave_days": 1, "in_at": None, "out_at": None}, {"worked_days": len(WORKDAYS) - 1}),
        ({"personal_leave_days": D("0.5")}, {"worked_days": len(WORKDAYS) - D("0.5")}),
    ],
)
def test_days_that_systems_count_each_in_its_own_way_differ_from_no_sum(
    tmp_path: Path, odd: dict[str, Any], changes: dict[str, Any]
) -> None:
    rows = [*clean("a1", OTHERS), *clean("a1", [DAY], **odd), sums_of_a_month(**changes)]
    problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})[1]
    assert "sums-differ-from-days" not in {one.code for one in problems}


@pytest.mark.parametrize(
    ("verdict", "days"),
    [("旷工0.5天", "0.5"), ("旷工(0.5天)", "0.5"), ("旷工0.5", "0.5"), ("半天旷工", "0.5"), ("Absent 0.5 day", "0.5"),
     ("旷工1天", "1"), ("旷工", "1"), ("旷工10.5天", "1")],
)  # fmt: skip
def test_a_verdict_of_absence_counts_as_many_days_as_it_says(tmp_path: Path, verdict: str, days: str) -> None:
    result, problems = of(tmp_path, rules(), judged_by_verdicts(verdict))
    assert value(result, "a1", "absent_days") == D(days)
    assert not problems


@pytest.mark.parametrize("verdict", ["旷工4小时", "旷工 30分钟", "absent 4 hours"])
def test_hours_of_absence_are_no_day_of_it_and_are_said(tmp_path: Path, verdict: str) -> None:
    result, problems = of(tmp_path, rules(), judged_by_verdicts(verdict))
    assert value(result, "a1", "absent_days") in (0, None)
    assert value(result, "a1", "blemishes") is None
    assert f"{verdict} (1)" in said(problems, "attendance-verdict-unknown")


def judged_by_verdicts(verdict: str) -> dict[str, list[dict[str, Any]]]:
    """A month of verdicts without punches, all in order but for one day of the first person."""
    bare = {"in_at": None, "out_at": None, "result": "正常"}
    odd = clean("a1", [DAY], **{**bare, "result": verdict})
    return {"attendance": [*clean("a1", OTHERS, **bare), *odd, *clean("a2", WORKDAYS, **bare)]}
