"""Headers of lengths of time: how their times are written, and names that hold no word of time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from csctl.unit_words import clock_unit, names_length, without_clock


def _import(table: str, *rows: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x", Month(2026, 10))


def _figures(header: str, *cells: Cell) -> Imported:
    rows = [(f"a{at}", cell, 7) for at, cell in enumerate(cells)]
    return _import("kpis", ("Agent", header, "Chats"), *rows)


@pytest.mark.parametrize(
    "header",
    [
        "Duration (hh:mm:ss)",
        "Talk Time [h:mm:ss]",
        "talk time hh:mm:ss",
        "talk time_hh:mm:ss",
        "通话时长(时:分:秒)",
        "通话时长（时分秒）",
        "通话时长（格式：HH:MM:SS）",
    ],
)
def test_a_header_may_say_that_its_times_have_hours_minutes_and_seconds(header: str) -> None:
    rows = (("call id", "staff id", "created at", header), ("c1", "01", "2026-10-08 09:00", "1:02:30"))
    imported = _import("interactions", *rows)
    assert imported.columns["talk_seconds"] == [Decimal(3750)]
    assert not [one for one in imported.problems if one.code == "headers-unused"]


@pytest.mark.parametrize(
    ("header", "first"),
    [
        ("Talk time (mm:ss)", "minutes"),
        ("Talk time mm:ss", "minutes"),
        ("Talk time (min:sec)", "minutes"),
        ("通话时长(分:秒)", "minutes"),
        ("通话时长（单位：分:秒）", "minutes"),
        ("Talk time hh:mm", "hours"),
        ("通话时长(时:分)", "hours"),
        ("Talk time (hh.mm)", "hours"),
        ("Talk time (hh:mm:ss)", ""),
        ("Talk time (mm:hh)", ""),
        ("Talk time", ""),
    ],
)
def test_two_parts_of_a_time_are_what_the_header_says(header: str, first: str) -> None:
    assert clock_unit(header) == first
    assert without_clock("Talk time") == "Talk time"


@pytest.mark.parametrize("dash", ["-", "–", "—"])
def test_a_unit_behind_a_dash_of_any_length_is_no_part_of_the_name(dash: str) -> None:
    rows = (("call id", "staff id", "created at", f"Talk time {dash} minutes"), ("c1", "01", "2026-10-08", "2"))
    assert _import("interactions", *rows).columns["talk_seconds"] == [Decimal(120)]


@pytest.mark.parametrize(
    "header",
    ["AHT", "ACW", "平均通话", "首响", "周末加班", "Overtime", "Avg. Handle", "Average first response", "Hold"],
)
def test_bare_figures_under_the_name_of_a_length_are_doubted(header: str) -> None:
    imported = _figures(header, "3.5", "4")
    (one,) = (reading for reading in imported.reading.columns if reading.column == header)
    assert (one.kind, one.unit, one.doubtful) == ("seconds", "seconds", True)
    assert [value for value in imported.columns["value"] if value != 7] == [Decimal("3.5"), Decimal(4)]


@pytest.mark.parametrize("header", ["平均通话(分)", "首响(分)", "AHT (min)"])
def test_the_unit_of_such_a_name_counts(header: str) -> None:
    assert Decimal(210) in _figures(header, "3.5", "4").columns["value"]


@pytest.mark.parametrize(
    "name", ["通话量", "接待量", "hold rate", "average score", "平均会话", "人均接待", "talks", "path"]
)
def test_other_names_are_no_lengths(name: str) -> None:
    assert not names_length(name)


def test_of_two_headers_of_one_figure_that_with_the_unit_is_read() -> None:
    headers = ("Agent", "Speed of answer", "Speed of answer in seconds")
    imported = _import("kpis", headers, ("Ann", "0.0012", "104"), ("Bob", "0.0011", "96"))
    assert imported.columns["metric"] == ["Speed of answer in seconds"] * 2
    assert imported.columns["value"] == [Decimal(104), Decimal(96)]
    (said,) = (one for one in imported.problems if one.code == "metric-twice")
    assert said.place.column == "Speed of answer"


def test_of_two_headers_without_units_the_first_is_read() -> None:
    imported = _import("kpis", ("Agent", "Resolved", "RESOLVED"), ("Ann", "1", "2"))
    assert imported.columns["value"] == [Decimal(1)]
    assert [one.place.column for one in imported.problems if one.code == "metric-twice"] == ["RESOLVED"]
