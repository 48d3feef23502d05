"""Logs of devices and apps that write a row for each punch: read as they come, each row with its fate."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csctl.core.working_time.rows import distinct_day_rows, first_and_last
from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.mapping.importer import Imported, import_book
from csctl.readers.opening.books import BookReader
from tests.drawn import drawn

OCTOBER = Month(2026, 10)
DEVICE = {
    "header": "none",
    "columns": {"agent_id": {"from": 1, "digits": 4}, "in_at": 2},
}
"""A log of a terminal: no header, the number padded, the moment, and figures of its own."""


def _read(folder: Path, name: str, text: str, **said: Any) -> Imported:
    path = folder / name
    path.write_text(text, "utf-8")
    source, problems = resolve_source(Source.model_validate({"table": "attendance", "files": "x", **said}))
    assert source is not None, problems
    with BookReader() as reader:
        ((book, found),) = reader.read_all([(path, name, None)])
    assert book is not None, found
    return import_book(book, source, name, OCTOBER)


def _warnings(imported: Imported) -> list[str]:
    return [problem.code for problem in imported.problems if problem.severity is not Severity.NOTE]


def _facts(imported: Imported) -> dict[tuple[str, date], tuple[datetime, datetime]]:
    """By person and day the first and the last punch, as the working time of a month takes them from these rows."""
    names = list(imported.columns)
    rows = [dict(zip(names, values, strict=True)) for values in zip(*imported.columns.values(), strict=True)]
    kept, odd = first_and_last(distinct_day_rows([{**row, "agent": row["agent_id"]} for row in rows], set()))
    assert odd == []
    return {(row["agent"], row["date"]): (row["in_at"], row["out_at"]) for row in kept}


def test_a_log_without_header_padded_numbers_and_tabs(tmp_path: Path) -> None:
    """Numbers filled up with blanks or zeros are those of the roster; the punch says its day."""
    log = (
        "        7\t2026-10-08 08:55:11\t1\t0\n"
        "00000012\t2026-10-08 08:59:00\t1\t0\n"
        "        7\t2026-10-08 18:05:02\t1\t1\n"
    )
    imported = _read(tmp_path, "1_attlog.dat", log, **DEVICE)
    assert _facts(imported) == {
        ("0007", date(2026, 10, 8)): (datetime(2026, 10, 8, 8, 55, 11), datetime(2026, 10, 8, 18, 5, 2)),
        ("0012", date(2026, 10, 8)): (datetime(2026, 10, 8, 8, 59), datetime(2026, 10, 8, 8, 59)),
    }
    assert _warnings(imported) == []
    (fates,) = imported.fates
    assert (fates.rows, fates.header, fates.counted) == (3, 0, 3)


def test_punches_after_midnight_belong_to_the_day_before(tmp_path: Path) -> None:
    """Until the hour that the source says; those at the edges of the month go with their days."""
    log = "".join(
        f"7\t{moment}\n"
        for moment in (
            "2026-10-01 03:59",
            "2026-10-08 20:00",
            "2026-10-09 04:00",
            "2026-10-09 03:59",
            "2026-11-01 02:00",
        )
    )
    imported = _read(tmp_path, "log.dat", log, **DEVICE, day_ends="04:00")
    assert _facts(imported) == {
        ("0007", date(2026, 10, 8)): (datetime(2026, 10, 8, 20), datetime(2026, 10, 9, 3, 59)),
        ("0007", date(2026, 10, 9)): (datetime(2026, 10, 9, 4), datetime(2026, 10, 9, 4)),
        ("0007", date(2026, 10, 31)): (datetime(2026, 11, 1, 2), datetime(2026, 11, 1, 2)),
    }
    (fates,) = imported.fates
    assert (fates.counted, fates.left_out) == (4, (("outside", 1),))


def test_days_in_a_column_of_their_own_end_at_that_hour_too(tmp_path: Path) -> None:
    """One punch a row beside its day; a first and a last punch in one row stay where they are."""
    single = _read(
        tmp_path,
        "a.csv",
        "工号,日期,打卡\n7,2026-10-09,01:10\n7,2026-10-09,09:00\n",
        columns={"in_at": "打卡"},
        day_ends="04:00",
    )
    assert [day.day for day in single.columns["date"] if isinstance(day, date)] == [8, 9]
    assert single.columns["in_at"][0] == datetime(2026, 10, 9, 1, 10)
    both = _read(
        tmp_path,
        "b.csv",
        "工号,日期,上班打卡时间,下班打卡时间\n7,2026-10-08,20:00,03:10\n7,2026-10-09,09:00,18:00\n",
        day_ends="04:00",
    )
    assert both.columns["out_at"] == [datetime(2026, 10, 9, 3, 10), datetime(2026, 10, 9, 18)]
    assert both.columns["date"] == [date(2026, 10, 8), date(2026, 10, 9)]


def test_invalid_punches_are_left_out_with_their_reason(tmp_path: Path) -> None:
    """By header, or by place where there is none."""
    text = "工号,考勤日期,打卡时间,打卡结果\n7,2026-10-08,08:55,正常\n7,2026-10-08,07:00,打卡无效\n"
    named = _read(
        tmp_path, "a.csv", text, columns={"in_at": "打卡时间"}, leave_out={"打卡结果": ["打卡无效", "打卡失败"]}
    )
    placed = _read(
        tmp_path, "b.dat", "7\t2026-10-08 08:55\t1\n7\t2026-10-08 07:00\t9\n", **DEVICE, leave_out={"@C": ["9"]}
    )
    for imported in (named, placed):
        assert [moment.time() for moment in imported.columns["in_at"] if isinstance(moment, datetime)] == [time(8, 55)]
        assert imported.fates[0].left_out == (("filter", 1),)


def test_rows_without_a_punch_have_no_day_and_are_said(tmp_path: Path) -> None:
    """Where nothing else says the day."""
    imported = _read(
        tmp_path, "a.csv", "工号,打卡\n7,2026-10-08 08:55\n7,2026-10-09 08:55\n7,\n7,很早\n", columns={"in_at": "打卡"}
    )
    assert (imported.accepted, imported.rejected) == (2, 2)
    assert _warnings(imported) == ["value-not-a-date", "value-missing"]


@pytest.mark.parametrize(("written", "read"), [("00000012", "0012"), ("12", "0012"), ("12345", "12345"), ("K7", "K7")])
def test_padding_is_cut_to_the_digits_of_the_roster(tmp_path: Path, written: str, read: str) -> None:
    """Only of numbers made of figures, and never more than zeros."""
    imported = _read(tmp_path, "a.dat", f"{written}\t2026-10-08 08:55\n", **DEVICE)
    assert imported.columns["agent_id"] == [read]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"table": "orders", "day_ends": "04:00"}, "day-ends-without-punches"),
        ({"columns": {"shift": {"from": "班次", "digits": 3}}}, "digits-not-an-id"),
    ],
)
def test_keys_that_mean_nothing_there_are_said(said: dict[str, object], code: str) -> None:
    """Before any file is read."""
    _, problems = resolve_source(Source.model_validate({"table": "attendance", "files": "x", **said}))
    assert [problem.code for problem in problems] == [code]


@st.composite
def _days(draw: st.DrawFn) -> dict[tuple[str, date], list[datetime]]:
    """The punches of some people and days, minutes after four in the morning of their day."""
    keys = st.tuples(st.sampled_from(["0007", "0012", "1003"]), st.dates(date(2026, 10, 1), date(2026, 10, 31)))
    minutes = st.lists(st.integers(0, 24 * 60 - 1), min_size=1, max_size=6)
    days = draw(st.dictionaries(keys, minutes, min_size=1, max_size=12))
    start = time(4)
    return {
        (who, day): [datetime.combine(day, start) + timedelta(minutes=one) for one in found]
        for (who, day), found in days.items()
    }


@settings(max_examples=drawn(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_days(), st.randoms(use_true_random=False), st.sampled_from(["{:>9}", "{:0>8}", "{}"]))
def test_facts_written_as_a_log_are_read_as_the_same_facts(
    tmp_path: Path, facts: dict[tuple[str, date], list[datetime]], shuffle: Any, padded: str
) -> None:
    """In any order, some punches twice."""
    lines = [f"{padded.format(int(who))}\t{moment}\t1\t0" for (who, _), found in facts.items() for moment in found]
    lines += lines[::3]
    shuffle.shuffle(lines)
    imported = _read(tmp_path, "log.dat", "\n".join(lines) + "\n", **DEVICE, day_ends="04:00")
    assert _warnings(imported) == []
    # Where nobody has two punches on a day, the rows stand as they are.
    read = {key: (first, last or first) for key, (first, last) in _facts(imported).items()}
    assert read == {key: (min(found), max(found)) for key, found in facts.items()}
    assert imported.fates[0].counted == len(lines)
