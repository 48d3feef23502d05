"""From an open book to canonical rows and problems."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.messages import problem_fix, problem_text
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from csctl.tables import PROVENANCE, TABLES

OCTOBER = Month(2026, 10)


def _book(*rows: Sequence[Cell], name: str = "数据", merged: tuple[tuple[int, int, int, int], ...] = ()) -> Book:
    return Book((Sheet(name, [tuple(row) for row in rows], merged=merged),))


def _import(table: str, book: Book, month: Month | None = OCTOBER, **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(book, source, "data/x.csv", month)


def _codes(imported: Imported, *severities: Severity) -> list[str]:
    wanted = severities or (Severity.ERROR, Severity.WARNING)
    return [problem.code for problem in imported.problems if problem.severity in wanted]


def _the(imported: Imported, code: str) -> Problem:
    found = [problem for problem in imported.problems if problem.code == code]
    assert len(found) == 1, imported.problems
    return found[0]


COMPLAINT_HEADER = ("投诉编号", "投诉时间", "客服", "是否有效")
COMPLAINT = ("C1", "2026-10-05", "王芳", "是")


def test_headers_alone_are_enough_for_a_plain_export() -> None:
    """Every canonical column is there, typed, with where the row stood."""
    imported = _import("complaints", _book(COMPLAINT_HEADER, COMPLAINT))
    assert set(imported.columns) == {column.name for column in TABLES["complaints"].columns} | set(PROVENANCE)
    expected = {
        "complaint_id": "C1",
        "date": date(2026, 10, 5),
        "agent_name": "王芳",
        "agent_id": None,
        "valid": True,
        "cause": None,
        "source_file": "data/x.csv",
        "source_sheet": "数据",
        "source_row": 2,
        "month": "2026-10",
    }
    assert {name: list(imported.columns[name]) for name in expected} == {name: [one] for name, one in expected.items()}
    assert (imported.accepted, imported.rejected, imported.problems) == (1, 0, ())


def test_a_bad_cell_in_a_required_column_rejects_the_row_and_says_where() -> None:
    """File, sheet, row, column, what was read, what to write."""
    imported = _import("complaints", _book(COMPLAINT_HEADER, COMPLAINT, ("C2", "2026-10-06", "王芳", "大概")))
    problem = _the(imported, "value-not-a-flag")
    assert (imported.accepted, imported.rejected) == (1, 1)
    assert problem.severity is Severity.WARNING
    assert (problem.place.file, problem.place.sheet) == ("data/x.csv", "数据")
    assert (problem.place.row, problem.place.column, problem.found) == (3, "是否有效", "大概")
    assert "大概" in problem_text(problem, "zh")
    assert 'columns.valid.texts = { "大概" = "" }' in problem_fix(problem, "zh")


def test_a_bad_cell_in_an_optional_column_is_missing_and_the_row_stays() -> None:
    """Missing is not zero, and one bad figure does not lose the sale."""
    header = ("客服", "付款时间", "销售额", "退款金额")
    imported = _import("orders", _book(header, ("王芳", "2026-10-05 09:30", "100", "很多")))
    assert imported.columns["amount"] == [Decimal("100.00")]
    assert imported.columns["refund_amount"] == [None]
    assert (imported.accepted, imported.rejected, _codes(imported)) == (1, 0, ["value-not-money"])


@pytest.mark.parametrize(("column", "cell"), [(1, None), (3, None), (1, "2026-02-30"), (3, "--"), (2, "#N/A")])
def test_a_row_without_date_or_required_value_or_with_a_broken_agent_is_rejected(column: int, cell: Cell) -> None:
    """It could not be counted for anybody in any month."""
    row: list[Cell] = list(COMPLAINT)
    row[column] = cell
    imported = _import("complaints", _book(COMPLAINT_HEADER, row))
    assert (imported.accepted, imported.rejected, len(_codes(imported))) == (0, 1, 1)


def test_a_row_that_names_nobody_is_kept() -> None:
    """It is counted and listed later, not dropped."""
    imported = _import("complaints", _book(COMPLAINT_HEADER, ("C1", "2026-10-05", None, "是")))
    assert (imported.columns["agent_id"], imported.columns["agent_name"]) == ([None], [None])
    assert imported.accepted == 1


def test_a_row_of_totals_is_dropped_and_reported() -> None:
    """In the agent's cell or in the first filled cell, in both languages."""
    header = ("序号", "客服", "日期", "销售额")
    rows: list[tuple[Cell, ...]] = [
        (1, "王芳", "2026-10-01", 10),
        ("合计", None, None, 10),
        (None, "汇总值", "2026-10-01", 10),
        (2, "李雷", "2026-10-02", 5),
        (None, "Total：", None, 15),
        (None, None, "平均值", 7.5),
    ]
    imported = _import("orders", _book(header, *rows))
    assert imported.columns["agent_name"] == ["王芳", "李雷"]
    assert (imported.accepted, imported.rejected) == (2, 0)
    assert (_the(imported, "rows-of-totals").found, _the(imported, "rows-of-totals").severity) == (
        ("3-4", "6-7"),
        Severity.NOTE,
    )


def test_headers_said_again_blank_rows_and_footers_are_dropped() -> None:
    """A printed report repeats its header on every page."""
    imported = _import(
        "complaints",
        _book(
            COMPLAINT_HEADER, COMPLAINT, (), (None, "--"), COMPLAINT_HEADER, ("C2", *COMPLAINT[1:]), ("制表人：张三",)
        ),
    )
    assert imported.columns["source_row"] == [2, 6]
    assert _the(imported, "rows-of-headers").found == "5"
    assert _the(imported, "rows-of-footers").found == "7"


def test_rows_of_another_month_are_rejected_in_one_warning() -> None:
    """Where the path says which month the file is for."""
    rows = [("C1", "2026-09-30", "王芳", "是"), ("C2", "2026-10-01", "王芳", "是"), ("C3", "2026-11-01", "王芳", "是")]
    imported = _import("complaints", _book(COMPLAINT_HEADER, *rows))
    problem = _the(imported, "rows-outside-month")
    assert imported.columns["complaint_id"] == ["C2"]
    assert (problem.parameters["rows"], problem.parameters["count"], problem.found) == (("2", "4"), "2", "2026-09-30")
    assert _import("complaints", _book(COMPLAINT_HEADER, *rows), None).columns["month"] == [
        "2026-09",
        "2026-10",
        "2026-11",
    ]


def test_problems_name_the_headers_of_the_file() -> None:
    """The lead looks for the header that the export has, its group before it; what it stands for is said beside."""
    group, header = ("客服", "订单", None, None), (None, "单号", "付款时间", "实付金额")
    rows = [
        ("王芳", "D1", "2026-09-30 10:00", "5"),
        ("王芳", "D2", "2026-10-02 10:00", "5"),
        ("王芳", "D2", "2026-10-02 11:00", "6"),
        ("王芳", "D3", None, "5"),
    ]
    book = _book(("十月订单",), group, header, *rows)
    imported = _import("orders", book, columns={"order_id": "单号"})
    assert [(problem.code, problem.place.row, problem.place.column) for problem in imported.problems
            if problem.severity is Severity.WARNING] == [
        ("value-missing", 7, "订单/付款时间"),
        ("rows-outside-month", 4, "订单/付款时间"),
        ("id-twice", 6, "订单/单号"),
    ]  # fmt: skip
    assert "（这一列是 date）" in problem_text(_the(imported, "value-missing"), "zh")


def test_the_day_that_places_a_row_is_named_by_its_own_header() -> None:
    """Where day and time stand in two columns, the day is the one to look at."""
    book = _book(("日期", "时间", "客服"), ("2026-09-30", "10:00", "王芳"))
    imported = _import("interactions", book, columns={"started_at": "日期 + 时间"})
    assert _the(imported, "rows-outside-month").place.column == "日期"


def test_a_file_without_dates_counts_for_the_month_of_its_path() -> None:
    """Monthly sums have no day; without a month in the path they cannot be placed."""
    book = _book(("姓名", "迟到次数"), ("王芳", 2))
    imported = _import("attendance", book)
    assert (imported.columns["date"], imported.columns["month"]) == ([date(2026, 10, 1)], ["2026-10"])
    assert _codes(imported, Severity.NOTE) == ["month-from-file-name"]
    assert _codes(_import("attendance", book, None)) == ["date-column-missing"]


def test_a_missing_required_column_is_one_error_with_the_headers_and_the_line_to_write() -> None:
    """No similar name is taken silently; the example is about the missing column and the nearest header."""
    imported = _import("orders", _book(("客服", "付款时间", "净销售额"), ("王芳", "2026-10-01", 5)))
    problem = _the(imported, "columns-missing")
    assert problem.severity is Severity.ERROR
    assert problem.parameters["headers"] == ("客服", "付款时间", "净销售额")
    assert problem.parameters["example"] == 'columns.amount = "净销售额"'
    assert problem_fix(problem, "en").endswith('such as: columns.amount = "净销售额"')
    assert imported.columns["amount"] == []
    assert set(imported.columns) == {column.name for column in TABLES["orders"].columns} | set(PROVENANCE)


def test_a_table_about_agents_needs_one_column_that_names_them() -> None:
    """Otherwise every row would belong to nobody."""
    imported = _import("orders", _book(("付款时间", "销售额"), ("2026-10-01", 5)))
    assert "agent_id" in _the(imported, "columns-missing").found


def test_a_header_named_by_the_user_must_be_there() -> None:
    """The nearest is suggested, not used."""
    book = _book(("客服", "付款时间", "实收额"), ("王芳", "2026-10-01", 5))
    imported = _import("orders", book, columns={"amount": "实收金额"})
    assert _the(imported, "header-not-found").parameters["nearest"] == "实收额"
    assert _codes(imported) == ["header-not-found"]
    assert _import("orders", book, columns={"amount": "实收额"}).columns["amount"] == [Decimal("5.00")]


def test_two_headers_for_one_column_are_an_error_that_a_choice_settles() -> None:
    """付款金额 and 订单金额 are both the amount to some shop."""
    book = _book(("客服", "付款时间", "付款金额", "订单金额"), ("王芳", "2026-10-01", 5, 6))
    imported = _import("orders", book)
    assert (_codes(imported), _the(imported, "headers-mean-one").found) == (
        ["headers-mean-one"],
        ("付款金额", "订单金额"),
    )
    assert _import("orders", book, columns={"amount": "订单金额"}).columns["amount"] == [Decimal("6.00")]


def test_the_same_header_twice_is_read_once_with_a_warning() -> None:
    """The first column is taken; an unused double is nobody's concern."""
    imported = _import(
        "orders", _book(("客服", "日期", "销售额", "销售额", "x", "x"), ("王芳", "2026-10-01", 5, 6, 1, 2))
    )
    assert imported.columns["amount"] == [Decimal("5.00")]
    assert _codes(imported) == ["header-twice"]


def test_the_agent_is_taken_from_the_first_header_that_holds_anything() -> None:
    """Staff numbers are exported as an empty column at times."""
    book = _book(("工号", "UserId", "姓名", "日期", "销售额"), (None, "u1", "王芳", "2026-10-01", 5))
    imported = _import("orders", book)
    assert imported.columns["agent_id"] == ["u1"]
    assert _the(imported, "agent-header-chosen").severity is Severity.NOTE


def test_headers_nobody_uses_are_listed_once() -> None:
    """The user sees what was left aside."""
    imported = _import("complaints", _book((*COMPLAINT_HEADER, "天气", "心情"), (*COMPLAINT, "晴", "好")))
    assert _the(imported, "headers-unused").found == ("天气", "心情")


def test_a_day_and_a_time_in_two_columns_become_one_moment() -> None:
    """By the headers alone, in both languages; 次日 is the next day."""
    for day, clock in (("日期", "时间"), ("Date", "Time")):
        book = _book(("客服", day, clock), ("王芳", "2026-10-01", "9:12:58"), ("王芳", "2026-10-02", "次日 00:04"))
        imported = _import("interactions", book)
        assert imported.columns["started_at"] == [datetime(2026, 10, 1, 9, 12, 58), datetime(2026, 10, 3, 0, 4)]
        assert imported.problems == ()


def test_a_source_may_join_two_headers_itself() -> None:
    """Under any names."""
    book = _book(("客服", "哪天", "几点"), ("王芳", "2026-10-01", "9:12"))
    imported = _import("interactions", book, columns={"started_at": "哪天 + 几点"})
    assert imported.columns["started_at"] == [datetime(2026, 10, 1, 9, 12)]


def test_a_time_column_takes_the_day_from_the_date_column() -> None:
    """来电时间 alone is no moment; beside 日期 it is."""
    book = _book(("坐席", "日期", "来电时间"), ("王芳", "2026-10-01", "9:12"))
    assert _import("interactions", book).columns["started_at"] == [datetime(2026, 10, 1, 9, 12)]


def test_the_header_says_what_bare_numbers_count() -> None:
    """Minutes in one export, seconds in the next; nothing said is seconds, and that stays in doubt."""
    rows = {"通话时长(分钟)": "90.000", "通话时长（秒）": "1.500", "通话时长": "1.500", "talk time (hours)": "5400.000"}
    for header, seconds in rows.items():
        imported = _import("interactions", _book(("客服", "开始时间", header), ("王芳", "2026-10-01 09:00", 1.5)))
        assert imported.columns["talk_seconds"] == [Decimal(seconds)]
        (talk,) = [one for one in imported.reading.columns if one.column == "talk_seconds"]
        assert (talk.decided, talk.doubtful) == (("default", True) if header == "通话时长" else ("header", False))


def test_a_rule_gives_the_unit_that_the_header_lacks() -> None:
    """`Duration` of 116 may be minutes."""
    rule = {"talk_seconds": {"from": "Duration", "unit": "minutes"}}
    book = _book(("agent", "start time", "Duration"), ("Li", "2026-10-01 09:00", 116))
    assert _import("interactions", book, columns=rule).columns["talk_seconds"] == [Decimal(6960)]


def test_a_unit_tells_a_duration_from_a_moment_of_one_name() -> None:
    """Resolution time is when it was solved; resolution time in hours is how long it took."""
    book = _book(
        ("agent", "created time", "Resolution time", "Resolution time (in hrs)"),
        ("Li", "2026-10-01 09:00", "2026-10-01 10:30", "01:30:00"),
    )
    imported = _import("interactions", book)
    assert imported.columns["resolved_at"] == [datetime(2026, 10, 1, 10, 30)]
    assert imported.columns["resolution_seconds"] == [Decimal(5400)]


def test_leave_in_hours_becomes_days_of_eight() -> None:
    """Some systems export 事假 in hours and 年假 in days, side by side."""
    book = _book(("姓名", "事假(小时)", "病假(分钟)", "年假(天)"), ("王芳", 4, 480, 1.5))
    imported = _import("attendance", book)
    names = ("personal_leave_days", "sick_leave_days", "paid_leave_days")
    assert [imported.columns[name] for name in names] == [[Decimal("0.5")], [Decimal(1)], [Decimal("1.5")]]


def test_texts_are_translated_before_they_are_read() -> None:
    """Words of a survey become its points; a dash is nothing."""
    rule = {"score": {"from": "评价", "texts": {"满意": "5", "未评": "-"}}}
    book = _book(("客服", "日期", "评价"), ("王芳", "2026-10-01", " 满意 "), ("王芳", "2026-10-01", "未评"))
    imported = _import("surveys", book, columns=rule)
    assert (imported.columns["score"], imported.rejected) == ([Decimal(5)], 1)


def test_a_constant_fills_every_row_and_a_wrong_one_is_an_error() -> None:
    """A survey export that holds one kind of survey."""
    book = _book(("客服", "日期", "评分"), ("王芳", "2026-10-01", 5))
    imported = _import("surveys", book, columns={"kind": {"value": "回访"}, "full_score": {"value": "5"}})
    assert (imported.columns["kind"], imported.columns["full_score"]) == (["回访"], [Decimal(5)])
    assert _codes(_import("surveys", book, columns={"full_score": {"value": "五"}})) == ["value-not-a-number"]


def test_an_ignored_column_stays_empty_although_a_header_matches() -> None:
    """The user knows that this figure is wrong in the export."""
    book = _book(("客服", "日期", "销售额", "退款金额"), ("王芳", "2026-10-01", 5, 1))
    assert _import("orders", book, columns={"refund_amount": {"ignore": True}}).columns["refund_amount"] == [None]


def test_only_wanted_rows_are_kept_and_the_others_counted() -> None:
    """Leave that is still waiting for approval is no leave."""
    book = _book(
        ("姓名", "请假类型", "开始时间", "审批状态"),
        ("王芳", "事假", "2026-10-01 09:00", "完成"),
        ("李雷", "事假", "2026-10-01 09:00", "审批中"),
    )
    imported = _import("leave", book, keep={"审批状态": ["完成"]})
    assert (imported.columns["agent_name"], imported.accepted, imported.rejected) == (["王芳"], 1, 0)
    assert _the(imported, "rows-left-out").found == "3"
    assert _codes(_import("leave", book, keep={"状态": ["完成"]})) == ["keep-header-not-found"]


def test_a_row_longer_than_its_header_is_refused_in_a_text_file() -> None:
    """A comma too many shifts values; if every row has it, the whole file is shifted."""
    one = _import("complaints", _book(COMPLAINT_HEADER, COMPLAINT, (*COMPLAINT, "x"), name=""))
    assert (one.accepted, one.rejected, _codes(one)) == (1, 1, ["row-longer-than-header"])
    every = _import("complaints", _book(COMPLAINT_HEADER, (*COMPLAINT, "x"), (*COMPLAINT, "y"), name=""))
    assert (every.accepted, _codes(every)) == (0, ["all-rows-longer-than-header"])
    beside = _import("complaints", _book(COMPLAINT_HEADER, (*COMPLAINT, "x")))
    assert (beside.accepted, _codes(beside)) == (1, [])


def test_the_same_row_twice_counts_once() -> None:
    """The same number with other content is kept and named."""
    imported = _import("complaints", _book(COMPLAINT_HEADER, COMPLAINT, COMPLAINT, ("C1", "2026-10-06", "王芳", "否")))
    assert (imported.accepted, imported.rejected) == (2, 1)
    assert _codes(imported) == ["row-twice", "id-twice"]
    assert _the(imported, "row-twice").parameters["first"] == "2"


def test_cells_merged_downwards_name_all_their_rows_but_sums_stand_once() -> None:
    """An agent merged over two orders owns both; an amount merged over both is not paid twice."""
    book = _book(
        ("客服", "付款时间", "销售额"),
        ("王芳", "2026-10-01", 5),
        (None, "2026-10-02", 6),
        merged=((2, 1, 3, 1),),
    )
    assert _import("orders", book).columns["agent_name"] == ["王芳", "王芳"]
    sums = _book(
        ("客服", "付款时间", "销售额"), ("王芳", "2026-10-01", 5), ("王芳", "2026-10-02"), merged=((2, 3, 3, 3),)
    )
    assert _import("orders", sums).columns["amount"] == [Decimal("5.00")]


def test_figures_per_agent_become_rows_of_metric_and_value() -> None:
    """Durations in seconds, shares from 0 to 1, counts as they are; text and empty cells make no rows."""
    book = _book(
        ("旺旺昵称", "咨询人数", "平均响应时长（秒)", "首响", "旺旺回复率", "好评率(%)", "销售额", "旺旺分组"),
        ("店铺:小王", 1234, 25.5, "2分30秒", "99.71%", 98.5, "1,234.5元", "售前"),
        ("店铺:小李", "--", 30, "0:00:20", 0.9971, "97%", 0, "售后"),
        ("汇总值", 9999, 99, None, 1, 1, 1, None),
    )
    imported = _import("kpis", book)
    found = list(zip(*(imported.columns[name] for name in ("agent_name", "metric", "value")), strict=True))
    expected = [
        ("店铺:小王", "咨询人数", "1234"),
        ("店铺:小王", "平均响应时长（秒)", "25.5"),
        ("店铺:小王", "首响", "150"),
        ("店铺:小王", "旺旺回复率", "0.9971"),
        ("店铺:小王", "好评率(%)", "0.985"),
        ("店铺:小王", "销售额", "1234.5"),
        ("店铺:小李", "平均响应时长（秒)", "30"),
        ("店铺:小李", "首响", "20"),
        ("店铺:小李", "旺旺回复率", "0.9971"),
        ("店铺:小李", "好评率(%)", "0.97"),
        ("店铺:小李", "销售额", "0"),
    ]
    assert found == [(agent, metric, Decimal(value)) for agent, metric, value in expected]
    assert imported.columns["source_row"] == [2] * 6 + [3] * 5
    assert set(imported.columns["date"]) == {date(2026, 10, 1)}
    assert (imported.accepted, imported.rejected) == (2, 0)
    assert _the(imported, "headers-unused").found == "旺旺分组"


def test_a_stray_word_among_figures_is_one_missing_figure() -> None:
    """Most cells of the column are numbers, so it is a column of numbers."""
    book = _book(("客服", "接待人数"), ("a", 1), ("b", 2), ("c", "很多"))
    imported = _import("kpis", book)
    assert imported.columns["value"] == [Decimal(1), Decimal(2)]
    assert (_codes(imported), _the(imported, "value-not-a-number").place.row) == (["value-not-a-number"], 4)


def test_a_table_that_is_long_already_is_read_as_it_is() -> None:
    """With columns named metric and value nothing is turned around."""
    book = _book(("agent_name", "date", "metric", "value"), ("Li", "2026-10-01", "csat", 4.5))
    imported = _import("kpis", book)
    assert (imported.columns["metric"], imported.columns["value"]) == (["csat"], [Decimal("4.5")])


def test_derived_counts_look_at_texts_and_give_way_to_a_real_column() -> None:
    """A count that the export has is not made again."""
    derive = {
        "late_count": {"headers": "上班*打卡结果", "contains": "迟到"},
        "due_days": {"headers": "班次", "lacks": "休息"},
    }
    book = _book(
        ("姓名", "日期", "班次", "上班1打卡结果", "上班2打卡结果"),
        ("王芳", "2026-10-01", "白班", "迟到", "严重迟到"),
        ("王芳", "2026-10-02", "休息", None, None),
    )
    imported = _import("attendance", book, derive=derive)
    assert (imported.columns["late_count"], imported.columns["due_days"]) == ([2, 0], [Decimal(1), Decimal(0)])
    real = _book(("姓名", "日期", "迟到次数", "上班1打卡结果"), ("王芳", "2026-10-01", 7, "迟到"))
    assert _import("attendance", real, derive=derive).columns["late_count"] == [7]


def test_a_derived_column_without_its_headers_stays_missing() -> None:
    """Missing is not zero."""
    derive = {"late_count": {"headers": "上班*打卡结果", "contains": "迟到"}}
    imported = _import("attendance", _book(("姓名", "日期"), ("王芳", "2026-10-01")), derive=derive)
    assert imported.columns["late_count"] == [None]
    assert _the(imported, "derive-without-headers").severity is Severity.NOTE


def test_weights_and_once_per_row_are_exact() -> None:
    """Half a day for each half-day mark, one day at most with when_any."""
    book = _book(
        ("姓名", "日期", "上午", "下午"), ("王芳", "2026-10-01", "旷工", "旷工"), ("李雷", "2026-10-01", "旷工", "正常")
    )
    half = {"absent_days": {"headers": ["上午", "下午"], "contains": "旷工", "weight": Decimal("0.5")}}
    once = {"absent_days": {"headers": ["上午", "下午"], "contains": "旷工", "when_any": True}}
    assert _import("attendance", book, derive=half).columns["absent_days"] == [Decimal(1), Decimal("0.5")]
    assert _import("attendance", book, derive=once).columns["absent_days"] == [Decimal(1), Decimal(1)]


def test_many_problems_of_one_kind_are_listed_a_hundred_times_and_then_counted() -> None:
    """A wrong column of a large file does not bury the other problems."""
    rows = [(f"C{index}", "2026-10-05", "王芳", "是", *("x",) * (index % 2)) for index in range(300)]
    imported = _import("complaints", _book(COMPLAINT_HEADER, *rows, name=""))
    assert _codes(imported).count("row-longer-than-header") == 100
    assert (_the(imported, "more-of-the-same").parameters["count"], imported.rejected) == ("50", 150)


def test_numbers_with_several_rows_are_two_lines_however_many_there_are() -> None:
    """Those that are equal in every cell count once, the others each; rows of both are named."""
    rows = [(f"C{index // 3}", "2026-10-05", "王芳", "否" if index % 3 == 2 else "是") for index in range(90)]
    imported = _import("complaints", _book(COMPLAINT_HEADER, *rows))
    assert (_codes(imported), imported.rejected) == (["rows-twice", "ids-twice"], 30)
    equal, other = _the(imported, "rows-twice"), _the(imported, "ids-twice")
    assert (equal.parameters["count"], equal.found, equal.place.row) == ("30", ("C0", "C1", "C2 …"), 3)
    assert (other.parameters["count"], other.place.row, other.parameters["line"]) == ("30", 4, "")


@pytest.mark.parametrize(("second", "line"), [("20", 'key = "订单编号"'), ("5", "")])
def test_one_sum_on_each_row_of_an_order_may_be_that_of_the_whole(second: str, line: str) -> None:
    """The line to write makes each order count once; it is proposed only where all rows of an order agree."""
    header = ("工号", "日期", "订单编号", "商品", "销售额")
    rows = [("1", "2026-10-05", f"o{at}", good, amount) for at in range(4) for good, amount in
            (("A", "20"), ("B", second))]  # fmt: skip
    imported = _import("orders", _book(header, *rows))
    assert (_codes(imported), imported.accepted) == (["ids-twice"], 8)
    assert _the(imported, "ids-twice").parameters["line"] == line
    if line:
        assert _import("orders", _book(header, *rows), **tomllib.loads(line)).accepted == 4
    every = _import(
        "orders", _book(header, *rows), **tomllib.loads(str(_the(imported, "ids-twice").parameters["every"]))
    )
    assert (_codes(every), every.accepted) == ([], 8)


def test_a_word_that_cannot_be_read_is_one_problem_however_often_it_stands_there() -> None:
    """Its number, its rows, and one line to write for all such words of the column, whose meanings are left open."""
    words = ["属实", "不属实", "属实", "是", "属实"]
    rows = [(f"C{index}", "2026-10-05", "王芳", word) for index, word in enumerate(words)]
    imported = _import("complaints", _book(COMPLAINT_HEADER, *rows))
    assert (_codes(imported), imported.accepted, imported.rejected) == (["value-not-a-flag", "most-rows-refused"], 0, 4)
    problem = _the(imported, "value-not-a-flag")
    assert (problem.found, problem.place.row) == (("属实", "不属实"), 2)
    assert problem_text(problem, "zh") == "“属实” × 3、“不属实”看不出是“是”还是“否”（第 2-4、6 行）"
    assert problem_text(problem, "en") == "neither yes nor no: “属实” × 3, “不属实” (rows 2-4, 6)"
    for language in ("zh", "en"):
        assert problem_fix(problem, language).endswith('columns.valid.texts = { "属实" = "", "不属实" = "" }')


def test_words_that_the_source_explains_already_stay_in_the_line_to_write() -> None:
    """Whoever pastes the line over the old one loses nothing."""
    rows = [("C1", "2026-10-05", "王芳", "属实"), ("C2", "2026-10-05", "王芳", '说"不"')]
    said = {"valid": {"texts": {"属实": "是"}}}
    imported = _import("complaints", _book(COMPLAINT_HEADER, *rows), columns=said)
    fix = problem_fix(_the(imported, "value-not-a-flag"), "en")
    assert tomllib.loads(fix[fix.index("columns.") :])["columns"] == {"valid": {"texts": {"属实": "是", '说"不"': ""}}}


def test_of_many_different_words_the_most_frequent_are_shown() -> None:
    """Eight of them, then dots; the number of problems does not grow with the variety of words."""
    rows = [(f"C{index}", "2026-10-05", "王芳", f"词{index}") for index in range(20)]
    rows += [(f"D{index}", "2026-10-05", "王芳", "常见") for index in range(3)]
    problem = _the(_import("complaints", _book(COMPLAINT_HEADER, *rows)), "value-not-a-flag")
    assert (problem.found[0], len(problem.found), problem.found[-1][-1]) == ("常见", 8, "…")


def test_faults_of_one_column_are_apart_by_what_is_wrong_with_them() -> None:
    """A word among days, a day that does not exist, and a cell left empty."""
    days = ["很快", "2026-10-05", "2026-02-30", "", "03/04/2026", "很快", "", *["2026-10-06"] * 5]
    rows = [(f"C{index}", day, "王芳", "是") for index, day in enumerate(days)]
    imported = _import("complaints", _book(COMPLAINT_HEADER, *rows))
    assert sorted(_codes(imported)) == ["value-date-ambiguous", "value-missing", "value-not-a-date"]
    assert (imported.accepted, imported.rejected) == (6, 6)
    found = {one.code: problem_text(one, "en") for one in imported.problems}
    assert found["value-not-a-date"].endswith("“很快” × 2, “2026-02-30” (rows 2, 4, 7)")
    assert found["value-missing"].endswith("(rows 5, 8)")


def test_figures_of_a_metric_that_cannot_be_read_are_one_problem() -> None:
    """A wide table of figures has columns like any other."""
    rows: list[tuple[Cell, ...]] = [("王芳", 12), ("李梅", "病假"), ("赵敏", "病假"), ("陈晨", 9), ("周帆", 8)]
    problem = _the(_import("kpis", _book(("姓名", "接待数"), *rows)), "value-not-a-number")
    assert (problem.found, problem.place.row, problem.place.column) == ("病假", 3, "接待数")
    assert problem_text(problem, "en") == "not a number: “病假” × 2 (rows 3-4)"


def test_a_pasted_line_whose_meanings_are_still_open_is_an_error() -> None:
    """An empty text must not quietly mean no, nor that nothing was said."""
    source = Source.model_validate(
        {"table": "complaints", "files": "x", "columns": {"valid": {"texts": {"属实": " "}}}}
    )
    resolved, problems = resolve_source(source)
    assert (resolved, [one.code for one in problems]) == (None, ["texts-without-meaning"])
    assert (problems[0].found, problems[0].place.column) == ("属实", "columns.valid.texts")


def test_an_unknown_sheet_and_an_empty_book_are_one_error_each() -> None:
    """Neither is a crash."""
    assert _codes(_import("orders", _book(("客服",)), sheet="十月")) == ["sheet-not-found"]
    assert _codes(_import("orders", Book((Sheet("", []),)))) == ["no-table-in-file"]
    assert _codes(_import("orders", _book(("客服",)), header_row=9)) == ["header-row-empty"]
    assert _codes(_import("orders", Book(()))) == ["no-table-in-file"]


def test_sheets_with_the_same_headers_are_named_in_a_warning() -> None:
    """Two weeks of the same rows are copies: one is read, the other named, and what else there is stays a note."""
    weeks = [Sheet(name, [COMPLAINT_HEADER, COMPLAINT]) for name in ("第1周", "第2周")]
    imported = _import("complaints", Book((*weeks, Sheet("说明", [("口径",)]))))
    assert (imported.columns["source_sheet"], imported.accepted) == (["第1周"], 1)
    assert (_codes(imported), _the(imported, "sheets-share-rows").found) == (["sheets-share-rows"], "第2周")
    assert _import("complaints", Book(tuple(weeks)), sheet="第2周").columns["source_sheet"] == ["第2周"]


def test_a_rule_without_a_header_leaves_the_header_to_be_recognised() -> None:
    """Only the unit, or only the format, is said."""
    book = _book(("坐席", "开始时间", "通话时长"), ("王芳", "01/10/2026 09:30", 2))
    rules = {"talk_seconds": {"unit": "minutes"}, "started_at": {"format": "%d/%m/%Y %H:%M"}}
    imported = _import("interactions", book, columns=rules)
    assert (imported.columns["started_at"], imported.columns["talk_seconds"]) == ([datetime(2026, 10, 1, 9, 30)], [120])


def test_leave_is_read_from_half_days_and_from_texts_with_units() -> None:
    """Forms of leave begin at 上午 or 下午 and give hours or days as text."""
    header = ("姓名", "请假类型", "开始时间", "时长", "审批结果")
    rows = [("王芳", "事假", "2026-10-08 下午", "4小时", "同意"), ("王芳", "年假", "2026-10-09", "1天", "拒绝")]
    imported = _import("leave", _book(header, *rows))
    assert imported.columns["date"] == [date(2026, 10, 8), date(2026, 10, 9)]
    assert (imported.columns["days"], imported.columns["approved"]) == ([Decimal("0.5"), Decimal(1)], [True, False])


def test_a_roster_has_no_month_and_keeps_zeros_of_its_ids() -> None:
    """旺旺昵称 beside 姓名 is an account, not the name."""
    book = _book(("工号", "姓名", "旺旺昵称", "入职日期"), ("007", "王芳", "店铺:小王", "2025/3/1"))
    imported = _import("roster", book)
    expected = {
        "agent_id": "007",
        "agent_name": "王芳",
        "accounts": "店铺:小王",
        "hired_on": date(2025, 3, 1),
        "month": None,
    }
    assert {name: imported.columns[name] for name in expected} == {name: [value] for name, value in expected.items()}


@pytest.mark.parametrize("hired", ["Start Date", "Joining date", "Date of joining", "Date of hire", "到岗日期"])
@pytest.mark.parametrize("left", ["Leave date", "Last Working Day", "Termination date", "最后工作日"])
def test_a_roster_s_first_and_last_days_have_many_names(hired: str, left: str) -> None:
    """As personnel systems head them."""
    imported = _import("roster", _book(("Staff ID", "Name", hired, left), ("007", "Ann", "2025/3/1", "2026/9/30")))
    assert imported.columns["hired_on"] == [date(2025, 3, 1)]
    assert imported.columns["left_on"] == [date(2026, 9, 30)]


def test_targets_take_the_month_they_are_for() -> None:
    """月份 holds months, not days."""
    imported = _import("targets", _book(("姓名", "月份", "目标项", "目标值"), ("王芳", "2026年10月", "销售额", "5万")))
    assert (imported.columns["date"], imported.columns["amount"]) == ([date(2026, 10, 1)], [Decimal("50000.00")])


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.sampled_from(["客服", "姓名", "日期", "销售额", "合计", "2026-10-01", "王芳", "1,234.5元"]),
)


@given(st.lists(st.lists(_CELLS, max_size=5).map(tuple), max_size=8), st.sampled_from(sorted(TABLES)), st.booleans())
def test_no_sheet_breaks_the_importer(rows: list[tuple[Cell, ...]], table: str, dated: bool) -> None:
    """Any cells in any order: equally long columns or an error with words, never an exception."""
    imported = _import(table, Book((Sheet("", rows),)), OCTOBER if dated else None)
    assert len({len(values) for values in imported.columns.values()}) == 1
    for problem in imported.problems:
        for language in ("zh", "en"):
            assert problem_text(problem, language)
            assert isinstance(problem_fix(problem, language), str)


@given(st.permutations([(f"C{index}", "2026-10-05", "王芳", "是") for index in range(5)]))
def test_the_order_of_rows_changes_nothing_but_the_order(rows: list[tuple[Cell, ...]]) -> None:
    """Each row is read by itself."""
    imported = _import("complaints", _book(COMPLAINT_HEADER, *rows))
    assert imported.columns["complaint_id"] == [row[0] for row in rows]


def test_every_row_of_a_sheet_has_one_fate() -> None:
    """Title, blank, header, data, a refused row, a header said again, totals and a footer: eleven rows in all."""
    rows = [
        ("十月订单",),
        (),
        ("工号", "日期", "付款金额"),
        ("1", "2026-10-01", "10"),
        ("1", "2026-09-30", "10"),
        (),
        ("工号", "日期", "付款金额"),
        ("1", "soon", "10"),
        ("2", "2026-10-02", "30"),
        ("合计", "", "40"),
        ("制表人：王芳",),
    ]
    book = Book((Sheet("数据", [tuple(row) for row in rows]),))
    source = Source.model_validate({"table": "orders", "files": "x"})
    (fates,) = import_book(book, source, "data/x.xlsx", Month(2026, 10)).fates
    assert (fates.rows, fates.title, fates.header, fates.blank, fates.counted, fates.refused) == (11, 1, 1, 2, 2, 1)
    assert fates.left_out == (("totals", 1), ("headers", 1), ("footer", 1), ("outside", 1))
