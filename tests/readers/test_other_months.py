"""A column of months in a file without days is compared with the month of its folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.readers.columns.month_cells import month_of_cell
from csctl.readers.columns.months_said import speaks_of_other
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

OCTOBER = Month(2026, 10)


def _import(table: str, *rows: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x.csv", OCTOBER)


def _codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems]


@pytest.mark.parametrize(
    ("header", "september", "october"),
    [
        ("统计周期", "2026-09", "2026-10"),
        ("月份", "9月", "10月"),
        ("考核月", "九月份", "十月份"),
        ("所属月份", "2026年9月", "2026年10月"),
        ("Month", "Sep-26", "Oct-26"),
        ("Period", "September 2026", "October 2026"),
        ("Reporting month", "Sept", "October"),
        ("Period", "09/2026", "10/2026"),
        ("账期", 202609, 202610),
        ("账期", "202609", "202610"),
        ("统计区间", "2026-09-01至2026-09-30", "2026-10-01至2026-10-31"),
    ],
)
@pytest.mark.parametrize("table", ["kpis", "attendance"])
def test_rows_of_another_month_are_said_and_the_line_said_leaves_them_out(
    table: str, header: str, september: Cell, october: Cell
) -> None:
    """The warning names the column, the row and what stands there; with its line those rows do not count."""
    figure = "接待量" if table == "kpis" else "迟到次数"
    rows = [(header, "客服", figure), (september, "林悦", "5"), (october, "林悦", "10"), (october, "周帆", "20")]
    imported = _import(table, *rows)
    said = [one for one in imported.problems if one.code == "months-unused"]
    assert [(one.place.row, one.place.column, one.found) for one in said] == [(2, header, str(september))]
    assert imported.accepted == 3
    line = re.search(r"columns = \{ .*? \}", problem_fix(said[0], "zh"))
    assert line is not None
    settled = _import(table, *rows, **tomllib.loads(line[0]))
    assert settled.accepted == 2
    assert "months-unused" not in _codes(settled)
    assert "rows-outside-month" in _codes(settled)
    assert set(settled.columns["date"]) == {date(2026, 10, 1)}


def test_months_that_are_the_folder_s_own_are_no_news() -> None:
    """Nothing is said of a column that agrees, nor of months in which people began."""
    agreeing = [("月份", "客服", "接待量"), ("2026-10", "林悦", "5"), ("10月", "周帆", "6")]
    began = [("入职月份", "客服", "接待量"), ("2024-03", "林悦", "5"), ("2025-01", "周帆", "6")]
    figures = [("编码", "客服", "接待量"), (202609, "林悦", "5"), (202601, "周帆", "6")]
    for rows in (agreeing, began, figures):
        assert "months-unused" not in _codes(_import("kpis", *rows))


def test_a_column_of_months_that_means_nothing_can_be_ignored() -> None:
    """The other line of the warning silences it."""
    rows = [("对比月份", "客服", "接待量"), ("2026-09", "林悦", "5")]
    assert "months-unused" in _codes(_import("kpis", *rows))
    assert "months-unused" not in _codes(_import("kpis", *rows, columns={"date": {"ignore": True}}))


@pytest.mark.parametrize("cell", ["2026-09-05", "Sep 12", "9月5日", "九月天", 9, True, None, "第9月度会", "2026"])
def test_what_is_no_month_is_taken_for_none(cell: Cell) -> None:
    """Days, figures and other words."""
    assert month_of_cell(cell, OCTOBER) is None


def test_a_month_without_a_year_is_the_nearest() -> None:
    """December beside January is last year's."""
    assert month_of_cell("12月", Month(2026, 1)) == Month(2025, 12)
    assert month_of_cell("12月") is None


@pytest.mark.parametrize(
    "title",
    [
        "9月1日-9月30日客服数据",
        "统计周期：9月1日至30日",
        "2026年9月1日—9月30日",
        "Agent report, Sep 1 - Sep 30, 2026",
        "1–30 September 2026",
        "01/09/2026 - 30/09/2026",
        "09/01/2026 - 09/30/2026",
    ],
)
def test_a_title_may_say_the_month_by_its_first_and_last_day(title: str) -> None:
    """In figures only where one of them is no month."""
    assert speaks_of_other([title], Month(2026, 10)) == title
    assert speaks_of_other([title], Month(2026, 9)) == ""


@pytest.mark.parametrize(
    "title", ["01/09/2026 - 05/09/2026", "第3-5周", "白班 9-18", "10月8日", "9月28日-10月31日", "Desk 1-5"]
)
def test_other_spans_speak_of_no_other_month(title: str) -> None:
    assert speaks_of_other([title], Month(2026, 10)) == ""
