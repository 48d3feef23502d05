"""What it means that somebody has no row: declared by each table, used by every measure, and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from csctl.core.compute import compute_month
from csctl.core.coverage.holes import untold
from csctl.core.people.identity import Person, build_identity
from csctl.core.preparing.month import prepare_month
from csctl.core.preparing.tables import credited_tables
from csctl.core.records.lines import PayLine, as_records
from csctl.core.records.marks import mark_text
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, problem_text
from csctl.problems import Place, Problem, Severity
from csctl.store.engines import Engine
from csctl.tables import TABLES, NoRow
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    Row,
    agent,
    canonical_rows,
    cents_by_line,
    frame,
    policy,
    records_of,
)

MEASURES = """
[measure.faults]
label = "迟到和旷工"
unit = "count"
table = "attendance"
sum = "late_count"
plus = [{ table = "attendance", sum = "absent_days" }]
[measure.late_half_year]
label = "半年迟到"
unit = "count"
table = "attendance"
sum = "late_count"
last_months = 6
[measure.lates_a_day]
label = "每天迟到"
unit = ""
table = "attendance"
sum = "late_count"
per = { table = "attendance", sum = "worked_days" }
[measure.complaints]
label = "投诉"
unit = "count"
table = "complaints"
rows = true
[measure.contacts]
label = "接待"
unit = "count"
table = "interactions"
rows = true
[measure.wait]
label = "等待"
unit = "s"
table = "interactions"
mean = "wait_seconds"
[pay.base]
by = "roster"
[[pay.award]]
id = "clean"
label = "无迟到"
amount = 200
when = { measure = "faults", equals = 0 }
[[pay.award]]
id = "quiet"
label = "无投诉"
amount = 50
when = { measure = "complaints", equals = 0 }
[[pay.fine]]
id = "late"
label = "迟到"
amount = 10
each = { measure = "late_half_year" }
"""
SUMS = {"date": date(2026, 10, 31), "worked_days": D(22), "late_count": 0, "absent_days": D(0)}


def of(
    folder: Path, tables: Mapping[str, Sequence[Row]], people: Mapping[str, str], engine: Engine = "polars"
) -> tuple[MonthResult, list[Problem]]:
    """October of these people (number → post), and what was said."""
    rows = [
        {"agent_id": who, "agent_name": f"name {who}", "post": post, "hired_on": date(2020, 1, 1), "base_pay": D(3000)}
        for who, post in people.items()
    ]
    opened = {name: frame(folder, name, canonical_rows(name, own), engine) for name, own in tables.items()}
    rules = policy(MEASURES)
    given, problems = prepare_month(rules, OCTOBER, canonical_rows("roster", rows), opened, {}, WEEKENDS_OFF, ())
    return compute_month(given), problems


def values(result: MonthResult, who: str) -> dict[str, Decimal | None]:
    """One agent's measures."""
    return {one.measure: one.value for one in records_of(result) if one.agent_id == who}


def texts(problems: Sequence[Problem], code: str) -> list[str]:
    """What problems of this code say; each is a warning with words in every language."""
    found = [one for one in problems if one.code == code]
    assert all(one.severity is Severity.WARNING for one in found)
    assert all(problem_text(one, language) for one in found for language in LANGUAGES)
    return [problem_text(one, "en") for one in found]


@pytest.mark.parametrize("engine", ["polars", "pandas"])
def test_who_has_no_attendance_has_no_clean_month(tmp_path: Path, engine: Engine) -> None:
    """Neither the award nor a fine by earlier months: base pay in full, and a line that names who and what."""
    before = {"agent_id": "a2", "date": date(2026, 9, 30), "month": "2026-09", "late_count": 3}
    tables: dict[str, list[dict[str, Any]]] = {"attendance": [{"agent_id": "a1", **SUMS}, before], "complaints": []}
    result, problems = of(tmp_path, tables, {"a1": "", "a2": ""}, engine)
    assert [values(result, "a2")[name] for name in ("faults", "late_half_year", "lates_a_day")] == [None] * 3
    assert cents_by_line(result, "a2") == {"base": 300000, "quiet": 5000}
    assert cents_by_line(result, "a1") == {"base": 300000, "clean": 20000, "quiet": 5000}
    (text,) = texts(problems, "people-without-rows")
    assert "name a2 a2" in text
    assert "attendance" in text
    assert "a1" not in text


def _marks(result: MonthResult, who: str) -> dict[str, tuple[str, ...]]:
    lines = as_records(result.pay_lines, PayLine)
    return {line.line: line.marks for line in lines if line.agent_id == who}


@pytest.mark.parametrize("there", [("a1",), ()])
def test_what_was_not_judged_stands_where_the_base_pay_does(tmp_path: Path, there: tuple[str, ...]) -> None:
    """An award and a fine without a line for want of a row are named; whoever has a row was judged."""
    tables: dict[str, list[dict[str, Any]]] = {
        "attendance": [{"agent_id": who, **SUMS} for who in there],
        "complaints": [],
    }
    result, _ = of(tmp_path, tables, {"a1": "", "a2": ""})
    assert _marks(result, "a2") == {"base": ("unjudged:无迟到、迟到",), "quiet": ()}
    assert _marks(result, "a1")["base"] == (() if there else ("unjudged:无迟到、迟到",))
    assert all("无迟到" in mark_text(_marks(result, "a2")["base"][0], language) for language in LANGUAGES)


def test_who_is_on_leave_all_month_is_not_called_unjudged(tmp_path: Path) -> None:
    """No row is due."""
    leave = {
        "agent_id": "a2",
        "date": date(2026, 9, 20),
        "ends_on": date(2026, 10, 31),
        "kind": "产假",
        "approved": True,
    }
    tables: dict[str, list[dict[str, Any]]] = {"attendance": [{"agent_id": "a1", **SUMS}], "leave": [leave]}
    result, _ = of(tmp_path, tables, {"a1": "", "a2": ""})
    assert _marks(result, "a2")["base"] == ()


@pytest.mark.parametrize("ends_on", [date(2026, 10, 31), date(2026, 10, 30)])
def test_who_is_on_leave_all_month_has_not_worked_too_little(tmp_path: Path, ends_on: date) -> None:
    """No contact is due, so none is not too few; who came for a day owes some."""
    rules = policy(
        MEASURES + '[[pay.fine]]\nid = "few"\nlabel = "少"\namount = 30\nwhen = { measure = "contacts", below = 1 }\n'
    )
    leave = {"agent_id": "a2", "date": date(2026, 10, 1), "ends_on": ends_on, "kind": "产假", "approved": True}
    contact = {"agent_id": "a1", "started_at": datetime.fromisoformat("2026-10-09 09:00")}
    tables: dict[str, list[dict[str, Any]]] = {"leave": [leave], "interactions": [contact], "complaints": []}
    opened = {name: frame(tmp_path, name, canonical_rows(name, own), "polars") for name, own in tables.items()}
    roster = canonical_rows("roster", [{"agent_id": who, "agent_name": who, "base_pay": D(1)} for who in ("a1", "a2")])
    given, _ = prepare_month(rules, OCTOBER, roster, opened, {}, WEEKENDS_OFF, ())
    result = compute_month(given)
    away = ends_on.day == 31
    assert values(result, "a2")["contacts"] == (None if away else 0)
    assert ("few" in cents_by_line(result, "a2")) is not away
    assert values(result, "a2")["complaints"] == 0


def test_an_award_that_fails_on_what_is_known_is_judged(tmp_path: Path) -> None:
    """Of two conditions one is known not to hold: the other may be missing."""
    rules = policy(
        MEASURES.replace(
            'when = { measure = "faults", equals = 0 }',
            'when = { all = [{ measure = "faults", equals = 0 }, { measure = "complaints", at_least = 1 }] }',
        )
    )
    tables: dict[str, list[dict[str, Any]]] = {"attendance": [{"agent_id": "a1", **SUMS}], "complaints": []}
    opened = {name: frame(tmp_path, name, canonical_rows(name, own), "polars") for name, own in tables.items()}
    roster = canonical_rows("roster", [{"agent_id": who, "agent_name": who, "base_pay": D(1)} for who in ("a1", "a2")])
    given, _ = prepare_month(rules, OCTOBER, roster, opened, {}, WEEKENDS_OFF, ())
    assert _marks(compute_month(given), "a2")["base"] == ("unjudged:迟到",)


def test_of_who_is_in_no_table_but_leave_nothing_is_told(tmp_path: Path) -> None:
    """a2 has an event, a3 only leave, a4 nothing at all; without any attendance nobody can be told apart."""
    rows: dict[str, list[dict[str, Any]]] = {
        "attendance": [{"agent_id": "a1", **SUMS}],
        "events": [{"agent_id": "a2", "date": date(2026, 10, 5), "event": "late"}],
        "leave": [{"agent_id": "a3", "date": date(2026, 10, 1), "kind": "病假"}],
        "complaints": [],
    }
    opened = {name: frame(tmp_path, name, canonical_rows(name, own), "polars") for name, own in rows.items()}
    identity, _ = build_identity([Person(who, "", (), Place()) for who in ("a1", "a2", "a3", "a4")], {})
    tables = credited_tables(policy(MEASURES), opened, identity)
    staff = [agent(who) for who in ("a1", "a2", "a3", "a4")]
    assert untold(policy(MEASURES), tables, staff, OCTOBER) == {"a3", "a4"}
    assert untold(policy(MEASURES), tables, staff[1:], OCTOBER) == set()
    assert untold(policy("[pay.base]\nby = 'roster'"), tables, staff, OCTOBER) == set()


@pytest.mark.parametrize(
    ("ends_on", "approved", "named"),
    [(date(2026, 10, 31), True, False), (date(2026, 10, 30), True, True), (date(2026, 10, 31), False, True)],
)
def test_who_is_on_leave_all_month_owes_no_row(tmp_path: Path, ends_on: date, approved: bool, named: bool) -> None:
    """A day that the leave leaves open, or leave that was refused, and the row is due again."""
    leave = {"agent_id": "a2", "date": date(2026, 9, 20), "ends_on": ends_on, "kind": "产假", "approved": approved}
    tables: dict[str, list[dict[str, Any]]] = {"attendance": [{"agent_id": "a1", **SUMS}], "leave": [leave]}
    _, problems = of(tmp_path, tables, {"a1": "", "a2": ""})
    assert bool(texts(problems, "people-without-rows")) is named


def test_a_month_without_any_attendance_names_the_table(tmp_path: Path) -> None:
    """The file was not brought in: nobody is paid for it, and it is one line however many people there are."""
    result, problems = of(tmp_path, {"attendance": [], "complaints": []}, {f"a{n}": "" for n in range(1, 30)})
    assert cents_by_line(result, "a7") == {"base": 300000, "quiet": 5000}
    (text,) = texts(problems, "table-without-rows")
    assert "attendance" in text
    assert len(problems) == 1


def test_a_month_in_which_nobody_has_any_work_of_a_kind_names_the_tables(tmp_path: Path) -> None:
    """The file of contacts was not brought in: no mean is missing for all of them in silence."""
    _, problems = of(tmp_path, {"interactions": [], "complaints": []}, {"a1": "", "a2": ""})
    (text,) = texts(problems, "table-without-work")
    assert "in contacts" in text
    assert len(problems) == 1


def test_of_many_people_one_line_names_the_first(tmp_path: Path) -> None:
    """Twenty lack rows: dots say that there are more."""
    people = {f"a{n:02}": "" for n in range(21)}
    _, problems = of(tmp_path, {"attendance": [{"agent_id": "a00", **SUMS}]}, people)
    (text,) = texts(problems, "people-without-rows")
    assert "name a01 a01" in text
    assert "…" in text


def test_what_did_not_happen_is_nothing(tmp_path: Path) -> None:
    """No complaint in a table that was brought in is no complaint; nothing is said."""
    result, problems = of(tmp_path, {"complaints": []}, {"a1": ""})
    assert values(result, "a1")["complaints"] == 0
    assert problems == []


def test_who_did_no_work_where_most_others_did_is_named(tmp_path: Path) -> None:
    """Counts are 0 and means missing; only those of the same post are compared."""
    contact = {"started_at": datetime(2026, 10, 8, 9), "wait_seconds": D(20)}  # noqa: DTZ001 - local by definition
    tables = {"interactions": [{"agent_id": who, **contact} for who in ("a1", "a2")]}
    people = {"a1": "客服", "a2": "客服", "a3": "客服", "boss": "主管"}
    result, problems = of(tmp_path, tables, people)
    assert [values(result, "a3")[name] for name in ("contacts", "wait")] == [0, None]
    (text,) = texts(problems, "people-without-work")
    assert "name a3 a3" in text
    assert "boss" not in text
    assert "in contacts" in text


def test_every_table_says_what_no_row_means() -> None:
    """Attendance is presence; contacts, figures, surveys and quality are work; the rest are happenings."""
    kinds = {kind: {name for name, table in TABLES.items() if table.no_row is kind} for kind in NoRow}
    assert kinds[NoRow.PRESENCE] == {"attendance"}
    assert kinds[NoRow.ACTIVITY] == {"interactions", "kpis", "surveys", "quality", "agent_states"}


def test_where_few_have_any_work_the_others_are_named(tmp_path: Path) -> None:
    """Two of eight: the export is cut short. Of another post in which nobody has any, nothing is known."""
    contact = {"started_at": datetime(2026, 10, 8, 9), "wait_seconds": D(20)}  # noqa: DTZ001 - local by definition
    tables = {"interactions": [{"agent_id": who, **contact} for who in ("a1", "a2")]}
    people = {f"a{number}": "客服" for number in range(1, 9)} | {"boss": "主管"}
    _, problems = of(tmp_path, tables, people)
    (text,) = texts(problems, "few-with-work")
    assert "2 people" in text
    assert all(f"name a{number} " in text for number in range(3, 9))
    assert not any(name in text for name in ("name a1 ", "name a2 ", "boss"))
    assert texts(problems, "people-without-work") == []


EXAM = """
[scale]
good = 100
[score]
decimals = 2
pass_mark = 60
raters = { superior = 100 }
[[dimension]]
id = "skill"
label = "业务"
weight = 100
[[dimension.indicator]]
id = "exam"
label = "业务考试"
measure = "exam"
missing = "reweight"
linear = { zero = 0, full = 100 }
[measure.exam]
label = "考试"
unit = "%"
table = "exams"
sum = "score"
per = { table = "exams", sum = "full_score" }
"""


@pytest.mark.parametrize(
    ("sat", "changes", "named"),
    [
        (("a1", "a2", "a3"), {}, True),
        (("a1", "a2", "a3"), {"hired_on": date(2026, 10, 12)}, False),
        (("a1", "a2", "a3"), {"left_on": date(2026, 10, 20)}, False),
        (("a1",), {}, False),
        ((), {}, False),
        (("a1", "a2", "a3", "a4"), {}, False),
    ],
)
def test_an_exam_that_most_others_sat_is_missed(
    tmp_path: Path, sat: tuple[str, ...], changes: dict[str, date], named: bool
) -> None:
    """Not of whoever came or left in the month, not where only some were asked, and not in a month without exams."""
    taken = {"date": date(2026, 10, 20), "kind": "业务", "score": D(80), "full_score": D(100)}
    rows = [{"agent_id": who, **taken} for who in sat]
    people = [{"agent_id": f"a{number}", "hired_on": date(2020, 1, 1)} for number in range(1, 5)]
    people[-1] |= changes
    roster = canonical_rows("roster", [{"agent_name": f"name {one['agent_id']}", "post": "", **one} for one in people])
    opened = {"exams": frame(tmp_path, "exams", canonical_rows("exams", rows), "polars")}
    _, problems = prepare_month(policy(EXAM), OCTOBER, roster, opened, {}, WEEKENDS_OFF, ())
    found = texts(problems, "people-without-figure")
    assert bool(found) is named
    assert all("name a4 a4" in text and "业务考试" in text and "exams" in text for text in found)


@pytest.mark.parametrize(("post", "named"), [("hot", True), ("other", False)])
def test_an_exam_that_is_not_on_the_own_card_is_not_missed(tmp_path: Path, post: str, named: bool) -> None:
    """Three of four sat it; the fourth is missed only where the exam is on the card of all four."""
    taken = {"date": date(2026, 10, 20), "kind": "业务", "score": D(80), "full_score": D(100)}
    opened = {
        "exams": frame(
            tmp_path, "exams", canonical_rows("exams", [{"agent_id": f"a{at}", **taken} for at in (1, 2, 3)]), "polars"
        )
    }
    people = [
        {"agent_id": f"a{at}", "agent_name": f"name a{at}", "hired_on": date(2020, 1, 1), "post": "all"}
        for at in (1, 2, 3, 4)
    ]
    whose = f'level = ["{post}"]'
    text = EXAM.replace("linear =", f"for = {{ {whose} }}\nlinear =")
    rows = [{**one, "level": "hot"} for one in people]
    roster = canonical_rows("roster", rows)
    rules = policy('[[level]]\nid = "hot"\n[[level]]\nid = "other"\n' + text)
    _, problems = prepare_month(rules, OCTOBER, roster, opened, {}, WEEKENDS_OFF, ())
    assert bool(texts(problems, "people-without-figure")) is named


CONTEST = """
[measure.sales]
label = "销售额"
unit = "yuan"
table = "orders"
sum = "amount"
[pay.base]
by = "roster"
[[pay.award]]
id = "first"
label = "销售第一"
amount = 100
first = "sales"
"""


@pytest.mark.parametrize(("rules", "named"), [(CONTEST, True), (CONTEST.split("[[pay.award]]")[0], False)])
def test_sales_are_work_where_whoever_sold_most_wins(tmp_path: Path, rules: str, named: bool) -> None:
    """With one seller's orders left he wins: the others are named. Without a contest an order is a happening."""
    order = {"agent_id": "a1", "date": date(2026, 10, 5), "amount": D(100), "order_id": "o1"}
    roster = canonical_rows("roster", [{"agent_id": f"a{n}", "agent_name": f"name a{n}"} for n in range(1, 5)])
    opened = {"orders": frame(tmp_path, "orders", canonical_rows("orders", [order]), "polars")}
    _, problems = prepare_month(policy(rules), OCTOBER, roster, opened, {}, WEEKENDS_OFF, ())
    found = texts(problems, "few-with-work")
    assert bool(found) is named
    assert all("name a2 a2" in text and "orders" in text for text in found)
