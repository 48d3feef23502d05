"""Units that rows say themselves: in a column beside the figures, or in the name of the figure."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet, Shown
from csctl.readers.mapping.importer import Imported, import_book

LONG = {"metric": "指标", "value": "数值"}


def _import(table: str, *rows: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x", Month(2026, 10))


def _values(
    *rows: Sequence[Cell], headers: Sequence[str] = ("姓名", "指标", "数值", "单位"), **said: Any
) -> list[object]:
    imported = _import("kpis", headers, *rows, columns=LONG, **said)
    assert not [one for one in imported.problems if one.severity is not Severity.NOTE]
    assert "headers-unused" not in {one.code for one in imported.problems}
    return list(imported.columns["value"])


@pytest.mark.parametrize(
    ("metric", "cell", "unit", "value"),
    [
        ("通话时长", "3.5", "分钟", "210"),
        ("AHT", 3.5, "min", "210"),
        ("响应", "20", "秒", "20"),
        ("在线时长", "7.5", "小时", "27000"),
        ("满意率", "95", "%", "0.95"),
        ("满意率", Shown("95%"), "%", "0.95"),
        ("销售额", "1.2", "万元", "12000"),
        ("销售额", "1,200.50", "元", "1200.50"),
        ("接待量", "120", "次", "120"),
        ("评分", "4.5", "分", "4.5"),
        ("处理时长", "4.5", "分", "270"),
        ("处理时长", "0:04:30", "分钟", "270"),
        ("接待量", "120", "", "120"),
    ],
)
def test_a_column_of_units_says_what_each_figure_counts(metric: str, cell: Cell, unit: str, value: str) -> None:
    others = ("周帆", "响应", "30", "秒"), ("周帆", "接待量", "9", "次")
    assert _values(("林悦", metric, cell, unit), *others) == [Decimal(value), Decimal(30), Decimal(9)]


@pytest.mark.parametrize(
    ("metric", "value"),
    [("通话时长(分钟)", "210"), ("通话时长_分钟", "210"), ("占比(%)", "0.035"), ("销售额（万元）", "35000")],
)
def test_so_does_the_name_of_the_figure(metric: str, value: str) -> None:
    """As the header does of a column of such figures."""
    assert _values(("林悦", metric, "3.5"), headers=("姓名", "指标", "数值")) == [Decimal(value)]


def test_what_the_source_says_of_a_figure_comes_first() -> None:
    rows = ("林悦", "通话时长", "3.5", "秒"), ("林悦", "评分", "4", "分")
    assert _values(*rows, metrics={"通话时长": "minutes"}) == [Decimal(210), Decimal(4)]


def test_a_length_of_which_nothing_says_the_unit_is_said_until_it_is_settled() -> None:
    rows = (("姓名", "指标", "数值"), ("林悦", "通话时长", "3.5"), ("林悦", "接待量", "9"), ("周帆", "AHT", "0:03:30"))
    imported = _import("kpis", *rows, columns=LONG)
    (said,) = (one for one in imported.problems if one.severity is not Severity.NOTE)
    assert (said.code, said.found, said.place.column) == ("metrics-without-unit", "通话时长 (3.5)", "数值")
    settled = _import("kpis", *rows, columns=LONG, **tomllib.loads(str(said.parameters["line"])))
    assert not [one for one in settled.problems if one.severity is not Severity.NOTE]
    assert settled.columns["value"] == [Decimal(210), Decimal(9), Decimal(210)]


def test_a_unit_for_the_whole_column_is_obeyed() -> None:
    rows = (("姓名", "指标", "数值", "单位"), ("林悦", "通话时长", "3.5", "秒"))
    imported = _import("kpis", *rows, columns={**LONG, "value": {"from": "数值", "unit": "minutes"}})
    assert imported.columns["value"] == [Decimal(210)]


@pytest.mark.parametrize(
    ("table", "headers", "rows", "name", "values"),
    [
        (
            "leave",
            ("姓名", "请假类型", "开始日期", "时长", "单位"),
            [("a", "事假", "2026-10-08", "4", "小时"), ("b", "年假", "2026-10-08", "1.5", "天")],
            "days",
            ("0.5", "1.5"),
        ),
        (
            "leave",
            ("姓名", "请假类型", "开始日期", "请假时长", "审批人", "时长单位"),
            [("a", "事假", "2026-10-08", 4, "x", "小时")],
            "days",
            ("0.5",),
        ),
        (
            "interactions",
            ("call id", "agent", "created at", "duration", "unit"),
            [("c1", "Ann", "2026-10-08 09:00", "3", "min"), ("c2", "Ann", "2026-10-08 09:00", "180", "sec")],
            "talk_seconds",
            ("180", "180"),
        ),
    ],
)
def test_lengths_beside_a_column_of_units_count_in_them(
    table: str, headers: Sequence[str], rows: Sequence[Sequence[Cell]], name: str, values: Sequence[str]
) -> None:
    imported = _import(table, headers, *rows)
    assert imported.columns[name] == [Decimal(value) for value in values]
    assert not imported.problems


def test_units_of_something_else_are_left_alone() -> None:
    """A unit of work, and a header that has its own."""
    rows = (("call id", "agent", "created at", "duration (s)", "单位"), ("c1", "Ann", "2026-10-08 09:00", "3", "min"))
    assert _import("interactions", *rows).columns["talk_seconds"] == [Decimal(3)]
    rows = (
        ("call id", "agent", "created at", "duration (s)", "单位"),
        ("c1", "Ann", "2026-10-08 09:00", "3", "热线部"),
    )
    assert _import("interactions", *rows).columns["talk_seconds"] == [Decimal(3)]
