"""What is still to be done: from which rows, by when, in which order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.people.identity import Person, build_identity
from csctl.core.worklist.attendance import leave_forms, missing_punch_todos
from csctl.core.worklist.duties import duties
from csctl.core.worklist.rows import PeopleIndex, todos_of
from csctl.core.worklist.todos import Todo, days_overdue, distinct_todos, in_turn, wanted
from csctl.messages import catalogue
from csctl.policy.model import Policy
from csctl.problems import Place
from csctl.store.engines import Engine
from csctl.tables import TABLES
from tests.workbench import OCTOBER, agent, canonical_rows, frame, policy

ON = date(2026, 10, 20)
EVERYBODY = [Person("01", "Ann", (), Place("roster.csv", "", 2)), Person("02", "Bob", ("bobby",), Place("r", "", 3))]
PEOPLE = PeopleIndex(build_identity(EVERYBODY, {})[0], {"01": "Ann", "02": "Bob"})
PLAIN = policy("")

CHECK = """
[[check]]
id = "settle"
label = "Settle within three days"
table = "complaints"
where = {{ category = "fees" }}
deadline = {{ from = "date", to = "resolved_at", {limit} }}
rule = "X-1"
"""


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment in October."""
    return datetime(2026, 10, day, hour, minute)  # noqa: DTZ001 - local time, as in exports


def on(day: int) -> date:
    """A day in October."""
    return date(2026, 10, day)


def found(
    folder: Path,
    table: str,
    rows: Sequence[dict[str, Any]],
    rules: Policy = PLAIN,
    day: date = ON,
    engine: Engine = "polars",
) -> list[Todo]:
    """Everything that waits in one table, in turn."""
    there = frame(folder, table, canonical_rows(table, [{"agent_id": "01"} | row for row in rows]), engine)
    wanted_duties = [duty for duty in duties(rules, "en") if duty.table == table]
    return in_turn(distinct_todos([one for duty in wanted_duties for one in todos_of(duty, there, PEOPLE, day)]))


def short(todos: Sequence[Todo]) -> list[tuple[str, int, str]]:
    """Due, days late, and what."""
    return [("" if one.due is None else str(one.due), one.overdue_days, one.what) for one in todos]


# ---- each table --------------------------------------------------------------------------------------------------

SETTLED = {"date": on(1), "resolved_at": at(2)}

CASES: list[tuple[str, list[dict[str, Any]], list[tuple[str, int, str]]]] = [
    ("complaints", [SETTLED], []),
    ("complaints", [{"date": on(1)}, SETTLED], [("", 0, "settle the complaint")]),
    ("complaints", [{"date": on(21)}], []),
    ("complaints", [{"date": on(1), "resolved_at": at(21)}], [("", 0, "settle the complaint")]),
    (
        "complaints",
        [{"date": on(1), "promised_at": at(18, 9)}],
        [("2026-10-18 09:00:00", 2, "give the customer the promised word"), ("", 0, "settle the complaint")],
    ),
    (
        "complaints",
        [{"date": on(1), "promised_at": at(18), "extended_to": at(22, 12), "resolved_at": None}],
        [("2026-10-22 12:00:00", 0, "give the customer the promised word"), ("", 0, "settle the complaint")],
    ),
    ("complaints", [SETTLED | {"promised_at": at(1, 9)}], []),
    (
        "interactions",
        [{"started_at": at(1), "promised_at": at(2, 10)}, {"started_at": at(1)}],
        [("2026-10-02 10:00:00", 18, "give the customer the promised word")],
    ),
    ("interactions", [{"started_at": at(1), "promised_at": at(2), "feedback_at": at(5)}], []),
    ("reviews", [{"date": on(1)}], [("", 0, "answer the poor review")]),
    ("reviews", [{"date": on(1), "called_at": at(2)}, {"date": on(1), "messaged_at": at(2)}], []),
    (
        "quality",
        [{"date": on(1), "item": "a", "passed": False, "rectify_by": on(10)}],
        [("2026-10-10", 10, "mend what the quality review found")],
    ),
    ("quality", [{"date": on(1), "item": "a", "passed": False}, {"date": on(1), "item": "a", "passed": True}], []),
    ("plans", [{"date": on(20), "item": "a", "done": False}], [("2026-10-20", 0, "finish the improvement")]),
    ("plans", [{"date": on(25), "item": "a", "done": None}], [("2026-10-25", 0, "finish the improvement")]),
    ("plans", [{"date": on(1), "item": "a", "done": True}, {"date": on(1), "item": "b", "done_on": on(9)}], []),
    ("tasks", [{"date": on(19), "title": "a", "done": False}], [("2026-10-19", 1, "finish the task")]),
    ("exams", [{"date": on(1), "kind": "k", "score": 1, "passed": False}],
     [("", 0, "retake the exam or repeat the training")]),
    ("exams", [{"date": on(1), "kind": "k", "passed": False}, {"date": on(9), "kind": "k", "passed": True}], []),
    ("exams", [{"date": on(1), "kind": "k", "passed": False, "retake_on": on(8)}], []),
    (
        "exams",
        [{"date": on(9), "kind": "k", "passed": False}, {"date": on(1), "kind": "k", "passed": True}],
        [("", 0, "retake the exam or repeat the training")],
    ),
    (
        "exams",
        [{"date": on(1), "kind": "k", "passed": False}, {"date": on(9), "kind": "other", "passed": True}],
        [("", 0, "retake the exam or repeat the training")],
    ),
    ("appeals", [{"date": on(1), "item": "a"}], [("", 0, "decide the appeal")]),
    ("appeals", [{"date": on(1), "item": "a", "decision": "no"}, {"date": on(1), "decided_on": on(3)}], []),
    ("leave", [{"date": on(25), "kind": "sick"}], [("", 0, "grant or refuse the request")]),
    ("leave", [{"date": on(5), "approver": "Z"}], [("", 0, "grant or refuse the request")]),
    ("leave", [{"date": on(5), "approved": True}, {"date": on(5), "approved": False}], []),
]  # fmt: skip


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize(("table", "rows", "expected"), CASES, ids=[f"{one[0]}-{n}" for n, one in enumerate(CASES)])
def test_what_a_row_waits_for(
    tmp_path: Path, table: str, rows: list[dict[str, Any]], expected: list[tuple[str, int, str]], engine: Engine
) -> None:
    """By its own columns, on the 20th of October; on every engine the same."""
    assert short(found(tmp_path, table, rows, engine=engine)) == expected


def test_a_column_that_nobody_keeps_asks_for_nothing(tmp_path: Path) -> None:
    """Three requests and not one with an answer: the export has no answers; with one, the others wait."""
    rows: list[dict[str, Any]] = [{"date": on(day), "kind": "sick"} for day in (1, 2, 3)]
    assert found(tmp_path / "a", "leave", rows) == []
    assert len(found(tmp_path / "b", "leave", [*rows, {"date": on(4), "approved": True}])) == 3


# ---- the policy's deadlines --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "due", "late"),
    [
        ("days = 3", "2026-10-12", 8),
        ("days = 0", "2026-10-09", 11),
        ("hours = 48", "2026-10-11", 9),
        ('until = "week_end"', "2026-10-11", 9),
        ('until = "month_end"', "2026-10-31", 0),
    ],
)
def test_a_deadline_of_the_policy_says_by_when(tmp_path: Path, limit: str, due: str, late: int) -> None:
    """With its label and rule; the complaint is listed once, though it is open by its own columns too."""
    rules = policy(CHECK.format(limit=limit))
    todos = found(tmp_path, "complaints", [{"date": on(9), "category": "fees", "complaint_id": "C1"}], rules)
    assert short(todos) == [(due, late, "Settle within three days")]
    assert (todos[0].rule, todos[0].about) == ("X-1", "C1 · fees")


def test_rows_a_deadline_is_not_about_have_none(tmp_path: Path) -> None:
    """No day is invented for other kinds of complaints."""
    rules = policy(CHECK.format(limit="days = 3"))
    todos = found(tmp_path, "complaints", [{"date": on(9), "category": "other"}], rules)
    assert short(todos) == [("", 0, "settle the complaint")]


def test_of_two_deadlines_for_one_step_the_earlier_holds(tmp_path: Path) -> None:
    """One step of one row is one thing to be done."""
    rules = policy(CHECK.format(limit="days = 7") + CHECK.format(limit="days = 2").replace("settle", "sooner"))
    todos = found(tmp_path, "complaints", [{"date": on(9), "category": "fees"}], rules)
    assert short(todos) == [("2026-10-11", 9, "Settle within three days")]


def test_an_appeal_is_decided_within_the_days_the_policy_allows(tmp_path: Path) -> None:
    """The built-in duty takes its deadline from the policy."""
    rules = policy('[appeal]\ndecide_days = 5\nrule = "X-9"')
    todos = found(tmp_path, "appeals", [{"date": on(9), "item": "a"}], rules)
    assert [(str(one.due), one.overdue_days, one.rule) for one in todos] == [("2026-10-14", 6, "X-9")]


# ---- whose, and in which order -----------------------------------------------------------------------------------


def test_things_are_credited_by_number_account_or_name(tmp_path: Path) -> None:
    """Whoever is not on the roster is named as the export names them."""
    keys: list[dict[str, Any]] = [{"agent_id": "01"}, {"agent_id": "bobby"}, {"agent_id": None, "agent_name": "Bob"},
            {"agent_id": None, "agent_name": "Eve"}, {"agent_id": "99", "agent_name": ""}]  # fmt: skip
    rows = [{"date": on(20), "item": str(n), "done": False} | key for n, key in enumerate(keys)]
    credited = {one.about: (one.agent_id, one.name) for one in found(tmp_path, "plans", rows)}
    assert credited == {"0": ("01", "Ann"), "1": ("02", "Bob"), "2": ("02", "Bob"), "3": ("", "Eve"), "4": ("", "99")}


def made(due: date | datetime | None, agent_id: str = "01", kind: str = "tasks", row: int = 2) -> Todo:
    """Something to do."""
    place = Place("a.csv", "", row)
    return Todo(due, days_overdue(due, ON), agent_id, "", kind, "do", "", place, "", "done_on")


def test_the_longest_overdue_comes_first_and_what_has_no_day_last() -> None:
    """What is due at an hour comes before what has all that day."""
    dues = [None, on(25), at(20, 9), on(20), at(3, 12), on(4), on(3)]
    ordered = [one.due for one in in_turn([made(due, row=row) for row, due in enumerate(dues)])]
    assert ordered == [at(3, 12), on(3), on(4), at(20, 9), on(20), on(25), None]


@given(st.lists(st.tuples(st.none() | st.dates(date(2026, 9, 1), date(2026, 11, 30)), st.sampled_from("12"),
                          st.integers(2, 9))), st.randoms(use_true_random=False))  # fmt: skip
def test_the_order_of_rows_does_not_matter(given_: list[tuple[date | None, str, int]], chance: random.Random) -> None:
    """And overdue ones always stand before the others."""
    todos = [made(due, who, row=row) for due, who, row in given_]
    mixed = todos[:]
    chance.shuffle(mixed)
    ordered = in_turn(mixed)
    assert ordered == in_turn(todos)
    late = [one.overdue_days > 0 for one in ordered]
    assert late == sorted(late, reverse=True)


def test_filters_keep_one_agent_one_kind_or_what_is_overdue() -> None:
    """And together what meets all of them."""
    todos = [made(on(1)), made(on(25)), made(on(1), "02"), made(on(1), "02", "plans")]
    assert wanted(todos, None, None, overdue=False) == todos
    assert wanted(todos, "02", None, overdue=False) == todos[2:]
    assert wanted(todos, None, "tasks", overdue=True) == [todos[0], todos[2]]
    assert wanted(todos, "02", "plans", overdue=True) == [todos[3]]


@pytest.mark.parametrize(("due", "days"), [(None, 0), (ON, 0), (on(19), 1), (at(20, 0, 1), 0), (on(30), 0)])
def test_what_is_due_today_is_not_overdue(due: date | None, days: int) -> None:
    """Days are counted from the day it was due."""
    assert days_overdue(due, ON) == days


# ---- working time ------------------------------------------------------------------------------------------------

FIXES = """
[[working_time.shift]]
id = "day"
start = "09:00"
end = "18:00"

[working_time.punch_fixes]
within_days = 3
per_month = 2
rule = "X-5"
"""


def worked(day: int, in_at: datetime | None, out_at: datetime | None) -> dict[str, Any]:
    """A day at work."""
    return {"agent_id": "01", "date": on(day), "shift": "day", "in_at": in_at, "out_at": out_at}


def test_a_missing_punch_is_to_be_filed_in_the_days_allowed(tmp_path: Path) -> None:
    """Unless a valid request mends it; what comes after the day one looks is not there yet."""
    import narwhals as nw

    rows = [worked(day, at(day, 9), None) for day in (5, 6, 19, 21)] + [worked(7, at(7, 9), at(7, 18))]
    fixes = [{"agent_id": "01", "date": on(6), "filed_on": on(7), "approved": True, "reason": "forgot"}]
    tables = {
        name: frame(tmp_path / name, name, canonical_rows(name, own)).with_columns(nw.col("agent_id").alias("agent"))
        for name, own in (("attendance", rows), ("punch_fixes", fixes))
    }
    rules = policy(FIXES)
    todos = missing_punch_todos(rules, tables, [agent("01")], OCTOBER, ON, "en")
    assert [(str(one.due), one.overdue_days, one.about, one.rule) for one in todos] == [
        ("2026-10-08", 12, "2026-10-05", "X-5"),
        ("2026-10-22", 0, "2026-10-19", "X-5"),
    ]
    assert missing_punch_todos(PLAIN, tables, [agent("01")], OCTOBER, ON, "en") == []


def test_emergency_leave_needs_its_form(tmp_path: Path) -> None:
    """Only leave asked for when it had begun, only where the policy wants a form, only until it is handed in."""
    rows = [
        {"date": on(5), "kind": "sick", "filed_at": at(5, 8)},
        {"date": on(6), "kind": "sick", "filed_at": at(6, 8), "paperwork_on": on(7)},
        {"date": on(8), "kind": "sick", "filed_at": at(6, 8)},
        {"date": on(9), "kind": "sick", "filed_at": at(9, 8), "approved": False},
        {"date": on(10), "kind": "sick", "filed_at": at(10, 8), "starts_at": at(10, 9)},
        {"date": on(11), "kind": "sick", "notified_at": at(11, 10), "starts_at": at(11, 9)},
        {"date": on(12), "kind": "sick"},
    ]
    leave = frame(tmp_path, "leave", canonical_rows("leave", [{"agent_id": "01"} | row for row in rows]))
    strict = policy("[working_time.leave]\nemergency_hours = 4")
    todos = leave_forms(strict, leave, PEOPLE, ON, "en")
    assert [(one.due, one.place.row) for one in todos] == [(None, 2), (None, 7)]
    lenient = policy("[working_time.leave]\nemergency_hours = 4\nemergency_paperwork = false")
    assert leave_forms(lenient, leave, PEOPLE, ON, "en") == []
    assert leave_forms(PLAIN, leave, PEOPLE, ON, "en") == []


def test_every_built_in_duty_has_a_word_for_its_kind() -> None:
    """And is about columns that its table has."""
    for duty in duties(PLAIN, "zh"):
        assert f"worklist-kind.{duty.table}" in catalogue()
        table = TABLES[duty.table]
        for name in (duty.step, *duty.where, *duty.in_use, *([duty.flag] if duty.flag else [])):
            assert table.column(name) is not None, (duty.table, name)
