"""Lengths of time in every form of exports."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.readers.columns.durations import parse_seconds
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.values import CellFault
from csctl.readers.grid import Cell

FORMS: list[tuple[Cell, str, str]] = [
    ("2分30秒", "", "150"),
    ("7小时41分52秒", "", "27712"),
    ("1天2小时", "", "93600"),
    ("86秒", "", "86"),
    ("3分钟", "", "180"),
    ("２分３０秒", "", "150"),
    ("5 minutes 10 seconds", "", "310"),
    ("2 days 3 hours", "", "183600"),
    ("1h 5m", "", "3900"),
    ("0.00:03:12", "", "192"),
    ("1.02:03:04.5", "", "93784.5"),
    ("0:02:23", "", "143"),
    (" 208:19:49.226", "", "749989.226"),
    ("12:02:23 AM", "", "143"),
    ("1:00:00 PM", "", "46800"),
    ("02:23", "minutes", "143"),
    ("02:23", "hours", "8580"),
    ("0:02:23", "hours", "143"),
    ("90", "", "90"),
    ("1.5", "minutes", "90"),
    ("1.5", "hours", "5400"),
    (0.5, "days", "43200"),
    ("350", "milliseconds", "0.35"),
    ("1,200", "", "1200"),
    (116, "minutes", "6960"),
    (time(0, 2, 23), "", "143"),
    (time(0, 0, 1, 500000), "", "1.5"),
    (timedelta(hours=30, seconds=1), "", "108001"),
    (datetime(1900, 1, 1, 0, 2, 23), "", "86543"),
    (datetime(1899, 12, 31, 12), "", "43200"),
    (datetime(1899, 12, 30, 12), "", "43200"),
    (datetime(1900, 3, 1), "", "5270400"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "unit", "seconds"), FORMS)
def test_a_duration_is_the_same_seconds_in_every_form(cell: Cell, unit: str, seconds: str) -> None:
    """Words, clocks, bare numbers with a unit, and what workbooks make of them."""
    assert parse_seconds(cell, Forms(unit=unit)) == Decimal(seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0 days 00:02:23", "143"),
        ("0 days 00:02:23.500000", "143.5"),
        ("0 days 00:02:23.500000000", "143.5"),
        ("1 day, 2:03:04", "93784"),
        ("2 days, 0:00:01", "172801"),
        ("1天 02:03:04", "93784"),
        ("1d 00:00:05", "86405"),
    ],
)
def test_days_and_a_clock_are_one_length(text: str, seconds: str) -> None:
    """As scripts print a difference of moments: 1 day, 2:03:04 is 86,400 + 7,384 seconds."""
    assert parse_seconds(text) == Decimal(seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("PT1H2M3S", "3723"),
        ("PT45S", "45"),
        ("PT2M30S", "150"),
        ("P1DT2H", "93600"),
        ("P0DT0H2M23S", "143"),
        ("PT2.5S", "2.5"),
        ("PT0S", "0"),
        ("P1D", "86400"),
        ("pt1h", "3600"),
        ("PT1.5H", "5400"),
    ],
)
def test_a_length_in_the_form_of_the_standard_is_read(text: str, seconds: str) -> None:
    """P, days, T, then hours, minutes and seconds, each if it is not nought."""
    assert parse_seconds(text) == Decimal(seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1 hour, 5 minutes", "3900"),
        ("2 minutes, 30 seconds", "150"),
        ("1 hour,5 minutes, 2 seconds", "3902"),
        ("1h 5m", "3900"),
        ("2'30\"", "150"),
        ("2\u203230\u2033", "150"),
        ("2\u2019 30\u201d", "150"),
        ('30"', "30"),
        ("2'", "120"),
        ("2'30''", "150"),
    ],
)
def test_a_comma_between_and_the_signs_of_minutes_and_seconds_are_read(text: str, seconds: str) -> None:
    """As people say it, and as stopwatches write it."""
    assert parse_seconds(text) == Decimal(seconds)


@pytest.mark.parametrize(
    "cell",
    [
        "1900-01-01 00:02:23",
        "1899-12-30 00:02:23",
        "1970-01-01 00:02:23",
        "1904-01-01 00:02:23",
        "1970-01-01T00:02:23",
        datetime(1970, 1, 1, 0, 2, 23),
        datetime(1904, 1, 1, 0, 2, 23),
    ],
)
def test_the_day_a_program_counts_from_adds_nothing_to_a_length(cell: Cell) -> None:
    """Two minutes and 23 seconds that went through a program which knows only moments."""
    assert parse_seconds(cell) == Decimal(143)


def test_a_clock_of_two_parts_is_what_the_column_says() -> None:
    """(mm:ss) or (hh:mm) in the header; the unit of bare numbers beside it is another matter."""
    assert parse_seconds("02:23", Forms(clock="minutes")) == Decimal(143)
    assert parse_seconds("02:23", Forms(clock="hours")) == Decimal(8580)
    assert parse_seconds("02:23", Forms(clock="minutes", unit="hours")) == Decimal(143)
    assert parse_seconds("1 day, 02:23", Forms(clock="hours")) == Decimal(94980)


def test_parts_of_a_day_and_decimal_commas_are_what_the_column_says() -> None:
    """A quarter of a day is six hours; 2,5 minutes are 150 seconds; 1.200 is a thousand and more there."""
    comma = Forms(decimal_comma=True)
    assert parse_seconds(0.25, Forms(day_fraction=True)) == Decimal(21600)
    assert parse_seconds("0.25", Forms(day_fraction=True, unit="days")) == Decimal(21600)
    assert parse_seconds("0:00:05", Forms(day_fraction=True)) == Decimal(5)
    assert parse_seconds("2,5分钟", comma) == Decimal(150)
    assert parse_seconds("2,5", Forms(decimal_comma=True, unit="minutes")) == Decimal(150)
    assert parse_seconds("1.200", comma) == Decimal(1200)
    assert parse_seconds("0:02:23,5", comma) == Decimal("143.5")


def test_a_workbook_that_counts_from_1904_has_lengths_from_there() -> None:
    """A day and two minutes."""
    cell = datetime(1904, 1, 2, 0, 2)
    assert parse_seconds(cell, Forms(epoch_1904=True)) == Decimal(86520)
    assert parse_seconds(cell) == CellFault("value-not-a-duration")


@pytest.mark.parametrize(
    "text",
    [
        "-1 days +23:57:37",
        "-1 day, 23:57:37",
        "PT-5S",
        "-PT5S",
        "PT",
        "P",
        "P1Y",
        "P1M",
        "PT1H2",
        "PT1.2.3S",
        "5 minutes, 1 hour",
        "2'30'",
        '"',
        "'",
        "(30)",
        "30-",
    ],
)
def test_negative_lengths_and_halves_of_forms_are_refused(text: str) -> None:
    """A negative length is a mistake of the export; a year has no fixed length."""
    assert parse_seconds(text) == CellFault("value-not-a-duration")


@pytest.mark.parametrize(
    "cell",
    ["-5", "0:61:00", "0:00:61", "两分钟", "无", "30秒2分", "1:2:3:4", "13:02:23 PM", "2026-10-01",
     datetime(2026, 10, 1), date(2026, 10, 1), True, timedelta(seconds=-1), "99999999小时"],
)  # fmt: skip
def test_what_is_no_length_of_time_is_refused(cell: Cell) -> None:
    """Negative lengths, real dates and parts out of order among them."""
    assert parse_seconds(cell) == CellFault("value-not-a-duration")


def test_two_parts_without_a_unit_are_ambiguous() -> None:
    """02:23 is minutes to a hotline and hours to an attendance system."""
    assert parse_seconds("02:23") == CellFault("value-duration-ambiguous")
    assert parse_seconds("02:23", Forms(unit="seconds")) == CellFault("value-duration-ambiguous")


@pytest.mark.parametrize("cell", [None, "", "--", "N/A"])
def test_an_empty_duration_is_missing(cell: Cell) -> None:
    """Not zero seconds."""
    assert parse_seconds(cell, Forms(unit="minutes")) is None


@given(st.integers(0, 99), st.integers(0, 59), st.integers(0, 59))
def test_words_and_clock_of_one_duration_agree(hours: int, minutes: int, seconds: int) -> None:
    """timedelta is the independent sum."""
    expected = Decimal(int(timedelta(hours=hours, minutes=minutes, seconds=seconds).total_seconds()))
    assert parse_seconds(f"{hours}小时{minutes}分{seconds}秒") == expected
    assert parse_seconds(f"{hours}:{minutes:02d}:{seconds:02d}") == expected
    assert parse_seconds(timedelta(hours=hours, minutes=minutes, seconds=seconds)) == expected


@given(st.integers(0, 86_399))
def test_a_workbook_time_is_its_seconds_of_the_day(seconds: int) -> None:
    """A time cell is a fraction of a day that a format disguised."""
    moment = datetime(2026, 1, 1) + timedelta(seconds=seconds)
    assert parse_seconds(moment.time()) == Decimal(seconds)
    assert parse_seconds(moment.strftime("%I:%M:%S %p")) == Decimal(seconds)


@given(st.text(), st.sampled_from(["", "seconds", "minutes", "hours", "days"]))
def test_no_text_breaks_the_parser(text: str, unit: str) -> None:
    """The result is seconds, nothing or a fault."""
    found = parse_seconds(text, Forms(unit=unit))
    assert found is None or isinstance(found, CellFault) or found >= 0
