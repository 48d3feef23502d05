"""Which sheets of a book are read, and which columns of a sheet are meant."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.months_said import months_in, speaks_of_other
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

MAY = Month(2026, 5)
ORDERS = ("订单号", "客服", "付款时间", "实付金额")


def _sheet(name: str, *rows: Sequence[Cell], hidden: bool = False) -> Sheet:
    return Sheet(name, [tuple(row) for row in rows], hidden=hidden)


def _order(number: str, day: int = 4, amount: Cell = "20") -> tuple[Cell, ...]:
    return (number, "何晴", f"2026-05-{day:02d} 10:00", amount)


def _read(table: str, *sheets: Sheet, file: str = "data/2026-05/x.xlsx", **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book(sheets), source, file, MAY)


def _warned(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems if one.severity is not Severity.NOTE]


def _only(imported: Imported) -> Problem:
    (found,) = [one for one in imported.problems if one.severity is not Severity.NOTE]
    return found


# ---- sheets -----------------------------------------------------------------


def test_sheets_of_one_kind_without_a_common_row_are_one_source() -> None:
    """One for each shop; each has its own fates, and nothing is to be mended."""
    imported = _read("orders", _sheet("东店", ORDERS, _order("1")), _sheet("西店", ORDERS, _order("2"), _order("3")))
    assert imported.columns["order_id"] == ["1", "2", "3"]
    assert imported.columns["source_sheet"] == ["东店", "西店", "西店"]
    assert [(fates.sheet, fates.counted) for fates in imported.fates] == [("东店", 1), ("西店", 2)]
    assert _warned(imported) == []


def test_columns_that_nobody_understands_do_not_part_two_sheets() -> None:
    """What counts is what is read of them."""
    spare = _sheet("西店", (*ORDERS, "备注"), (*_order("2"), "x"))
    assert _read("orders", _sheet("东店", ORDERS, _order("1")), spare).accepted == 2


def test_of_two_sheets_with_the_same_rows_the_front_one_is_read() -> None:
    """The export stands in front; what somebody worked on stands behind, with more columns."""
    behind = _sheet("整理", (*ORDERS, "退款金额"), (*_order("1", amount=99), 5), (*_order("2"), 0))
    imported = _read("orders", _sheet("原始", ORDERS, _order("1"), _order("2")), behind)
    assert (imported.columns["source_sheet"], _warned(imported)) == (["原始", "原始"], ["sheets-share-rows"])
    assert (_only(imported).found, _only(imported).parameters["read"]) == ("整理", "原始")


def test_rows_without_numbers_are_the_same_in_any_form_of_their_cells() -> None:
    """A day as text and as a date of the workbook, a figure as text and as a number."""
    header = ("员工", "日期", "迟到次数")
    text = _sheet("一", header, ("何晴", "2026-05-04", "1"), ("李想", "2026-05-05", "0"))
    typed = _sheet("二", header, ("何晴", datetime(2026, 5, 4), 1), ("李想", datetime(2026, 5, 5), 0))
    assert _warned(_read("attendance", text, typed)) == ["sheets-share-rows"]
    other = _sheet("二", header, ("何晴", datetime(2026, 5, 6), 1), ("李想", datetime(2026, 5, 7), 0))
    assert (_read("attendance", text, other).accepted, _warned(_read("attendance", text, other))) == (4, [])


@pytest.mark.parametrize("name", ["4月", "2026-04", "Apr", "四月"])
def test_a_sheet_named_for_another_month_is_not_read_and_said(name: str) -> None:
    """Quietly where the sheet that is read bears its own month."""
    other = _sheet(name, ORDERS, _order("9"))
    imported = _read("orders", other, _sheet("Sheet1", ORDERS, _order("1")))
    assert (imported.columns["order_id"], _only(imported).found) == (["1"], name)
    own = _read("orders", other, _sheet("5月", ORDERS, _order("1")))
    assert (own.columns["order_id"], _warned(own)) == (["1"], [])


def test_a_hidden_sheet_of_the_same_columns_is_not_read_and_said() -> None:
    """Until the source names the sheet that is meant."""
    sheets = _sheet("表", ORDERS, _order("1")), _sheet("旧", ORDERS, _order("2"), hidden=True)
    assert _warned(_read("orders", *sheets)) == ["sheets-hidden-not-read"]
    assert _warned(_read("orders", *sheets, sheet="表")) == []


def test_sheets_are_named_in_a_list_or_by_a_pattern() -> None:
    """All of them are read; one of a list that is not there is named."""
    weeks = [_sheet(name, ORDERS, _order(name)) for name in ("一周", "二周", "三周", "总表")]
    assert _read("orders", *weeks, sheet=["一周", "三周"]).columns["order_id"] == ["一周", "三周"]
    assert _read("orders", *weeks, sheet="*周").columns["order_id"] == ["一周", "二周", "三周"]
    lacking = _read("orders", *weeks, sheet=["一周", "五周"])
    assert (lacking.accepted, _only(lacking).code, _only(lacking).found) == (1, "sheet-missing", "五周")


# ---- header rows ------------------------------------------------------------


@pytest.mark.parametrize("figures", [("88.5%", "1:02", "3"), ("2026-05-04", "7", "7"), ("¥5.00", "7", "7")])
def test_rows_of_figures_are_no_header_of_two_levels(figures: tuple[str, ...]) -> None:
    """Equal figures in one row below another row look like columns told apart by their groups."""
    rows = [("1", *figures), ("2", "9", "9", "9"), ("3", *figures)]
    imported = _read(
        "kpis", _sheet("", ("行", "甲", "乙", "丙"), *rows), melt=True, columns={"agent_id": {"value": "1"}}
    )
    assert set(imported.columns["metric"]) <= {"行", "甲", "乙", "丙"}
    assert imported.fates[0].counted == 3


def test_days_of_the_month_below_a_merged_group_are_a_header() -> None:
    """Numbers head columns where cells merged downwards say so."""
    rows: list[tuple[Cell, ...]] = [("姓名", "班次数", None), (None, 1, 2), ("何晴", 3, 4)]
    sheet = Sheet("排班", rows, merged=((1, 1, 2, 1), (1, 2, 1, 3)))
    imported = _read("kpis", sheet)
    assert (imported.fates[0].header, [str(one) for one in imported.columns["value"]]) == (2, ["3.0000", "4.0000"])


# ---- headers that are written out ------------------------------------------


def test_a_header_written_out_exactly_goes_before_one_that_looks_like_it() -> None:
    """In any order of the two columns, and with or without the unit."""
    header = ("客服", "会话开始时间", "等待（分）", "等待(秒)", "等待")
    sheet = _sheet("", header, ("何晴", "2026-05-04 10:00", "2", "119", "0.5"))
    for wanted, seconds in (("等待(秒)", 119), ("等待", 0.5)):
        found = _read("interactions", sheet, columns={"wait_seconds": wanted}).columns["wait_seconds"]
        assert [float(str(one)) for one in found] == [seconds]


@pytest.mark.parametrize(
    ("first", "second"), [("missed punches", "missed_punches"), ("Missed_Punches", "missed punches")]
)
def test_a_header_that_is_like_the_one_that_is_read_is_said(first: str, second: str) -> None:
    """Only one of them is the name itself; the line reads the other."""
    sheet = _sheet("", ("agent", "date", first, second), ("Ann", "2026-05-04", "3", "4"))
    own, other = ("3", "4") if first == "missed punches" else ("4", "3")
    imported = _read("attendance", sheet)
    (said,) = [one for one in imported.problems if one.code == "headers-alike"]
    line = str(said.parameters["line"])
    settled = _read("attendance", sheet, columns={"missed_count": line.split('"')[1]})
    found = [[str(one) for one in table.columns["missed_count"]] for table in (imported, settled)]
    assert found == [[own], [other]]
    assert [one for one in settled.problems if one.code == "headers-alike"] == []


def test_a_header_serves_the_column_of_the_source_and_the_one_that_knows_it() -> None:
    """But a figure that the source has given to one column is not another's as well, nor is an agent's name."""
    sheet = _sheet("", ("客服", "会话开始时间", "状态"), ("何晴", "2026-05-04 10:00", "已关闭"))
    rule = {"from": "状态", "texts": {"已关闭": "Y"}}
    imported = _read("interactions", sheet, columns={"resolved": rule})
    assert (imported.columns["resolved"], imported.columns["status"]) == ([True], ["已关闭"])
    exam = _sheet("", ("姓名", "考试日期", "考试名称", "总分"), ("何晴", "2026-05-04", "笔试", "80"))
    assert _read("exams", exam, columns={"score": "总分"}).columns["full_score"] == [None]


def test_several_headers_are_a_plain_list() -> None:
    """The first that is found; none of a list that takes what is filled in is missed in silence."""
    sheet = _sheet("", ("Operator", "created at"), ("Ann", "2026-05-04 10:00"))
    assert _read("interactions", sheet, columns={"agent": ["Agent", "Operator"]}).columns["agent_name"] == ["Ann"]
    filled = {"agent": {"from": ["Operator", "Second"], "filled": True}}
    assert _only(_read("interactions", sheet, columns=filled)).found == "Second"


def test_a_column_without_a_header_cell_is_called_by_its_letter() -> None:
    """Or by its place."""
    sheet = _sheet("", ("客服", None, "会话开始时间"), ("何晴", "K7", "2026-05-04 10:00"))
    for place in ("@B", 2):
        imported = _read("interactions", sheet, columns={"interaction_id": place})
        assert (imported.columns["interaction_id"], _warned(imported)) == (["K7"], [])


# ---- files without headers --------------------------------------------------

CALLS = [("0101", "2026-05-04 09:00", "0:02:00"), ("0102", "2026-05-05 09:00", "0:03:00")]


def test_a_file_without_headers_is_read_by_places() -> None:
    """Its first row is data like all others."""
    placed = {"agent_id": 1, "started_at": 2, "talk_seconds": 3}
    imported = _read("interactions", _sheet("", *CALLS), header="none", columns=placed)
    assert [*zip(imported.columns["agent_id"], imported.columns["source_row"], strict=True)] == [
        ("0101", 1),
        ("0102", 2),
    ]
    assert (_warned(imported), imported.fates[0].header) == ([], 0)


def test_a_first_row_of_data_is_said_with_the_lines_to_write() -> None:
    """Whether its cells are named as headers, or nothing is named and columns are missing."""
    named = {"agent_id": "0101", "started_at": "2026-05-04 09:00"}
    said = _only(_read("interactions", _sheet("", *CALLS), columns=named))
    assert (said.code, said.severity) == ("first-row-is-data", Severity.WARNING)
    assert 'header = "none"' in problem_fix(said, "zh")
    assert problem_fix(said, "en").endswith('⏎ header = "none" ⏎ columns.agent_id = 1 ⏎ columns.started_at = 2')
    stopped = _only(_read("interactions", _sheet("", *CALLS, CALLS[0])))
    assert (stopped.code, stopped.severity) == ("first-row-is-data", Severity.ERROR)
    assert "agent_id = 1" in problem_fix(stopped, "en")
    assert "started_at = 2" in problem_fix(stopped, "en")


def test_a_clock_s_log_without_a_header_holds_punches_and_not_days_alone() -> None:
    """A day with a time is that of a punch: read as a day it would lose the time."""
    log = [("0101", "Ann", f"2026-05-0{day} {clock}") for day in range(4, 8) for clock in ("08:55:00", "18:01:00")]
    said = _only(_read("attendance", _sheet("", *log)))
    assert (said.code, said.severity) == ("first-row-is-data", Severity.ERROR)
    assert problem_fix(said, "en").endswith('⏎ header = "none" ⏎ columns.agent_id = 1 ⏎ columns.in_at = 3')


# ---- what is said of a table ------------------------------------------------


def test_a_table_of_which_only_names_are_understood_is_said() -> None:
    """With the headers that were not, and lines that fit their cells."""
    sheet = _sheet("", ("Name", "Card day", "Card time"), ("Ann", "2026-05-04", "09:12"), ("Ann", "2026-05-05", "9:10"))
    said = _only(_read("attendance", sheet))
    assert (said.code, said.found) == ("only-names-understood", ("Card day", "Card time"))
    assert problem_fix(said, "en").endswith('⏎ columns.date = "Card day" ⏎ columns.in_at = "Card time"')


def test_days_that_are_not_used_while_the_folder_gives_the_month_are_said() -> None:
    """Not the days on which people were hired, nor where the source says that they are not meant."""
    sheet = _sheet("", ("工号", "回访日", "满意度评分"), ("1", "2026-04-28", "1"))
    assert (_only(_read("surveys", sheet)).code, _only(_read("surveys", sheet)).place.column) == (
        "days-unused",
        "回访日",
    )
    assert _warned(_read("surveys", sheet, columns={"date": {"ignore": True}})) == []
    hired = _sheet("", ("工号", "入职日期", "迟到次数"), ("1", "2026-04-28", "1"))
    assert _warned(_read("attendance", hired)) == []


LATE = (("姓名", "迟到次数"), ("何晴", 2))


@pytest.mark.parametrize("title", ["2026年4月 考勤表", "April 2026", "2026-04-01 至 2026-04-30"])
def test_an_undated_table_titled_for_another_month_is_said(title: str) -> None:
    """By the row above the header, the name of the sheet or that of the file."""
    assert _warned(_read("attendance", _sheet("表", (title,), *LATE))) == ["title-of-other-month"]
    named = _read("attendance", _sheet("表", *LATE), file="data/2026-05/考勤_4月.xlsx")
    assert _warned(named) == ["title-of-other-month"]
    dated = _sheet("表", (title,), ("姓名", "日期", "迟到次数"), ("何晴", "2026-05-04", 2))
    assert _warned(_read("attendance", dated)) == []


def test_the_day_of_printing_is_no_month_of_a_table() -> None:
    """Nor does another month count beside the table's own."""
    assert speaks_of_other(["2026年5月 汇总", "制表日期 2026-06-02"], MAY) == ""
    assert speaks_of_other(["打印：2026年6月"], MAY) == ""
    assert speaks_of_other(["5月考勤（含4月补卡）"], MAY) == ""
    assert [months_in(text) for text in ("3个月", "2026-04-30", "20260430", "may I")] == [set()] * 4


def test_nothing_is_proposed_that_the_cells_speak_against() -> None:
    """Numbers that are all different are no people where each row is a happening of some day."""
    rows = [(f"D{number}", f"2026-05-0{number}", "是") for number in (1, 2, 3)]
    said = _only(_read("complaints", _sheet("", ("工单号", "投诉日", "是否有效"), *rows)))
    assert (said.code, said.parameters["example"]) == ("columns-missing", 'columns.agent_id = "…"')
