"""Working time: worked examples by rule, and what holds for any month of rows."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csctl.core.compute import compute_month
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.core.preparing.looking_back import looked_back_months
from csctl.core.preparing.month import prepare_month
from csctl.core.records.agent import Agent
from csctl.core.records.evidence import first_rows
from csctl.core.records.lines import Measured
from csctl.core.working_time.month import WorkedMonth, working_time_of_month
from csctl.core.working_time.shifts import named_shift
from csctl.messages import LANGUAGES, problem_fix, problem_text
from csctl.month import Month
from csctl.policy.lint import lint_policy
from csctl.policy.lint_names import lint_names
from csctl.policy.lint_working_time import lint_working_time
from csctl.policy.model import Policy
from csctl.policy.refs import measure_names, named_figures
from csctl.policy.working_time import ATTENDANCE_MEASURES, Shift, WorkingTime
from csctl.problems import NOWHERE, Place, errors_and_warnings
from csctl.store.engines import Engine
from csctl.tables import DECIMALS, TABLES, Kind
from csctl.words import is_rest
from tests.drawn import drawn
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, Row, agent, canonical_rows, cents_by_line, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
SOURCES = ("attendance", "leave", "punch_fixes")
IDENTITY, _ = build_identity([Person(who, f"name {who}", (), NOWHERE) for who in ("a1", "a2")], {})
EXAMPLES = [
    example
    for path in sorted((Path(__file__).parent / "working_time").glob("*.toml"))
    for example in tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["example"]
]

Tables = Mapping[str, Sequence[Row]]


def typed(table: str, row: Row) -> dict[str, Any]:
    """A row as the store holds it: figures as decimals of their column's kind."""
    kinds = {column.name: column.kind for column in TABLES[table].columns}
    exact = {name for name in row if kinds.get(name) in DECIMALS and kinds.get(name) is not Kind.COUNT}
    return {name: D(str(value)) if name in exact and value is not None else value for name, value in row.items()}


def worked(
    folder: Path, rules: WorkingTime, tables: Tables, agents: Sequence[Agent], engine: Engine = "polars"
) -> WorkedMonth:
    """October of these agents. ``tables`` are rows by table, of agent a1 unless they say otherwise."""
    complete = {name: canonical_rows(name, [{"agent_id": "a1", **typed(name, row)} for row in rows])
                for name, rows in tables.items()}  # fmt: skip
    return of_rows(folder, rules, complete, agents, engine)


def of_rows(
    folder: Path, rules: WorkingTime, complete: Tables, agents: Sequence[Agent], engine: Engine = "polars"
) -> WorkedMonth:
    """October from complete canonical rows."""
    opened = {name: credited(frame(folder, name, rows, engine), IDENTITY) for name, rows in complete.items()}
    return working_time_of_month(rules, opened, agents, OCTOBER)


def of_agent(found: WorkedMonth, who: str = "a1") -> dict[str, Measured]:
    """One agent's measures by name, without the prefix."""
    return {one.measure.removeprefix("attendance."): one for one in found.measured if one.agent_id == who}


def values(found: WorkedMonth, who: str = "a1") -> dict[str, Decimal | None]:
    """One agent's values by name."""
    return {name: one.value for name, one in of_agent(found, who).items()}


# ---- worked examples -------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{one['rule']}: {one['about']}" for one in EXAMPLES])
def test_a_worked_example_comes_out_as_written(example: Row, engine: Engine, tmp_path: Path) -> None:
    """Values, the rows that made them, where they come from, and what was odd, on both engines."""
    rules = policy("").model_copy(update={"working_time": WorkingTime.model_validate(example["working_time"])})
    assert rules.working_time is not None
    tables = {name: example.get(name, []) for name in SOURCES}
    found = worked(tmp_path, rules.working_time, tables, [agent("a1", **example.get("agent", {}))], engine)
    shown = {name: "none" if value is None else str(value) for name, value in values(found).items()}
    assert {name: shown[name] for name in example["expect"]} == {
        name: str(value) for name, value in example["expect"].items()
    }
    for name, numbers in example.get("evidence", {}).items():
        assert [row.place.row for one in found.evidence["a1", f"attendance.{name}"] for row in one.rows] == numbers
    for name, source in example.get("source", {}).items():
        assert of_agent(found)[name].source == source
    assert sorted(problem.code for problem in found.problems) == example.get("problems", [])


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "hours" in one], ids=lambda one: str(one["rule"]))
def test_a_shift_is_as_long_as_its_rule_says(example: Row) -> None:
    """Hours from start to end, less the meals inside (A-38)."""
    shifts = WorkingTime.model_validate(example["working_time"]).shift
    assert {shift.id: str(_hours(shift)) for shift in shifts} == {
        name: str(Fraction(str(hours))) for name, hours in example["hours"].items()
    }


def _hours(shift: Shift) -> Fraction:
    spans = [shift.meal_span(meal) for meal in shift.meal]
    return Fraction(shift.span[1] - shift.span[0] - sum(end - start for start, end in spans), 60)


def test_the_late_shift_is_eight_and_a_half_hours_and_breaks_after_midnight_lie_inside_it() -> None:
    """15:30 to 24:00 (A-11); a break from 0:30 to 1:00 belongs to a shift that goes on until 6."""
    assert _hours(Shift(id="晚班", start="15:30", end="24:00", meal=[], rule="")) == Fraction(17, 2)
    night = Shift.model_validate({"id": "夜班", "start": "22:00", "end": "06:00",
                                  "meal": [{"start": "00:30", "end": "01:00"}]})  # fmt: skip
    assert night.meal_span(night.meal[0]) == (24 * 60 + 30, 25 * 60)
    assert _hours(night) == Fraction(15, 2)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("白班", "白班"),
        ("白班 08:30-18:00", "白班"),
        ("大白班", "大白班"),
        ("晚班/白班", "晚班"),
        ("ａ班", "A班"),
        ("中班", None),
        ("", None),
    ],
)
def test_a_cell_names_the_shift_whose_id_it_contains(cell: str, name: str | None) -> None:
    """The longest id wins, then the first named; width and case do not count."""
    ids = ("白班", "晚班", "大白班", "A班")
    shifts = [Shift.model_validate({"id": one, "start": "08:00", "end": "16:00"}) for one in ids]
    found = named_shift(shifts, cell)
    assert (found.id if found else None) == name


@pytest.mark.parametrize(
    ("cell", "rest"),
    [("休息", True), ("未排班", True), ("OFF", True), ("轮休（周日）", True), ("白班(休息12:00-13:00)", False),
     ("office", False), ("", False)],
)  # fmt: skip
def test_a_day_off_is_told_by_how_the_cell_begins(cell: str, rest: bool) -> None:
    """A break inside a shift is no day off."""
    assert is_rest(cell) is rest


# ---- money: what the measures are for --------------------------------------

PAY = """
[working_time]
shift = [{ id = "白班", start = "08:30", end = "18:00" }]
punch_fixes = { within_days = 3, per_month = 5 }
leave = { notice_days = 1, statutory = ["年假"] }
[pay.base]
by = "roster"
[[pay.deduction]]
id = "unworked"
label = "缺勤"
quantity = "attendance.absent_days"
divisor = 21.75
[[pay.fine]]
id = "absence"
label = "旷工"
amount = 30
each = { measure = "attendance.absences" }
[[pay.fine]]
id = "punch"
label = "缺卡"
amount = 10
each = { measure = "attendance.unfixed_punches" }
[[pay.award]]
id = "full"
label = "全勤"
amount = 100
[pay.award.when]
all = [
    { measure = "attendance.full_month", equals = 1 },
    { measure = "attendance.blemishes", equals = 0 },
]
"""


def test_absence_costs_the_day_and_the_fine_and_full_attendance_earns_the_award(tmp_path: Path) -> None:
    """T1-008, T2-064, T2-071, T1-071 together: base 2175 ÷ 21.75 for one day, 30, 10 and 100 yuan."""
    rules = policy(PAY)
    assert errors_and_warnings(lint_policy(rules, lambda _: Place("policy.toml", row=1))) == []
    rows = [
        _clean("a1", 8),
        {"agent_id": "a1", "date": date(2026, 10, 9), "shift": "白班"},
        {"agent_id": "a1", "date": date(2026, 10, 10), "shift": "白班", "in_at": _at(10, "08:20")},
        *(_clean("a1", day.day) for day in WORKDAYS if day.day not in (8, 9)),
        *(_clean("a2", day.day) for day in WORKDAYS),
    ]
    roster = canonical_rows(
        "roster",
        [
            {"agent_id": who, "agent_name": who, "hired_on": date(2020, 1, 1), "base_pay": D(2175)}
            for who in ("a1", "a2")
        ],
    )
    opened = frame(tmp_path, "attendance", canonical_rows("attendance", rows))
    month, problems = prepare_month(rules, OCTOBER, roster, {"attendance": opened}, {}, WEEKENDS_OFF, ())
    assert [one.code for one in problems] == ["attendance-blank-absent"]
    result = compute_month(month)
    assert cents_by_line(result, "a1") == {"base": 217500, "unworked": -10000, "absence": -3000, "punch": -1000}
    assert cents_by_line(result, "a2") == {"base": 217500, "full": 10000}
    twice = [one for one in result.advice if one.code == "law-absence-twice"]
    assert [(one.agent_id, one.amount_cents) for one in twice] == [("a1", 3000)]
    (behind,) = month.evidence["a1", "attendance.absent_days"]
    assert (behind.table, behind.total, behind.rows[0].place.row) == ("attendance", 1, 3)
    assert behind.rows[0].cells == ("date = 2026-10-09", "shift = 白班")
    assert first_rows(behind, 0) == replace(behind, rows=())


WORKDAYS = [day for day in OCTOBER.days() if day.weekday() < 5]


def _clean(who: str, day: int) -> dict[str, Any]:
    """A day on which somebody came before half past eight and left after six."""
    at = {"in_at": _at(day, "08:20"), "out_at": _at(day, "18:10")}
    return {"agent_id": who, "date": date(2026, 10, day), "shift": "白班", **at}


def _at(day: int, clock: str) -> datetime:
    return datetime.combine(date(2026, 10, day), time.fromisoformat(clock))


def test_a_policy_without_working_time_measures_none(tmp_path: Path) -> None:
    """No records, no names, no months looked back."""
    bare = policy("")
    opened = frame(tmp_path, "attendance", canonical_rows("attendance", []))
    month, _ = prepare_month(bare, OCTOBER, [], {"attendance": opened}, {}, WEEKENDS_OFF, ())
    assert (list(month.measured), dict(month.evidence), measure_names(bare)) == ([], {}, [])
    assert looked_back_months(bare, OCTOBER) == []


def test_without_an_attendance_table_every_measure_of_it_is_missing() -> None:
    """And nothing is said about agents without rows; whether somebody was employed all month is still known."""
    found = working_time_of_month(WorkingTime.model_validate({}), {}, [agent("a1")], OCTOBER)
    assert {name for name, value in values(found).items() if value is not None} == {"full_month"}
    assert found.problems == ()


def test_every_measure_has_a_name_in_both_languages_and_may_be_used() -> None:
    """Units as declared; leave of the month before is looked at."""
    for language in LANGUAGES:
        rules = policy(f'language = "{language}"\n[working_time]\nrule = "X-1"\n')
        named = named_figures(rules)
        assert list(named) == [f"attendance.{name}" for name in ATTENDANCE_MEASURES]
        assert {one.rule for one in named.values()} == {"X-1"}
        assert len({one.label for one in named.values()}) == len(ATTENDANCE_MEASURES)
        assert [one.unit for one in named.values()] == list(ATTENDANCE_MEASURES.values())
        assert looked_back_months(rules, OCTOBER) == [Month(2026, 9)]


# ---- lint ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('shift = [{ id = "A班", start = "08:00", end = "16:00" }, { id = "ａ班", start = "08:00", end = "16:00" }]',
         ["shift-names-alike"]),
        ('shift = [{ id = "x", start = "12:00", end = "20:00", meal = [{ start = "11:30", end = "12:00" }] }]',
         ["shift-meal-outside"]),
        ('shift = [{ id = "x", start = "12:00", end = "20:00", meal = [{ start = "19:45", end = "20:15" }] }]',
         ["shift-meal-outside"]),
        ('shift = [{ id = "x", start = "22:00", end = "06:00", meal = [{ start = "00:30", end = "01:00" }] }]', []),
        ('shift = [{ id = "x", start = "22:00", end = "06:00", meal = [{ start = "23:45", end = "00:15" }] }]', []),
        (('[[working_time.shift]]\nid = "x"\nstart = "08:00"\nend = "18:00"\n'
         'meal = [{ start = "12:00", end = "13:00" }, { start = "12:30", end = "13:30" }]'), ["shift-meals-overlap"]),
        (('[[working_time.shift]]\nid = "x"\nstart = "08:00"\nend = "18:00"\n'
         'meal = [{ start = "13:00", end = "13:30" }, { start = "12:30", end = "13:00" }]'), []),
        ('shift = [{ id = "x", start = "08:00", end = "08:00" }]', ["shift-whole-day"]),
        ('leave = { kinds = ["事假"], statutory = ["年假"] }', ["leave-statutory-not-a-kind"]),
        ('leave = { kinds = ["事假"], unpaid = ["年假"] }', ["leave-statutory-not-a-kind"]),
        ('leave = { statutory = ["年假"] }', []),
        ("rest_days = 8\nrest_per = \"week\"", ["rest-days-too-many"]),
        ("rest_days = 8", []),
        ("rest_days = 32", ["rest-days-too-many"]),
    ],
)  # fmt: skip
def test_rules_that_do_not_fit_together_are_found(text: str, codes: list[str]) -> None:
    """Each fault once, in words of both languages, with a remedy."""
    rules = policy(f"[working_time]\n{text}\n")
    found = [problem for one in (lint_names, lint_working_time) for problem in one(rules, lambda _: Place("p", row=1))]
    assert [problem.code for problem in found] == codes
    for language in LANGUAGES:
        assert all(problem_text(problem, language) and problem_fix(problem, language) for problem in found)


@pytest.mark.parametrize(
    ("name", "key", "rule"),
    [("long_meals", "meal_minutes", "meal_minutes = 35"), ("rest_days_unused", "rest_days", "rest_days = 4"),
     ("valid_fixes", "punch_fixes", "punch_fixes = { within_days = 3, per_month = 5 }")],
)  # fmt: skip
def test_a_measure_without_the_rule_it_needs_is_refused(name: str, key: str, rule: str) -> None:
    """It could never have another value than none."""
    adjusted = (
        f'\n[[adjustment]]\nid = "x"\nlabel = "x"\npoints = -1\nwhen = {{ measure = "attendance.{name}", above = 0 }}\n'
    )
    (found,) = lint_working_time(policy(f'[working_time]\nrule = ""{adjusted}'), lambda _: Place("policy.toml", row=1))
    assert (found.code, found.parameters["key"]) == ("attendance-measure-without-rule", key)
    assert list(lint_working_time(policy(f"[working_time]\n{rule}{adjusted}"), lambda _: NOWHERE)) == []
    assert found in lint_policy(policy(f'[working_time]\nrule = ""{adjusted}'), lambda _: Place("policy.toml", row=1))


# ---- laws ------------------------------------------------------------------

DAYS = st.integers(1, 12).map(lambda number: date(2026, 10, number))
CLOCKS = st.sampled_from(["00:05", "07:59", "08:30", "08:31", "12:00", "15:30", "17:59", "18:00", "23:59"])
SMALL = st.none() | st.integers(0, 2)
PART = st.none() | st.sampled_from([D("0.5"), D(1), D(0)])


@st.composite
def attendance_rows(draw: st.DrawFn) -> dict[str, Any]:
    """A day with any mixture of punches and counts."""
    day = draw(DAYS)
    moments = [None if (clock := draw(st.none() | CLOCKS)) is None
               else datetime.combine(day, time.fromisoformat(clock)) for _ in range(2)]  # fmt: skip
    return {
        "agent_id": draw(st.sampled_from(["a1", "a1", "a2"])),
        "date": day,
        "shift": draw(st.sampled_from(["白班", "晚班", "休息", "中班", None])),
        "in_at": moments[0],
        "out_at": moments[1],
        "due_days": draw(st.sampled_from([None, D(1), D(0)])),
        "worked_days": draw(PART),
        "late_count": draw(SMALL),
        "early_count": draw(SMALL),
        "missed_count": draw(SMALL),
        "missed_in_count": draw(SMALL),
        "absent_days": draw(PART),
        "personal_leave_days": draw(PART),
        "paid_leave_days": draw(PART),
        "source_file": draw(st.sampled_from(["one.xlsx", "two.xlsx"])),
    }


LEAVE = st.fixed_dictionaries(
    {
        "agent_id": st.sampled_from(["a1", "a2"]),
        "date": DAYS,
        "ends_on": st.none() | DAYS,
        "days": PART,
        "kind": st.sampled_from(["事假", "年假"]),
        "filed_at": st.none() | DAYS.map(lambda day: datetime.combine(day, time(9))),
        "notified_at": st.none() | DAYS.map(lambda day: datetime.combine(day, time(9))),
        "paperwork_on": st.none() | DAYS,
        "approved": st.sampled_from([True, True, False, None]),
        "substitute": st.sampled_from(["李四", None]),
    }
)
FIX = st.fixed_dictionaries(
    {
        "agent_id": st.sampled_from(["a1", "a2"]),
        "date": DAYS,
        "filed_on": st.none() | DAYS,
        "reason": st.sampled_from(["忘记", None]),
        "approved": st.sampled_from([True, True, False, None]),
    }
)
RULES = st.fixed_dictionaries(
    {
        "grace_minutes": st.sampled_from([0, 5]),
        "shift": st.just([{"id": "白班", "start": "08:30", "end": "18:00"},
                          {"id": "晚班", "start": "15:30", "end": "24:00"}]),
        "punch_fixes": st.none()
        | st.fixed_dictionaries({"within_days": st.integers(0, 5), "per_month": st.integers(0, 3)}),
        "leave": st.none() | st.fixed_dictionaries({"notice_days": st.integers(0, 1), "substitute": st.booleans(),
                                                    "emergency_hours": st.none() | st.just(24),
                                                    "late_if_came": st.booleans(), "statutory": st.just(["年假"])}),
    }
).map(WorkingTime.model_validate)  # fmt: skip
MONTHS = st.fixed_dictionaries(
    {
        "attendance": st.lists(attendance_rows(), max_size=14),
        "leave": st.lists(LEAVE, max_size=3),
        "punch_fixes": st.lists(FIX, max_size=5),
    }
)
PEOPLE = [agent("a1"), agent("a2", hired_on=date(2026, 10, 5))]
quick = settings(max_examples=drawn(80), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(RULES, MONTHS)
def test_what_holds_for_any_month(tmp_path: Path, rules: WorkingTime, tables: dict[str, list[Row]]) -> None:
    """Fixes mend no more than is missing, nothing is negative, blemishes are there exactly if a fault is."""
    found = worked(tmp_path, rules, tables, PEOPLE)
    for who in ("a1", "a2"):
        own = values(found, who)
        known = {name: value for name, value in own.items() if value is not None}
        assert all(value >= 0 for value in known.values())
        if own["missed_punches"] is not None:
            assert (own["absent_days"] is None) == (own["absences"] is None)
            assert own["blemishes"] is None or {"late_count", "early_count", "absent_days"} <= known.keys()
            answered = all(row["approved"] is not None for row in tables["punch_fixes"] if row["agent_id"] == who)
            settled = known["valid_fixes"] + known.get("unfixed_punches", 0)
            assert settled == known["missed_punches"] if answered else settled <= known["missed_punches"]
            assert known["valid_fixes"] <= (rules.punch_fixes.per_month if rules.punch_fixes else 0)
            assert known.get("absent_days", 0) <= known.get("absences", 0) <= len(OCTOBER.days())
            assert known.get("statutory_leave_days", 0) <= known.get("leave_days", 0)
        if own["blemishes"] is not None:
            faults = known["late_count"] + known["early_count"] + known["absences"]
            other = known["leave_days"] - known["statutory_leave_days"]
            assert (known["blemishes"] == 0) == (faults + other == 0)
        for name, one in of_agent(found, who).items():
            shown = found.evidence.get((who, f"attendance.{name}"), ())
            assert one.n == sum(part.total for part in shown)


@quick
@given(RULES, MONTHS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    tmp_path: Path, rules: WorkingTime, tables: dict[str, list[Row]], order: random.Random
) -> None:
    """The same rows shuffled give the same records, the same evidence and the same problems."""
    complete = {name: canonical_rows(name, rows) for name, rows in tables.items()}
    shuffled = {name: order.sample(rows, len(rows)) for name, rows in complete.items()}
    first, second = (of_rows(tmp_path, rules, rows, PEOPLE) for rows in (complete, shuffled))
    assert (first.measured, first.evidence) == (second.measured, second.evidence)
    assert first.problems == second.problems


@settings(quick, max_examples=drawn(25))
@given(RULES, MONTHS)
def test_both_engines_give_the_same(tmp_path: Path, rules: WorkingTime, tables: dict[str, list[Row]]) -> None:
    """Polars and pandas, down to the cells shown."""
    first, second = (worked(tmp_path, rules, tables, PEOPLE, engine) for engine in ENGINES)
    assert first == second


@quick
@given(RULES, MONTHS, st.integers(1, 12), st.integers(0, 3))
def test_one_more_granted_leave_never_adds_an_absence(
    tmp_path: Path, rules: WorkingTime, tables: dict[str, list[Row]], first: int, length: int
) -> None:
    """Leave asked for in time excuses; it can only take absences away. It stands in a file of its own: an answer in a
    file makes its empty answers open ones. While one is open, no absence at all is not known.
    """
    start = date(2026, 10, first)
    more = {"agent_id": "a1", "date": start, "ends_on": start + timedelta(days=length), "kind": "年假",
            "filed_at": datetime.combine(date(2026, 9, 1), time()), "approved": True, "substitute": "李四",
            "source_file": "more.xlsx"}  # fmt: skip
    before = values(worked(tmp_path, rules, tables, PEOPLE))["absent_days"]
    after = values(worked(tmp_path, rules, {**tables, "leave": [*tables["leave"], more]}, PEOPLE))["absent_days"]
    open_ = any(row["agent_id"] == "a1" and row["approved"] is None for row in tables["leave"])
    assert before is None or (open_ if after is None else after <= before)


def test_the_same_day_from_two_exports_counts_once(tmp_path: Path) -> None:
    """Two files that overlap do not make somebody late twice; two shifts on one day do."""
    row = {"agent_id": "a1", "date": date(2026, 10, 8), "shift": "白班", "in_at": _at(8, "09:00"), "late_count": 1}
    again = row | {"source_file": "second.xlsx"}
    evening = row | {"shift": "晚班", "in_at": _at(8, "15:31"), "out_at": _at(8, "23:59")}
    rules = WorkingTime.model_validate(
        {"shift": [{"id": "白班", "start": "08:30", "end": "12:00"}, {"id": "晚班", "start": "15:30", "end": "24:00"}]}
    )
    assert values(worked(tmp_path, rules, {"attendance": [row, again]}, PEOPLE))["late_count"] == 1
    assert values(worked(tmp_path, rules, {"attendance": [row, again, evening]}, PEOPLE))["late_count"] == 2


def test_the_policy_model_takes_the_whole_of_it() -> None:
    """Everything may stand in a policy's text."""
    rules = policy(PAY).working_time
    assert isinstance(policy(PAY), Policy)
    assert rules is not None
    assert (rules.shift[0].span, rules.leave and rules.leave.late_if_came) == ((510, 1080), True)
