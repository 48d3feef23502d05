"""Calls that end after midnight, in files that have the day in a column of its own."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

HEADERS = ("通话ID", "工号", "通话日期", "呼入时间", "结束时间")
NEXT = datetime(2026, 10, 9, 0, 1)


def _import(*rows: Sequence[Cell], headers: Sequence[str] = HEADERS, **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": "interactions", "files": "x", **said}))
    assert source is not None, problems
    sheet = Sheet("", [tuple(headers), *map(tuple, rows)])
    return import_book(Book((sheet,)), source, "data/2026-10/x", Month(2026, 10))


def _ended(started: Cell, ended: Cell, day: Cell = "2026-10-08") -> object:
    (found,) = _import(("c1", "01", day, started, ended)).columns["resolved_at"]
    return found


@pytest.mark.parametrize(
    ("started", "ended"),
    [("23:59:00", "00:01:00"), ("23:59", "0:01"), ("11:59 PM", "12:01 AM"), (time(23, 59), time(0, 1))],
)
def test_a_call_over_midnight_ends_on_the_next_day(started: Cell, ended: Cell) -> None:
    assert _ended(started, ended) == NEXT
    assert _ended(started, ended, date(2026, 10, 8)) == NEXT


@pytest.mark.parametrize(
    ("started", "ended", "at"),
    [
        ("09:05", "09:04", datetime(2026, 10, 8, 9, 4)),
        ("09:05", "09:07", datetime(2026, 10, 8, 9, 7)),
        ("23:59", "2026-10-08 00:01", datetime(2026, 10, 8, 0, 1)),
        ("23:59", "次日 00:01", NEXT),
    ],
)
def test_what_says_its_day_or_was_typed_wrong_stays(started: str, ended: str, at: datetime) -> None:
    """Nobody talks for a day but a minute."""
    assert _ended(started, ended) == at


def test_the_time_between_two_such_moments_is_no_negative_one() -> None:
    said: dict[str, Any] = {"columns": {"talk_seconds": {"from": "结束时间", "since": "呼入时间"}}}
    imported = _import(("c1", "01", "2026-10-08", "23:59:00", "00:01:30"), **said)
    assert imported.columns["talk_seconds"] == [Decimal(150)]
    assert "span-negative" not in {one.code for one in imported.problems}
