"""Rows of totals are left out, rows of people and answers that are called like totals are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from csctl.month import Month
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import import_book

Rows = Sequence[Sequence[Cell]]


def left_out(table: str, sheet: str, rows: Rows, people: frozenset[str] = frozenset()) -> int:
    """How many rows were taken for totals."""
    book = Book((Sheet(sheet, [tuple(row) for row in rows]),))
    source = Source.model_validate({"table": table, "files": "x"})
    (fates,) = import_book(book, source, "x", Month(2026, 10), people=people).fates
    assert fates.refused == 0
    return fates.out("totals")


@pytest.mark.parametrize("sheet", ["", "数据"])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([["Ann", 10], ["Bob", 20], ["Total", 30]], 1, id="at the end"),
        pytest.param([["Ann", 10], ["Bob", 20], ["小计", 30], ["李雷", 5], ["小计", 5], ["合计", 35]], 3, id="blocks"),
        pytest.param([["汇总值", 30], ["Ann", 10], ["Bob", 20]], 1, id="under the header"),
        pytest.param([["Ann", 10], ["Sum", 7], ["Bob", 20]], 0, id="in the middle without a sum"),
        pytest.param([["Ann", 10], ["均值", "15.0"], ["", ""], ["Bob", 20]], 1, id="before a gap"),
    ],
)
def test_without_numbers_and_days_the_place_and_the_figures_tell(sheet: str, rows: Rows, expected: int) -> None:
    """In text files and workbooks, in both languages."""
    assert left_out("kpis", sheet, [["姓名", "接待量"], *rows]) == expected


def test_somebody_on_the_roster_may_be_called_like_a_total() -> None:
    """Her last row is hers, though no number tells so."""
    rows: list[list[Cell]] = [["name", "calls"], ["Ann", 10], ["Sum", 20]]
    assert (left_out("kpis", "", rows), left_out("kpis", "", rows, frozenset({"sum"}))) == (1, 0)


def test_a_total_of_one_day_is_one() -> None:
    """It has a day of its own like every other row, and holds the sum of that day."""
    rows: list[list[Cell]] = [["客服", "日期", "销售额"]]
    for day, own, others in (("2026-10-01", 10, 5), ("2026-10-02", 4, 6)):
        rows += [["王芳", day, own], ["李雷", day, others], ["汇总值", day, own + others]]
    assert left_out("orders", "数据", rows) == 2


def test_a_row_of_a_person_of_other_rows_is_no_total() -> None:
    """The answer is Average, and Ann gave it: at the end as well."""
    rows: list[list[Cell]] = [
        ["评价", "客服", "满意度评分"],
        ["Good", "Ann", 5],
        ["Poor", "Bob", 1],
        ["Average", "Ann", 3],
    ]
    assert left_out("surveys", "", rows) == 0


def test_a_row_of_somebody_who_stands_there_once_is_no_total() -> None:
    """Cara gave one answer, and it is the last; a group whose sum it is stands in the same cell."""
    rows: list[list[Cell]] = [
        ["评价", "客服", "满意度评分"],
        ["Good", "Ann", 5],
        ["Poor", "Bob", 1],
        ["Average", "Cara", 3.5],
    ]
    assert left_out("surveys", "", rows) == 0
    sums: list[list[Cell]] = [["班次", "客服", "接待量"], ["早", "Ann", 5], ["晚", "Bob", 1], ["合计", "客服一组", 6]]
    assert left_out("kpis", "", sums) == 1


@pytest.mark.parametrize("sheet", ["", "数据"])
def test_where_nobody_is_named_the_word_may_stand_in_any_column(sheet: str) -> None:
    """Behind a number that only counts the rows; a row of nobody that sums nothing is none."""
    rows: list[list[Cell]] = [
        ["序号", "部门", "客服", "接待量"],
        ["1", "一组", "王芳", "5"],
        ["2", "一组", "李雷", "7"],
    ]
    assert left_out("kpis", sheet, [*rows, ["3", "合计", "", "12"]]) == 1
    assert left_out("kpis", sheet, [*rows, ["3", "合计", "", "13"]]) == 0


@pytest.mark.parametrize("sheet", ["", "数据"])
@pytest.mark.parametrize("below", [True, False])
def test_how_many_punches_there_are_is_no_time_of_a_day(sheet: str, below: bool) -> None:
    """Two came, one left; a total may stand under the header as well."""
    rows: list[list[Cell]] = [
        ["K1", "王芳", "2026-10-08", "08:55", "18:05"],
        ["K2", "李雷", "2026-10-08", "08:58", None],
    ]
    total: list[Cell] = [None, "合计", None, "2", "1"]
    header: list[Cell] = ["工号", "姓名", "日期", "上班打卡时间", "下班打卡时间"]
    assert left_out("attendance", sheet, [header, *rows, total] if below else [header, total, *rows]) == 1


@pytest.mark.parametrize("word", ["总计", "合计：", "Grand total", "Average"])
def test_the_last_row_without_any_number_is_a_total_though_it_bears_a_day(word: str) -> None:
    """The day of the export; its sums are rounded, or cut off."""
    rows: list[list[Cell]] = [
        ["Staff no.", "Name", "Order ID", "Date", "Amount"],
        ["K1", "Ann", "8001", "2026-10-02", 2760],
        ["K2", "Bob", "8002", "2026-10-03", 2310],
        [None, word, None, "2026-10-31", 5000],
    ]
    assert left_out("orders", "Sheet1", rows) == 1
    assert left_out("orders", "Sheet1", [*rows[:3], [None, word, "8003", "2026-10-31", 5000]]) == 0


def test_a_day_of_its_own_still_tells_where_no_row_has_a_number() -> None:
    """Somebody whose name reads like a sum sold something on the last day."""
    rows: list[list[Cell]] = [["name", "date", "amount"], ["Ann", "2026-10-02", 10], ["Sum", "2026-10-05", 7]]
    assert left_out("orders", "", rows) == 0
