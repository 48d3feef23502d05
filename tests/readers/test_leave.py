"""Requests for leave as exports hold them: over the end of a month, without a kind, in hours or in days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from csctl.messages import LANGUAGES, problem_fix, problem_text
from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

OCTOBER = Month(2026, 10)
CHINESE = ("工号", "开始日期", "结束日期", "请假类型", "请假天数", "审批结果")
ENGLISH = ("Employee ID", "Date", "Ends on", "Kind", "Days", "Approved")


def _import(table: str, *rows: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x", OCTOBER)


def _codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems]


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        (CHINESE, ("K3", "2026-09-28", "2026-10-09", "年假", "5", "同意")),
        (ENGLISH, ("K3", "2026-09-28", "2026-10-09", "annual", "5", "yes")),
        (CHINESE, ("K3", datetime(2026, 9, 28), datetime(2026, 10, 9), "年假", 5, "同意")),  # noqa: DTZ001
        (ENGLISH, ("K3", date(2026, 9, 28), None, "annual", Decimal(5), "yes")),
        (CHINESE[:2] + CHINESE[3:], ("K3", "2026-09-28", "年假", "5", "同意")),
    ],
)
def test_leave_that_lasts_into_the_month_belongs_to_it(headers: Sequence[str], row: Sequence[Cell]) -> None:
    """Text or typed cells, with a last day or only a length: five days from 28 September on end in October."""
    imported = _import("leave", headers, row)
    assert imported.accepted == 1
    assert imported.columns["month"] == ["2026-10"]
    assert imported.columns["date"] == [date(2026, 9, 28)]
    assert "rows-outside-month" not in _codes(imported)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-09-28", "2026-09-30", "3"),
        ("2026-09-28", "", "3"),
        ("2026-09-28", "", ""),
        ("2026-11-02", "2026-11-03", "2"),
    ],
)
def test_leave_that_does_not_touch_the_month_is_said_and_left_out(first: str, last: str, days: str) -> None:
    """It ends before the month, or begins after it."""
    other = ("K1", "2026-10-12", "2026-10-12", "年假", "1", "同意")
    imported = _import("leave", CHINESE, ("K3", first, last, "年假", days, "同意"), other)
    assert imported.columns["agent_id"] == ["K1"]
    assert "rows-outside-month" in _codes(imported)


def test_what_does_not_last_belongs_to_its_own_day_alone() -> None:
    """A punch of September in the folder of October is none of October."""
    imported = _import("attendance", ("工号", "日期", "出勤天数"), ("K3", "2026-09-30", "1"), ("K3", "2026-10-08", "1"))
    assert imported.columns["date"] == [date(2026, 10, 8)]


@pytest.mark.parametrize(("headers", "answer"), [(CHINESE, "同意"), (ENGLISH, "yes")])
def test_leave_without_a_kind_stays_and_is_said(headers: Sequence[str], answer: str) -> None:
    """The row counts as open: who asked for leave is not absent because a cell is empty."""
    imported = _import("leave", headers, ("K3", "2026-10-12", "2026-10-12", None, "1", answer))
    assert imported.columns["kind"] == [None]
    (found,) = [one for one in imported.problems if one.code == "value-open"]
    assert (found.place.row, found.place.column) == (2, headers[3])
    assert all(problem_text(found, language) and problem_fix(found, language) for language in LANGUAGES)


def test_leave_without_a_column_of_kinds_is_refused_all_the_same() -> None:
    """Nobody could say of any request what it is."""
    assert "columns-missing" in _codes(_import("leave", CHINESE[:3], ("K3", "2026-10-12", "2026-10-12")))


def _doubtful(header: str, *figures: Cell, **said: Any) -> bool:
    rows: list[Sequence[Cell]] = [(f"K{number}", 22, 20, figure) for number, figure in enumerate(figures)]
    imported = _import("attendance", ("工号", "应出勤天数", "出勤天数", header), *rows, **said)
    (reading,) = [one for one in imported.reading.columns if one.header == header]
    return reading.doubtful


@pytest.mark.parametrize("header", ["事假", "病假", "年假", "personal leave", "Sick leave"])
def test_leave_that_may_be_in_hours_is_in_doubt(header: str) -> None:
    """All of it comes in half and whole shifts of eight hours, or some of it is longer than a month."""
    assert _doubtful(header, "8", "0", "16")
    assert _doubtful(header, 4, None, 8)
    assert _doubtful(header, "36", "1")
    assert not _doubtful(header, "1", "8")
    assert not _doubtful(header, "0.5", "4")
    assert not _doubtful(header, "0", "0")


@pytest.mark.parametrize("header", ["事假天数", "事假(天)", "病假（小时）", "sick leave days", "personal leave (h)"])
def test_a_header_that_says_days_or_hours_is_believed(header: str) -> None:
    """Eight days are eight days, eight hours are one."""
    columns = {"sick_leave_days" if header[:1] in "病s" else "personal_leave_days": header}
    assert not _doubtful(header, "8", "16", columns=columns)


def test_the_mapping_settles_the_unit_of_leave() -> None:
    """Eight hours are a day of leave."""
    columns = {"personal_leave_days": {"from": "事假", "unit": "hours"}}
    assert not _doubtful("事假", "8", columns=columns)
    rows: list[Sequence[Cell]] = [("工号", "应出勤天数", "出勤天数", "事假"), ("K1", 22, 21, "8")]
    assert _import("attendance", *rows, columns=columns).columns["personal_leave_days"] == [Decimal(1)]


@pytest.mark.parametrize(("figures", "doubtful"), [(("2", "7.5"), True), (("1", "0.5"), False)])
def test_more_leave_than_a_day_on_a_row_of_a_day_is_in_doubt(figures: tuple[str, str], doubtful: bool) -> None:
    """Rows of the 8th and 9th hold parts of a day, or hours."""
    rows: list[Sequence[Cell]] = [("K1", f"2026-10-0{8 + number}", figure) for number, figure in enumerate(figures)]
    imported = _import("attendance", ("工号", "日期", "事假"), *rows)
    (reading,) = [one for one in imported.reading.columns if one.header == "事假"]
    assert reading.doubtful is doubtful


@pytest.mark.parametrize(
    ("first", "last", "starts", "ends"),
    [
        ("2026-10-12 14:00", "2026-10-12 18:00", "14:00", "18:00"),
        (datetime(2026, 10, 12, 14), datetime(2026, 10, 12, 18), "14:00", "18:00"),  # noqa: DTZ001
        ("2026/10/12 2:00 PM", "2026/10/12 6:00 PM", "14:00", "18:00"),
        ("2026-10-12 上午", "2026-10-12 上午", None, "11:59"),
        ("2026-10-12 下午", "2026-10-12 下午", "12:00", "23:59"),
        ("2026-10-12 AM", "2026-10-12 AM", None, "11:59"),
        ("2026-10-12 全天", "2026-10-12 全天", None, None),
        ("2026-10-12", "2026-10-12", None, None),
        (date(2026, 10, 12), date(2026, 10, 12), None, None),
        ("2026-10-12 00:00", "2026-10-12 00:00", None, None),
    ],
)
def test_hours_beside_the_days_of_leave_are_read(first: Cell, last: Cell, starts: str | None, ends: str | None) -> None:
    headers = ("工号", "请假类型", "开始时间", "结束时间", "请假天数", "审批结果")
    imported = _import("leave", headers, ("K3", "事假", first, last, "0.5", "同意"))
    moments = [
        starts and datetime.fromisoformat(f"2026-10-12 {starts}"),
        ends and datetime.fromisoformat(f"2026-10-12 {ends}"),
    ]
    assert [imported.columns[name][0] for name in ("starts_at", "ends_at")] == moments
    assert imported.columns["date"] == imported.columns["ends_on"] == [date(2026, 10, 12)]
    assert not imported.problems


@pytest.mark.parametrize("kind", ["事假(上午)", "事假（上午）", "事假-上午", "事假上午半天"])
def test_a_half_in_the_name_of_a_kind_is_the_part_of_the_day(kind: str) -> None:
    imported = _import("leave", CHINESE, ("K3", "2026-10-12", "2026-10-12", kind, "0.5", "同意"))
    assert (imported.columns["kind"], imported.columns["part"]) == (["事假"], ["上午"])


@pytest.mark.parametrize(
    ("length", "part"), [("半天", None), ("上午半天", "上午"), ("下午半天", "下午"), ("Half day", None)]
)
def test_half_a_day_in_words_is_half_a_day(length: str, part: str | None) -> None:
    imported = _import("leave", CHINESE, ("K3", "2026-10-12", "2026-10-12", "事假", length, "同意"))
    assert (imported.columns["days"], imported.columns["part"]) == ([Decimal("0.5")], [part])
    assert not imported.problems
