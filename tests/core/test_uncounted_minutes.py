"""Minutes late, or left early, without a count: somebody was late, so that it cannot mean that nobody was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.attendance import WORKDAYS, at, of, said, value
from tests.core.test_due_days import clean, rules

DAY = 13
CODE = "attendance-minutes-uncounted"


def days_of(who: str, **on_the_day: Any) -> list[dict[str, Any]]:
    """Days with no more than minutes late and left early, all 0 but for what is given of one of them."""
    plain = {"agent_id": who, "late_seconds": 0, "early_seconds": 0}
    return [
        {**plain, "date": date(2026, 10, day), **(on_the_day if day == DAY else {})} for day in WORKDAYS
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("minutes", "count"), [({"late_seconds": 300}, "late_count"), ({"early_seconds": 60}, "early_count")]
)
def test_minutes_of_a_day_without_shift_and_count_leave_the_count_open(
    tmp_path: Path, minutes: dict[str, int], count: str
) -> None:
    result, problems = of(tmp_path, rules(), {"attendance": [*days_of("a1", **minutes), *days_of("a2")]})
    assert value(result, "a1", count) is None
    assert value(result, "a1", "blemishes") is None
    assert value(result, "a2", count) == 0
    text = said(problems, CODE)
    assert "a1: 10-13" in text
    assert "a2" not in text


def test_an_empty_count_beside_minutes_is_open_where_others_are_counted(tmp_path: Path) -> None:
    rows = clean("a1", WORKDAYS, in_at=None, out_at=None, worked_days=1, late_count=0)
    rows[2] |= {"late_count": None, "late_seconds": 300}
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    assert value(result, "a1", "late_count") is None
    assert f"{rows[2]['date']:%m-%d}" in said(problems, CODE)


def test_minutes_left_early_in_sums_leave_the_times_open(tmp_path: Path) -> None:
    sums = {"date": date(2026, 10, 31), "due_days": 18, "worked_days": 18, "absent_days": 0, "late_count": 0}
    rows = [{"agent_id": "a1", **sums, "early_seconds": 1200}, {"agent_id": "a2", **sums, "early_seconds": 0}]
    result, problems = of(tmp_path, rules(), {"attendance": rows})
    assert value(result, "a1", "early_count") is None
    assert value(result, "a1", "blemishes") is None
    assert value(result, "a2", "blemishes") == 0
    assert "a1" in said(problems, CODE)


@pytest.mark.parametrize(
    "day",
    [
        {"in_at": at(DAY, "08:40"), "late_seconds": 600},
        {"out_at": at(DAY, "17:00"), "early_seconds": 3600},
        {"in_at": None, "out_at": None, "late_count": 1, "late_seconds": 600, "worked_days": 1},
    ],
)
def test_minutes_that_punches_or_a_count_explain_are_quiet(tmp_path: Path, day: dict[str, Any]) -> None:
    rows = [row | day if row["date"].day == DAY else row for row in clean("a1", WORKDAYS)]
    result, problems = of(tmp_path, rules(), {"attendance": rows}, {"a1": {}})
    counts = [value(result, "a1", name) or 0 for name in ("late_count", "early_count")]
    assert sum(counts) == 1
    assert CODE not in {one.code for one in problems}
