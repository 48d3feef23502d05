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
from csctl.core.prepare import credited_tables, prepare_month
from csctl.core.result import MonthResult
from csctl.messages import LANGUAGES, problem_text
from csctl.problems import Place, Problem, Severity
from csctl.store.canonical import Engine
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
    assert "interactions" in text
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
    assert "interactions" in text


def test_every_table_says_what_no_row_means() -> None:
    """Attendance is presence; contacts, figures, surveys and quality are work; the rest are happenings."""
    kinds = {kind: {name for name, table in TABLES.items() if table.no_row is kind} for kind in NoRow}
    assert kinds[NoRow.PRESENCE] == {"attendance"}
    assert kinds[NoRow.ACTIVITY] == {"interactions", "kpis", "surveys", "quality", "agent_states"}
