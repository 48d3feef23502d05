"""Times of day beside a day in its own column: of the day after, in halves, without noughts, with that day again."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.dates import parse_moment
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import CellFault
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book

HEADER = ("工号", "日期", "上班打卡时间", "下班打卡时间")


def _import(rows: Sequence[Sequence[Any]], said: str = "", sheet: str = "") -> Imported:
    document = {"table": "attendance", "files": "x", **tomllib.loads(said)}
    source, problems = resolve_source(Source.model_validate(document))
    assert source is not None, problems
    return import_book(Book((Sheet(sheet, [HEADER, *map(tuple, rows)]),)), source, "a.csv", Month(2026, 10))


def _warned(found: Imported) -> list[str]:
    return [one.code for one in found.problems if one.severity is not Severity.NOTE]


@pytest.mark.parametrize("sheet", ["", "打卡"])
@pytest.mark.parametrize(
    "cell",
    ["次日 01:08", "次日01:08", "(次日)01:08", "01:08（次日）", "01:08 次日", "翌日 01:08", "第二天1:08", "01:08(+1)",
     "01:08 (+1天)", "next day 01:08", "01:08 next day", "次日凌晨1:08", "2026-10-09 01:08", "10-09 01:08",
     "10/9 1:08", "9/10 01:08", "10月9日 01:08", "01:08 AM (+1)"],
)  # fmt: skip
def test_a_time_of_the_day_after_is_told_in_many_ways(cell: str, sheet: str) -> None:
    """All of them are eight past one on the ninth, beside the eighth."""
    found = _import([("0101", "2026-10-08", "18:00", cell)], sheet=sheet)
    assert (found.columns["out_at"], _warned(found)) == ([datetime(2026, 10, 9, 1, 8)], [])


@pytest.mark.parametrize(
    "cell", ["15:05", "3:05 PM", "3:05 p.m.", "3:05pm", "下午3:05", "下午 3点05分", "15:05:00", "15：05"]
)
def test_halves_of_a_day_in_words_and_letters(cell: str) -> None:
    """With and without points and blanks."""
    assert _import([("0101", "2026-10-08", "9:00", cell)]).columns["out_at"] == [datetime(2026, 10, 8, 15, 5)]


def test_the_end_of_a_day_is_the_start_of_the_next() -> None:
    """24:00; there is nothing after it."""
    found = _import([("0101", "2026-10-08", "16:00", "24:00"), ("0101", "2026-10-09", "16:00", "24:01")])
    assert found.columns["out_at"] == [datetime(2026, 10, 9), None]
    assert _warned(found) == ["value-not-a-date"]


@pytest.mark.parametrize("cell", ["10-11 06:00", "11-10 06:00", "10-08", "9.30"])
def test_a_day_without_year_that_is_not_the_one_beside_it_is_not_guessed(cell: str) -> None:
    """Beside 8 October neither 11 October nor 10 November can be meant; a day alone is no time."""
    assert _warned(_import([("0101", "2026-10-08", "9:00", cell)])) == ["value-not-a-date"]


def test_the_day_before_is_one_that_may_be_meant() -> None:
    """Of a night shift the first punch may lie before midnight; the turn of a year is none of its own."""
    said = _import([("0101", "2026-10-08", "10-07 23:50", "08:00")])
    assert (said.columns["in_at"], _warned(said)) == ([datetime(2026, 10, 7, 23, 50)], [])


def test_minutes_without_a_nought_are_read_where_the_column_proves_that_none_is_written() -> None:
    """Of five punches one has minutes of one figure, and none begins with a nought."""
    cells = ["8:5", "9:15", "9:30", "10:45", "8:59"]
    found = _import([("0101", f"2026-10-{day:02}", cell, "18:30") for day, cell in enumerate(cells, 5)])
    assert found.columns["in_at"][0] == datetime(2026, 10, 5, 8, 5)
    assert _warned(found) == []


@pytest.mark.parametrize("others", [["9:15", "9:30", "9:05"], ["9:15"], ["09:00", "9:15", "9:30", "9:45"]])
def test_where_nothing_proves_it_such_a_cell_is_said(others: list[str]) -> None:
    """Somebody may have meant 9:50: with a nought elsewhere, or hardly any other time, nobody knows."""
    rows = [("0101", f"2026-10-{day:02}", cell, "18:30") for day, cell in enumerate(["9:5", *others], 5)]
    found = _import(rows)
    assert (found.columns["in_at"][0], _warned(found)) == (None, ["value-not-a-date"])


@given(st.dates(date(2026, 10, 2), date(2026, 10, 30)), st.integers(-1, 1), st.integers(0, 1439))
def test_a_day_and_month_again_in_front_of_a_time_is_that_day(day: date, step: int, minute: int) -> None:
    """Whatever the day beside it, the one before and the one after, month first; unless it could be two days."""
    moment = datetime(day.year, day.month, day.day) + timedelta(days=step, minutes=minute)
    found = _import([("0101", day.isoformat(), f"{moment:%m-%d %H:%M}", None)])
    assert found.columns["in_at"] == [moment]


@pytest.mark.parametrize("header", ["工时(小时)", "工作时长（小时）", "Worked (h)"])
@pytest.mark.parametrize(
    ("cell", "seconds"), [(7.5, 27000), ("7.5", 27000), ("7.5h", 27000), ("7小时30分", 27000), ("7:30", 27000)]
)
def test_hours_with_decimals_are_hours(header: str, cell: object, seconds: int) -> None:
    """By the unit of the header; 7:30 under hours is seven and a half of them."""
    rows: list[tuple[Any, ...]] = [("客服", "会话开始时间", header), ("王芳", "2026-10-08 09:00", cell)]
    said = {"table": "interactions", "files": "x", "columns": {"talk_seconds": header}}
    source, problems = resolve_source(Source.model_validate(said))
    assert source is not None, problems
    found = import_book(Book((Sheet("", rows),)), source, "a.csv", Month(2026, 10))
    assert found.columns["talk_seconds"] == [seconds]
    assert _warned(found) == []


@pytest.mark.parametrize(
    ("cell", "at"), [(0.3715277778, (8, 55, 0)), (0.75347222, (18, 5, 0)), (0.371539351852, (8, 55, 1))]
)
def test_a_part_of_a_day_in_a_workbook_is_its_time(cell: float, at: tuple[int, int, int]) -> None:
    """A cell without a format keeps 08:55 as a number below 1; in a text file that is no time."""
    assert parse_moment(cell, base=date(2026, 10, 8)) == datetime(2026, 10, 8, *at)
    for other in (str(cell), 855.0, 0.0):
        assert isinstance(parse_moment(other, base=date(2026, 10, 8)), CellFault)
    assert isinstance(parse_moment(cell), CellFault)
