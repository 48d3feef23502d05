"""Several punches of a day side by side, under headers that nobody knows: what is proposed reads first and last."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import pytest

from tests.readers.spelled import KINDS, read, written


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("head", [
    ("工号", "日期", "打卡1", "打卡2", "打卡3", "打卡4"),
    ("Agent ID", "Date", "Punch 1", "Punch 2", "Punch 3", "Punch 4"),
])  # fmt: skip
def test_the_proposed_lines_take_the_last_punch_that_is_there(tmp_path: Path, kind: str, head: tuple[str, ...]) -> None:
    """Not the second one, at which people go to lunch."""
    rows = [head, ("1001", "2026-10-05", "08:55", "12:01", "13:00", "18:02"),
            ("1002", "2026-10-05", "08:57", "17:30", "", "")]  # fmt: skip
    path = written(tmp_path, kind, rows)
    said = [one for one in read(path, "attendance").problems if one.code == "only-names-understood"]
    columns = tomllib.loads(str(said[0].parameters["line"]).replace("⏎", "\n"))["columns"]
    found = read(path, "attendance", columns=columns).columns
    at = [datetime(2026, 10, 5, *clock) for clock in ((8, 55), (8, 57), (18, 2), (17, 30))]  # noqa: DTZ001 - local
    assert [*found["in_at"], *found["out_at"]] == at
