"""Rows that must be there: whoever had to hand something in and has no row has not done it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csctl.core.checking.expected import Expecting, missing_row_findings, not_there
from csctl.core.measuring.derived import tables_of_following_month
from csctl.core.people.identity import build_identity
from csctl.core.people.roster import people_on_roster
from csctl.core.preparing.month import prepare_month
from csctl.core.preparing.tables import credited_tables
from csctl.month import Month
from csctl.policy.model import Policy
from tests.workbench import OCTOBER, WEEKENDS_OFF, agent, canonical_rows, frame, policy

CHECK = """
[[check]]
id = "report"
label = "report"
table = "tasks"
where = {{ kind = "report" }}
expected = {{ {expected} }}
"""
ROSTER = canonical_rows("roster", [{"agent_id": "a", "agent_name": "a"}, {"agent_id": "b", "agent_name": "b"}])


def _task(who: str, day: int, kind: str = "report", month: int = 10) -> dict[str, object]:
    return {"agent_id": who, "date": date(2026, month, day), "month": f"2026-{month:02}", "kind": kind, "done": True}


def _lacking(
    folder: Path, expected: str, rows: list[dict[str, object]], read: Mapping[str, Any] | None = None, **changes: Any
) -> tuple[list[tuple[str, str]], list[str]]:
    """Who lacks a row with its last day, and the codes of what is said."""
    rules: Policy = policy(CHECK.format(expected=expected))
    identity, _ = build_identity(people_on_roster(ROSTER), {})
    frames = credited_tables(rules, {"tasks": frame(folder, "tasks", canonical_rows("tasks", rows))}, identity)
    given = Expecting([replace(agent("a"), **changes), agent("b")], WEEKENDS_OFF, read or {})
    found, said = missing_row_findings(rules.check[0], frames, given, "en", OCTOBER, OCTOBER.last)
    return [(one.agent_id, str(one.due.date()) if one.due else "") for one in found], [one.code for one in said]


WEEKLY = 'every = "week", weekday = 1'


def test_each_owes_a_row_a_week_by_the_day_on_which_it_is_due(tmp_path: Path) -> None:
    """Mondays of October 2026: 5, 12, 19, 26. A row of the seven days up to the Monday will do; the 13th is too late
    for the 12th and counts for the 19th."""
    rows = [_task("a", 29, month=9), _task("a", 12), _task("a", 13), _task("b", 5), _task("b", 12), _task("b", 26)]
    found, said = _lacking(tmp_path, WEEKLY, rows)
    assert (found, said) == ([("b", "2026-10-19"), ("a", "2026-10-26")], [])


def test_rows_of_another_kind_settle_nothing(tmp_path: Path) -> None:
    """The tests of the check say which rows are meant."""
    found, _ = _lacking(tmp_path, 'every = "month"', [_task("a", 31), _task("b", 31, "other")])
    assert found == [("b", "2026-10-31")]


@pytest.mark.parametrize(
    ("hired_on", "left_on", "owes"),
    [(1, None, True), (2, None, False), (None, 31, True), (None, 30, False)],
)
def test_only_who_was_here_for_the_whole_month_owes_it(
    tmp_path: Path, hired_on: int | None, left_on: int | None, owes: bool
) -> None:
    """From its first day to its last."""
    changes: dict[str, Any] = {
        "hired_on": date(2026, 10, hired_on) if hired_on else None,
        "left_on": date(2026, 10, left_on) if left_on else None,
    }
    found, _ = _lacking(tmp_path, 'every = "month"', [_task("b", 31)], **changes)
    assert found == ([("a", "2026-10-31")] if owes else [])


def test_a_day_off_owes_nothing_where_only_workdays_count(tmp_path: Path) -> None:
    """Sundays are days off: a list due on Sundays that are worked is never due."""
    sundays = 'every = "week", weekday = 7, who = "anybody"'
    rows = [_task("b", 1, "other")]
    assert [day for _, day in _lacking(tmp_path, sundays, rows)[0]] == [f"2026-10-{day}" for day in ("04", 11, 18, 25)]
    assert _lacking(tmp_path, f"{sundays}, workdays = true", rows)[0] == []


def test_anybody_may_do_it_for_all(tmp_path: Path) -> None:
    """One row a month; without it nobody in particular failed."""
    once = 'every = "month", who = "anybody"'
    assert _lacking(tmp_path, once, [_task("b", 3)])[0] == []
    assert _lacking(tmp_path, once, [_task("b", 3, "other")])[0] == [("", "2026-10-31")]


def test_what_was_not_read_is_unknown_and_said(tmp_path: Path) -> None:
    """A file of October with no row but its headers: everybody failed. No file of October: nobody, with a warning."""
    rows = [_task("a", 30, month=9)]
    months = (Month(2026, 9), OCTOBER)
    found, said = _lacking(tmp_path, 'every = "month"', rows, {"tasks": months})
    assert (found, said) == ([("a", "2026-10-31"), ("b", "2026-10-31")], [])
    assert _lacking(tmp_path, 'every = "month"', rows, {"tasks": months[:1]}) == ([], ["check-table-not-read"])


def test_whose_turn_it_is_says_the_plan(tmp_path: Path) -> None:
    """Both are planned for the 6th and the 7th; one did it on both days, the other on the first. What is missed counts
    as failed in the measures of the check; without the plan it is unknown and said."""
    rota = 'every = "day", rota = { table = "shift_plans", where = { shift = "report" } }'
    rules = policy(CHECK.format(expected=rota))
    plan = [
        {"agent_id": who, "date": date(2026, 10, day), "month": "2026-10", "shift": shift}
        for who, day, shift in (
            *(("a", 6, "report"), ("b", 6, "report"), ("a", 7, "report"), ("b", 7, "report")),
            ("b", 8, "late"),
        )
    ]
    done = canonical_rows("tasks", [_task("a", 6), _task("b", 6), _task("a", 7)])
    frames = {
        "tasks": frame(tmp_path, "tasks", done),
        "shift_plans": frame(tmp_path, "shift_plans", canonical_rows("shift_plans", plan)),
    }
    made, problems = prepare_month(rules, OCTOBER, ROSTER, frames, {}, WEEKENDS_OFF, ())
    values = {(one.agent_id, one.measure): str(one.value) for one in made.measured}
    assert (values["a", "check.report.failed"], values["b", "check.report.failed"]) == ("0", "1")
    assert (values["a", "check.report.rate"], values["b", "check.report.rate"]) == ("100.00", "50.00")
    assert [(one.agent_id, one.text) for one in made.findings] == [("b", "没有记录：2026-10-07")]
    assert problems == []
    del frames["shift_plans"]
    _, problems = prepare_month(rules, OCTOBER, ROSTER, frames, {}, WEEKENDS_OFF, ())
    assert [one.code for one in problems] == ["check-table-not-read"]


@pytest.mark.parametrize(("required", "days"), [("true", [5, 8, 9]), ("false", [])])
def test_a_day_that_is_nobodys_turn_has_failed_where_the_plan_is_required(
    required: str, days: list[int], tmp_path: Path
) -> None:
    """Of the workdays from the 5th to the 9th two are planned and done; on the 8th somebody did it without a plan."""
    where = '{ table = "shift_plans", where = { shift = "report" }, required = ' + required + " }"
    rules = policy(CHECK.format(expected=f'every = "day", workdays = true, rota = {where}'))
    planned = [
        {"agent_id": "a", "date": date(2026, 10, day), "month": "2026-10", "shift": "report"}
        for day in range(1, 32)
        if day not in (5, 8, 9)
    ]
    done = [_task("a", day) for day in range(1, 32) if day not in (5, 9)]
    frames = {
        "tasks": frame(tmp_path, "tasks", canonical_rows("tasks", done)),
        "shift_plans": frame(tmp_path, "shift_plans", canonical_rows("shift_plans", planned)),
    }
    made, problems = prepare_month(rules, OCTOBER, ROSTER, frames, {}, WEEKENDS_OFF, ())
    found = [("", f"没有排人：2026-10-{day:02d}") for day in days]
    assert [(one.agent_id, one.text) for one in made.findings] == found
    assert problems == []


AHEAD = """
[[check]]
id = "plan"
label = "plan"
table = "shift_plans"
ahead = true
deadline = { from = "date", to = "published_on", until = "month_start" }
expected = { every = "month", who = "anybody" }
"""


def _plan(month: int, published_on: date | None, who: str = "a") -> dict[str, object]:
    return {"agent_id": who, "date": date(2026, month, 9), "month": f"2026-{month:02}", "published_on": published_on}


@pytest.mark.parametrize(
    ("rows", "failed"),
    [
        ([_plan(11, date(2026, 10, 31))], []),
        ([_plan(11, date(2026, 11, 1))], ["a"]),
        ([_plan(11, date(2026, 9, 1))], []),
        ([_plan(11, None)], ["a"]),
        ([_plan(12, None)], [""]),
        ([_plan(10, date(2026, 10, 8)), _plan(12, date(2026, 9, 1))], [""]),
    ],
    ids=["in time", "a day late", "long before", "not at all", "only a later month", "own month and a later one"],
)
def test_what_has_to_be_ready_for_the_month_after_is_judged_by_its_rows(
    tmp_path: Path, rows: list[dict[str, object]], failed: list[str]
) -> None:
    """October owes the plan of November by its own last day; a plan that lacks altogether is nobody's in particular."""
    frames = {"shift_plans": frame(tmp_path, "shift_plans", canonical_rows("shift_plans", rows))}
    made, problems = prepare_month(policy(AHEAD), OCTOBER, ROSTER, frames, {}, WEEKENDS_OFF, ())
    assert [one.agent_id for one in made.findings] == failed
    assert [str(one.due.date()) for one in made.findings if one.due] == ["2026-10-31"] * len(failed)
    assert problems == []


@pytest.mark.parametrize("read", [{}, {"shift_plans": (OCTOBER,)}], ids=["one file for all months", "a file a month"])
def test_what_only_the_month_after_tells_is_not_yet_known_until_then(
    tmp_path: Path, read: Mapping[str, tuple[Month, ...]]
) -> None:
    """Nobody failed, nobody passed, and it is said; the worklist has it all the same."""
    rules = policy(AHEAD)
    rows = canonical_rows("shift_plans", [_plan(10, date(2026, 10, 8))])
    frames = {"shift_plans": frame(tmp_path, "shift_plans", rows)}
    made, problems = prepare_month(rules, OCTOBER, ROSTER, frames, {}, WEEKENDS_OFF, (), read=read)
    assert [(one.code, str(one.severity)) for one in problems] == [("check-not-yet-known", "note")]
    assert (made.findings, {one.value for one in made.measured}) == ((), {None})
    identity, _ = build_identity(people_on_roster(ROSTER), {})
    credited = {**frames, **credited_tables(rules, frames, identity)}
    todos = not_there(rules.check[0], credited, Expecting([agent("a")], WEEKENDS_OFF, read), OCTOBER)
    assert [(one.agent_id, str(one.by), one.about) for one in todos] == [("", "2026-10-31", "2026-11-01 – 2026-11-30")]


def test_an_empty_file_of_the_month_after_is_no_plan(tmp_path: Path) -> None:
    """It was read: there is none."""
    frames = {"shift_plans": frame(tmp_path, "shift_plans", canonical_rows("shift_plans", [_plan(10, None)]))}
    read = {"shift_plans": (OCTOBER, OCTOBER.shift(1))}
    made, problems = prepare_month(policy(AHEAD), OCTOBER, ROSTER, frames, {}, WEEKENDS_OFF, (), read=read)
    assert ([one.text for one in made.findings], problems) == (["没有记录：2026-11-01 – 2026-11-30"], [])


@pytest.mark.parametrize("lines", ["", "ahead = true"])
def test_a_month_needs_the_tables_that_the_month_after_has_to_tell_of_it(lines: str) -> None:
    """None without a check that looks ahead; with one its table, and that of its plan."""
    rota = 'expected = { every = "day", rota = { table = "shift_plans" } }'
    rules = policy(f'[[check]]\nid = "x"\nlabel = "x"\ntable = "tasks"\n{lines}\n{rota}\n')
    assert tables_of_following_month(rules) == ({"tasks", "shift_plans"} if lines else set())
