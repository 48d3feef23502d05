"""Verdicts on single punches, each in a column of its own: together they are the verdict on the day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

CHINESE = ("工号", "日期", "上班打卡时间", "上班打卡结果", "下班打卡时间", "下班打卡结果")
ENGLISH = ("agent id", "date", "clock in", "clock in result", "clock out", "clock out result")


def _import(*rows: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": "attendance", "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x", Month(2026, 10))


def _verdict(first: str, last: str, came: str = "", left: str = "", headers: Sequence[str] = CHINESE) -> object:
    """What is read of a day, with a day in order beside it."""
    row = ("K1", "2026-10-12", came, first, left, last)
    imported = _import(headers, row, ("K2", "2026-10-12", "08:55", "正常", "18:05", "正常"))
    assert imported.columns["result"][1] == "正常"
    assert not [one for one in imported.problems if one.code == "headers-unused"]
    return imported.columns["result"][0]


@pytest.mark.parametrize(
    ("first", "last", "together"),
    [
        ("请假", "请假", "请假"),
        ("旷工", "旷工", "旷工"),
        ("正常", "早退", "早退"),
        ("迟到", "正常", "迟到"),
        ("迟到", "早退", "迟到、早退"),
        ("缺卡", "缺卡", "缺卡、缺卡"),
        ("补卡审批通过", "正常", "补卡审批通过"),
        ("", "外出", "外出"),
        ("", "", None),
    ],
)
def test_both_verdicts_are_the_verdict_on_the_day(first: str, last: str, together: str | None) -> None:
    assert _verdict(first, last) == together


@pytest.mark.parametrize(
    ("first", "last", "together"), [("On leave", "On leave", "On leave"), ("Late in", "", "Late in")]
)
def test_english_columns_are_read_as_well(first: str, last: str, together: str) -> None:
    assert _verdict(first, last, headers=ENGLISH) == together


def test_a_punch_made_elsewhere_excuses_no_other_that_is_missing() -> None:
    assert _verdict("外勤", "缺卡", came="09:00") == "缺卡"
    assert _verdict("外勤", "正常", came="09:00", left="18:00") == "正常"


def test_a_word_for_being_elsewhere_without_a_time_explains_the_day() -> None:
    assert _verdict("外勤", "正常", left="18:00") == "外勤"


def test_groups_above_the_columns_are_read_as_well() -> None:
    above = ("工号", "日期", "上班", "上班", "下班", "下班")
    below = ("", "", "打卡时间", "打卡结果", "打卡时间", "打卡结果")
    imported = _import(above, below, ("K1", "2026-10-12", "", "请假", "", "请假"))
    assert imported.columns["result"] == ["请假"]


def test_texts_of_the_source_hold_for_each_column() -> None:
    row = ("K1", "2026-10-12", "", "P", "", "缺卡")
    imported = _import(CHINESE, row, columns={"result": {"texts": {"P": "正常"}}})
    assert imported.columns["result"] == ["缺卡"]


def test_a_verdict_on_the_whole_day_counts_before_those_on_punches() -> None:
    row = ("K1", "2026-10-12", "09:31", "迟到", "18:05", "正常", "正常")
    assert _import((*CHINESE, "考勤结果"), row).columns["result"] == ["正常"]


def test_what_the_source_leaves_out_stays_out() -> None:
    row = ("K1", "2026-10-12", "", "旷工", "", "旷工")
    assert _import(CHINESE, row, columns={"result": {"ignore": True}}).columns["result"] == [None]


def test_the_reading_names_every_column_that_tells_of_the_day() -> None:
    imported = _import(CHINESE, ("K1", "2026-10-12", "", "请假", "", "请假"))
    (one,) = (reading for reading in imported.reading.columns if reading.column == "result")
    assert one.header == "上班打卡结果 + 下班打卡结果"
