"""Days and moments in every form of exports."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.month import Month
from csctl.readers.columns.dates import parse_date, parse_moment
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.values import CellFault
from csctl.readers.grid import Cell

JULY = date(2026, 7, 1)
DAYS: list[Cell] = [
    "2026-07-01",
    "2026-7-1",
    "2026/7/1",
    "2026.07.01",
    "2026年7月1日",
    "2026 年 7 月 1 日",
    "20260701",
    "26-07-01 星期三",
    "2026-07-01(三)",
    "2026-07-01（三）",
    "26-07-01 周三",
    "2026-07-01 星期三",
    "2026-07-01（周三）",
    "２０２６－０７－０１",
    "2026-07-01 23:59:59",
    "2026-07-01T08:00:00",
    "2026-06-30T23:30:00Z",
    "1 July 2026",
    "01-Jul-2026",
    "Jul 1, 2026",
    20260701,
    46204,
    46204.75,
    date(2026, 7, 1),
    datetime(2026, 7, 1, 12),
]


@pytest.mark.parametrize("cell", DAYS)
def test_a_day_is_the_same_in_every_form(cell: Cell) -> None:
    """Separators, Chinese, compact, with weekday, serial number of a workbook."""
    assert parse_date(cell) == JULY


@pytest.mark.parametrize(
    "cell",
    ["2026-02-30", "2026-13-01", "2026-7-32", "26-07-01 星期四", "2026-07-01 星期四", "2026-07-01(四)", "2026-07/01",
     "46204", "昨天",
     "1850-01-01", "2026-07-01 25:00", "2026-07-01 xx", "2026-07-010", "20261301", "1 Foo 2026", 5, 99999999, -1,
     float("nan"), True, "1751328000000", datetime(1899, 12, 31)],
)  # fmt: skip
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    """Impossible days, wrong weekdays, and serial numbers or epochs written as text."""
    assert parse_date(cell) == CellFault("value-not-a-date")


@pytest.mark.parametrize("text", ["01/02/2026", "25/12/2026", "1-2-26", "26-07-01", "01.02.2026 09:00"])
def test_a_day_whose_order_is_not_told_is_refused(text: str) -> None:
    """Even where only one order is possible: the next row may have two."""
    assert parse_date(text) == CellFault("value-date-ambiguous")


def test_a_given_format_settles_the_order_and_nothing_else_is_read() -> None:
    """01/02/2026 is the first of February where the source says so."""
    assert parse_date("01/02/2026", Forms(pattern="%d/%m/%Y")) == date(2026, 2, 1)
    assert parse_moment("01/02/2026 09:30", Forms(pattern="%d/%m/%Y %H:%M")) == datetime(2026, 2, 1, 9, 30)
    european = Forms(pattern="%d/%m/%Y")
    assert parse_date("2026-02-01", european) == CellFault("value-not-in-format", (("format", "%d/%m/%Y"),))
    assert parse_date(date(2026, 2, 1), Forms(pattern="%d/%m/%Y")) == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("text", "day_first", "meant"),
    [
        ("08/10/2026", True, date(2026, 10, 8)),
        ("08/10/2026", False, date(2026, 8, 10)),
        ("8.10.2026", True, date(2026, 10, 8)),
        ("08-10-26", True, date(2026, 10, 8)),
        ("10/8/26", False, date(2026, 10, 8)),
        ("8/10/2026 14:30", True, date(2026, 10, 8)),
        ("08/10/2026 星期四", True, date(2026, 10, 8)),
        ("08-10-26 周四", True, date(2026, 10, 8)),
        ("1/2/1998", True, date(1998, 2, 1)),
        ("2026-10-08", False, date(2026, 10, 8)),
    ],
)
def test_the_order_that_the_column_settled_is_that_of_each_cell(text: str, day_first: bool, meant: date) -> None:
    """8 October 2026 is a Thursday; a day written year first is read as ever."""
    assert parse_date(text, Forms(order="d/m/y" if day_first else "m/d/y")) == meant


def test_a_day_that_the_settled_order_does_not_allow_is_refused() -> None:
    """There is no month 18 where the month stands first."""
    assert parse_date("18/10/2026", Forms(order="m/d/y")) == CellFault("value-not-a-date")
    assert parse_date("08/10/2026 星期三", Forms(order="d/m/y")) == CellFault("value-not-a-date")
    assert parse_moment("08/10/2026 9:05", Forms(order="d/m/y")) == datetime(2026, 10, 8, 9, 5)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5-Oct-26", date(2026, 10, 5)),
        ("05-OCT-26", date(2026, 10, 5)),
        ("5 Oct 26", date(2026, 10, 5)),
        ("5/Oct/2026", date(2026, 10, 5)),
        ("5-Oct-98", date(1998, 10, 5)),
        ("Oct 5, 26", date(2026, 10, 5)),
        ("Oct. 5, 2026", date(2026, 10, 5)),
        ("5-Oct-26 14:30", date(2026, 10, 5)),
    ],
)
def test_a_month_in_words_leaves_two_digits_to_the_year(text: str, meant: date) -> None:
    """English spreadsheets write days so."""
    assert parse_date(text) == meant


OCTOBER = Month(2026, 10)


@pytest.mark.parametrize(
    "text",
    [
        "10月5日",
        "10月5号",
        "10月05",
        "10 月 5 日",
        "10月5日 周一",
        "10月5日（星期一）",
        "5 Oct",
        "5-Oct",
        "Oct 5",
        "October 5",
        "10月5日 09:30",
        "5 Oct 9:30",
    ],
)
def test_a_day_without_a_year_is_one_of_the_month_of_the_file(text: str) -> None:
    """5 October 2026 is a Monday. Without a month to go by nothing is guessed."""
    assert parse_date(text, Forms(near=OCTOBER)) == date(2026, 10, 5)
    assert isinstance(parse_date(text), CellFault)


@pytest.mark.parametrize(
    ("text", "near", "meant"),
    [
        ("12月31日", Month(2027, 1), date(2026, 12, 31)),
        ("1月2日", Month(2026, 12), date(2027, 1, 2)),
        ("Dec 31", Month(2027, 1), date(2026, 12, 31)),
        ("9月30日", OCTOBER, date(2026, 9, 30)),
        ("2月29日", Month(2028, 1), date(2028, 2, 29)),
    ],
)
def test_the_year_that_is_left_out_is_the_nearest_one(text: str, near: Month, meant: date) -> None:
    """The last day of December stands in January's file as the day before New Year."""
    assert parse_date(text, Forms(near=near)) == meant


@pytest.mark.parametrize("text", ["10月5日 星期二", "13月5日", "2月30日", "Oct-26", "10月", "Oct 5, 2026 周日"])
def test_a_day_without_a_year_must_still_be_one(text: str) -> None:
    """A wrong weekday, a month that is none; Oct-26 is a month to spreadsheets."""
    assert parse_date(text, Forms(near=OCTOBER)) == CellFault("value-not-a-date")


@pytest.mark.parametrize("text", ["2026-07", "2026年7月", "2026/07", "202607"])
def test_a_month_is_its_first_day_only_where_months_are_expected(text: str) -> None:
    """A column named 月份 holds months; a day column does not."""
    assert parse_date(text, Forms(month_only=True)) == JULY
    assert isinstance(parse_date(text), CellFault)


MOMENTS: list[tuple[Cell, datetime]] = [
    ("2026-09-03 12:00:00", datetime(2026, 9, 3, 12)),
    ("2026/09/03 12:00", datetime(2026, 9, 3, 12)),
    ("2026年9月3日 12时05分06秒", datetime(2026, 9, 3, 12, 5, 6)),
    ("2026-09-03T12:00:00Z", datetime(2026, 9, 3, 20)),
    ("2026-09-03 12:00:00 UTC", datetime(2026, 9, 3, 20)),
    ("2026-09-03T12:00:00+08:00", datetime(2026, 9, 3, 12)),
    ("2026-09-03 12:00:00 -0500", datetime(2026, 9, 4, 1)),
    ("2026-09-03 12:00:00.250", datetime(2026, 9, 3, 12, 0, 0, 250000)),
    ("2026-09-03 12:05:00 AM", datetime(2026, 9, 3, 0, 5)),
    ("2026-09-03 3:05 pm", datetime(2026, 9, 3, 15, 5)),
    ("2026-09-03 下午 3:05", datetime(2026, 9, 3, 15, 5)),
    ("2026-09-03 上午9:12", datetime(2026, 9, 3, 9, 12)),
    ("2026-09-03 中午12:30", datetime(2026, 9, 3, 12, 30)),
    ("2026-09-03", datetime(2026, 9, 3)),
    ("1788408000000", datetime(2026, 9, 3, 12)),
    (1788408000123, datetime(2026, 9, 3, 12, 0, 0, 123000)),
    ("1788408000", datetime(2026, 9, 3, 12)),
    (46268.5, datetime(2026, 9, 3, 12)),
    (Decimal("46268.25"), datetime(2026, 9, 3, 6)),
    (datetime(2026, 9, 3, 12), datetime(2026, 9, 3, 12)),
    (date(2026, 9, 3), datetime(2026, 9, 3)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-10-05T14:30:00+08", datetime(2026, 10, 5, 14, 30)),
        ("2026-10-05 14:30:00.125+08", datetime(2026, 10, 5, 14, 30, 0, 125000)),
        ("2026-10-05 14:30 +8", datetime(2026, 10, 5, 14, 30)),
        ("2026-10-05T14:30-05", datetime(2026, 10, 6, 3, 30)),
        ("2026-10-05T14:30+0", datetime(2026, 10, 5, 22, 30)),
        ("2026-10-05T14:30+5:30", datetime(2026, 10, 5, 17)),
    ],
)
def test_an_offset_may_be_in_hours_alone(text: str, meant: datetime) -> None:
    """Local time is eight hours ahead of UTC."""
    assert parse_moment(text) == meant


@pytest.mark.parametrize("text", ["2026-10-05 09:00-18", "2026-10-05 09:00-18:00", "2026-10-05 09:00+153"])
def test_what_stands_behind_a_time_is_no_offset_that_no_place_has(text: str) -> None:
    """From nine to six is a span; no clock is fifteen hours off."""
    assert parse_moment(text) == CellFault("value-not-a-date")


@pytest.mark.parametrize(
    "text", ["24:00", "24:00:00", "24点00分", "2026-07-01 24:00", "2026-07-01T24:00:00", "2026年7月1日 24:00"]
)
def test_twenty_four_hundred_is_the_end_of_the_day(text: str) -> None:
    """As a moment it is the start of the next day; a time alone needs the day of its row."""
    assert parse_moment(text, base=JULY) == datetime(2026, 7, 2)


def test_there_is_nothing_after_the_end_of_the_day_and_the_day_itself_stays() -> None:
    """The last day of a leave that ends at 24:00 is that day."""
    assert parse_moment("24:01", base=JULY) == CellFault("value-not-a-date")
    assert parse_moment("24:00") == CellFault("value-time-without-date")
    assert parse_date("2026-07-01 24:00") == JULY
    assert parse_date("2026-07-01 00:00") == JULY


@pytest.mark.parametrize(
    "cell",
    [
        "1900-01-01 09:12:58",
        "1899-12-30 09:12:58",
        "1970-01-01 09:12:58",
        "1904-01-01 09:12:58",
        "1900/1/0 9:12:58",
        "1899/12/30 9:12:58",
        "1970-01-01T09:12:58",
        datetime(1899, 12, 30, 9, 12, 58),
        datetime(1900, 1, 1, 9, 12, 58),
        datetime(1904, 1, 1, 9, 12, 58),
    ],
)
def test_the_day_a_program_counts_from_is_no_day_beside_the_day_of_the_row(cell: Cell) -> None:
    """Programs that know only moments print one beside a bare time."""
    assert parse_moment(cell, base=JULY) == datetime(2026, 7, 1, 9, 12, 58)


@pytest.mark.parametrize("text", ["1900-01-01 00:00:00", "1970-01-01 08:00:00", "1970-01-01T00:00:00"])
def test_the_moment_a_program_counts_from_is_no_time_of_day(text: str) -> None:
    """Databases write it for nothing; somebody has to look."""
    assert parse_moment(text, base=JULY) == CellFault("value-not-a-date")


def test_a_full_day_of_a_workbook_is_its_end() -> None:
    """24:00 is 1, and 1 is the first of January 1900 to a spreadsheet."""
    assert parse_moment(datetime(1900, 1, 1), base=JULY) == datetime(2026, 7, 2)


def test_bare_numbers_count_from_the_epoch_of_their_workbook() -> None:
    """1 July 2026 is day 46204 of one count and 1,462 less of the other."""
    assert parse_date(46204) == JULY
    assert parse_date(44742, Forms(epoch_1904=True)) == JULY
    assert parse_date(20260701, Forms(epoch_1904=True)) == JULY


@pytest.mark.parametrize(("cell", "meant"), MOMENTS)
def test_a_moment_is_local_time_in_every_form(cell: Cell, meant: datetime) -> None:
    """Offsets are brought to local time; a moment without one is local already."""
    assert parse_moment(cell) == meant


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("9:12:58", datetime(2026, 7, 1, 9, 12, 58)), ("次日 00:04", datetime(2026, 7, 2, 0, 4)),
     ("9:12 PM", datetime(2026, 7, 1, 21, 12)), (time(9, 12), datetime(2026, 7, 1, 9, 12)),
     (timedelta(hours=25), datetime(2026, 7, 2, 1)), ("2026-07-05 08:00", datetime(2026, 7, 5, 8))],
)  # fmt: skip
def test_a_time_takes_the_day_of_its_row(cell: Cell, meant: datetime) -> None:
    """次日 is the day after; a cell with a day of its own keeps it."""
    assert parse_moment(cell, base=JULY) == meant


@pytest.mark.parametrize("cell", ["9:12:58", "次日 00:04", time(9, 12), timedelta(hours=1)])
def test_a_time_without_a_day_is_named(cell: Cell) -> None:
    """It cannot be placed in a month."""
    assert parse_moment(cell) == CellFault("value-time-without-date")


@pytest.mark.parametrize("cell", [None, "", "--", "N/A", "NULL"])
def test_an_empty_date_is_missing(cell: Cell) -> None:
    """Not a fault: an agent who has not left has no last day."""
    assert parse_date(cell) is None
    assert parse_moment(cell) is None


@given(st.dates(date(1951, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_from_every_form(day: date) -> None:
    """Written by strftime, read by csctl."""
    weekday = "一二三四五六日"[day.weekday()]
    forms = [f"{day:%Y-%m-%d}", f"{day.year}/{day.month}/{day.day}", f"{day:%Y.%m.%d}", f"{day:%Y%m%d}",
             f"{day.year}年{day.month}月{day.day}日", f"{day:%Y-%m-%d} 星期{weekday}"]  # fmt: skip
    assert [parse_date(form) for form in forms] == [day] * 6


@given(st.datetimes(datetime(1951, 1, 1), datetime(2099, 12, 30)), st.integers(-12 * 60, 14 * 60))
def test_every_moment_with_an_offset_is_the_same_instant(moment: datetime, offset: int) -> None:
    """Shifted by the offset and by eight hours, computed on plain datetimes."""
    moment = moment.replace(microsecond=0)
    sign = "-" if offset < 0 else "+"
    text = f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"
    assert parse_moment(text) == moment - timedelta(minutes=offset) + timedelta(hours=8)
    assert parse_moment(text, Forms(zone=UTC)) == moment - timedelta(minutes=offset)


@given(st.text())
def test_no_text_breaks_the_parsers(text: str) -> None:
    """The result is a date, nothing or a fault."""
    assert isinstance(parse_date(text), (date, CellFault, type(None)))
    assert isinstance(parse_moment(text, base=JULY), (datetime, CellFault, type(None)))


@pytest.mark.parametrize("text", ["PM 03:05", "pm3:05", "3:05 PM", "下午3:05", "3:05下午", "15:05"])
def test_half_of_the_day_stands_before_or_behind_the_time(text: str) -> None:
    """Once is enough: said twice it is no time."""
    day = date(2026, 10, 8)
    assert parse_moment(text, base=day) == datetime(2026, 10, 8, 15, 5)
    assert parse_moment(f"2026-10-08 {text}") == datetime(2026, 10, 8, 15, 5)
    assert isinstance(parse_moment("PM 03:05 PM", base=day), CellFault)
