"""A length of time that no cell writes: the time from one moment of a row to another."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

import contextlib
import csv
import io
import tomllib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.people.workdays import WorkCalendar
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.hours import time_within, window_of
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.columns.workday_list import WorkdayList
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.mapping.on_workdays import with_calendar
from csctl.readers.opening.books import BookReader
from tests.end_to_end.running import csctl

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
        ('columns.talk_seconds = { from = "a", within = { days = "workdays" } }', ["rule-key-lacks-another"]),
        (
            'columns.talk_seconds = { from = "a", since = "b", within = ["09:00-13:00", "12:00-18:00"] }',
            ["within-not-hours"],
        ),
    ],
)
def test_what_cannot_be_meant_is_said_before_any_file_is_read(said: str, codes: list[str]) -> None:
    """Each with the key and the column."""
    assert _refused(said) == codes


# ---- workdays alone ---------------------------------------------------------------------------------------------

# As the notice for 2026 has it: October 1 to 7 are off, Saturday the 10th is worked for them. The 8th is a Thursday.
CALENDAR = WorkCalendar(
    frozenset({2026}),
    frozenset(date(2026, 10, day) for day in (1, 2, 5, 6, 7)),
    frozenset({date(2026, 10, 10)}),
    {date(2026, 10, day): "国庆节" for day in (1, 2, 3)},
)
ON_WORKDAYS = BETWEEN.replace('Created" }', 'Created", within = { hours = "09:00-18:00", days = "workdays" } }')
HOUR = Decimal(3600)


def _on_workdays(spans: Sequence[tuple[str, str]], said: str = ON_WORKDAYS) -> Imported:
    source, problems = resolve_source(Source.model_validate(_said(said)))
    assert source is not None, problems
    rows = [TICKETS[0], *((f"T{number}", "Ann", *span) for number, span in enumerate(spans))]
    book = Book((Sheet("", [tuple(row) for row in rows]),))
    return import_book(book, with_calendar(source, CALENDAR), "tickets.csv", OCTOBER)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-10-16 17:00", "2026-10-19 10:00", 2),  # a Friday's last hour and a Monday's first
        ("2026-10-17 12:00", "2026-10-19 10:00", 1),  # from the middle of a Saturday
        ("2026-10-16 17:00", "2026-10-18 12:00", 1),  # to the middle of a Sunday
        ("2026-10-17 10:00", "2026-10-18 17:00", 0),  # a weekend
        ("2026-10-09 17:00", "2026-10-10 11:00", 3),  # that Saturday is worked
        ("2026-10-09 17:00", "2026-10-12 10:00", 11),  # Friday 1, Saturday 9, Monday 1
        ("2026-10-01 09:00", "2026-10-08 10:00", 1),  # a week of holidays
        ("2026-10-08 09:00", "2026-10-08 18:00", 9),
        ("2026-10-08 18:00", "2026-10-09 09:00", 0),
    ],
)
def test_on_workdays_neither_weekends_nor_holidays_count_but_days_made_up_for_them_do(
    start: str, end: str, hours: int
) -> None:
    """Counted by hand on the calendar of October 2026."""
    found = _on_workdays([(start, end)])
    assert found.columns["response_seconds"] == [HOUR * hours]
    assert _warned(found) == []


def test_hours_alone_count_on_every_day_as_they_always_did() -> None:
    """Three times nine hours and two less than a day: Friday's last hour, two whole days, Monday's first."""
    every = BETWEEN.replace('Created" }', 'Created", within = "09:00-18:00" }')
    table = BETWEEN.replace('Created" }', 'Created", within = { hours = "09:00-18:00" } }')
    for said in (every, table):
        found = _on_workdays([("2026-10-16 17:00", "2026-10-19 10:00")], said)
        assert found.columns["response_seconds"] == [HOUR * 20], said


def test_workdays_without_hours_count_from_midnight_to_midnight() -> None:
    """A Friday evening to a Monday morning: six hours and ten."""
    said = BETWEEN.replace('Created" }', 'Created", within = { days = "workdays" } }')
    found = _on_workdays([("2026-10-16 18:00", "2026-10-19 10:00")], said)
    assert found.columns["response_seconds"] == [HOUR * 16]
    (reading,) = [one for one in found.reading.columns if one.column == "response_seconds"]
    assert reading.header == "Created → First response (workdays)"


def test_on_workdays_moments_the_wrong_way_round_are_said_as_ever() -> None:
    """Even where no hour that counts lies between them; the line that turns the two keeps the days."""
    found = _on_workdays([("2026-10-18 12:00", "2026-10-17 12:00"), ("2026-10-12 10:00", "2026-10-09 17:00")])
    (said,) = _warned(found)
    assert (said.code, said.parameters["count"]) == ("span-negative", "2")
    assert found.columns["response_seconds"] == [None, None]
    line = str(said.parameters["line"])
    again = _on_workdays([("2026-10-12 10:00", "2026-10-09 17:00")], f'columns.started_at = "Created"\n{line}')
    assert again.columns["response_seconds"] == [HOUR * 11]


def test_a_year_of_which_the_calendar_knows_nothing_gives_no_length_and_is_said() -> None:
    """Nothing is guessed about its holidays."""
    found = _on_workdays(
        [("2031-10-08 09:00", "2031-10-08 10:00"), ("2026-10-08 09:00", "2026-10-08 10:00")], ON_WORKDAYS
    )
    (said,) = [one for one in _warned(found) if one.code == "span-days-unknown"]
    assert (said.found, said.parameters["years"]) == ("2", "2031")
    assert found.columns["response_seconds"][-1] == HOUR


@given(st.integers(0, 40 * 96), st.integers(0, 40 * 96))
def test_workdays_are_those_met_when_going_quarter_by_quarter(first: int, last: int) -> None:
    """The same as asking of every quarter of an hour whether it lies in the window of a day that is worked."""
    first, last = sorted((first, last))
    begin = datetime(2026, 9, 25)
    met = sum(
        36 <= quarter % 96 < 72 and CALENDAR.is_workday((begin + timedelta(minutes=15 * quarter)).date())
        for quarter in range(first, last)
    )
    start, end = begin + timedelta(minutes=15 * first), begin + timedelta(minutes=15 * last)
    workdays = WorkdayList.of(CALENDAR).workdays
    window = window_of("09:00-18:00")
    assert window is not None
    assert time_within(start, end, [window], workdays) == timedelta(minutes=15 * met)


CONFIG = """
name = "Desk"
policy = "policy.toml"
language = "en"
calendar = "days.csv"

[[source]]
table = "roster"
files = "roster.csv"

[[source]]
table = "interactions"
files = "{month}/tickets.csv"
[source.columns]
interaction_id = "Ticket ID"
started_at = "Created"
response_seconds = { from = "First response", since = "Created", within = { hours = "09:00-18:00", days = "workdays" } }
"""
POLICY = """
id = "desk"
label = "Desk"
version = "1"
state = "reviewed"
language = "en"

[measure.reply]
label = "Reply"
unit = "h"
table = "interactions"
mean = "response_seconds"
"""


def test_the_workspaces_own_days_hold_and_a_change_of_them_reads_the_file_anew(tmp_path: Path) -> None:
    """Friday 17:00 to Monday 10:00: two hours; with that Friday off, one; with the Saturday worked, eleven."""
    (tmp_path / "2026-10").mkdir()
    (tmp_path / "csctl.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "policy.toml").write_text(POLICY, "utf-8")
    (tmp_path / "roster.csv").write_text("staff id,name,hire date\n0101,Ann,2025-01-06\n", "utf-8")
    (tmp_path / "2026-10" / "tickets.csv").write_text(
        "Ticket ID,Agent,Created,First response\nT1,Ann,2026-10-16 17:00,2026-10-19 10:00\n", "utf-8"
    )
    for kinds, hours in (
        ("2026-10-30,workday\n", "2.00"),
        ("2026-10-16,holiday_rest\n", "1.00"),
        ("2026-10-17,makeup_workday\n", "11.00"),
    ):
        (tmp_path / "days.csv").write_text(f"date,kind\n{kinds}", "utf-8")
        with contextlib.chdir(tmp_path):
            (reply,) = csctl("check", "--json").data["measures"]
        assert reply["value"] == hours


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
