"""A length of time that no cell writes: the time from one moment of a row to another."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.hours import time_within, window_of
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.mapping.profile import resolve_source
from csctl.readers.mapping.source import Source
from csctl.readers.opening.books import BookReader

OCTOBER = Month(2026, 10)


def _said(text: str, table: str = "interactions") -> dict[str, Any]:
    return {"table": table, "files": "x", **tomllib.loads(text)}


def _import(rows: Sequence[Sequence[Any]], text: str) -> Imported:
    source, problems = resolve_source(Source.model_validate(_said(text)))
    assert source is not None, problems
    book = Book((Sheet("", [tuple(row) for row in rows]),))
    return import_book(book, source, "tickets.csv", OCTOBER)


def _refused(text: str) -> list[str]:
    source, problems = resolve_source(Source.model_validate(_said(text)))
    assert source is None
    return [one.code for one in problems]


def _warned(found: Imported) -> list[Problem]:
    return [one for one in found.problems if one.severity is not Severity.NOTE]


TICKETS = [
    ("Ticket ID", "Agent", "Created", "First response"),
    ("T1", "Ann", "2026-10-08 09:00:00", "2026-10-08 09:03:30"),
    ("T2", "Bob", "2026-10-08 17:50", "2026-10-09 09:10"),
    ("T3", "Ann", "2026-10-09 10:00", ""),
]
BETWEEN = 'columns.started_at = "Created"\ncolumns.response_seconds = { from = "First response", since = "Created" }'


def test_the_time_between_two_moments_of_a_row_is_its_length() -> None:
    """3 min 30 s; over a night 15 h 20 min; nothing where one of the two is empty."""
    found = _import(TICKETS, BETWEEN)
    assert found.columns["response_seconds"] == [Decimal(210), Decimal(15 * 3600 + 20 * 60), None]
    assert found.columns["started_at"][0] == datetime(2026, 10, 8, 9)
    assert _warned(found) == []


def test_how_it_was_read_is_told_with_both_headers() -> None:
    """The table of columns names the two moments, the hours, and the lengths that came out."""
    found = _import(TICKETS, BETWEEN.replace('Created" }', 'Created", within = "09:00-18:00" }'))
    (one,) = [one for one in found.reading.columns if one.column == "response_seconds"]
    assert one.header == "Created → First response (09:00-18:00)"
    assert (one.decided, one.rows, one.empty, one.unreadable) == ("mapping", 3, 1, 0)
    assert (one.smallest, one.median, one.largest) == ("3 min 30 s", "3 min 30 s", "20 min")


def test_within_hours_only_these_of_each_day_count() -> None:
    """From 17:50 to 09:10 of the next day ten minutes lie before 18:00 and ten after 09:00."""
    found = _import(TICKETS, BETWEEN.replace('Created" }', 'Created", within = "09:00-18:00" }'))
    assert found.columns["response_seconds"] == [Decimal(210), Decimal(1200), None]


def test_an_hour_off_in_the_middle_of_the_day_is_two_windows() -> None:
    """11:30 to 13:15 is half an hour before noon and a quarter after one."""
    rows = [TICKETS[0], ("T1", "Ann", "2026-10-08 11:30", "2026-10-08 13:15")]
    found = _import(rows, BETWEEN.replace('Created" }', 'Created", within = ["09:00-12:00", "13:00-18:00"] }'))
    assert found.columns["response_seconds"] == [Decimal(45 * 60)]


def test_a_later_moment_that_lies_before_the_earlier_is_said_and_counts_as_empty() -> None:
    """Rows are named; the other lengths stay."""
    rows = [*TICKETS, ("T4", "Bob", "2026-10-09 10:00", "2026-10-09 09:59"),
            ("T5", "Bob", "2026-10-09 10:00", "2026-10-08 10:00")]  # fmt: skip
    rows += [(f"U{number}", "Ann", "2026-10-10 10:00", "2026-10-10 10:01") for number in range(3)]
    found = _import(rows, BETWEEN)
    (said,) = _warned(found)
    assert (said.code, said.found, said.place.row, said.place.column) == ("span-negative", "5-6", 5, "First response")
    assert said.parameters["line"] == ""
    assert found.columns["response_seconds"][3:5] == [None, None]
    assert found.columns["response_seconds"][5:] == [Decimal(60)] * 3


def test_two_moments_the_wrong_way_round_are_said_with_the_line_that_turns_them() -> None:
    """The line reads the file without a word."""
    said = BETWEEN.replace('from = "First response", since = "Created"', 'from = "Created", since = "First response"')
    (problem,) = _warned(_import(TICKETS, said))
    line = str(problem.parameters["line"])
    assert line == 'columns.response_seconds = { from = "First response", since = "Created" }'
    found = _import(TICKETS, f'columns.started_at = "Created"\n{line}')
    assert (_warned(found), found.columns["response_seconds"][0]) == ([], Decimal(210))


def test_a_moment_that_cannot_be_read_is_said_once_and_the_length_is_empty() -> None:
    """Created is a column of its own too: what is wrong with it is told there."""
    rows = [*TICKETS, ("T4", "Bob", "someday", "2026-10-09 09:59"), ("T5", "Bob", "2026-10-09 10:00", "soon")]
    found = _import(rows, BETWEEN)
    assert [(one.found, one.place.column) for one in _warned(found)] == [
        ("someday", "Created"),
        ("soon", "First response"),
    ]
    assert found.columns["response_seconds"][3:] == [None]


def test_days_and_times_in_columns_of_their_own_are_two_moments_as_well() -> None:
    """``日期 + 时间`` joins either; times beside one day need no more than their headers."""
    rows = [
        ("工号", "日期", "接入时间", "回复时间"),
        ("1001", "2026-10-08", "09:00:00", "09:00:45"),
        ("1001", "2026-10-08", "23:59:30", "次日 00:00:10"),
        ("1001", "2026-10-08", "23:00", "24:00"),
    ]
    joined = 'columns.response_seconds = { from = "日期 + 回复时间", since = "日期 + 接入时间" }'
    plain = 'columns.response_seconds = { from = "回复时间", since = "接入时间" }'
    for said in (joined, plain):
        found = _import(rows, f'columns.started_at = "日期 + 接入时间"\n{said}')
        assert found.columns["response_seconds"] == [Decimal(45), Decimal(40), Decimal(3600)], said
        assert _warned(found) == []


def test_each_moment_has_the_order_of_days_of_its_own_column() -> None:
    """One 18/10 settles it; a format that is said holds for both."""
    rows = [
        ("工号", "创建", "响应"),
        ("1001", "08/10/2026 09:00", "08/10/2026 09:01"),
        ("1001", "18/10/2026 09:00", "18/10/2026 09:02"),
    ]
    said = 'columns.started_at = "创建"\ncolumns.response_seconds = { from = "响应", since = "创建" }'
    assert _import(rows, said).columns["response_seconds"] == [Decimal(60), Decimal(120)]
    rows = rows[:2]
    ordered = (
        'columns.started_at = { from = "创建", format = "d/m/y" }\n'
        'columns.response_seconds = { from = "响应", since = "创建", format = "d/m/y" }'
    )
    assert _import(rows, ordered).columns["response_seconds"] == [Decimal(60)]


def test_cells_of_a_workbook_and_of_a_text_file_give_the_same(tmp_path: Path) -> None:
    """Moments typed as such in a workbook, and as text in a CSV of the same table."""
    header = ("工单号", "客服", "创建时间", "首次响应")
    moments = [(datetime(2026, 10, 8, 9, minute), datetime(2026, 10, 8, 9, minute, 30)) for minute in range(3)]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(header)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    for number, (start, end) in enumerate(moments):
        sheet.append((f"T{number}", "王芳", start, end))
        writer.writerow((f"T{number}", "王芳", start.isoformat(" "), end.isoformat(" ")))
    book.save(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text(text.getvalue(), "utf-8")
    said = 'columns.started_at = "创建时间"\ncolumns.response_seconds = { from = "首次响应", since = "创建时间" }'
    source, _ = resolve_source(Source.model_validate(_said(said)))
    assert source is not None
    with BookReader(workers=1) as reader:
        for name in ("a.xlsx", "a.csv"):
            opened, problems = reader.read(tmp_path / name, name)
            assert opened is not None, problems
            found = import_book(opened, source, name, OCTOBER)
            assert found.columns["response_seconds"] == [Decimal(30)] * 3, name


def test_a_header_that_is_not_there_is_an_error_with_those_that_are() -> None:
    """For either of the two."""
    for said in (
        BETWEEN.replace('"First response"', '"First reply"'),
        BETWEEN.replace('since = "Created"', 'since = "Opened"'),
    ):
        found = _import(TICKETS, said)
        assert ("header-not-found", "error") in [(one.code, str(one.severity)) for one in found.problems], said


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ('columns.answered = { from = "a", since = "b" }', ["rule-key-not-for-column"]),
        ('columns.talk_seconds = { from = "a", within = "09:00-18:00" }', ["rule-key-lacks-another"]),
        ('columns.talk_seconds = { since = "a" }', ["rule-key-lacks-another"]),
        ('columns.talk_seconds = { from = "a", since = "b", within = "18:00-09:00" }', ["within-not-hours"]),
        ('columns.talk_seconds = { from = "a", since = "b", within = "9 to 5" }', ["within-not-hours"]),
        (
            'columns.talk_seconds = { from = "a", since = "b", within = ["09:00-13:00", "12:00-18:00"] }',
            ["within-not-hours"],
        ),
    ],
)
def test_what_cannot_be_meant_is_said_before_any_file_is_read(said: str, codes: list[str]) -> None:
    """Each with the key and the column."""
    assert _refused(said) == codes


QUARTERS = st.integers(0, 6 * 24 * 4)
HOURS = st.lists(st.integers(0, 24), min_size=2, max_size=6, unique=True).filter(lambda edges: len(edges) % 2 == 0)


@given(QUARTERS, QUARTERS, HOURS)
def test_hours_that_count_are_those_met_when_going_quarter_by_quarter(first: int, last: int, edges: list[int]) -> None:
    """The same as asking of every quarter of an hour whether it lies in a window."""
    first, last = sorted((first, last))
    ordered = sorted(edges)
    texts = [f"{opens:02}:00-{closes:02}:00" for opens, closes in zip(ordered[::2], ordered[1::2], strict=True)]
    windows = [window for text in texts if (window := window_of(text))]
    day = datetime(2026, 10, 1)
    met = sum(
        any(opens * 4 <= quarter % 96 < closes * 4 for opens, closes in zip(ordered[::2], ordered[1::2], strict=True))
        for quarter in range(first, last)
    )
    start, end = day + timedelta(minutes=15 * first), day + timedelta(minutes=15 * last)
    assert time_within(start, end, windows) == timedelta(minutes=15 * met)
    assert time_within(start, end, [(timedelta(0), timedelta(1))]) == end - start
