"""Figures of an attendance export beside the words of its days, and the sheet that a profile means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from csctl.messages import problem_fix, problem_text
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

JULY = Month(2026, 7)
HEADER = ("姓名", "工号", "日期", "班次", "上班1打卡时间", "上班1打卡结果", "下班1打卡时间", "下班1打卡结果",
          "上班缺卡次数", "下班缺卡次数", "旷工天数")  # fmt: skip
WORKED = ("王芳", "007", "26-07-01 星期三", "白班 09:00-18:00", "08:50", "正常", "18:05", "正常", 0, 0, 0)


def _read(profile: str, *sheets: tuple[str, Sequence[Sequence[Cell]]]) -> Imported:
    source, problems = resolve_source(Source(table="attendance", files="x", profile=profile))
    assert source is not None, problems
    book = Book(tuple(Sheet(name, [tuple(row) for row in rows]) for name, rows in sheets))
    return import_book(book, source, "data/x.xlsx", JULY)


def _daily(*rows: Sequence[Cell]) -> Imported:
    return _read("dingtalk-daily", ("每日统计", [HEADER, WORKED, *rows]))


def _said(imported: Imported) -> list[Problem]:
    return [one for one in imported.problems if one.severity is not Severity.NOTE]


def _second(imported: Imported, *names: str) -> list[object]:
    return [imported.columns[name][1] for name in names]


def test_a_day_absent_has_no_missing_punches_whether_a_figure_or_a_word_says_so() -> None:
    """Each of the two stands for the same day: no figure of missing punches goes with it."""
    absent = ("王芳", "007", "26-07-02 星期四", "白班 09:00-18:00", None, "缺卡", None, "缺卡", None, None, 1)
    in_words = (*absent[:5], "旷工", None, "缺卡", None, None, None)
    for row in (absent, in_words):
        imported = _daily(row)
        assert _second(imported, "absent_days", "missed_in_count", "missed_out_count", "missed_count") == [1, 0, 0, 0]
        assert _said(imported) == []


def test_half_a_day_absent_may_miss_a_punch() -> None:
    """The other half was worked."""
    row = ("王芳", "007", "26-07-02 星期四", "白班 09:00-18:00", "08:50", "正常", None, "缺卡", None, None, 0.5)
    assert _second(_daily(row), "missed_out_count", "missed_count") == [1, 1]


def test_an_empty_figure_is_counted_from_the_words_beside_it() -> None:
    """Where the export left it out there is nothing to contradict."""
    row = ("王芳", "007", "26-07-02 星期四", "白班 09:00-18:00", None, "缺卡", "18:05", "正常", None, None, None)
    imported = _daily(row)
    assert _second(imported, "missed_in_count", "missed_out_count", "absent_days") == [1, 0, 0]
    assert _said(imported) == []


def test_a_figure_that_differs_from_the_words_counts_and_is_said_with_both() -> None:
    """The line that lets the words count instead is named, and does that."""
    row = ("王芳", "007", "26-07-02 星期四", "白班 09:00-18:00", None, "缺卡", "18:05", "正常", 0, 0, 0)
    imported = _daily(row)
    assert _second(imported, "missed_in_count") == [0]
    (said,) = [one for one in _said(imported) if one.place.column == "上班缺卡次数"]
    figures = said.parameters["said"], said.parameters["counted"]
    assert (said.code, said.place.row, *figures) == ("counts-differ", 3, "0", "1")
    assert "columns.missed_in_count.ignore = true" in problem_fix(said, "en")
    assert "(row 3)" in problem_text(said, "en")

    columns = {"missed_in_count": {"ignore": True}}
    source, _ = resolve_source(
        Source.model_validate({"table": "attendance", "files": "x", "profile": "dingtalk-daily", "columns": columns})
    )
    assert source is not None
    counted = import_book(Book((Sheet("每日统计", [HEADER, WORKED, row]),)), source, "data/x.xlsx", JULY)
    assert counted.columns["missed_in_count"] == [0, 1]
    assert _said(counted) == []


MONTHLY: list[Sequence[Cell]] = [("姓名", "工号", "出勤天数", "迟到次数"), ("王芳", "007", 21, 2)]
DAILY: list[Sequence[Cell]] = [HEADER, WORKED]


def test_a_profile_reads_the_sheet_of_its_report_whatever_stands_before_it() -> None:
    """The daily sheet has more known headers; the monthly profile is not about it, and says that it was not read."""
    monthly = _read("dingtalk-monthly", ("每日统计", DAILY), ("月度汇总", MONTHLY))
    assert (monthly.columns["worked_days"], set(monthly.sheets)) == ([21], {"月度汇总"})
    assert [one.code for one in monthly.problems if one.code.startswith("sheet")] == ["sheets-not-read"]
    daily = _read("dingtalk-daily", ("月度汇总", MONTHLY), ("每日统计", DAILY))
    assert (daily.columns["date"], set(daily.sheets)) == ([date(2026, 7, 1)], {"每日统计"})


def test_a_sheet_that_was_given_another_name_is_still_read() -> None:
    """The name is what the system usually writes, and no condition."""
    assert _read("dingtalk-monthly", ("7月", MONTHLY)).columns["worked_days"] == [21]


def test_kinds_of_leave_add_up_each_in_its_own_unit() -> None:
    """Half a day of annual leave in hours, three days of marriage leave, and nothing of what has no column."""
    header = ("姓名", "工号", "出勤天数", "事假(小时)", "年假(小时)", "婚假(天)", "丧假(天)", "调休(小时)")
    rows: list[Sequence[Cell]] = [
        header,
        ("王芳", "007", 17, 8, 4, 3, None, 8),
        ("李雷", "008", 21, None, None, None, None, None),
    ]
    imported = _read("dingtalk-monthly", ("月度汇总", rows))
    assert imported.columns["paid_leave_days"] == [Decimal("3.5"), None]
    assert imported.columns["personal_leave_days"] == [1, None]
    assert _said(imported) == []


def test_a_sum_of_which_a_part_cannot_be_read_is_unreadable() -> None:
    """Nobody is given less leave than the sheet says."""
    header = ("姓名", "工号", "出勤天数", "年假(天)", "婚假(天)")
    rows: list[Sequence[Cell]] = [header, ("王芳", "007", 17, 1, "见附件"), ("李雷", "008", 17, 1, 2)]
    imported = _read("dingtalk-monthly", ("月度汇总", rows))
    assert imported.columns["paid_leave_days"] == [None, 3]
    assert len(_said(imported)) == 1


def test_a_sum_is_of_figures() -> None:
    """Of texts there is none: the key that joins them is another."""
    source = Source.model_validate(
        {"table": "attendance", "files": "x", "columns": {"shift": {"from": ["a", "b"], "sum": True}}}
    )
    assert [one.code for one in resolve_source(source)[1]] == ["rule-key-not-for-column"]
