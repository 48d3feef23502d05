"""Punch times: read from the daily attendance exports, the last of several punches out included."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book


def _read(rows: Sequence[Sequence[Cell]], **said: object) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": "attendance", "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("数据", [tuple(row) for row in rows]),)), source, "data/x", Month(2026, 7))


def _punches(imported: Imported) -> list[tuple[object, object]]:
    assert [problem.code for problem in imported.problems if problem.severity is not Severity.NOTE] == []
    return list(zip(imported.columns["in_at"], imported.columns["out_at"], strict=True))


def test_dingtalk_gives_the_first_punch_in_and_the_last_punch_out() -> None:
    """The second pair stands empty for most people; 次日 is the next day."""
    rows: list[Sequence[Cell]] = [
        ("姓名", "UserId", "日期", "班次", "上班1", None, "下班1", None, "上班2", None, "下班2", None),
        (None, None, None, None, *("打卡时间", "打卡结果") * 4),
        ("王芳", "u1", "26-07-01 星期三", "晚班", "15:20", "正常", "次日 00:04", "正常", None, None, None, None),
        ("李雷", "u2", "26-07-01 星期三", "两段", "08:20", "正常", "12:01", "正常", "13:50", "正常", "18:02", "正常"),
        ("韩梅", "u3", "26-07-01 星期三", "休息", None, None, None, None, None, None, None, None),
    ]
    assert _punches(_read(rows, profile="dingtalk-daily")) == [
        (datetime(2026, 7, 1, 15, 20), datetime(2026, 7, 2, 0, 4)),
        (datetime(2026, 7, 1, 8, 20), datetime(2026, 7, 1, 18, 2)),
        (None, None),
    ]


def test_wecom_gives_the_earliest_and_the_latest_punch() -> None:
    """Under their group, on the day of the row."""
    rows: list[Sequence[Cell]] = [
        ("基础信息", None, None, None, "考勤概况", None),
        ("时间", "姓名", "账号", "班次", "最早", "最晚"),
        ("2026/07/01", "王芳", "wangfang", "白班", "09:10", "18:00"),
        ("2026/07/02", "王芳", "wangfang", "休息", "--", "--"),
    ]
    assert _punches(_read(rows, profile="wecom-daily")) == [
        (datetime(2026, 7, 1, 9, 10), datetime(2026, 7, 1, 18)),
        (None, None),
    ]


def test_a_plain_list_of_punches_is_recognised_by_its_headers() -> None:
    """Without a profile; the day stands in a column of its own."""
    rows: list[Sequence[Cell]] = [
        ("工号", "日期", "班次", "上班打卡时间", "下班打卡时间", "用餐时长（分钟）"),
        ("001", "2026-07-01", "白班", "08:29:58", "18:00:01", 36),
    ]
    imported = _read(rows)
    assert _punches(imported) == [(datetime(2026, 7, 1, 8, 29, 58), datetime(2026, 7, 1, 18, 0, 1))]
    assert imported.columns["meal_seconds"] == [2160]


def test_of_several_headers_the_first_that_is_filled_counts_in_each_row() -> None:
    """Whatever column the source may name so."""
    rows: list[Sequence[Cell]] = [
        ("工号", "日期", "一班", "二班"),
        ("1", "2026-07-01", None, "晚"),
        ("1", "2026-07-02", "早", "晚"),
    ]
    said = {"columns": {"shift": {"from": ["一班", "二班"], "filled": True}}}
    assert _read(rows, **said).columns["shift"] == ["晚", "早"]
    alone = {"columns": {"shift": {"from": ["没有", "二班"], "filled": True}}}
    assert _read(rows, **alone).columns["shift"] == ["晚", "晚"]


def test_several_punches_in_one_cell_are_said() -> None:
    """Two columns are wanted; the times of a shift are none, and a column for each punch leaves nothing open."""
    head = ("工号", "日期", "打卡时间", "上班时段")
    rows = [
        ("01", "2026-07-01", "09:01 18:02", "09:00-18:00"),
        ("02", "2026-07-01", "09:01\n12:00、18:02", "09:00-18:00"),
    ]
    (said,) = [one for one in _read([head, *rows]).problems if one.severity is not Severity.NOTE]
    assert (said.code, said.place.column, said.found) == ("several-times-in-cell", "打卡时间", "09:01 18:02")
    both = [(*head, "最早", "最晚"), *[(*row, "09:01", "18:02") for row in rows]]
    assert len(_punches(_read(both))) == 2
