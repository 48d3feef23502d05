"""A sheet with a column for each day: what becomes of its headers and its cells, and what is said."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from tests.drawn import drawn

OCTOBER = Month(2026, 10)
Merged = tuple[tuple[int, int, int, int], ...]


def _read(
    *rows: Sequence[Cell], month: Month | None = OCTOBER, merged: Merged = (), name: str = "考勤", **said: Any
) -> Imported:
    asked = {"table": "attendance", "files": "x", "shape": "days", **said}
    source, problems = resolve_source(Source.model_validate(asked))
    assert source is not None, problems
    book = Book((Sheet(name, [tuple(row) for row in rows], merged=merged),))
    return import_book(book, source, "data/x.xlsx", month)


def _warnings(imported: Imported) -> list[str]:
    return [problem.code for problem in imported.problems if problem.severity is not Severity.NOTE]


def _the(imported: Imported, code: str) -> Problem:
    (found,) = [problem for problem in imported.problems if problem.code == code]
    return found


def _days(imported: Imported) -> list[object]:
    return list(imported.columns["date"])


def _punches(imported: Imported) -> list[tuple[object, object]]:
    return list(zip(imported.columns["in_at"], imported.columns["out_at"], strict=True))


WORKED = "08:30 17:30"
Row = Sequence[Cell]


@pytest.mark.parametrize(
    "headers",
    [
        ("1", "2", "3"),
        (1, 2, 3.0),
        ("01日", "02日", "03日"),
        ("1号", "2号", "3号"),
        ("1 四", "2 五", "3 六"),
        ("01日星期四", "02日星期五", "03日星期六"),
        ("1\n周四", "2\n周五", "3\n周六"),
        ("四 1", "五 2", "六 3"),
        ("10/1", "10/2", "10/3"),
        ("1/10", "2/10", "3/10"),
        ("10月1日", "10月2日", "10月3日"),
        ("01/10/2026", "02/10/2026", "03/10/2026"),
        ("10/1/2026", "10/2/2026", "10/3/2026"),
        ("2026-10-01", "2026-10-02", "2026-10-03"),
        ("2026/10/1 星期四", "2026/10/2 星期五", "2026/10/3 星期六"),
        (20261001, 20261002, 20261003),
        (datetime(2026, 10, 1), datetime(2026, 10, 2), date(2026, 10, 3)),
        (46296, 46297, 46298),
        ("Oct 1", "Oct 2", "Oct 3"),
        ("1 Thu", "2 Fri", "3 Sat"),
    ],
)
def test_the_header_of_a_day_is_read_in_every_form(headers: Sequence[Cell]) -> None:
    """Each of them is 1 to 3 October."""
    imported = _read(("姓名", *headers), ("王芳", WORKED, WORKED, WORKED))
    assert _days(imported) == [date(2026, 10, day) for day in (1, 2, 3)]
    assert _warnings(imported) == []


def test_weekdays_and_holidays_stand_in_the_place_of_days() -> None:
    """As in one vendor's month: free days bear their name and no number."""
    header = ("姓名", "国庆节", "国庆节", "国庆节", "日", 5, 6, "国庆节", 8, 9, "六", "日", 12)
    imported = _read(header, ("王芳", *[WORKED] * 12))
    assert _days(imported) == [date(2026, 10, day) for day in range(1, 13)]
    assert _warnings(imported) == []


def test_weekdays_may_stand_in_a_row_of_their_own() -> None:
    """Below the days with the names, or above them; both rows are the header."""
    below = _read((None, 1, 2, 3), ("姓名", "四", "五", "六"), ("王芳", *[WORKED] * 3))
    above = _read((None, "四", "五", "六"), ("姓名", 1, 2, 3), ("王芳", *[WORKED] * 3))
    for imported in (below, above):
        assert (_days(imported), _warnings(imported)) == ([date(2026, 10, day) for day in (1, 2, 3)], [])
        assert imported.columns["agent_name"] == ["王芳"] * 3
        assert (imported.fates[0].header, imported.fates[0].counted) == (2, 1)


def test_weekdays_of_another_month_are_said() -> None:
    """The file stands in the wrong folder, or its headers are old."""
    imported = _read(("姓名", "1 五", "2 六", "3 日"), ("王芳", *[WORKED] * 3))
    assert _warnings(imported) == ["grid-weekday-differs"]


def test_dates_of_another_year_count_by_their_days() -> None:
    """A copied template; that is said, unless a row of weekdays proves the month."""
    header: Row = ("姓名", *(datetime(2019, 1, day) for day in (1, 2, 3)))
    said = _read(header, ("王芳", *[WORKED] * 3))
    assert _days(said) == [date(2026, 10, day) for day in (1, 2, 3)]
    assert _warnings(said) == ["grid-days-of-other-month"]
    proven = _read(header, (None, "四", "五", "六"), ("王芳", *[WORKED] * 3))
    assert (_days(proven), _warnings(proven)) == (_days(said), [])


def test_a_month_from_the_26th_to_the_25th_begins_in_the_month_before() -> None:
    """Numbers that begin again: what lies before is of September and left out."""
    imported = _read(("姓名", 29, 30, 1, 2), ("王芳", *[WORKED] * 4))
    assert _days(imported) == [date(2026, 10, 1), date(2026, 10, 2)]
    assert _warnings(imported) == ["rows-outside-month"]


def test_the_month_comes_from_the_title_where_the_path_does_not_say_it() -> None:
    """Else nobody knows it: an error."""
    rows: list[Row] = [("姓名", 1, 2, 3), ("王芳", *[WORKED] * 3)]
    assert _days(_read(("2026年9月考勤表",), *rows, month=None))[0] == date(2026, 9, 1)
    assert _warnings(_read(*rows, month=None)) == ["grid-month-unknown"]
    assert _warnings(_read(("2026年9月考勤表",), *rows)) == ["title-of-other-month"]


def test_a_day_that_the_month_lacks_is_said_if_something_stands_in_it() -> None:
    """Templates have 31 columns in every month."""
    header = ("姓名", *range(1, 32))
    quiet = _read(header, ("王芳", *[WORKED] * 30), month=Month(2026, 9))
    assert (len(_days(quiet)), _warnings(quiet)) == (30, [])
    said = _read(header, ("王芳", *[WORKED] * 31), month=Month(2026, 9))
    assert (len(_days(said)), _warnings(said)) == (30, ["grid-day-impossible"])


def test_cells_that_no_sheet_should_hold_are_no_days_and_no_times() -> None:
    """Numbers beyond all numbers, days at the end of time, lengths of years."""
    odd: Row = ("姓名", float("inf"), float("nan"), 10**300, datetime(9999, 12, 31), 1, 2, 3)
    cells: Row = ("王芳", None, None, None, None, timedelta(days=900_000_000), timedelta(hours=-1), WORKED)
    imported = _read(odd, cells)
    assert _days(imported) == [date(2026, 10, day) for day in (1, 2, 3)]
    assert imported.columns["unreadable"] == ["in_at out_at", "in_at out_at", None]
    assert _warnings(imported) == ["grid-codes-unknown"]


def test_without_a_row_of_days_it_is_an_error() -> None:
    """A plain list is none."""
    assert _warnings(_read(("姓名", "日期"), ("王芳", "2026-10-01"))) == ["grid-without-days"]


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("08:23  \n16:36  ", "1 08:23", "1 16:36"),
        ("08:23,16:36", "1 08:23", "1 16:36"),
        ("08:23-16:36", "1 08:23", "1 16:36"),
        ("08:23;12:01;12:58;16:36", "1 08:23", "1 16:36"),
        ("08:07外勤\n次日01:08", "1 08:07", "2 01:08"),
        ("08:07:30(外勤)、17:00:05", "1 08:07:30", "1 17:00:05"),
        ("8：05，24:00", "1 08:05", "2 00:00"),
        ("08:23", "1 08:23", "1 08:23"),
        ("08:23 缺卡", "1 08:23", "1 08:23"),
        (time(8, 23), "1 08:23", "1 08:23"),
        (timedelta(hours=8, minutes=23), "1 08:23", "1 08:23"),
    ],
)
def test_the_first_and_the_last_time_of_a_cell_are_the_punches(cell: Cell, first: str, last: str) -> None:
    """With notes beside them that the source knows."""
    imported = _read(("姓名", 1, 2, 3), ("王芳", cell, WORKED, WORKED), codes={"外勤": {}})

    def moment(text: str) -> datetime:
        day, _, clock = text.partition(" ")
        return datetime.combine(date(2026, 10, int(day)), time.fromisoformat(clock))

    assert _punches(imported)[0] == (moment(first), moment(last))
    assert _warnings(imported) == []


def test_times_that_go_back_are_not_read_until_the_end_of_the_day_is_said() -> None:
    """20:00 and 04:00 may be a night or two exchanged punches: the day is unknown, and nothing is counted of it."""
    rows: list[Row] = [("姓名", 1, 2, 3), ("王芳", "20:00,04:00", "20:00,03:10", WORKED)]
    doubtful = _read(*rows)
    assert _warnings(doubtful) == ["grid-times-descend"]
    assert doubtful.columns["unreadable"] == ["in_at out_at", "in_at out_at", None]
    night = _read(*rows, day_ends="05:00")
    assert _punches(night)[0] == (datetime(2026, 10, 1, 20), datetime(2026, 10, 2, 4))
    assert _warnings(night) == []


def test_a_time_that_does_not_exist_is_said_and_costs_nothing() -> None:
    """It is no code: there is nothing to write but the right time."""
    imported = _read(("姓名", 1, 2, 3), ("王芳", "25:10", "08:61 17:30", WORKED))
    assert _warnings(imported) == ["grid-times-impossible"]
    assert imported.columns["unreadable"] == ["in_at out_at", "in_at out_at", None]


def test_an_unknown_word_beside_one_time_makes_no_missing_punch() -> None:
    """It may be the other punch; beside two times it is a note."""
    imported = _read(("姓名", 1, 2, 3), ("王芳", "08:30 1730", "08:30 17:30 外勤", WORKED))
    assert imported.columns["unreadable"] == ["in_at out_at", None, None]


def test_a_cell_of_the_greatest_length_is_read_at_once() -> None:
    """Digits, blanks and signs by the thousand."""
    for sign in ("1", " ", "次日 ", "1:", "事假", "1H", "("):
        text = (sign * 32_000)[:32_000] + "x"
        started = process_time()
        assert "grid-codes-unknown" in _warnings(_read(("姓名", 1, 2, 3), ("王芳", text, WORKED, WORKED), codes=CODES))
        assert process_time() - started < 2, sign


CODES = {
    "休": {"shift": "休息"},
    "公司出勤": {"result": "正常"},
    "事假*": {"result": "事假", "personal_leave_days": "*"},
    "病假": {"result": "病假", "sick_leave_days": 1},
    "√": {},
}


def test_codes_give_values_and_an_amount_goes_where_the_star_says() -> None:
    """Hours are parts of a day of eight; times may stand beside them."""
    imported = _read(
        ("姓名", 1, 2, 3, 4, 5), ("王芳", "休", "公司出勤", "08:30 13:00 事假4H", "病假", "√"), codes=CODES
    )
    assert _warnings(imported) == []
    assert imported.columns["shift"] == ["休息", None, None, None, None]
    assert imported.columns["result"] == [None, "正常", "事假", "病假", None]
    assert imported.columns["personal_leave_days"] == [None, None, Decimal("0.5"), None, None]
    assert imported.columns["sick_leave_days"] == [None, None, None, Decimal(1), None]
    assert _punches(imported)[2] == (datetime(2026, 10, 1 + 2, 8, 30), datetime(2026, 10, 3, 13))
    assert imported.columns["unreadable"] == [None] * 5


def test_an_unknown_code_is_said_with_the_line_and_makes_its_day_unknown() -> None:
    """All of them in one warning; a line that nobody filled in settles nothing."""
    rows: list[Row] = [("姓名", 1, 2, 3), ("王芳", "旷", "调休1H", "08:30 17:30 外勤"), ("李雷", "旷", WORKED, WORKED)]
    imported = _read(*rows)
    said = _the(imported, "grid-codes-unknown")
    assert (said.place.row, said.place.column, said.found) == (2, "1", ("旷 × 2", "调休1H", "外勤"))
    for line in ('codes."旷" = { result = "" }', 'codes."调休*" = { result = "" }', 'codes."外勤" = { result = "" }'):
        assert line in problem_fix(said, "zh")
    assert imported.columns["unreadable"][:3] == ["in_at out_at", "in_at out_at", None]
    again = _read(*rows, codes={text: {"result": ""} for text in ("旷", "调休*", "外勤")})
    assert _warnings(again) == ["grid-codes-unknown"]


def test_the_text_of_a_cell_can_be_mapped_itself() -> None:
    """A rota: its words are shifts, and no code is asked for."""
    imported = _read(("姓名", 1, 2, 3), ("王芳", "早班", "晚班", "休"), columns={"shift": "grid.text"})
    assert (imported.columns["shift"], _warnings(imported)) == (["早班", "晚班", "休"], [])
    plan = _read(("姓名", 1, 2, 3), ("王芳", "早班", None, "休"), table="shift_plans", columns={"shift": "grid.text"})
    assert list(zip(plan.columns["date"], plan.columns["shift"], strict=True)) == [
        (date(2026, 10, 1), "早班"),
        (date(2026, 10, 3), "休"),
    ]


def test_figures_of_days_become_rows_of_any_dated_table() -> None:
    """One figure for each person and day; an empty cell is none."""
    imported = _read(
        ("姓名", 1, 2, 3),
        ("王芳", 12, None, 7),
        table="kpis",
        columns={"metric": {"value": "接待量"}, "value": "grid.text"},
    )
    assert imported.columns["value"] == [Decimal(12), Decimal(7)]
    assert imported.columns["date"] == [date(2026, 10, 1), date(2026, 10, 3)]


def test_every_row_of_the_file_has_one_fate() -> None:
    """Title, header, a person, a row without anything, one left out by its group, sums; numbers are the file's."""
    imported = _read(
        ("考勤",),
        ("姓名", "组别", 1, 2, 3),
        ("王芳", "热线", WORKED, WORKED, WORKED),
        (),
        ("李雷", "后勤", WORKED, WORKED, WORKED),
        ("合计", None, 1, 1, 1),
        leave_out={"组别": ["后勤"]},
    )
    (fates,) = imported.fates
    assert (fates.rows, fates.title, fates.header, fates.blank, fates.counted) == (6, 1, 1, 1, 1)
    assert fates.left_out == (("totals", 1), ("filter", 1))
    assert list(imported.columns["source_row"]) == [3, 3, 3]
    assert (imported.accepted, imported.rejected) == (1, 0)


def test_names_merged_over_several_rows_are_those_of_each() -> None:
    """Punches in and out on a row each."""
    imported = _read(
        ("姓名", 1, 2, 3),
        ("王芳", "08:30", "08:31", "08:32"),
        (None, "17:30", "17:31", "17:32"),
        merged=((2, 1, 3, 1),),
    )
    assert imported.columns["agent_name"] == ["王芳"] * 6
    assert list(imported.columns["source_row"]) == [2, 2, 2, 3, 3, 3]


def test_a_day_over_two_columns_is_one_row() -> None:
    """In the morning and in the evening."""
    imported = _read(
        ("姓名", 1, None, 2, None, 3, None),
        (None, *("上班", "下班") * 3),
        ("王芳", *("08:30", "17:30") * 3),
        merged=((1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 1, 7)),
    )
    assert _punches(imported)[0] == (datetime(2026, 10, 1, 8, 30), datetime(2026, 10, 1, 17, 30))
    assert (len(_days(imported)), imported.fates[0].header, _warnings(imported)) == (3, 2, [])


def test_sums_beside_the_days_are_no_figures_of_a_day() -> None:
    """They would count once for every day; the note names them."""
    imported = _read(("姓名", 1, 2, 3, "迟到次数"), ("王芳", *[WORKED] * 3, 2))
    assert imported.columns["late_count"] == [None] * 3
    assert _the(imported, "grid-sums-unread").found == "迟到次数"


def test_days_on_which_nobody_has_anything_make_no_rows() -> None:
    """The rest of a month that has not come yet; a person's own blank day is a row without punches."""
    imported = _read(("姓名", 1, 2, 3), ("王芳", WORKED, None, None), ("李雷", None, WORKED, None))
    assert _days(imported) == [date(2026, 10, 1), date(2026, 10, 2)] * 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"codes": {"事假": {"personal_leave_days": "*"}}}, "code-without-amount"),
        ({"codes": {"休": {"shfit": "休息"}}}, "source-column-unknown"),
        ({"codes": {"休": {"shift": "休息"}}, "shape": None}, "codes-without-shape"),
        ({"table": "roster"}, "shape-without-days"),
    ],
)
def test_what_a_source_cannot_mean_is_said(said: dict[str, object], code: str) -> None:
    """Before any file is read."""
    asked = {"table": "attendance", "files": "x", "shape": "days", **said}
    resolved, problems = resolve_source(Source.model_validate(asked))
    assert (resolved, [problem.code for problem in problems]) == (None, [code])


@st.composite
def _facts(draw: st.DrawFn) -> dict[tuple[str, int], tuple[int, int] | None]:
    """For each person and day the minutes of the first and the last punch, or a day off."""
    people = draw(st.lists(st.sampled_from(["王芳", "李雷", "韩梅", "赵六"]), min_size=1, unique=True))
    minutes = st.tuples(st.integers(0, 700), st.integers(701, 1439))
    return {(who, day): draw(minutes | st.none()) for who in people for day in range(1, 32)}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@settings(max_examples=drawn(30), deadline=None)
@given(
    _facts(), st.sampled_from(["\n", ",", "  \n", " ", "、"]), st.sampled_from(["{}", "{}日", "10/{}", "2026-10-{:02}"])
)
def test_facts_written_as_a_grid_are_read_as_the_same_facts(
    facts: dict[tuple[str, int], tuple[int, int] | None], between: str, header: str
) -> None:
    """Whatever stands between the times and however the days are headed."""
    people = list(dict.fromkeys(who for who, _ in facts))

    def cell(who: str, day: int) -> str:
        found = facts[who, day]
        return between.join(map(_clock, found)) if found else "休"

    rows = [(who, *(cell(who, day) for day in range(1, 32))) for who in people]
    imported = _read(("姓名", *(header.format(day) for day in range(1, 32))), *rows, codes=CODES)
    assert _warnings(imported) == []
    read = {
        (who, day.day): (start.hour * 60 + start.minute, end.hour * 60 + end.minute) if start else None
        for who, day, start, end in zip(
            *(imported.columns[name] for name in ("agent_name", "date", "in_at", "out_at")), strict=True
        )
        if isinstance(day, date)
    }
    assert read == facts
    assert sum(shift == "休息" for shift in imported.columns["shift"]) == sum(found is None for found in facts.values())
