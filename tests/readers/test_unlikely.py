"""Lengths of time that nobody has are said, unless somebody wrote their unit."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import time
from typing import Any

import pytest

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.readers.columns.accepted import AcceptedColumn
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

CODES = {"length-unlikely", "length-in-unlikely-unit"}


def _import(
    table: str, *rows: Sequence[Cell], accepted: dict[str, AcceptedColumn] | None = None, **said: Any
) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}), accepted=accepted)
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x.csv", Month(2026, 10))


def _codes(imported: Imported) -> set[str]:
    return CODES & {one.code for one in imported.problems}


@pytest.mark.parametrize(
    ("header", "cell", "unit", "likelier", "seconds"),
    [
        ("平均通话时长", "3", "seconds", "minutes", 180),
        ("均时", "4", "seconds", "minutes", 240),
        ("平均处理时长", "90000", "seconds", "milliseconds", 90),
        ("Average handle time", "240", "minutes", "seconds", 240),
        ("在线时长", "420", "seconds", "minutes", 25_200),
    ],
)
def test_an_accepted_unit_that_nobody_can_believe_is_said_and_the_line_said_settles_it(
    header: str, cell: str, unit: Any, likelier: str, seconds: int
) -> None:
    """Accepting once says nothing of figures ten or a thousand times as large."""
    rows = [("客服", header, "接待量"), ("林悦", cell, "9"), ("周帆", cell, "8")]
    imported = _import("kpis", *rows, accepted={header: AcceptedColumn(unit=unit)})
    (said,) = (one for one in imported.problems if one.code in CODES)
    line = f'metrics = {{ "{header}" = "{likelier}" }}'
    assert line in problem_fix(said, "zh")
    settled = _import("kpis", *rows, **tomllib.loads(line))
    assert (settled.columns["value"][0], _codes(settled)) == (seconds, set())
    kept = _import("kpis", *rows, metrics={header: unit})
    assert _codes(kept) == set()


def test_canonical_columns_have_usual_sizes_too() -> None:
    """Meals of half a minute, calls of three seconds: the line names the column."""
    meals = _import(
        "attendance", ("客服", "日期", "用餐时长"), ("林悦", "2026-10-05", "30"),
        accepted={"meal_seconds": AcceptedColumn(unit="seconds")},
    )  # fmt: skip
    (said,) = (one for one in meals.problems if one.code in CODES)
    line = 'columns.meal_seconds = { from = "用餐时长", unit = "minutes" }'
    assert line in problem_fix(said, "en")
    settled = _import("attendance", ("客服", "日期", "用餐时长"), ("林悦", "2026-10-05", "30"), **tomllib.loads(line))
    assert (settled.columns["meal_seconds"], _codes(settled)) == ([1800], set())


@pytest.mark.parametrize("cell", [time(3, 30), "3:30:00"])
def test_minutes_that_a_workbook_took_for_hours_are_said(cell: Cell) -> None:
    """Whoever types 3:30 for a call gets three and a half hours."""
    rows = [("客服", "开始时间", "通话时长"), ("林悦", "2026-10-05 09:00", cell)]
    assert _codes(_import("interactions", *rows)) == {"length-unlikely"}
    kept = {"talk_seconds": {"from": "通话时长", "unit": "hours"}}
    assert _codes(_import("interactions", *rows, columns=kept)) == set()


def test_the_mapping_says_what_a_clock_counts_whatever_the_header_says() -> None:
    """3:30 under hh:mm is three minutes and a half if that is written."""
    rows = [("客服", "平均通话(hh:mm)"), ("林悦", "3:30")]
    assert _import("kpis", *rows).columns["value"] == [12_600]
    settled = _import("kpis", *rows, metrics={"平均通话(hh:mm)": "minutes"})
    assert (settled.columns["value"], _codes(settled)) == ([210], set())


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("平均通话时长(秒)", "3"),
        ("平均响应时长", "0:00:02"),
        ("平均振铃时长", "0:00:03"),
        ("平均通话时长", "0:03:30"),
        ("平均会话时长", "3:30:00"),
        ("平均解决时长", "52:00:00"),
        ("小休时长", "0:12:00"),
        ("登录时长", "168:00:00"),
        ("通话时长", "68:00:00"),
        ("平均通话时长", "3小时30分"),
        ("平均通话时长", "3:30:12"),
    ],
)
def test_lengths_that_somebody_may_have_are_no_news(header: str, cell: str) -> None:
    """Quick answers, long sessions, sums of a month; and what the header says is proof."""
    assert _codes(_import("kpis", ("客服", header), ("林悦", cell), ("周帆", cell))) == set()
