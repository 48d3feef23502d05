"""A title above a table gives the unit of its figures, where neither header nor mapping nor cell says another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from csctl.core.coverage.readings import HEADER, MAPPING, TITLE, ColumnReading
from csctl.messages import problem_fix
from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book


def _import(table: str, *rows: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x.csv", Month(2026, 10))


def _reading(imported: Imported, column: str) -> ColumnReading:
    return next(one for one in imported.reading.columns if one.column == column)


def _orders(*above: Sequence[Cell], header: str = "销售额", cell: Cell = "1.2", **said: Any) -> Imported:
    return _import("orders", *above, ("客服", "付款日期", header), ("林悦", "2026-10-02", cell), **said)


@pytest.mark.parametrize(
    ("title", "amount"),
    [
        ("单位：万元", "12000.00"),
        ("金额单位:千元", "1200.00"),
        ("销售明细（单位：万元）", "12000.00"),
        ("币种：人民币　单位：万元", "12000.00"),
        ("以万元为单位", "12000.00"),
        ("单位：元", "1.20"),
        ("单位：华东客服中心", "1.20"),
        ("Unit: 万元", "12000.00"),
        ("单位：人、万元", "12000.00"),
    ],
)
def test_a_title_gives_the_unit_of_amounts(title: str, amount: str) -> None:
    """In any cell above the header, in brackets or not."""
    assert _orders(("销售明细表",), ("", "", title)).columns["amount"] == [Decimal(amount)]


def test_a_note_below_the_table_counts_as_a_title() -> None:
    """Some reports say their unit at the end."""
    rows = [("客服", "付款日期", "销售额"), ("林悦", "2026-10-02", "1.2"), ("注：金额单位：万元", "", "")]
    assert _import("orders", *rows).columns["amount"] == [Decimal(12000)]


@pytest.mark.parametrize(
    ("title", "seconds"),
    [
        ("单位：分钟", 90),
        ("Unit: min", 90),
        ("Units: minutes", 90),
        ("All times in minutes", 90),
        ("时间单位：小时", 5400),
        ("单位:秒", Decimal("1.5")),
        ("通话明细（单位：分钟）", 90),
    ],
)
def test_a_title_gives_the_unit_of_lengths_of_time(title: str, seconds: int) -> None:
    """In a canonical column and in a metric alike, and the reading says what it rests on."""
    calls = _import("interactions", (title,), ("工号", "开始时间", "通话时长"), ("01", "2026-10-02 09:00", "1.5"))
    assert calls.columns["talk_seconds"] == [seconds]
    figures = _import("kpis", (title,), ("客服", "平均响应时长", "接待量"), ("林悦", "1.5", "30"))
    assert figures.columns["value"] == [seconds, 30]
    for one in (_reading(calls, "talk_seconds"), _reading(figures, "平均响应时长")):
        assert (one.decided, one.doubtful) == (TITLE, False)


def test_a_title_gives_the_unit_of_shares_and_of_metrics_that_are_money() -> None:
    """A count beside them is none of either."""
    figures = _import("kpis", ("单位：%、万元",), ("客服", "满意率", "销售额", "退款笔数"), ("林悦", "95", "1.2", "3"))
    assert figures.columns["value"] == [Decimal("0.95"), 12000, 3]


def test_header_mapping_and_cell_beat_the_title() -> None:
    """The nearer to the figure, the stronger."""
    header = _orders(("单位：万元",), header="销售额（元）")
    assert (header.columns["amount"], _reading(header, "amount").decided) == ([Decimal("1.20")], HEADER)
    said: dict[str, Any] = {"columns": {"amount": {"from": "销售额", "unit": "千元"}}}
    mapped = _orders(("单位：万元",), **said)
    assert (mapped.columns["amount"], _reading(mapped, "amount").decided) == ([Decimal(1200)], MAPPING)
    assert _orders(("单位：万元",), cell="5000元").columns["amount"] == [Decimal(5000)]
    assert _orders(("单位：万元",), cell="1.2万").columns["amount"] == [Decimal(12000)]
    assert _orders(header="销售额(万元)", cell="1.2万元").columns["amount"] == [Decimal(12000)]


def test_days_are_no_hours_because_a_title_says_minutes() -> None:
    """Only a name that leaves open what it counts takes the title's unit."""
    leave = _import(
        "leave", ("单位：小时",), ("客服", "请假类型", "开始日期", "天数"), ("林悦", "病假", "2026-10-02", "2")
    )
    assert leave.columns["days"] == [2]


def test_start_and_end_that_speak_against_the_title_leave_a_doubt() -> None:
    """Seconds beside start and end under a title of minutes."""
    rows = [(f"0{n}", f"2026-10-0{n} 09:00:00", f"2026-10-0{n} 09:0{n}:00", str(60 * n)) for n in range(1, 5)]
    calls = _import("interactions", ("单位：分钟",), ("工号", "开始时间", "结束时间", "通话时长"), *rows)
    assert _reading(calls, "talk_seconds").doubtful
    assert calls.columns["talk_seconds"] == [60, 120, 180, 240]


def test_a_unit_that_no_column_took_is_said_and_the_line_said_settles_it() -> None:
    """Names that say neither money nor time."""
    rows = [("单位：万元",), ("客服", "华东", "接待量"), ("林悦", "1.2", "30")]
    (said,) = (one for one in _import("kpis", *rows).problems if one.code == "title-unit-unused")
    line = re.search(r"metrics = \{ .*? \}", problem_fix(said, "en"))
    assert line is not None
    settled = _import("kpis", *rows, **tomllib.loads(line[0]))
    assert settled.columns["value"] == [12000, 30]
    assert "title-unit-unused" not in [one.code for one in settled.problems]


@pytest.mark.parametrize("title", ["单位：元", "单位：次", "单位：秒", "单位：分", "十月绩效", "按单位汇总"])
def test_a_title_that_changes_nothing_is_no_news(title: str) -> None:
    """Yuan and seconds are what bare numbers are; counts have no unit."""
    imported = _import("kpis", (title,), ("客服", "华东", "接待量"), ("林悦", "1.2", "30"))
    assert "title-unit-unused" not in [one.code for one in imported.problems]
    assert imported.columns["value"] == [Decimal("1.2"), 30]
