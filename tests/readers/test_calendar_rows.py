"""First and last punch of each calendar day, of people who work past midnight."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from csctl.readers.mapping.importer import Imported
from tests.readers.spelled import KINDS, read, written

HEADS = [("工号", "日期", "最早打卡", "最晚打卡"), ("Agent ID", "Date", "First punch", "Last punch")]
COLUMNS = [{"in_at": "最早打卡", "out_at": "最晚打卡"}, {"in_at": "First punch", "out_at": "Last punch"}]
NIGHTS = [
    ("1001", "2026-10-05", "15:55", "15:55"),
    ("1001", "2026-10-06", "00:40", "15:58"),
    ("1001", "2026-10-07", "00:41", "15:57"),
    ("1001", "2026-10-08", "00:39", "00:39"),
]
MEANT = {5: ("05 15:55", "06 00:40"), 6: ("06 15:58", "07 00:41"), 7: ("07 15:57", "08 00:39")}


def _days(imported: Imported) -> dict[int, tuple[str, str]]:
    """By day of the month, the first and the last punch of all its rows; one punch alone is both."""
    punches: dict[int, list[datetime]] = {}
    columns = imported.columns
    for day, *moments in zip(columns["date"], columns["in_at"], columns["out_at"], strict=True):
        assert isinstance(day, datetime) or hasattr(day, "day")
        punches.setdefault(day.day, []).extend(one for one in moments if isinstance(one, datetime))
    return {day: (f"{min(found):%d %H:%M}", f"{max(found):%d %H:%M}") for day, found in punches.items() if found}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("turned", [False, True])
def test_a_punch_after_midnight_belongs_to_the_night_it_ends(
    tmp_path: Path, kind: str, language: int, turned: bool
) -> None:
    """By the hour at which days end, alone on its row or in front of the next one, in any order."""
    rows = [HEADS[language], *(NIGHTS[::-1] if turned else NIGHTS)]
    imported = read(written(tmp_path, kind, rows), "attendance", columns=COLUMNS[language], day_ends="04:00")
    assert _days(imported) == MEANT
    assert "night-without-row" not in [one.code for one in imported.problems]


def test_a_night_of_the_month_before_is_said_and_lengthens_no_day(tmp_path: Path) -> None:
    """Its punch stands in front of that of the first night of this month."""
    rows = [HEADS[0], ("1001", "2026-10-04", "00:45", "15:52"), ("1001", "2026-10-05", "00:44", "15:55"), *NIGHTS[1:]]
    imported = read(written(tmp_path, "csv", rows), "attendance", columns=COLUMNS[0], day_ends="04:00")
    assert _days(imported) == {4: ("04 15:52", "05 00:44"), **MEANT}
    said = [one for one in imported.problems if one.code == "night-without-row"]
    assert [(one.place.row, one.found) for one in said] == [(2, "2026-10-04 00:45:00")]


def test_a_day_that_begins_before_the_hour_stays_whole(tmp_path: Path) -> None:
    """Where the days before are whole as well, the early punch is an arrival; so is that of somebody else."""
    rows = [
        HEADS[0],
        *(("1001", f"2026-10-{day:02}", "03:50", "12:05") for day in (5, 6, 7)),
        ("1002", "2026-10-05", "15:55", "15:55"),
        ("1003", "2026-10-06", "03:40", "15:58"),
    ]
    imported = read(written(tmp_path, "csv", rows), "attendance", columns=COLUMNS[0], day_ends="04:00")
    assert imported.columns["in_at"][0] == datetime(2026, 10, 5, 3, 50)
    assert imported.columns["out_at"][:3] == [datetime(2026, 10, day, 12, 5) for day in (5, 6, 7)]
    assert imported.columns["out_at"][4] == datetime(2026, 10, 6, 15, 58)
