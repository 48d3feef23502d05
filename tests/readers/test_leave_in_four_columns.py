"""Leave whose days and times stand in columns of their own, under the names that systems give them."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

FOUR = ("工号", "请假类型", "开始日期", "开始时间", "结束日期", "结束时间", "请假天数")


def _import(table: str, *rows: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x", Month(2026, 10))


def _first(imported: Imported) -> tuple[object, ...]:
    assert not [one for one in imported.problems if one.severity is not Severity.NOTE]
    return tuple(imported.columns[name][0] for name in ("date", "starts_at", "ends_on", "ends_at"))


WANTED = (date(2026, 10, 8), datetime(2026, 10, 8, 13), date(2026, 10, 9), datetime(2026, 10, 9, 12))


@pytest.mark.parametrize(
    "headers",
    [
        FOUR,
        ("工号", "假别", "请假开始日期", "请假开始时间", "请假结束日期", "请假结束时间", "请假时长(天)"),
        ("Employee ID", "Leave type", "Start date", "Start time", "End date", "End time", "Days"),
        ("工号", "请假类型", "开始日期", "开始时刻", "结束日期", "结束时刻", "请假天数"),
    ],
)
@pytest.mark.parametrize(
    "row",
    [
        ("K1", "事假", "2026-10-08", "13:00", "2026-10-09", "12:00", "1"),
        ("K1", "事假", date(2026, 10, 8), time(13), date(2026, 10, 9), time(12), 1),
    ],
)
def test_days_and_times_are_two_things(headers: Sequence[str], row: Sequence[Cell]) -> None:
    """A time of the last day is of that day, and not of the first."""
    assert _first(_import("leave", headers, row)) == WANTED


def test_the_order_of_the_columns_does_not_matter() -> None:
    headers = ("工号", "请假类型", "开始时间", "开始日期", "结束时间", "结束日期", "请假天数")
    assert (
        _first(_import("leave", headers, ("K1", "事假", "13:00", "2026-10-08", "12:00", "2026-10-09", "1"))) == WANTED
    )


def test_moments_in_full_beside_their_days_are_the_times() -> None:
    row = ("K1", "事假", "2026-10-08", "2026-10-08 13:00", "2026-10-09", "2026-10-09 12:00", "1")
    assert _first(_import("leave", FOUR, row)) == WANTED


def test_halves_of_days_begin_and_end_where_they_do() -> None:
    row = ("K1", "事假", "2026-10-08", "下午", "2026-10-09", "上午", "1")
    wanted = (*WANTED[:1], datetime(2026, 10, 8, 12), WANTED[2], datetime(2026, 10, 9, 11, 59))
    assert _first(_import("leave", FOUR, row)) == wanted


def test_times_beside_one_day_are_of_that_day() -> None:
    headers = ("工号", "请假类型", "日期", "开始时间", "结束时间", "时长(小时)")
    imported = _import("leave", headers, ("K1", "事假", "2026-10-08", "13:00", "15:00", "2"))
    own = {name: imported.columns[name][0] for name in ("date", "starts_at", "ends_on", "ends_at", "days")}
    assert own == {
        "date": date(2026, 10, 8), "starts_at": WANTED[1], "ends_on": None, "ends_at": datetime(2026, 10, 8, 15),
        "days": Decimal("0.25"),
    }  # fmt: skip


def test_a_time_that_cannot_be_read_is_said() -> None:
    row = ("K1", "事假", "2026-10-08", "9;o2", "2026-10-09", "12:00", "1")
    other = ("K2", "事假", "2026-10-08", "09:00", "2026-10-09", "12:00", "2")
    imported = _import("leave", FOUR, row, *([other] * 5))
    assert [one.place.column for one in imported.problems if one.severity is Severity.WARNING] == ["开始时间"]


def test_days_of_two_different_things_still_compete() -> None:
    """When an order was made and when it was paid are two days."""
    imported = _import(
        "orders", ("订单号", "工号", "付款日期", "下单时间", "销售额"), ("o1", "K1", "2026-10-08", "2026-10-07", "5")
    )
    assert "headers-mean-one" in {one.code for one in imported.problems}


def test_a_day_of_payment_beside_its_moment_is_that_day() -> None:
    row = ("o1", "K1", "2026-10-08", "2026-10-08 09:30", "5")
    imported = _import("orders", ("订单号", "工号", "付款日期", "付款时间", "销售额"), row)
    assert imported.columns["date"] == [date(2026, 10, 8)]


@pytest.mark.parametrize(
    "header", ["假别", "假种", "假期类别", "请假类别", "休假类型", "休假类别", "Leave type", "Type of leave"]
)
def test_the_kind_of_leave_has_many_names(header: str) -> None:
    imported = _import(
        "leave", ("工号", "开始日期", "结束日期", header, "天数"), ("K1", "2026-10-08", "2026-10-09", "事假", "2")
    )
    assert imported.columns["kind"] == ["事假"]


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("1天4小时", "1.5"),
        ("2 days 2 hours", "2.25"),
        ("1小时30分钟", "0.1875"),
        ("30分钟", "0.0625"),
        ("4小时", "0.5"),
        ("0.5天", "0.5"),
        ("1d", "1"),
        ("8h", "1"),
    ],
)
def test_a_length_may_be_written_in_days_hours_and_minutes(cell: str, days: str) -> None:
    rows = (("工号", "开始日期", "请假类型", "时长"), ("K1", "2026-10-08", "事假", cell))
    assert _import("leave", *rows).columns["days"] == [Decimal(days)]
