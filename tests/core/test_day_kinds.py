"""On what kind of day a row lies, and what says so: the row, the rota or the calendar; the same on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csctl.core.explaining.evidence import evidence
from csctl.core.frames.frame import records
from csctl.core.people.identity import Person, build_identity
from csctl.core.preparing.day_kinds import days_unknown
from csctl.core.preparing.tables import credited_tables
from csctl.messages import problem_fix, problem_text
from csctl.policy.model import Policy
from csctl.problems import NOWHERE
from csctl.store.engines import Engine
from csctl.store.shipped import calendar
from csctl.words import day_kind_named
from tests.workbench import OCTOBER, Row, canonical_rows, frame, policy

ENGINES: tuple[Engine, ...] = ("polars", "pandas")
IDENTITY, _ = build_identity([Person("a1", "Ann", ("ann@desk",), NOWHERE), Person("a2", "Bob", (), NOWHERE)], {})
MEASURE = """
[measure.{id}]
label = "{id}"
unit = "hours"
table = "{table}"
{figure}
where = {{ {where} }}
"""
FLAGS = ("on_workday", "on_rest_day", "on_public_holiday")


def rules(table: str = "kpis", where: str = "on_rest_day = true") -> Policy:
    figure = "rows = true" if table == "attendance" else 'sum = "value"'
    return policy('language = "en"\n' + MEASURE.format(id="m", table=table, figure=figure, where=where))


def kinds(
    folder: Path, table: str, rows: Sequence[Row], engine: Engine = "polars", rota: Sequence[Row] = ()
) -> list[tuple[str, str]]:
    """The kind of each row's day and what says so, in the order of the rows."""
    own = canonical_rows(table, [{"agent_id": "a1", **row} for row in rows])
    given = {table: frame(folder / "a", table, own, engine)}
    if rota:
        given["shift_plans"] = frame(folder / "b", "shift_plans", canonical_rows("shift_plans", rota), engine)
    found = credited_tables(rules(table), given, IDENTITY, calendar=calendar("cn"))[table]
    return [_kind(row) for row in sorted(records(found), key=lambda row: int(row["source_row"]))]


def _kind(row: dict[str, Any]) -> tuple[str, str]:
    return ", ".join(flag for flag in FLAGS if row[flag]), row["day_by"] or ""


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("day", "kind"),
    [(9, "on_workday"), (10, "on_workday"), (11, "on_rest_day"), (5, "on_rest_day"), (1, "on_public_holiday"),
     (3, "on_public_holiday")],
)  # fmt: skip
def test_without_a_word_and_a_rota_the_calendar_decides(tmp_path: Path, engine: Engine, day: int, kind: str) -> None:
    """A Friday, a Saturday worked in exchange, a Sunday, a Monday off in exchange, a holiday, one on a Saturday."""
    row = {"date": date(2026, 10, day), "metric": "overtime", "value": 1}
    assert kinds(tmp_path, "kpis", [row], engine) == [(kind, "calendar")]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_rota_of_the_person_decides_before_the_calendar(tmp_path: Path, engine: Engine) -> None:
    """By number or account; a public holiday stays one; a shift beside a day off is work; of others it says nothing."""
    rota = [
        {"agent_id": "a1", "date": date(2026, 10, 12), "shift": "休息"},
        {"agent_name": "ann@desk", "date": date(2026, 10, 17), "shift": "Early"},
        {"agent_id": "a1", "date": date(2026, 10, 2), "shift": "休息"},
        {"agent_id": "a1", "date": date(2026, 10, 18), "shift": "休息"},
        {"agent_id": "a1", "date": date(2026, 10, 18), "shift": "Late"},
        {"agent_id": "a1", "date": date(2026, 10, 24)},
        {"agent_id": "a2", "date": date(2026, 10, 13), "shift": "休息"},
    ]
    rows = [{"date": date(2026, 10, day), "metric": "overtime", "value": 1} for day in (12, 17, 2, 18, 24, 13)]
    assert kinds(tmp_path, "kpis", rows, engine, rota) == [
        ("on_rest_day", "rota"), ("on_workday", "rota"), ("on_public_holiday", "calendar"),
        ("on_workday", "rota"), ("on_workday", "rota"), ("on_workday", "calendar"),
    ]  # fmt: skip


def test_a_figure_that_names_its_days_goes_by_its_name(tmp_path: Path) -> None:
    """Whatever the rota, the calendar and the day say, and without a day too."""
    rota = [{"agent_id": "a1", "date": date(2026, 10, 12), "shift": "Early"}]
    rows = [{"date": date(2026, 10, 12), "metric": "休息日加班", "value": 1}, {"metric": "节假日加班", "value": 1}]
    assert kinds(tmp_path, "kpis", rows, rota=rota) == [
        ("on_rest_day", "row"), ("on_public_holiday", "row"),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_day_of_attendance_is_what_its_shift_says(tmp_path: Path, engine: Engine) -> None:
    """But for public holidays; without a shift the calendar decides."""
    rows: list[Row] = [
        {"date": date(2026, 10, 12), "shift": "休息"}, {"date": date(2026, 10, 17), "shift": "Early"},
        {"date": date(2026, 10, 1), "shift": "休息"}, {"date": date(2026, 10, 18)},
    ]  # fmt: skip
    assert kinds(tmp_path, "attendance", rows, engine) == [
        ("on_rest_day", "row"), ("on_workday", "row"), ("on_public_holiday", "calendar"),
        ("on_rest_day", "calendar"),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_a_row_of_which_nothing_says_what_day_it_was_is_none_and_is_said(tmp_path: Path, engine: Engine) -> None:
    """Without a day, and of a year that the calendar lacks; measures that part the same rows say it once."""
    given = [
        {"agent_id": "a1", "metric": "overtime", "value": 1},
        {"agent_id": "a1", "date": date(2031, 10, 12), "metric": "overtime", "value": 1},
        {"agent_id": "a1", "date": date(2026, 10, 12), "metric": "overtime", "value": 1},
        {"agent_id": "a1", "metric": "nights", "value": 1},
    ]
    parted = policy('language = "en"\n' + "".join(
        MEASURE.format(id=name, table="kpis", figure='sum = "value"', where=f'metric = "overtime", {flag} = true')
        for name, flag in zip(("a", "b", "c"), FLAGS, strict=True)
    ))  # fmt: skip
    frames = {"kpis": frame(tmp_path, "kpis", canonical_rows("kpis", given), engine)}
    tables = credited_tables(parted, frames, IDENTITY, calendar=calendar("cn"))
    (said,) = days_unknown(parted, tables, OCTOBER)
    assert (said.code, said.found, said.place.row, said.severity.value) == ("day-kind-unknown", "2", 2, "warning")
    assert "2 rows" in problem_text(said, "en")
    assert problem_fix(said, "zh")


def test_an_explanation_shows_what_decided(tmp_path: Path) -> None:
    """Beside the kind of the day, for each row."""
    given = {"kpis": frame(tmp_path, "kpis", canonical_rows("kpis", [
        {"agent_id": "a1", "date": date(2026, 10, 11), "metric": "overtime", "value": 1},
        {"agent_id": "a1", "date": date(2026, 10, 12), "metric": "休息日加班", "value": 1},
    ]))}  # fmt: skip
    tables = credited_tables(rules(), given, IDENTITY, calendar=calendar("cn"))
    (found,) = evidence(rules(), "m", tables, "a1", OCTOBER, 9)
    assert [row.cells for row in found.rows] == [
        ("on_rest_day = True", "value = 1", "day_by = calendar"),
        ("on_rest_day = True", "value = 1", "day_by = row"),
    ]


def test_a_policy_that_asks_for_no_kind_of_day_looks_none_up(tmp_path: Path) -> None:
    given = {"kpis": frame(tmp_path, "kpis", canonical_rows("kpis", [{"agent_id": "a1", "metric": "x", "value": 1}]))}
    plain = rules(where='metric = "x"')
    found = credited_tables(plain, given, IDENTITY, calendar=calendar("cn"))
    assert "day_by" not in found["kpis"].collect_schema().names()
    assert days_unknown(plain, found, OCTOBER) == []


@pytest.mark.parametrize(("name", "kind"), [
    ("工作日加班", "workday"), ("平日加班", "workday"), ("Overtime on workdays", "workday"),
    ("非工作日加班", "rest_day"), ("周末加班", "rest_day"), ("rest_day_overtime", "rest_day"),
    ("法定休息日加班", "statutory"), ("节假日加班", "statutory"), ("Public holiday overtime", "statutory"),
    ("加班时长", None), ("", None),
])  # fmt: skip
def test_the_name_of_a_figure_may_say_on_which_days_it_was(name: str, kind: str | None) -> None:
    assert day_kind_named(name) == kind
