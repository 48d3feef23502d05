"""Months of attendance for tests: people, their rows, what came out and what was said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from csctl.core.compute import compute_month
from csctl.core.people.workdays import WorkCalendar
from csctl.core.preparing.month import prepare_month
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, problem_fix, problem_text
from csctl.policy.model import Policy
from csctl.problems import Problem, Severity
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, Row, canonical_rows, frame, records_of

FULL_ATTENDANCE = """
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
WORKDAYS = [day.day for day in OCTOBER.days() if day.weekday() < 5]
BASE = D(2175)


def at(day: int, clock: str) -> datetime:
    """A moment of October."""
    return datetime.combine(date(2026, 10, day), time.fromisoformat(clock))


def of(
    folder: Path,
    chosen: Policy,
    tables: Mapping[str, Sequence[Row]],
    people: Mapping[str, Mapping[str, Any]] | None = None,
    calendar: WorkCalendar = WEEKENDS_OFF,
) -> tuple[MonthResult, list[Problem]]:
    """October of these people, and what was said."""
    known = people or {"a1": {}, "a2": {}}
    rows = [
        {"agent_id": who, "agent_name": f"name {who}", "hired_on": date(2020, 1, 1), "base_pay": BASE, **given}
        for who, given in known.items()
    ]
    opened = {name: frame(folder, name, canonical_rows(name, own)) for name, own in tables.items()}
    given, problems = prepare_month(chosen, OCTOBER, canonical_rows("roster", rows), opened, {}, calendar, ())
    return compute_month(given), problems


def value(result: MonthResult, who: str, name: str) -> Decimal | None:
    """One attendance measure."""
    return next(one.value for one in records_of(result) if (one.agent_id, one.measure) == (who, f"attendance.{name}"))


def said(problems: Iterable[Problem], code: str) -> str:
    """What the one warning of this code says in English; it has words and a remedy in every language."""
    (found,) = [one for one in problems if one.code == code]
    assert found.severity is Severity.WARNING
    assert all(problem_text(found, language) and problem_fix(found, language) for language in LANGUAGES)
    return problem_text(found, "en")
