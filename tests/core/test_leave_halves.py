"""Part of a day of leave excuses its own end of the shift; which part it is, hours or words say, or else it is said."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from csctl.core.records.result import MonthResult
from csctl.problems import Problem
from tests.attendance import WORKDAYS, of, said
from tests.core.test_leave_days import rules
from tests.workbench import D, records_of


def _at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-10-{day:02} {clock}")


def _days(punches: dict[int, tuple[str, str] | None]) -> list[dict[str, Any]]:
    """A clean month of one person, with other punches, or none at all, on some days."""
    found = []
    for day in WORKDAYS:
        own = punches.get(day, ("08:55", "18:05"))
        moments = {} if own is None else {"in_at": _at(day, own[0]), "out_at": _at(day, own[1])}
        found.append({"agent_id": "a1", "date": date(2026, 10, day), "shift": "day", **moments})
    return found


def _leave(first: int, last: int | None = None, days: str | None = "0.5", **more: Any) -> dict[str, Any]:
    asked = {"kind": "annual", "approved": True, "days": days and D(days), **more}
    return {"agent_id": "a1", "date": date(2026, 10, first), "ends_on": date(2026, 10, last or first), **asked}


def _counts(result: MonthResult) -> tuple[Any, ...]:
    values = {one.measure: one.value for one in records_of(result) if one.agent_id == "a1"}
    return tuple(values[f"attendance.{name}"] for name in ("late_count", "early_count", "absent_days", "leave_days"))


def _month(folder: Path, punches: dict[int, tuple[str, str] | None], *leave: Any) -> tuple[MonthResult, list[Problem]]:
    return of(folder, rules(), {"attendance": _days(punches), "leave": list(leave)}, {"a1": {}})


@pytest.mark.parametrize(
    "half",
    [
        {"starts_at": _at(12, "14:00"), "ends_at": _at(12, "18:00")},
        {"starts_at": _at(12, "13:30"), "ends_at": _at(12, "17:30")},
        {"part": "下午"},
        {"part": "PM"},
        {"part": "下午半天"},
    ],
)
def test_leave_in_the_afternoon_excuses_no_late_morning(tmp_path: Path, half: dict[str, Any]) -> None:
    result, problems = _month(tmp_path, {12: ("10:00", "13:32")}, _leave(12, **half))
    assert _counts(result) == (1, 0, 0, D("0.5"))
    assert problems == []


@pytest.mark.parametrize(
    "half",
    [{"starts_at": _at(12, "09:30"), "ends_at": _at(12, "12:00")}, {"ends_at": _at(12, "11:59")}, {"part": "Morning"}],
)
def test_leave_in_the_morning_excuses_no_early_end(tmp_path: Path, half: dict[str, Any]) -> None:
    result, problems = _month(tmp_path, {12: ("13:00", "16:00")}, _leave(12, **half))
    assert _counts(result) == (0, 1, 0, D("0.5"))
    assert problems == []


def test_half_a_day_without_punches_leaves_the_other_half_absent(tmp_path: Path) -> None:
    result, _ = _month(tmp_path, {12: None}, _leave(12, part="上午"))
    assert _counts(result) == (0, 0, D("0.5"), D("0.5"))


def test_two_halves_are_a_whole_day_and_need_no_look(tmp_path: Path) -> None:
    result, problems = _month(tmp_path, {12: None}, _leave(12, part="上午"), _leave(12, part="下午"))
    assert _counts(result) == (0, 0, 0, 1)
    assert problems == []


@pytest.mark.parametrize("days", ["1", None])
def test_leave_from_noon_to_noon_is_one_day(tmp_path: Path, days: str | None) -> None:
    """From the afternoon of the 12th to the morning of the 13th; who comes late on the 12th is late."""
    asked = _leave(12, 13, days, starts_at=_at(12, "14:00"), ends_at=_at(13, "12:00"))
    result, problems = _month(tmp_path, {12: ("09:20", "14:02"), 13: ("12:58", "18:05")}, asked)
    assert _counts(result) == (1, 0, 0, 1)
    assert problems == []


@pytest.mark.parametrize("punches", [("13:00", "18:05"), ("08:55", "12:05")])
def test_punches_show_which_half_it_was(tmp_path: Path, punches: tuple[str, str]) -> None:
    result, problems = _month(tmp_path, {12: punches}, _leave(12))
    assert _counts(result) == (0, 0, 0, D("0.5"))
    assert problems == []


@pytest.mark.parametrize("punches", [("09:20", "18:05"), ("10:00", "14:00"), ("08:55", "17:40")])
def test_a_half_that_nobody_knows_is_said(tmp_path: Path, punches: tuple[str, str]) -> None:
    """It excuses, for nobody can say that it does not."""
    result, problems = _month(tmp_path, {12: punches}, _leave(12))
    assert _counts(result) == (0, 0, 0, D("0.5"))
    assert "10-12 annual" in said(problems, "leave-half-unknown")
