"""Due days that nothing tells of, sums beside days, single punches: what is known of attendance, and what is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csctl.core.explaining.nodes import Explained
from csctl.core.explaining.why_not import why_not
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.lines import PayLine, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import problem_text
from csctl.policy.model import Policy
from csctl.problems import Problem, Severity
from tests.attendance import FULL_ATTENDANCE, WORKDAYS, at, of, said, value
from tests.drawn import drawn
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, cents_by_line, policy

SHIFT = '[[working_time.shift]]\nid = "白班"\nstart = "08:30"\nend = "18:00"\n'
PAY = """
[pay.base]
by = "roster"
[[pay.deduction]]
id = "absence"
label = "旷工不计薪"
quantity = "attendance.absent_days"
divisor = 21.75
[[pay.fine]]
id = "late"
label = "迟到"
amount = 20
each = { measure = "attendance.late_count" }
[[pay.fine]]
id = "punch"
label = "缺卡"
amount = 10
each = { measure = "attendance.unfixed_punches" }
"""


def rules(keys: str = "") -> Policy:
    """A day shift, and money for absence, lateness, missing punches and full attendance."""
    return policy(f"[working_time]\n{keys}\n{SHIFT}{PAY}{FULL_ATTENDANCE}")


def clean(who: str, days: Iterable[int], **changes: Any) -> list[dict[str, Any]]:
    """Days on which somebody came in time and stayed to the end."""
    return [
        {"agent_id": who, "date": date(2026, 10, day), "shift": "白班", "in_at": at(day, "08:20"),
         "out_at": at(day, "18:10"), **changes}
        for day in days
    ]  # fmt: skip


def without(days: Sequence[int], *left_out: int) -> list[int]:
    """The days but some."""
    return [day for day in days if day not in left_out]


def test_a_whole_month_of_days_leaves_nothing_open(tmp_path: Path) -> None:
    """Every workday has a row: the award is earned, and nothing is said."""
    rows = [*clean("a1", WORKDAYS), *clean("a2", WORKDAYS)]
    result, problems = of(tmp_path, rules(), {"attendance": rows})
    assert problems == []
    assert cents_by_line(result, "a1") == {"base": 217500, "full": 10000}


def test_a_due_day_without_a_row_is_unknown_and_costs_and_earns_nothing(tmp_path: Path) -> None:
    """Late twice, but nobody knows about the 14th: neither fine nor award, base pay in full, and it is said of whom."""
    rows = [*clean("a1", without(WORKDAYS, 14)), *clean("a2", WORKDAYS)]
    rows[0]["in_at"], rows[1]["in_at"] = at(1, "09:00"), at(2, "09:00")
    result, problems = of(tmp_path, rules(), {"attendance": rows})
    assert cents_by_line(result, "a1") == {"base": 217500}
    assert [value(result, "a1", name) for name in ("late_count", "absent_days", "absences", "blemishes")] == [None] * 4
    assert "name a1 a1: 10-14" in said(problems, "attendance-days-unknown")
    assert cents_by_line(result, "a2") == {"base": 217500, "full": 10000}


def test_a_blank_row_tells_no_more_than_none(tmp_path: Path) -> None:
    """The export lists the 14th and says nothing of it."""
    rows = [*clean("a1", without(WORKDAYS, 14)), {"agent_id": "a1", "date": date(2026, 10, 14)}]
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    assert cents_by_line(result, "a1") == {"base": 217500}
    assert "10-14" in said(problems, "attendance-days-unknown")


@pytest.mark.parametrize(
    ("others", "lines"),
    [(WORKDAYS, {"base": 217500, "absence": -10000}), (without(WORKDAYS, 14), {"base": 217500})],
)
def test_it_is_an_absence_where_the_policy_says_so_and_others_have_rows(
    tmp_path: Path, others: list[int], lines: dict[str, int]
) -> None:
    """One day of base pay, 2175 ÷ 21.75. If the clock was out of order for all, nothing is held against anybody."""
    rows = [*clean("a1", without(WORKDAYS, 14)), *clean("a2", others)]
    result, problems = of(tmp_path, rules('without_row = "absent"'), {"attendance": rows})
    assert cents_by_line(result, "a1") == lines
    code = "attendance-days-absent" if len(lines) > 1 else "attendance-days-unknown"
    assert "name a1 a1: 10-14" in said(problems, code)


def test_leave_and_mended_punches_explain_a_day_without_a_row(tmp_path: Path) -> None:
    """Granted leave on the 14th, a granted punch fix on the 15th; the 16th is an absence."""
    keys = 'without_row = "absent"\npunch_fixes = { within_days = 3, per_month = 5 }\nleave = { statutory = ["年假"] }'
    leave = {"agent_id": "a1", "date": date(2026, 10, 14), "kind": "年假", "days": D(1), "approved": True,
             "filed_at": at(12, "09:00")}  # fmt: skip
    fix = {
        "agent_id": "a1",
        "date": date(2026, 10, 15),
        "filed_on": date(2026, 10, 15),
        "reason": "x",
        "approved": True,
    }
    rows = [*clean("a1", without(WORKDAYS, 14, 15, 16)), *clean("a2", WORKDAYS)]
    tables = {"attendance": rows, "leave": [leave], "punch_fixes": [fix, {**fix, "reason": "y"}]}
    result, problems = of(tmp_path, rules(keys), tables)
    assert value(result, "a1", "absent_days") == 1
    assert "a1: 10-16" in said(problems, "attendance-days-absent")
    assert value(result, "a1", "unfixed_punches") == 0


def test_worked_takes_days_without_rows_for_days_in_order(tmp_path: Path) -> None:
    """Only exceptions are written down: that is what the policy says then."""
    late = clean("a1", [14], in_at=at(14, "09:00"))
    result, problems = of(tmp_path, rules('without_row = "worked"'), {"attendance": late}, {"a1": {}})
    assert cents_by_line(result, "a1") == {"base": 217500, "late": -2000}
    assert problems == []


def test_days_after_the_last_one_in_the_files_are_not_known(tmp_path: Path) -> None:
    """Until the 9th one lateness is known and costs; full attendance is not known before the month is whole."""
    rows = [*clean("a1", [1, 2, 5, 6, 7, 8]), *clean("a1", [9], in_at=at(9, "09:00")), *clean("a2", [1, 2, 5, 6, 7, 8])]
    result, problems = of(tmp_path, rules(), {"attendance": rows})
    assert cents_by_line(result, "a1") == {"base": 217500, "late": -2000}
    text = said(problems, "attendance-days-outside")
    assert "name a1 a1" in text
    assert "2026-10-09" in text
    assert "a2: 10-09" in said(problems, "attendance-days-unknown")
    assert cents_by_line(result, "a2") == {"base": 217500}


def test_who_joins_and_who_leaves_owe_only_their_own_days(tmp_path: Path) -> None:
    """From the 19th, and until the 9th: all their days have rows."""
    rows = [*clean("a1", [day for day in WORKDAYS if day >= 19]), *clean("a2", [day for day in WORKDAYS if day <= 9])]
    people = {"a1": {"hired_on": date(2026, 10, 19)}, "a2": {"left_on": date(2026, 10, 9)}}
    result, problems = of(tmp_path, rules(), {"attendance": [*rows]}, people)
    assert problems == []
    assert [value(result, who, "blemishes") for who in ("a1", "a2")] == [0, 0]


@pytest.mark.parametrize(("off", "unknown"), [((11, 18), False), ((11, 18, 25), True), ((11,), False)])
def test_two_days_of_rest_float_over_the_month(tmp_path: Path, off: tuple[int, ...], unknown: bool) -> None:
    """Any two days may be without a row; of three one was due, and nobody knows which."""
    days = without([day.day for day in OCTOBER.days()], *off)
    chosen = rules('rest_days = 2\nwithout_row = "absent"')
    result, problems = of(tmp_path, chosen, {"attendance": [*clean("a1", days), *clean("a2", range(1, 32))]})
    assert ("full" in cents_by_line(result, "a1")) is not unknown
    assert [one.code for one in problems] == (["attendance-days-unknown"] if unknown else [])
    assert "absence" not in cents_by_line(result, "a1")


def test_rest_that_a_row_names_is_taken_and_leaves_less_to_float(tmp_path: Path) -> None:
    """Two days named, a third without a row: it was due."""
    rest = [{"agent_id": "a1", "date": date(2026, 10, day), "shift": "休息"} for day in (4, 11)]
    rows = [*clean("a1", without(range(1, 32), 4, 11, 20)), *rest]
    _, problems = of(tmp_path, rules("rest_days = 2"), {"attendance": rows}, {"a1": {}})
    assert "a1: 10-20" in said(problems, "attendance-days-unknown")


def test_one_day_of_rest_a_week_leaves_the_second_one_an_absence(tmp_path: Path) -> None:
    """In the week of the 12th two days have no row: one is the rest, of the other the others tell."""
    chosen = rules('rest_days = 1\nrest_per = "week"\nwithout_row = "absent"')
    days = [day for day in range(1, 32) if date(2026, 10, day).weekday() < 6]
    result, problems = of(tmp_path, chosen, {"attendance": [*clean("a1", without(days, 14)), *clean("a2", days)]})
    assert value(result, "a1", "absent_days") == 1
    assert "a1: 10-14" in said(problems, "attendance-days-absent")
    assert "full" in cents_by_line(result, "a2")


def test_holidays_of_the_calendar_are_not_due(tmp_path: Path) -> None:
    """The first days of October are off."""
    calendar = WorkCalendar(WEEKENDS_OFF.years, frozenset(date(2026, 10, day) for day in (1, 2)), frozenset())
    rows = clean("a1", without(WORKDAYS, 1, 2))
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}}, calendar)
    assert problems == []
    assert "full" in cents_by_line(result, "a1")


def test_nobody_is_absent_on_a_holiday_on_which_others_work(tmp_path: Path) -> None:
    """One day of rest a week, and the 1st is a public holiday: off or due, nobody knows."""
    calendar = WorkCalendar(WEEKENDS_OFF.years, frozenset(), frozenset(), {date(2026, 10, 1): "国庆节"})
    chosen = rules('rest_days = 1\nrest_per = "week"\nwithout_row = "absent"')
    days = [day for day in range(1, 32) if date(2026, 10, day).weekday() < 6]
    rows = [*clean("a1", without(days, 1)), *clean("a2", days)]
    result, problems = of(tmp_path, chosen, {"attendance": rows}, calendar=calendar)
    assert cents_by_line(result, "a1") == {"base": 217500}
    assert "a1: 10-01" in said(problems, "attendance-days-unknown")


# ---- rows ------------------------------------------------------------------


def test_days_with_punches_and_no_shift_miss_punches_all_the_same(tmp_path: Path) -> None:
    """One punch on the 14th is one missing; lateness has no judge and is said to have none."""
    rows = clean("a1", without(WORKDAYS, 14), shift=None) + clean("a1", [14], shift=None, out_at=None)
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    assert cents_by_line(result, "a1") == {"base": 217500, "punch": -1000}
    assert value(result, "a1", "late_count") is None
    assert "name a1 a1" in said(problems, "attendance-lateness-unjudged")


def test_single_punches_are_the_first_and_the_last_of_their_day(tmp_path: Path) -> None:
    """Four a day; on the 14th only one, in the evening: one is missing, and nobody was late."""
    clocks = ["08:25", "12:01", "12:58", "18:05"]
    punches = [
        {
            "agent_id": "a1",
            "date": date(2026, 10, day),
            "shift": "白班",
            "in_at": at(day, clock),
            "result": "正常" if clock > "09:00" else "上班打卡正常",
        }
        for day in WORKDAYS
        for clock in (clocks[3:] if day == 14 else clocks)
    ]
    result, problems = of(tmp_path, rules(), {"attendance": punches}, {"a1": {}})
    assert [value(result, "a1", name) for name in ("late_count", "early_count")] == [0, 0]
    assert cents_by_line(result, "a1")["punch"] == -1000
    assert problems == []


def test_a_blank_row_beside_one_with_punches_says_nothing(tmp_path: Path) -> None:
    """Punches in and out stand in a row each; on the 14th there is none in the second."""
    rows = [
        {"agent_id": "a1", "date": date(2026, 10, day), "shift": "白班", "in_at": moment}
        for day in WORKDAYS
        for moment in (at(day, "08:25"), None if day == 14 else at(day, "18:05"))
    ]
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    assert value(result, "a1", "late_count") == 0
    assert cents_by_line(result, "a1")["punch"] == -1000
    assert problems == []


def test_rows_of_one_day_that_say_different_things_are_said(tmp_path: Path) -> None:
    """Two books count lateness differently."""
    rows = clean("a1", WORKDAYS, late_count=0)
    rows += [{**rows[5], "late_count": 1, "source_file": "other.xlsx"}]
    _, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    assert "a1 10-08" in said(problems, "attendance-day-several")


def test_sums_beside_the_days_of_others_stand_for_no_day(tmp_path: Path) -> None:
    """One file: a row a day for one, the month's sums for two; who was late once in them loses the award alone."""
    sums = {"date": date(2026, 10, 31), "due_days": D(22), "worked_days": D(22)}
    rows = [
        *clean("a2", WORKDAYS),
        {"agent_id": "a1", **sums, "late_count": 0},
        {"agent_id": "a3", **sums, "late_count": 1},
    ]
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}, "a2": {}, "a3": {}})
    assert problems == []
    assert [cents_by_line(result, who) for who in ("a1", "a2", "a3")] == [
        {"base": 217500, "full": 10000},
        {"base": 217500, "full": 10000},
        {"base": 217500, "late": -2000},
    ]


def test_sums_beside_own_days_check_them(tmp_path: Path) -> None:
    """The days count one lateness, the row of sums in the same file two: said with both, fined once."""
    sums = {"agent_id": "a1", "date": date(2026, 10, 31), "due_days": D(22), "late_count": 2}
    rows = clean("a1", WORKDAYS, late_count=0)
    rows[3] |= {"in_at": at(6, "09:00"), "late_count": 1}
    result, problems = of(tmp_path, rules(), {"attendance": [*rows, sums]}, {"a1": {}})
    assert cents_by_line(result, "a1") == {"base": 217500, "late": -2000}
    text = said(problems, "sums-differ")
    assert "2" in text
    assert "1" in text


def test_sums_without_a_count_of_lateness_earn_no_full_attendance(tmp_path: Path) -> None:
    """22 of 22 days: nobody wrote down whether they began in time."""
    sums = {"agent_id": "a1", "date": date(2026, 10, 31), "due_days": D(22), "worked_days": D(22)}
    result, problems = of(tmp_path, rules(), {"attendance": [sums]}, {"a1": {}})
    assert cents_by_line(result, "a1") == {"base": 217500}
    assert "name a1 a1" in said(problems, "attendance-lateness-uncounted")


def test_leave_in_the_sums_and_on_a_form_is_taken_once(tmp_path: Path) -> None:
    """One day by both; then two by the sums and one on the form, which counts and is said with both."""
    form = {"agent_id": "a1", "date": date(2026, 10, 14), "kind": "事假", "days": D(1), "approved": True}
    sums = {"agent_id": "a1", "date": date(2026, 10, 31), "due_days": D(22), "worked_days": D(21), "late_count": 0}
    for days, differs in ((1, []), (2, ["attendance-leave-differs"])):
        tables = {"attendance": [{**sums, "personal_leave_days": D(days)}], "leave": [form]}
        result, problems = of(tmp_path / str(days), rules(), tables, {"a1": {}})
        assert value(result, "a1", "leave_days") == 1
        assert [one.code for one in problems] == differs
    assert "name a1 a1: 2 ≠ 1" in said(problems, "attendance-leave-differs")


def test_days_of_sums_that_nobody_explains_are_said(tmp_path: Path) -> None:
    """22 due, 20 worked, one on leave: one is open, so neither withheld nor part of full attendance."""
    sums = {"agent_id": "a1", "date": date(2026, 10, 31), "due_days": D(22), "worked_days": D(20), "late_count": 0,
            "paid_leave_days": D(1)}  # fmt: skip
    result, problems = of(tmp_path, rules(), {"attendance": [sums]}, {"a1": {}})
    assert cents_by_line(result, "a1") == {"base": 217500}
    assert "name a1 a1: 1" in said(problems, "attendance-sums-unexplained")


def test_a_punch_that_cannot_be_read_costs_nothing_and_withholds_full_attendance(tmp_path: Path) -> None:
    """The cell on the 14th holds something: it is no missing punch, and nobody knows whether it was in time."""
    rows = clean("a1", without(WORKDAYS, 14)) + clean("a1", [14], in_at=None, unreadable="in_at")
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    assert cents_by_line(result, "a1") == {"base": 217500}
    assert "name a1 a1: 10-14" in said(problems, "attendance-punches-unread")


def test_a_count_of_the_export_that_its_punches_deny_is_said_with_both(tmp_path: Path) -> None:
    """In at 8:20 and called late: the punch counts."""
    rows = clean("a1", WORKDAYS, late_count=0)
    rows[4]["late_count"] = 1
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    assert value(result, "a1", "late_count") == 0
    assert "name a1 a1: 10-07 1 ≠ 0" in said(problems, "attendance-counts-differ")


@pytest.mark.parametrize(("keys", "award"), [("", True), ("missed_punch_spoils = true", False)])
def test_a_missing_punch_spoils_full_attendance_where_the_policy_says_so(
    tmp_path: Path, keys: str, award: bool
) -> None:
    """One punch on the 14th."""
    rows = clean("a1", without(WORKDAYS, 14)) + clean("a1", [14], out_at=None)
    result, _ = of(tmp_path, rules(keys), {"attendance": rows}, {"a1": {}})
    assert ("full" in cents_by_line(result, "a1")) is award


# ---- laws ------------------------------------------------------------------


@st.composite
def months(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A month of two people with lateness, lone punches, days off and blank days."""
    rows: list[dict[str, Any]] = []
    for who in ("a1", "a2"):
        for day in WORKDAYS:
            kind = draw(st.sampled_from(["clean", "clean", "clean", "late", "lone", "none", "blank", "absent"]))
            row = clean(who, [day])[0]
            changes = {
                "clean": {},
                "late": {"in_at": at(day, "09:00")},
                "lone": {"out_at": None},
                "absent": {"in_at": None, "out_at": None},
                "blank": {"in_at": None, "out_at": None, "shift": None},
            }
            rows += [] if kind == "none" else [{**row, **changes[kind]}]  # type: ignore[dict-item]
    return rows


def net(result: MonthResult) -> int:
    """What a1 is paid."""
    return sum(cents_by_line(result, "a1").values())


def named(problems: Iterable[Problem]) -> bool:
    """Whether a warning names a1 or the table."""
    texts = [problem_text(one, "en") for one in problems if one.severity is Severity.WARNING]
    return any("name a1" in text or "attendance" in text.split() for text in texts)


@settings(max_examples=drawn(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=months(),
    keys=st.sampled_from(["", 'without_row = "absent"', "rest_days = 2", 'rest_days = 1\nrest_per = "week"']),
    cut=st.sampled_from(["person", "table", *WORKDAYS]),
)
def test_rows_that_are_taken_away_never_raise_pay_in_silence(
    tmp_path: Path, rows: list[dict[str, Any]], keys: str, cut: str | int
) -> None:
    """All rows of a person, all of the table, or one day: who is paid more than before is named, or the table is."""
    left = [
        row
        for row in rows
        if cut != "table" and not (row["agent_id"] == "a1" and (cut == "person" or row["date"].day == cut))
    ]
    before, _ = of(tmp_path, rules(keys), {"attendance": rows})
    after, problems = of(tmp_path, rules(keys), {"attendance": left})
    assert net(after) <= net(before) or named(problems)
    assert cents_by_line(after, "a1")["base"] == 217500


def test_lines_that_rest_on_days_nobody_knows_are_marked(tmp_path: Path) -> None:
    """An absence that was inferred marks its fine; a missing punch counts with the days that are open said."""
    rows = [*clean("a1", WORKDAYS), *clean("a2", without(WORKDAYS, 14, 21))]
    for row in rows:
        if row["agent_id"] == "a2" and row["date"].day == 9:
            row["out_at"] = None
    absent, _ = of(tmp_path / "absent", rules('without_row = "absent"'), {"attendance": rows})
    marks = {(one.agent_id, one.line): one.marks for one in as_records(absent.pay_lines, PayLine)}
    assert marks["a2", "absence"] == ("absent:10-14 10-21",)
    assert marks["a2", "punch"] == marks["a1", "base"] == ()
    unknown, _ = of(tmp_path / "unknown", rules('without_row = "unknown"'), {"attendance": rows})
    marks = {(one.agent_id, one.line): one.marks for one in as_records(unknown.pay_lines, PayLine)}
    assert marks["a2", "punch"] == ("days:10-14 10-21",)
    assert ("a2", "absence") not in marks


def test_who_asks_why_not_is_told_what_attendance_lacks(tmp_path: Path) -> None:
    """A day nobody knows: lateness has no value, and the answer names the table."""
    rows = [*clean("a1", WORKDAYS), *clean("a2", without(WORKDAYS, 14))]
    result, _ = of(tmp_path, rules('without_row = "unknown"'), {"attendance": rows})
    person = next(one for one in result.agents if one.agent_id == "a2")
    node = why_not(Explained(result, person, (), lambda _: (), "en"), "late")
    assert node is not None
    assert "attendance" in " ".join(child.note for child in node.children)


def test_a_sheet_of_verdicts_alone_counts_what_it_says(tmp_path: Path) -> None:
    """Late twice, early once, half a day and a day absent, a punch missing; the rest was in order."""
    verdicts = {8: "迟到15分钟", 9: "迟到,早退", 12: "旷工半天", 13: "旷工", 14: "上班缺卡", 16: "旷工迟到"}
    rows = [
        {"agent_id": "a1", "date": date(2026, 10, day), "shift": "白班", "result": verdicts.get(day, "正常")}
        for day in WORKDAYS
    ]
    result, _ = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    names = ("late_count", "early_count", "absent_days", "missed_punches")
    assert [value(result, "a1", name) for name in names] == [2, 1, D("2.5"), 1]


@pytest.mark.parametrize("shift", ["节假日", "国庆节", "补休", "放假", "/", "周末", "public holiday"])
def test_a_shift_that_says_that_nobody_is_due_is_rest(tmp_path: Path, shift: str) -> None:
    """However the sheet writes it: nothing is missed, nobody is absent."""
    rows = clean("a1", without(WORKDAYS, 14)) + clean("a2", WORKDAYS)
    rows.append({"agent_id": "a1", "date": date(2026, 10, 14), "shift": shift})
    result, problems = of(tmp_path, rules('without_row = "absent"'), {"attendance": rows})
    assert cents_by_line(result, "a1") == {"base": 217500, "full": 10000}
    assert problems == []


@pytest.mark.parametrize("shift", ["春节值班", "国庆加班", "节假日值班"])
def test_a_shift_that_is_named_for_a_holiday_is_no_rest(tmp_path: Path, shift: str) -> None:
    """Who has one and no punches did not come; that the policy does not know it is said."""
    rows = clean("a1", without(WORKDAYS, 14)) + clean("a2", WORKDAYS)
    rows.append({"agent_id": "a1", "date": date(2026, 10, 14), "shift": shift})
    result, problems = of(tmp_path, rules(), {"attendance": rows})
    assert value(result, "a1", "absences") == 1
    assert "shift-unknown" in [one.code for one in problems]


@pytest.mark.parametrize("verdict", ["公假", "法定假", "年假"])
def test_leave_that_a_verdict_names_is_leave_and_no_rest(tmp_path: Path, verdict: str) -> None:
    """One day each, of a kind that the policy calls statutory."""
    rows = clean("a1", without(WORKDAYS, 14))
    rows.append({"agent_id": "a1", "date": date(2026, 10, 14), "shift": "白班", "result": verdict})
    kinds = 'leave = { kinds = ["公假", "法定假", "年假"], statutory = ["公假", "法定假", "年假"] }'
    result, _ = of(tmp_path, rules(kinds), {"attendance": rows}, {"a1": {}})
    assert [value(result, "a1", name) for name in ("statutory_leave_days", "absences")] == [1, 0]


def test_a_shift_without_punches_is_absence_and_said(tmp_path: Path) -> None:
    rows = [*clean("a1", without(WORKDAYS, 14)), *clean("a1", [14], in_at=None, out_at=None), *clean("a2", WORKDAYS)]
    result, problems = of(tmp_path, rules(), {"attendance": rows})
    assert value(result, "a1", "absent_days") == 1
    assert "name a1 a1: 10-14" in said(problems, "attendance-blank-absent")


@pytest.mark.parametrize(
    "more",
    [
        {"attendance": {"result": "旷工"}},
        {"attendance": {"absent_days": D(1)}},
        {"leave": {"kind": "事假", "approved": False}},
        {"leave": {"kind": "事假", "approved": True}},
    ],
)
def test_an_absence_that_a_verdict_or_a_request_tells_of_needs_no_look(
    tmp_path: Path, more: dict[str, dict[str, Any]]
) -> None:
    blank = clean("a1", [14], in_at=None, out_at=None, **more.get("attendance", {}))
    leave = [{"agent_id": "a1", "date": date(2026, 10, 14), **own} for name, own in more.items() if name == "leave"]
    rows = [*clean("a1", without(WORKDAYS, 14)), *blank, *clean("a2", WORKDAYS)]
    _, problems = of(tmp_path, rules(), {"attendance": rows, "leave": leave})
    assert "attendance-blank-absent" not in [one.code for one in problems]


@pytest.mark.parametrize(("bare", "said_of"), [(True, []), (False, ["a1"])])
def test_rest_that_may_lie_on_a_day_without_a_row_is_not_called_too_little(
    tmp_path: Path, bare: bool, said_of: list[str]
) -> None:
    """a1 rests on three days by rows; on the fourth Sunday there is no row, or one of work."""
    every = range(1, 32)
    sundays = [4, 11, 18, 25]
    rows = [*clean("a2", without(every, *sundays)), *clean("a1", without(every, *(sundays if bare else sundays[:3])))]
    rest = [("a2", day) for day in sundays] + [("a1", day) for day in sundays[:3]]
    rows += [{"agent_id": who, "date": date(2026, 10, day), "shift": "休息"} for who, day in rest]
    result, _ = of(tmp_path, rules("rest_days = 4"), {"attendance": rows})
    assert [one.agent_id for one in result.advice if one.code == "law-rest-days-taken"] == said_of
