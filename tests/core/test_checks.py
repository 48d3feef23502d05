"""Checks on rows: worked examples by rule, and what holds for every check."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csctl.core.checking.checks import Checked, compute_checks, run_check
from csctl.core.checking.deadlines import due_at
from csctl.core.checking.phrases import characters_in, found_in, phrase_of
from csctl.core.explaining.evidence import evidence
from csctl.core.frames.frame import Frame
from csctl.core.measuring.listings import compute_listings
from csctl.core.measuring.terms import credited
from csctl.core.people.identity import Person, build_identity
from csctl.core.preparing.looking_back import looked_back_months
from csctl.core.preparing.month import prepare_month
from csctl.month import Month
from csctl.policy.checks import Check, Deadline
from csctl.problems import NOWHERE
from csctl.store.engines import Engine
from csctl.tables import TABLES
from tests.drawn import drawn
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, Row, agent, canonical_rows, frame, month_of, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person(who, f"name {who}", (), NOWHERE) for who in ("a1", "a2")], {})
EXAMPLES = [
    (path.stem, example)
    for path in sorted((Path(__file__).parent / "checks").glob("*.toml"))
    for example in tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["example"]
]


def at(text: str) -> datetime:
    """A local moment."""
    return datetime.fromisoformat(text)


def check(**keys: object) -> Check:
    """A check with an id and a label."""
    return Check.model_validate({"id": "one", "label": "检查", **keys})


def opened(folder: Path, table: str, rows: list[dict[str, Any]], engine: Engine = "polars") -> Frame:
    """Canonical rows on an engine, of agent a1 unless they say otherwise, credited where the table is about agents."""
    has_agents = TABLES[table].has_agents
    base = {"agent_id": "a1"} if has_agents else {}
    complete = canonical_rows(table, [base | row for row in rows])
    if TABLES[table].dated is None:
        complete = [row | {"month": None} for row in complete]
    found = frame(folder, table, complete, engine)
    return credited(found, IDENTITY) if has_agents else found


def ran(folder: Path, one: Check, rows: list[dict[str, Any]], engine: Engine = "polars") -> Checked:
    """A check on rows, in October as seen at its end."""
    return run_check(one, opened(folder, one.table, rows, engine), "zh", OCTOBER, OCTOBER.last)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("file", "example"), EXAMPLES, ids=[f"{one['rule']}: {one['about']}" for _, one in EXAMPLES])
def test_a_worked_example_comes_out_as_written(file: str, example: Row, engine: Engine, tmp_path: Path) -> None:
    """What passes, what fails, and what is said of it."""
    one = check(**example["check"])
    found = ran(tmp_path, one, example["rows"], engine)
    who = example.get("agent", "a1")
    assert sorted(finding.text for finding in found.findings) == sorted(example["failed"])
    assert (found.passed.get(who, 0), found.failed.get(who, 0)) == (example["passed"], len(example["failed"]))
    assert sum(finding.overdue for finding in found.findings) == example.get("overdue", 0)


# ---- measures --------------------------------------------------------------

FILLED = """
[[check]]
id = "note"
label = "服务记录"
table = "interactions"
filled = ["note"]
"""


def test_a_check_measures_passed_failed_and_their_share_per_agent(tmp_path: Path) -> None:
    """Two of three filled is 66.67 %; an agent without rows has counts of 0 and no share."""
    rows = [{"note": "x"}, {"note": "y"}, {}]
    rules = policy(FILLED)
    frames = {"interactions": opened(tmp_path, "interactions", rows)}
    measured, findings = compute_checks(rules, frames, ["a1", "a2"], OCTOBER, OCTOBER.last)
    values = {(one.agent_id, one.measure): (one.value, one.n, one.numerator, one.denominator) for one in measured}
    assert values == {
        ("a1", "check.note.passed"): (D(2), 2, None, None),
        ("a1", "check.note.failed"): (D(1), 1, None, None),
        ("a1", "check.note.rate"): (D("66.67"), 3, D("2.0000"), D("3.0000")),
        ("a2", "check.note.passed"): (D(0), 0, None, None),
        ("a2", "check.note.failed"): (D(0), 0, None, None),
        ("a2", "check.note.rate"): (None, 0, D("0.0000"), D("0.0000")),
    }
    assert [(one.check, one.agent_id, one.place.row) for one in findings] == [("note", "a1", 4)]


def test_without_the_table_a_check_says_nothing() -> None:
    """Missing is not zero."""
    measured, findings = compute_checks(policy(FILLED), {}, ["a1"], OCTOBER, OCTOBER.last)
    assert [(one.measure, one.value) for one in measured] == [
        ("check.note.passed", None),
        ("check.note.failed", None),
        ("check.note.rate", None),
    ]
    assert findings == []


def test_a_plan_about_nobody_gives_findings_and_no_measures(tmp_path: Path) -> None:
    """The team's training plan is no agent's work."""
    rules = policy('[[check]]\nid = "plan"\nlabel = "p"\ntable = "training_plans"\nfilled = ["content"]')
    frames = {"training_plans": opened(tmp_path, "training_plans", [{"year": 2026}])}
    measured, findings = compute_checks(rules, frames, ["a1"], OCTOBER, OCTOBER.last)
    assert measured == []
    assert [(one.agent_id, one.text) for one in findings] == [("", "未填：培训内容")]


def test_the_rows_behind_a_check_are_those_that_failed(tmp_path: Path) -> None:
    """All are counted, the first are shown."""
    rows = [{}, {"note": "x"}, {}, {"agent_id": "a2"}]
    frames = {"interactions": opened(tmp_path, "interactions", rows)}
    (found,) = evidence(policy(FILLED), "check.note.rate", frames, "a1", OCTOBER, 1)
    assert (found.role, found.total) == ("failed", 2)
    assert [(row.place.row, row.cells) for row in found.rows] == [(2, ("未填：服务记录",))]


def test_an_indicator_a_fine_and_an_adjustment_may_name_a_check() -> None:
    """Like any other measure: 10 points off for each failed row, the rate in percent."""
    rules = policy(
        FILLED
        + """
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "d"
weight = 100
[[dimension.indicator]]
id = "notes"
label = "记录完整率"
measure = "check.note.rate"
missing = "zero"
out_of = 100
[[adjustment]]
id = "gaps"
label = "漏记"
points = -10
each = { measure = "check.note.failed" }
"""
    )
    result = month_of(rules, [agent("a1")], {"a1": {"check.note.rate": "66.67", "check.note.failed": 1}})
    assert result.scores["score"].tolist() == [D("56.67")]
    assert result.score_lines["unit"].tolist() == ["%", "count"]


def test_a_month_carries_what_failed_and_what_is_frequent(tmp_path: Path) -> None:
    """From canonical tables to the result, a table about nobody among them."""
    rules = policy(
        FILLED
        + """
[[check]]
id = "plan"
label = "培训计划"
table = "training_plans"
filled = ["content"]
[[listing]]
id = "causes"
label = "原因"
table = "interactions"
by = "cause"
"""
    )
    roster = canonical_rows("roster", [{"agent_id": "a1", "agent_name": "王", "hired_on": date(2020, 1, 1)}])
    frames = {
        "interactions": frame(
            tmp_path,
            "interactions",
            canonical_rows("interactions", [{"agent_id": "a1", "cause": "网络"}, {"note": "x"}]),
        ),
        "training_plans": opened(tmp_path, "training_plans", [{"year": 2026}]),
    }
    made, _ = prepare_month(rules, OCTOBER, roster, frames, {}, WEEKENDS_OFF, ())
    assert [(one.check, one.agent_id) for one in made.findings] == [("note", "a1"), ("plan", "")]
    assert [(one.value, one.rows, one.total) for one in made.listings] == [("网络", 1, 1)]


# ---- deadlines -------------------------------------------------------------

INSTANTS = st.datetimes(at("2026-08-20"), at("2026-12-10")).map(lambda moment: moment.replace(microsecond=0))
LIMITS = st.one_of(
    st.integers(0, 200).map(lambda hours: {"hours": hours}),
    st.integers(0, 40).map(lambda days: {"days": days}),
    st.sampled_from([{"until": "week_end"}, {"until": "month_end"}, {"until": "month_start"}]),
)


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    """A complaint whose settlement may have been followed by a call."""
    start = draw(INSTANTS)
    step = draw(st.none() | st.integers(-50, 900).map(lambda hours: start + timedelta(hours=hours)))
    return {
        "agent_id": draw(st.sampled_from(["a1", "a2"])),
        "date": start.date(),
        "resolved_at": start,
        "revisited_at": step,
        "month": str(Month.of(start.date())),
    }


@settings(max_examples=drawn(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(cases(), max_size=12), LIMITS)
def test_every_row_counts_in_exactly_one_month(tmp_path: Path, rows: list[dict[str, Any]], limit: Row) -> None:
    """Over a year all rows are judged once, and as late as the clock says."""
    one = check(table="complaints", deadline={"from": "resolved_at", "to": "revisited_at", **limit})
    stored = opened(tmp_path, "complaints", rows)
    months = [Month(2026, 7).shift(step) for step in range(10)]
    found = [run_check(one, stored, "zh", month, month.last) for month in months]
    passed = sum(sum(each.passed.values()) for each in found)
    failed = [finding for each in found for finding in each.findings]
    in_time = sum(row["revisited_at"] is not None and row["revisited_at"] <= _last(limit, row) for row in rows)
    assert passed == in_time
    assert sorted(finding.place.row or 0 for finding in failed) == sorted(
        number
        for number, row in enumerate(rows, start=2)
        if row["revisited_at"] is None or row["revisited_at"] > _last(limit, row)
    )
    assert sum(finding.overdue for finding in failed) == sum(row["revisited_at"] is None for row in rows)


def _last(limit: Row, row: Row) -> datetime:
    """The last second in time, found by walking."""
    start: datetime = row["resolved_at"]
    if "hours" in limit:
        return start + timedelta(hours=limit["hours"])
    if limit.get("until") == "month_start":
        return datetime.combine(start.date().replace(day=1), time.min) - timedelta(seconds=1)
    day = start.date()
    for _ in range(limit.get("days", 0)):
        day += timedelta(days=1)
    while limit.get("until") == "week_end" and day.isoweekday() != 7:
        day += timedelta(days=1)
    while limit.get("until") == "month_end" and (day + timedelta(days=1)).day != 1:
        day += timedelta(days=1)
    return datetime.combine(day, time(23, 59, 59))


@pytest.mark.parametrize(
    ("seen_on", "overdue"),
    [(date(2026, 10, 3), []), (date(2026, 10, 4), [2]), (date(2026, 10, 31), [2])],
)
def test_a_step_not_taken_is_overdue_from_the_end_of_its_last_day(
    tmp_path: Path, seen_on: date, overdue: list[int]
) -> None:
    """Due on 4 October at 10:00: nothing is known on the 3rd."""
    one = check(table="complaints", deadline={"from": "resolved_at", "to": "revisited_at", "hours": 48})
    stored = opened(tmp_path, "complaints", [{"resolved_at": at("2026-10-02 10:00")}])
    found = run_check(one, stored, "zh", OCTOBER, seen_on)
    assert [finding.place.row for finding in found.findings] == overdue


def test_hours_after_a_day_without_clock_time_run_from_its_end() -> None:
    """In doubt for the agent."""
    day = due_at(Deadline.model_validate({"from": "date", "to": "x", "hours": 24}), date(2026, 10, 2))
    clock = due_at(Deadline.model_validate({"from": "date", "to": "x", "hours": 24}), at("2026-10-02 09:00"))
    assert (day.date(), clock) == (date(2026, 10, 3), at("2026-10-03 09:00"))
    assert day > at("2026-10-03 23:59:59")


@pytest.mark.parametrize(
    ("limit", "months"),
    [
        ({"hours": 48}, [Month(2026, 9)]),
        ({"until": "week_end"}, [Month(2026, 9)]),
        ({"days": 28}, [Month(2026, 8), Month(2026, 9)]),
        ({"hours": 24 * 60}, [Month(2026, 7), Month(2026, 8), Month(2026, 9)]),
    ],
)
def test_the_months_before_are_read_as_far_as_a_deadline_reaches(limit: Row, months: list[Month]) -> None:
    """A promise of September may fall due in October."""
    text = "\n".join(f"{key} = {value!r}" for key, value in limit.items()).replace("'", '"')
    rules = policy(
        '[[check]]\nid = "c"\nlabel = "c"\ntable = "complaints"\n'
        f'[check.deadline]\nfrom = "date"\nto = "revisited_at"\n{text}'
    )
    assert looked_back_months(rules, OCTOBER) == months
    assert looked_back_months(policy(FILLED), OCTOBER) == []


def test_what_is_overdue_longest_stands_first(tmp_path: Path) -> None:
    """Then the other rows, in the policy's order of checks."""
    rules = policy(
        '[[check]]\nid = "form"\nlabel = "f"\ntable = "complaints"\nfilled = ["content"]\n'
        '[[check]]\nid = "call"\nlabel = "c"\ntable = "complaints"\n'
        'deadline = { from = "resolved_at", to = "revisited_at", hours = 0 }'
    )
    rows: list[dict[str, Any]] = [
        {"resolved_at": at("2026-10-09"), "content": "x"},
        {"resolved_at": at("2026-10-03"), "content": "x"},
        {"resolved_at": at("2026-10-01"), "revisited_at": at("2026-10-02")},
    ]
    frames = {"complaints": opened(tmp_path, "complaints", rows)}
    _, findings = compute_checks(rules, frames, ["a1"], OCTOBER, OCTOBER.last)
    assert [(one.check, one.place.row) for one in findings] == [("call", 3), ("call", 2), ("form", 4), ("call", 4)]


# ---- any check, any rows ---------------------------------------------------

CHECKS = [
    check(table="complaints", filled=["content", "resolved_at"]),
    check(table="complaints", where={"valid": True}, must={"category": ["a"], "reopened": {"at_most": D(1)}}),
    check(table="complaints", order=["date", "resolved_at", "revisited_at"]),
    check(table="complaints", deadline={"from": "date", "to": "revisited_at", "days": 3}),
    check(table="complaints", text="content", banned=["坏→好", "bad"]),
    check(table="complaints", text="content", required=["您"], together="customer_id"),
]
SOMETIME = st.none() | st.datetimes(at("2026-09-25"), at("2026-11-03")).map(lambda moment: moment.replace(second=0))
COMPLAINT = st.fixed_dictionaries(
    {
        "agent_id": st.sampled_from(["a1", "a2", "nobody", None]),
        "month": st.sampled_from(["2026-10", "2026-10", "2026-09", "2026-11"]),
        "date": st.dates(date(2026, 9, 1), date(2026, 11, 3)),
        "valid": st.sampled_from([True, False, None]),
        "category": st.sampled_from(["a", "b", None]),
        "customer_id": st.sampled_from(["c1", "c2", None]),
        "reopened": st.sampled_from([0, 1, 2, None]),
        "content": st.sampled_from(["坏了", "BAD", "您好", " ", None]),
        "resolved_at": SOMETIME,
        "revisited_at": SOMETIME,
    }
)


@settings(max_examples=drawn(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(COMPLAINT, max_size=12), st.sampled_from(CHECKS), st.randoms(use_true_random=False))
def test_neither_the_engine_nor_the_order_of_rows_matters(
    tmp_path: Path, rows: list[dict[str, Any]], one: Check, dice: random.Random
) -> None:
    """The same counts and the same failed rows."""
    complete = canonical_rows("complaints", rows)
    shuffled = list(complete)
    dice.shuffle(shuffled)
    stores: list[tuple[list[dict[str, Any]], Engine]] = [
        (complete, "polars"),
        (shuffled, "polars"),
        (shuffled, "pandas"),
    ]
    found = [
        run_check(one, credited(frame(tmp_path, "complaints", each, engine), IDENTITY), "zh", OCTOBER, OCTOBER.last)
        for each, engine in stores
    ]
    assert found[0] == found[1] == found[2]
    assert len(found[0].findings) == sum(found[0].failed.values())


@settings(max_examples=drawn(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(COMPLAINT, max_size=12))
def test_passed_and_failed_together_are_the_rows_looked_at(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    """For a form: each of the month's rows that is somebody's."""
    found = ran(tmp_path, CHECKS[0], rows)
    for who in ("a1", "a2"):
        own = [row for row in rows if row["agent_id"] == who and row["month"] == "2026-10"]
        full = [row for row in own if (row["content"] or "").strip() and row["resolved_at"]]
        assert found.passed.get(who, 0) == len(full)
        assert found.passed.get(who, 0) + found.failed.get(who, 0) == len(own)


# ---- phrases and listings --------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("不知道", "我不知道呀", True),
        ("ok", "OK!", True),
        ("ok", "ＯＫ吗", True),
        ("ok", "book", False),
        ("ok", "ok1", False),
        ("ok→好的", "说ok了", True),
        ("(喂)", "(喂)", True),
        ("a.c", "abc", False),
        ("STRASSE", "straße", True),
    ],
)
def test_phrases_are_found_whatever_the_letters_look_like(phrase: str, text: str, found: bool) -> None:
    """Latin words as whole words, signs as signs."""
    assert bool(found_in([phrase_of(phrase)], text)) is found


@pytest.mark.parametrize(
    ("written", "text", "instead"),
    [("不补货了→工厂不生产了", "不补货了", "工厂不生产了"), ("x -> y", "x", "y"), ("喂", "喂", "")],
)
def test_an_arrow_names_the_better_words(written: str, text: str, instead: str) -> None:
    """Both arrows people type."""
    phrase = phrase_of(written)
    assert (phrase.text, phrase.instead) == (text, instead)


@pytest.mark.parametrize(("text", "count"), [("嗯", 1), ("好的。", 2), ("o k!", 2), ("😀…", 0), ("１2", 2)])
def test_only_letters_digits_and_chinese_characters_count(text: str, count: int) -> None:
    """Signs and pictures are no answer."""
    assert characters_in(text) == count


@pytest.mark.parametrize("engine", ENGINES)
def test_a_listing_counts_the_values_of_a_column(tmp_path: Path, engine: Engine) -> None:
    """TM-035, TM-083: most frequent first, of equals the lower text; of the month; rows without a value apart."""
    rules = policy(
        '[[listing]]\nid = "causes"\nlabel = "原因"\ntable = "complaints"\nby = "cause"\nmost = 2\n'
        "where = { valid = true }"
    )
    rows: list[Mapping[str, Any]] = [
        {"cause": "网络", "valid": True},
        {"cause": "资费", "valid": True},
        {"cause": "资费", "valid": True, "agent_id": "nobody"},
        {"cause": "态度", "valid": True},
        {"cause": "态度", "valid": False},
        {"cause": "态度", "valid": True, "month": "2026-09"},
        {"valid": True},
    ]
    stored = frame(tmp_path, "complaints", canonical_rows("complaints", rows), engine)
    found = compute_listings(rules, {"complaints": stored}, OCTOBER)
    assert [(one.value, one.rows, one.total) for one in found] == [("资费", 2, 4), ("态度", 1, 4)]
