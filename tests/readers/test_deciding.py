"""What a column is read as: by the mapping, the header, all its cells together, or by nothing but a default."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from csctl.core.coverage.readings import ColumnReading
from csctl.month import Month
from csctl.readers.columns.accepted import AcceptedColumn
from csctl.readers.columns.marks import marks_of, order_of
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from csctl.unit_words import bare_name, clock_unit, money_said, unit_said

OCTOBER = Month(2026, 10)


def _import(
    table: str, *rows: tuple[Cell, ...], separator: str = ",", accepted: dict[str, AcceptedColumn] | None = None,
    **said: Any,
) -> Imported:  # fmt: skip
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}), accepted=accepted)
    assert source is not None, problems
    book = Book((Sheet("", list(rows)),), separator=separator)
    return import_book(book, source, "data/2026-10/x.csv", OCTOBER)


def _column(imported: Imported, name: str) -> ColumnReading:
    (found,) = [one for one in imported.reading.columns if one.column == name]
    return found


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("聊天分钟", "minutes"),
        ("迟到分钟数", "minutes"),
        ("早退秒数", "seconds"),
        ("Minutes late", "minutes"),
        ("Seconds on hold", "seconds"),
        ("talk_s", "seconds"),
        ("wait_ms", "milliseconds"),
        ("通话时长/小时", "hours"),
        ("通话时长·秒", "seconds"),
        ("通话时长分", "minutes"),
        ("talk minutes", "minutes"),
        ("聊天分钟（人工）", "minutes"),
        ("Talk, min", "minutes"),
        ("Avg wait, sec.", "seconds"),
        ("Idle-min", "minutes"),
        ("Break hrs.", "hours"),
        ("小休/分", "minutes"),
        ("忙碌 · 分", "minutes"),
        ("处理/分", ""),
        ("服务评分", ""),
        ("服务评分/分", ""),
        ("每分钟", ""),
        ("超过15分钟", ""),
        ("半小时", ""),
        ("工时", ""),
        ("工作日", ""),
        ("calls per hour", ""),
        ("admins", ""),
        ("class", ""),
        ("min wait", ""),
    ],
)
def test_words_of_a_header_name_its_unit(header: str, unit: str) -> None:
    """Whole words at the end, behind a mark or in front; letters within words and times a header speaks of do not."""
    assert unit_said(header) == unit


def test_a_header_says_what_the_first_part_of_a_clock_counts() -> None:
    """(mm:ss) and (hh:mm); three parts leave nothing to say."""
    headers = ("时长（mm:ss）", "Talk (m:ss)", "Shift (hh:mm)", "时长(时:分)", "T(hh:mm:ss)")
    assert [clock_unit(text) for text in headers] == [
        "minutes", "minutes", "hours", "hours", "",
    ]  # fmt: skip


def test_a_name_of_time_is_known_without_its_unit() -> None:
    """What is left is the name that aliases know."""
    assert [bare_name(text) for text in ("通话时长_s", "通话时长/秒", "Talk_Time_Sec", "聊天分钟", "Talk, min.")] == [
        "通话时长", "通话时长", "talk_time", "聊天", "talk",
    ]  # fmt: skip


def test_an_amount_is_known_with_its_unit_behind_a_mark() -> None:
    """A mark tells the unit from a word that ends so."""
    names = ("销售额/万元", "销售额_元", "Amount, k", "销售额万元", "商品单元", "百万元户")
    assert [money_said(text) for text in names] == ["万元", "元", "千元", "万元", "", ""]
    imported = _import("orders", ("客服", "付款日期", "销售额/万元"), ("王芳", "2026-10-08", "1.2"))
    assert imported.columns["amount"] == [Decimal(12000)]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Talk time (min.)", 120),
        ("Talk time [sec.]", 2),
        ("Talk time (hrs.)", 7200),
        ("Talk time {min}", 120),
        ("Talk time (unit: min)", 120),
        ("Talk time, min", 120),
        ("Talk time-min", 120),
        ("通话时长〔分钟〕", 120),
    ],
)
def test_a_unit_is_known_with_a_full_stop_in_any_brackets_and_behind_any_mark(header: str, seconds: int) -> None:
    """All of them are one column with its unit, in a table of calls and among figures."""
    calls = _import("interactions", ("客服", "开始时间", header), ("王芳", "2026-10-08 09:00", "2"))
    assert calls.columns["talk_seconds"] == [seconds]
    assert _import("kpis", ("客服", header), ("王芳", "2")).columns["value"] == [seconds]


@pytest.mark.parametrize(
    ("header", "cells", "seconds"),
    [
        ("Login time (hh.mm)", ("7.30", "8.15"), (27_000, 29_700)),
        ("登录时长（时.分）", (7.3, 8.05), (27_000, 29_100)),
        ("平均通话(mm.ss)", ("3.30", "12"), (210, 720)),
    ],
)
def test_a_header_can_say_that_a_point_parts_a_clock(
    header: str, cells: tuple[Cell, ...], seconds: tuple[int, ...]
) -> None:
    """In a workbook 7.30 is 7.3."""
    imported = _import("kpis", ("客服", header), *(("王芳", cell) for cell in cells))
    assert imported.columns["value"] == list(seconds)
    assert _import("kpis", ("客服", header), ("王芳", "7.75"), ("王芳", "7.15")).columns["value"] != [27_900, 26_100]


@pytest.mark.parametrize(
    ("header", "days"),
    [
        ("病假/小时", "0.5"),
        ("病假 · 小时", "0.5"),
        ("病假/天", "4"),
        ("病假天", "4"),
        ("Sick leave, days", "4"),
        ("Sick leave hours", "0.5"),
    ],
)
def test_days_are_known_with_their_unit_behind_the_name(header: str, days: str) -> None:
    """Eight hours are a day."""
    imported = _import("attendance", ("客服", "日期", header), ("王芳", "2026-10-08", "4"))
    assert imported.columns["sick_leave_days"] == [Decimal(days)]


@pytest.mark.parametrize("header", ["Sales (k)", "Sales (K)", "销售额(千)", "Sales, k"])
def test_thousands_are_counted_as_such(header: str) -> None:
    """Among figures, where no currency is known."""
    assert _import("kpis", ("客服", header), ("王芳", "1.2")).columns["value"] == [1200]


def test_the_mapping_beats_the_header() -> None:
    """Whoever writes a unit means it, whatever stands in the file."""
    rule = {"talk_seconds": {"from": "通话时长(秒)", "unit": "minutes"}}
    imported = _import(
        "interactions", ("客服", "开始时间", "通话时长(秒)"), ("王芳", "2026-10-08 09:00", "2"), columns=rule
    )
    assert imported.columns["talk_seconds"] == [Decimal("120.000")]
    assert _column(imported, "talk_seconds").decided == "mapping"


def test_what_was_accepted_is_no_doubt_any_more() -> None:
    """It counts where nothing else says anything, and only there."""
    rows = (("客服", "开始时间", "通话时长"), ("王芳", "2026-10-08 09:00", "2"))
    accepted = {"talk_seconds": AcceptedColumn(unit="minutes")}
    imported = _import("interactions", *rows, accepted=accepted)
    found = _column(imported, "talk_seconds")
    assert imported.columns["talk_seconds"] == [Decimal("120.000")]
    assert (found.decided, found.doubtful, found.largest) == ("accepted", False, "2 → 2 min")
    assert _column(_import("interactions", *rows), "talk_seconds").doubtful


@pytest.mark.parametrize(("figures", "unit"), [(("5", "12", "3"), "minutes"), (("300", "721", "200"), "seconds")])
def test_start_and_end_prove_what_a_length_counts(figures: tuple[str, ...], unit: str) -> None:
    """Three rows of 5, 12 and a bit more than 3 minutes."""
    moments = [("09:00:00", "09:05:00"), ("10:00:00", "10:12:00"), ("11:00:00", "11:03:20")]
    rows = [
        ("王芳", f"2026-10-08 {start}", f"2026-10-08 {end}", figure)
        for (start, end), figure in zip(moments, figures, strict=True)
    ]
    found = _column(_import("interactions", ("客服", "开始时间", "结束时间", "通话时长"), *rows), "talk_seconds")
    assert (found.unit, found.decided, found.doubtful) == (unit, "column", False)


def test_figures_that_fit_no_unit_prove_none() -> None:
    """They stay in doubt, like one row alone."""
    header = ("客服", "开始时间", "结束时间", "通话时长")
    rows = [("王芳", "2026-10-08 09:00", "2026-10-08 09:05", text) for text in ("17", "40", "99")]
    for one in (rows, [("王芳", "2026-10-08 09:00", "2026-10-08 09:05", "5")]):
        assert _column(_import("interactions", header, *one), "talk_seconds").doubtful


def test_parts_of_a_day_are_known_beside_clock_times() -> None:
    """0.00173611 of a day is two minutes and a half; without a clock beside it that is only likely."""
    header = ("客服", "开始时间", "通话时长")
    parts = [("王芳", "2026-10-08 09:00", 0.00173611), ("王芳", "2026-10-08 10:00", 0.00208333)]
    proven = _import("interactions", header, *parts, ("王芳", "2026-10-08 11:00", "00:01:40"))
    assert [round(float(str(value))) for value in proven.columns["talk_seconds"]] == [150, 180, 100]
    assert _column(_import("interactions", header, *parts), "talk_seconds").doubtful


def test_nothing_is_in_doubt_without_bare_numbers() -> None:
    """Zeros are the same in every unit, and 2分30秒 says its own."""
    imported = _import(
        "interactions",
        ("客服", "开始时间", "通话时长"),
        ("王芳", "2026-10-08 09:00", "0"),
        ("王芳", "2026-10-08 10:00", "2分30秒"),
    )
    assert not _column(imported, "talk_seconds").doubtful


def test_one_cell_tells_the_order_of_its_column() -> None:
    """There is no month 18; two orders in one column tell nothing, and a short year only beside its month's."""
    assert order_of(["08/10/2026", "18/10/2026"], None) == ("d/m/y", True)
    assert order_of(["10/08/2026", "10/18/2026 09:00"], None) == ("m/d/y", True)
    assert order_of(["18/10/2026", "10/18/2026"], None) == ("", True)
    assert order_of(["09/10/2026", "10/09/2026"], OCTOBER) == ("", True)
    assert order_of(["2026-10-18", "2026/10/19"], OCTOBER) == ("", False)
    assert order_of(["18.10.26"], OCTOBER) == ("d/m/y", True)
    assert order_of(["18.10.26"], None) == ("", True)
    assert order_of(["26-10-18"], OCTOBER) == ("", True)


def test_a_figure_that_is_the_year_of_the_file_in_all_cells_is_the_year() -> None:
    """One day could be of another year; of several none but the year stays the same."""
    assert order_of(["26-10-18", "26-10-26 09:00", "26-9-30"], OCTOBER) == ("y/m/d", True)
    assert order_of(["26-10-18", "26-10-26"], None) == ("", True)
    assert order_of(["26-10-18", "27-10-19"], OCTOBER) == ("", True)


def test_a_day_without_a_year_tells_the_order_as_well() -> None:
    """Where the file's month tells the year; a third figure is none of it."""
    assert order_of(["10-01", "9/30", "10.3"], OCTOBER) == ("m/d/y", True)
    assert order_of(["01.10", "30.9 09:00"], OCTOBER) == ("d/m/y", True)
    assert order_of(["10-01", "10-02"], OCTOBER) == ("", True)
    assert order_of(["10-01", "9-30"], None) == ("", False)
    assert order_of(["10.75", "9.99"], OCTOBER) == ("", False)


def test_figures_show_their_decimal_mark() -> None:
    """Groups of thousands have three digits and never begin with 0."""
    for text in ("1.234,56", "0,50", "0,500", "1.234.567", "1234,567", "€ 3,5"):
        assert (marks_of([text]).comma, marks_of([text]).dot) == (True, False), text
    for text in ("1,234.56", "0.50", "0.500", "1,234,567", "1234.567", "¥3.5元"):
        assert (marks_of([text]).comma, marks_of([text]).dot) == (False, True), text
    assert marks_of(["1.500"]).open_dot
    assert marks_of(["1,500"]).open_comma


@pytest.mark.parametrize(
    ("amounts", "said", "form", "decided", "doubtful"),
    [
        (("1.234,56", "1.500"), {}, "1.234,56", "column", False),
        (("13.50", "1,500"), {}, "1,234.56", "column", False),
        (("1.500", "12.000"), {}, "1.234,56", "default", True),
        (("1.500", "12.000"), {"decimal": "."}, "1,234.56", "mapping", False),
        (("1500", "12"), {}, "", "default", False),
    ],
)
def test_a_file_with_semicolons_shows_its_decimal_mark(
    amounts: tuple[str, ...], said: dict[str, Any], form: str, decided: str, doubtful: bool
) -> None:
    """One figure proves it for all; money has no three decimals; the mapping says it anyway."""
    rows = [(f"o{index}", "01", "2026-10-08", text) for index, text in enumerate(amounts)]
    imported = _import("orders", ("order id", "staff id", "order date", "amount"), *rows, separator=";", **said)
    found = _column(imported, "amount")
    assert (found.form, found.decided, found.doubtful) == (form, decided, doubtful)


def test_a_reading_counts_what_came_out() -> None:
    """Of five rows one is empty and one cannot be read; the middle one of three is the middle one."""
    rows = [("王芳", "2026-10-08 09:00", text) for text in ("3.5", "", "约3分钟", "1", "10")]
    found = _column(_import("interactions", ("客服", "开始时间", "通话时长(分钟)"), *rows), "talk_seconds")
    assert (found.rows, found.empty, found.unreadable) == (5, 1, 1)
    assert (found.smallest, found.median, found.largest) == ("1 → 1 min", "3.5 → 3 min 30 s", "10 → 10 min")


def test_answers_that_cannot_be_read_are_counted_cell_by_cell() -> None:
    """Five cells of two words are five cells, and none of them is empty."""
    words = ("是", "再说", "再说", "再说", "看看", "看看", "")
    rows = [("王芳", "2026-10-08 09:00", word) for word in words]
    found = _column(_import("interactions", ("客服", "开始时间", "是否已解决"), *rows), "resolved")
    assert (found.rows, found.empty, found.unreadable) == (7, 1, 5)


@pytest.mark.parametrize(
    ("ends", "figures", "unit", "doubtful"),
    [
        (("2026-10-12", "2026-10-13"), ("8", "4"), "hours", False),
        (("2026-10-13", "2026-10-14"), ("8", "16"), "hours", False),
        (("2026-10-12", "2026-10-13"), ("1", "1"), "days", True),
        (("2026-10-12", "2026-10-13"), ("8", "1"), "days", True),
        (("2026-10-12", "2026-10-13"), ("90", "30"), "days", True),
    ],
)
def test_more_days_than_there_are_from_first_to_last_are_hours(
    ends: tuple[str, str], figures: tuple[str, str], unit: str, doubtful: bool
) -> None:
    """Eight days are not within one. One such row proves nothing, nor what is more than all hours of its days."""
    rows = [("王芳", "事假", f"2026-10-{12 + at} 09:00", end, figure)
            for at, (end, figure) in enumerate(zip(ends, figures, strict=True))]  # fmt: skip
    found = _column(_import("leave", ("客服", "请假类型", "开始时间", "结束时间", "时长"), *rows), "days")
    assert (found.unit, found.doubtful) == (unit, doubtful)


@pytest.mark.parametrize("mark", [".", ","])
def test_a_length_without_a_unit_is_in_doubt_whatever_its_decimal_mark(mark: str) -> None:
    """3,5 may be minutes as well as 3.5."""
    rows = [("王芳", "2026-10-08 09:00", f"{whole}{mark}5") for whole in (3, 12, 40)]
    found = _column(_import("interactions", ("客服", "开始时间", "通话时长"), *rows, separator=";"), "talk_seconds")
    assert (found.unit, found.decided, found.doubtful) == ("seconds", "default", True)


def test_a_unit_beside_start_and_end_is_proven_whatever_the_decimal_mark() -> None:
    """1,5 of a minute from 09:00 to 09:01:30."""
    rows = [("王芳", "2026-10-08 09:00:00", "2026-10-08 09:01:30", "1,5"),
            ("王芳", "2026-10-08 10:00:00", "2026-10-08 10:02:30", "2,5")]  # fmt: skip
    head = ("客服", "开始时间", "结束时间", "通话时长")
    found = _column(_import("interactions", head, *rows, separator=";"), "talk_seconds")
    assert (found.unit, found.decided, found.doubtful) == ("minutes", "column", False)
