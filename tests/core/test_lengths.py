"""What was read as a length of time is kept in seconds: a measure that takes it for anything else is an error."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from csctl.core.frames.frame import records
from csctl.core.measuring.lengths import lengths_said
from csctl.problems import Problem
from tests.workbench import OCTOBER, D, canonical_rows, frame, policy

MEASURE = """
[measure.over]
label = "Overtime"
unit = "{unit}"
table = "kpis"
sum = "value"
where = {{ metric = "加班时长" }}
"""
ROWS: list[dict[str, object]] = [{"agent_id": "a", "date": date(2026, 10, 31), "metric": "加班时长", "value": D(14400)}]


def _said(folder: Path, unit: str, read: set[str]) -> list[Problem]:
    rows = frame(folder, "kpis", canonical_rows("kpis", ROWS))
    (file,) = {row["source_file"] for row in records(rows)}
    return lengths_said(policy(MEASURE.format(unit=unit)), {"kpis": rows}, OCTOBER, {file: frozenset(read)})


@pytest.mark.parametrize("unit", ["hours", "days", "count", "yuan", "points"])
def test_seconds_are_no_hours_days_times_or_yuan(tmp_path: Path, unit: str) -> None:
    """It would come out 3,600 times too large; the message has the unit to write."""
    (said,) = _said(tmp_path, unit, {"加班时长"})
    assert (said.code, said.severity, said.found) == ("length-taken-for-a-figure", "error", "加班时长")
    assert said.parameters["line"] == 'measure.over.unit = "h"'


@pytest.mark.parametrize("unit", ["h", "min", "s"])
def test_units_that_divide_seconds_are_right(tmp_path: Path, unit: str) -> None:
    """Nothing to say."""
    assert _said(tmp_path, unit, {"加班时长"}) == []


def test_a_figure_that_was_read_as_a_plain_number_may_be_anything(tmp_path: Path) -> None:
    """What was a length is another figure; where all values were lengths, so is this one."""
    assert _said(tmp_path, "hours", {"平均响应时长"}) == []
    assert len(_said(tmp_path, "hours", {"value"})) == 1
