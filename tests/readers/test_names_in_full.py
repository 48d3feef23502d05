"""Headers whose unit or group says what other exports say in one word, and figures headed by how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from csctl.headers import same_header
from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book


def _import(table: str, *rows: Sequence[Cell], **said: object) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "x.csv", Month(2026, 10))


def _codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems if one.severity is not Severity.NOTE]


@pytest.mark.parametrize(
    ("header", "column", "value"),
    [
        ("迟到(次)", "late_count", 3),
        ("早退（次）", "early_count", 3),
        ("缺卡(次)", "missed_count", 3),
        ("旷工(天)", "absent_days", Decimal(3)),
        ("迟到(分钟)", "late_seconds", Decimal(180)),
        ("早退(小时)", "early_seconds", Decimal(10800)),
    ],
)
def test_a_unit_in_brackets_is_the_end_of_the_name(header: str, column: str, value: object) -> None:
    """迟到(次) is 迟到次数 of another system."""
    found = _import("attendance", ("工号", header), ("1", "3"))
    assert (found.columns[column], _codes(found)) == ([value], [])


def test_a_header_with_the_name_itself_goes_first() -> None:
    """The other one is left, as it was before; of two with the unit alone neither is taken."""
    found = _import("attendance", ("工号", "迟到次数", "迟到(次)"), ("1", "3", "4"))
    assert (found.columns["late_count"], _codes(found)) == ([3], [])
    found = _import("attendance", ("工号", "迟到(分)", "迟到(分钟)"), ("1", "3", "4"))
    assert found.columns["late_seconds"] == [None]


def test_a_group_and_its_column_are_one_name() -> None:
    """金额 under 退款 is 退款金额, and 金额 under another group is not."""
    group, header = ("工号", "日期", "成交", None, "退款", None), (None, None, "笔数", "实付金额", "笔数", "金额")
    found = _import("orders", group, header, ("1", "2026-10-02", "2", "80", "1", "20"))
    assert (found.columns["amount"], found.columns["refund_amount"]) == ([Decimal(80)], [Decimal(20)])
    assert _codes(found) == []


def test_the_line_that_is_proposed_names_no_header_that_means_another_column() -> None:
    """The money that came in is not what was given back."""
    group, header = ("工号", "日期", "销售", None, "退款", None), (None, None, "笔数", "金额", "笔数", "金额")
    found = _import("orders", group, header, ("1", "2026-10-02", "2", "80", "1", "20"))
    (said,) = (one for one in found.problems if one.code == "columns-missing")
    assert said.parameters["example"] == 'columns.amount = "销售/金额"'


@pytest.mark.parametrize(
    "text", ["首响时长(mm:ss)", "首响时长（分:秒）", "首响时长(HH:MM)", "首响时长(秒)", "首响时长"]
)
def test_how_clocks_are_written_is_no_part_of_a_figures_name(text: str) -> None:
    """A rule that asks for 首响时长 finds it under any of them."""
    assert same_header(text) == same_header("首响时长")
    assert same_header(same_header(text)) == same_header(text)


def test_people_across_are_proposed_as_what_they_are() -> None:
    """Names of figures down, people across: the line that is proposed reads them."""
    rows = [("指标", "王芳", "李雷"), ("接待量", "10", "20"), ("转人工量", "3", "4")]
    (said,) = (one for one in _import("kpis", *rows, melt=True).problems if one.code == "columns-missing")
    assert said.parameters["example"] == 'shape = "people"'
    found = _import("kpis", *rows, melt=True, shape="people")
    assert sorted(zip(found.columns["agent_name"], found.columns["metric"], found.columns["value"], strict=True)) == [
        ("李雷", "接待量", Decimal(20)),
        ("李雷", "转人工量", Decimal(4)),
        ("王芳", "接待量", Decimal(10)),
        ("王芳", "转人工量", Decimal(3)),
    ]


def test_days_across_are_not_taken_for_people() -> None:
    """Nor figures whose first column is no name of anything."""
    for rows in (
        [("指标", "10月1日", "10月2日"), ("接待量", "10", "20")],
        [("接待量", "转人工量", "差评"), ("10", "20", "1")],
    ):
        (said,) = (one for one in _import("kpis", *rows, melt=True).problems if one.code == "columns-missing")
        assert "shape" not in str(said.parameters["example"])


def test_of_two_columns_with_one_header_the_line_reads_the_second() -> None:
    """The first one is read until then."""
    rows = [("工号", "日期", "销售额", "销售额"), ("1", "2026-10-02", "99", "10")]
    found = _import("orders", *rows)
    (said,) = (one for one in found.problems if one.code == "header-twice")
    assert (found.columns["amount"], said.parameters["line"]) == ([Decimal(99)], 'columns.amount = "@D"')
    settled = _import("orders", *rows, columns={"amount": "@D"})
    assert (settled.columns["amount"], _codes(settled)) == ([Decimal(10)], [])


@pytest.mark.parametrize("header", ["Minutes late", "late minutes", "Late time (min)", "迟到时长(分钟)"])
def test_minutes_late_in_either_language_are_a_time(header: str) -> None:
    found = _import("attendance", ("工号", header), ("1", "3"))
    assert (found.columns["late_seconds"], _codes(found)) == ([Decimal(180)], [])
