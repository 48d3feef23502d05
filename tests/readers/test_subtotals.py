"""Rows that sum up other rows of one person are said wherever the word stands; equal rows of ordinary words are not."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence

import pytest

from csctl.month import Month
from csctl.problems import Problem
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

Rows = Sequence[Sequence[Cell]]


def read(
    table: str,
    rows: Rows,
    sheet: str = "",
    merged: Sequence[tuple[int, int, int, int]] = (),
    leave_out: Mapping[str, Sequence[str]] | None = None,
) -> Imported:
    """One sheet of a month; the first row is the header."""
    book = Book((Sheet(sheet, [tuple(row) for row in rows], merged=tuple(merged)),))
    source = Source.model_validate({"table": table, "files": "x", "leave_out": leave_out or {}})
    return import_book(book, source, "x", Month(2026, 10))


def line(one: Problem, name: str) -> dict[str, list[str]]:
    """What a line of the message says, read as the configuration is read."""
    read_back = tomllib.loads(str(one.parameters[name]))
    assert list(read_back) == ["leave_out"]
    found: dict[str, list[str]] = read_back["leave_out"]
    return found


def said(found: Imported) -> list[Problem]:
    """What is said of rows like totals."""
    return [one for one in found.problems if one.code == "rows-like-totals"]


CHANNELS: Rows = [
    ("客服", "渠道", "接待量"),
    ("王芳", "热线", "100"),
    ("王芳", "在线", "300"),
    ("李雷", "热线", "80"),
    ("王芳", "小计", "400"),
    ("李雷", "小计", "80"),
]
WEEKS: Rows = [
    ("Week", "Agent", "Calls"),
    ("W40", "Ann", 5),
    ("W41", "Ann", 10),
    ("Whole month", "Ann", 15),
    ("W41", "Bob", 20),
    ("Whole month", "Bob", 20),
]
ORDERS: Rows = [
    ("客服", "付款日期", "销售额", "状态"),
    ("王芳", "2026-10-02", "100", "成功"),
    ("王芳", "2026-10-03", "200", "成功"),
    ("王芳", "2026-10-31", "300", "合计"),
    ("李雷", "2026-10-03", "50", "成功"),
]
DAILY: Rows = [
    ("客服", "统计日期", "渠道", "接待量"),
    ("王芳", "2026-10-01", "热线", "1"),
    ("王芳", "2026-10-01", "在线", "2"),
    ("王芳", "2026-10-01", "全渠道", "3"),
    ("王芳", "2026-10-02", "热线", "4"),
    ("王芳", "2026-10-02", "在线", "4"),
    ("王芳", "2026-10-02", "全渠道", "8"),
]
MEANS: Rows = [
    ("agent", "channel", "satisfaction score"),
    ("Ann", "phone", 4),
    ("Ann", "chat", 3),
    ("Ann", "Average", 3.5),
]
WEEKLY_ONLY: Rows = [
    ("周次", "客服", "接待量"),
    ("第41周", "王芳", "5"),
    ("第41周", "李雷", "7"),
    ("全月", "王芳", "5"),
    ("全月", "李雷", "7"),
]


@pytest.mark.parametrize("sheet", ["", "数据"])
@pytest.mark.parametrize(
    ("table", "rows", "numbers", "column", "word"),
    [
        pytest.param("kpis", CHANNELS, "5-6", "渠道", "小计", id="channel"),
        pytest.param("kpis", WEEKS, "4, 6", "Week", "Whole month", id="weeks"),
        pytest.param("orders", ORDERS, "4", "状态", "合计", id="state, with a day of its own"),
        pytest.param("kpis", DAILY, "4, 7", "渠道", "全渠道", id="day by day"),
        pytest.param("kpis", MEANS, "4", "channel", "Average", id="mean"),
        pytest.param("kpis", WEEKLY_ONLY, "4-5", "周次", "全月", id="over single rows"),
    ],
)
def test_a_row_that_sums_up_a_persons_rows_is_said_and_the_line_settles_it(
    table: str, rows: Rows, numbers: str, column: str, word: str, sheet: str
) -> None:
    """With its rows, its word, and two lines: one leaves them out, the other lets them count."""
    found = read(table, rows, sheet)
    (one,) = said(found)
    rows_said = one.found if isinstance(one.found, str) else ", ".join(one.found)
    assert (rows_said, one.parameters["words"], one.place.column) == (numbers, word, column)
    without = read(table, rows, sheet, leave_out=line(one, "line"))
    count = int(str(one.parameters["count"]))
    assert said(without) == []
    assert (without.accepted, without.fates[0].out("filter")) == (len(rows) - 1 - count, count)
    counting = read(table, rows, sheet, leave_out=line(one, "other"))
    assert (said(counting), counting.accepted) == ([], len(rows) - 1)


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        pytest.param("kpis", [
            ("客服", "渠道", "接待量"), ("王芳", "热线", "5"), ("王芳", "全渠道", "5"), ("李雷", "热线", "7"),
        ], id="one equal row of an ordinary word"),
        pytest.param("orders", [
            ("客服", "付款日期", "销售额", "退款"), ("王芳", "2026-10-02", "100", "部分"),
            ("王芳", "2026-10-02", "70", "部分"),
            ("王芳", "2026-10-03", "90", "整月"), ("李雷", "2026-10-04", "30", "整月"),
            ("李雷", "2026-10-04", "31", "部分"),
        ], id="nothing is a sum"),
        pytest.param("orders", [
            ("客服", "付款日期", "销售额"), ("王芳", "2026-10-02", "100"), ("王芳", "2026-10-02", "100"),
        ], id="equal rows without such a word"),
        pytest.param("surveys", [
            ("客服", "评价", "满意度评分"), ("王芳", "Good", "4"), ("王芳", "Average", "3"),
            ("李雷", "Poor", "3"),
        ], id="an answer that is called Average"),
        pytest.param("kpis", [
            ("客服", "渠道", "接待量"), ("王芳", "全渠道", "5"), ("李雷", "全渠道", "7"),
        ], id="no parts"),
        pytest.param("orders", [
            ("客服", "订单编号", "付款日期", "销售额", "状态"), ("王芳", "A1", "2026-10-02", "100", "成功"),
            ("王芳", "A2", "2026-10-02", "200", "成功"), ("王芳", "A3", "2026-10-02", "300", "合计"),
        ], id="with a number of its own"),
    ],
)  # fmt: skip
def test_rows_of_ordinary_words_are_no_sums(table: str, rows: Rows) -> None:
    """They count, and nothing is said of them."""
    found = read(table, rows)
    assert (said(found), found.accepted) == ([], len(rows) - 1)


@pytest.mark.parametrize(
    ("table", "rows", "sums"),
    [
        pytest.param("kpis", [
            ("日期", "客服", "接待量"), ("2026-10-01", "王芳", "5"), ("2026-10-02", "王芳", "6"),
            ("合计", "王芳", "11"),
            ("2026-10-01", "李雷", "7"), ("全月", "李雷", "7"), ("全月", "王芳", "11"),
        ], 3, id="the word in the place of the day"),
        pytest.param("orders", [
            ("agent", "channel", "order date", "amount"), ("Ann", "phone", "2026-10-01", 10),
            ("Ann", "chat", "2026-10-02", 20), ("Ann", "All", "", 30), ("Bob", "chat", "2026-10-02", 20),
            ("Bob", "All", "", 20),
        ], 2, id="no day"),
        pytest.param("attendance", [
            ("工号", "日期", "班次", "迟到次数"), ("01", "2026-10-01", "早", 1), ("01", "2026-10-02", "早", 1),
            ("01", "", "合计", 2), ("02", "2026-10-01", "晚", 0), ("02", "", "合计", 0),
        ], 2, id="nothing to sum"),
    ],
)  # fmt: skip
def test_a_sum_without_a_day_of_its_own_is_left_out(table: str, rows: Rows, sums: int) -> None:
    """Where the others have one it could not count; nobody need look at it."""
    found = read(table, rows)
    (fates,) = found.fates
    assert (fates.counted, fates.out("totals"), fates.refused) == (len(rows) - 1 - sums, sums, 0)
    assert said(found) == []


def test_a_row_without_a_day_that_is_no_sum_is_refused_and_said() -> None:
    """It may be all that there is of Bob."""
    rows = [("日期", "客服", "接待量"), ("2026-10-01", "王芳", "5"), ("2026-10-02", "王芳", "6"), ("全月", "李雷", "7")]
    found = read("kpis", rows)
    assert (found.fates[0].out("totals"), found.fates[0].refused) == (0, 1)


def test_a_merged_name_is_that_of_its_subtotal() -> None:
    """The name stands in the first of three cells."""
    rows: Rows = [
        ("客服", "渠道", "接待量"),
        ("王芳", "热线", 5),
        (None, "在线", 6),
        (None, "小计", 11),
        ("李雷", "热线", 7),
    ]
    found = read("kpis", rows, "数据", merged=[(2, 1, 4, 1)])
    counted = len(said(found)) or found.fates[0].out("totals")
    assert counted == 1


def test_the_line_holds_what_was_left_out_before() -> None:
    """Pasted in place of the old one it loses nothing."""
    rows = [("客服", "渠道", "状态", "接待量"), *[(one[0], one[1], "有效", one[2]) for one in CHANNELS[1:]]]
    (one,) = said(read("kpis", rows, leave_out={"状态": ["无效"]}))
    assert line(one, "line") == {"状态": ["无效"], "渠道": ["小计"]}


def test_a_header_that_is_left_out_by_must_be_there() -> None:
    """Else its rows would count."""
    found = read("kpis", CHANNELS, leave_out={"通道": ["小计"]})
    assert "keep-header-not-found" in [one.code for one in found.problems]
