"""A last day that is not there: 9999-12-31 of systems that must have one, and words for it."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

OPEN = ["9999-12-31", "9999/12/31 00:00:00", "99991231", "至今", "Present", "no end", date(9999, 12, 31),
        datetime.fromisoformat("9999-12-31T00:00")]  # fmt: skip


def _import(table: str, *rows: tuple[Cell, ...]) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x"}))
    assert source is not None, problems
    return import_book(Book((Sheet("", list(rows)),)), source, "x.csv", None if table == "roster" else Month(2026, 10))


def _codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems if one.severity is not Severity.NOTE]


@pytest.mark.parametrize("cell", OPEN)
def test_whoever_has_no_last_day_works_here(cell: Cell) -> None:
    """And nothing is said of it."""
    header = ("工号", "姓名", "入职日期", "离职日期")
    found = _import("roster", header, ("1", "王芳", "2025-01-06", cell), ("2", "李雷", "2025-01-06", "2026-10-09"))
    assert (found.columns["left_on"], _codes(found)) == ([None, date(2026, 10, 9)], [])


@pytest.mark.parametrize("cell", OPEN)
def test_leave_without_a_last_day_goes_on(cell: Cell) -> None:
    """It is no leave of a single day."""
    found = _import("leave", ("工号", "请假类型", "开始日期", "结束日期"), ("1", "病假", "2026-10-12", cell))
    (last,) = found.columns["ends_on"]
    assert isinstance(last, date)
    assert last > date(2090, 1, 1)
    assert _codes(found) == []


def test_a_first_day_in_the_year_9999_is_none() -> None:
    """Nobody began then."""
    found = _import("roster", ("工号", "姓名", "入职日期"), ("1", "王芳", "9999-12-31"))
    assert _codes(found) == ["value-not-a-date"]
