"""Words in the cells of punches: what they say of the day is read, and what nobody knows is said."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book

CHINESE = ("工号", "日期", "班次", "上班打卡时间", "下班打卡时间")
ENGLISH = ("agent id", "date", "shift", "clock in", "clock out")
CAME, LEFT = datetime(2026, 10, 12, 8, 55), datetime(2026, 10, 12, 18, 5)


def _read(came: str | None, left: str | None, *, verdict: str | None = None, english: bool = False) -> Imported:
    headers = (*(ENGLISH if english else CHINESE), *(("考勤结果",) if verdict is not None else ()))
    clean = ("K002", "2026-10-12", "日班", "08:55", "18:05", *((verdict and "正常",) if verdict is not None else ()))
    row = ("K001", "2026-10-12", "日班", came, left, *((verdict,) if verdict is not None else ()))
    source, problems = resolve_source(Source.model_validate({"table": "attendance", "files": "x"}))
    assert source is not None, problems
    sheet = Sheet("", [headers, row, clean])
    return import_book(Book((sheet,)), source, "data/2026-10/x.csv", Month(2026, 10))


def _first(imported: Imported) -> tuple[Any, Any, Any, str]:
    """Punches, verdict and unreadable columns of the first row."""
    own = imported.columns
    unread = own.get("unreadable") or [None]
    return own["in_at"][0], own["out_at"][0], own["result"][0], str(unread[0] or "")


@pytest.mark.parametrize("word", ["出差", "请假", "事假", "旷工", "休息", "外勤"])
def test_a_word_in_both_places_is_the_verdict_on_the_day(word: str) -> None:
    imported = _read(word, word)
    assert _first(imported) == (None, None, word, "")
    assert imported.columns["result"][1] is None
    assert "value-not-a-date" not in {one.code for one in imported.problems}


@pytest.mark.parametrize("word", ["Business trip", "annual leave", "Absent", "Day off"])
def test_english_words_are_verdicts_as_well(word: str) -> None:
    assert _first(_read(word, word, english=True)) == (None, None, word, "")


def test_leave_beside_a_time_keeps_the_time() -> None:
    assert _first(_read("08:55", "请假")) == (CAME, None, "请假", "")
    assert _first(_read("未打卡", "外出")) == (None, None, "外出", "")


@pytest.mark.parametrize("word", ["未打卡", "缺卡"])
def test_no_punch_in_words_is_no_verdict(word: str) -> None:
    own = _read(word, "18:05").columns
    assert (own["in_at"][0], own["out_at"][0]) == (None, LEFT)
    assert own["result"][0] is None


@pytest.mark.parametrize("cell", ["08:55外勤", "08:55(外勤)", "2026-10-12 08:55 外勤打卡"])
def test_a_punch_made_elsewhere_is_its_time(cell: str) -> None:
    imported = _read(cell, "18:05")
    assert (imported.columns["in_at"][0], imported.columns["out_at"][0]) == (CAME, LEFT)
    assert not imported.problems


@pytest.mark.parametrize(
    ("came", "left", "unread"),
    [
        ("培训", "18:05", "in_at"),
        ("旷工", "18:05", "in_at"),
        ("休息", "18:05", "in_at"),
        ("旷工", "请假", "in_at out_at"),
        ("08:55", "18:05 补卡", "out_at"),
        ("正常", "正常", "in_at out_at"),
    ],
)
def test_what_is_unknown_or_contradicted_stays_unreadable_and_is_said(came: str, left: str, unread: str) -> None:
    imported = _read(came, left)
    assert imported.columns["unreadable"][0] == unread
    assert {"value-not-a-date", "value-not-a-moment"} & {one.code for one in imported.problems}


@pytest.mark.parametrize(
    ("verdict", "told"), [("", "请假"), ("正常", "正常 请假"), ("请假", "请假"), ("年假", "年假 请假")]
)
def test_the_word_stands_beside_a_verdict_that_does_not_speak_against_it(verdict: str, told: str) -> None:
    assert _first(_read("请假", "请假", verdict=verdict)) == (None, None, told, "")


@pytest.mark.parametrize("verdict", ["旷工", "缺卡"])
def test_a_word_and_another_verdict_need_a_look(verdict: str) -> None:
    assert _first(_read("请假", "请假", verdict=verdict)) == (None, None, verdict, "in_at out_at")
