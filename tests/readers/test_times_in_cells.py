"""Times of day with their half of the day in the cells of a grid, and moments in figures alone."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.readers.columns.dates import parse_date, parse_moment
from csctl.readers.columns.looks import is_day
from csctl.readers.columns.values import CellFault
from csctl.readers.shaping.day_cells import DayReader, folded_codes
from tests.drawn import drawn

DAY = date(2026, 10, 8)


def _times(text: str) -> tuple[list[str], list[str]]:
    found = DayReader(folded_codes({})).read(text, DAY)
    return [f"{at:%d %H:%M}" for at in found.moments], found.unknown


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("8:23 AM\n4:36 PM", ["08 08:23", "08 16:36"]),
        ("8:23am-4:36pm", ["08 08:23", "08 16:36"]),
        ("AM 8:23 PM 4:36", ["08 08:23", "08 16:36"]),
        ("8:23 a.m., 4:36 p.m.", ["08 08:23", "08 16:36"]),
        ("上午8:55 下午6:01", ["08 08:55", "08 18:01"]),
        ("上午 08:55\n下午 18:01", ["08 08:55", "08 18:01"]),
        ("下午3:00 次日凌晨1:08", ["08 15:00", "09 01:08"]),
        ("12:05 AM", ["08 00:05"]),
        ("中午12:05 晚上9:30", ["08 12:05", "08 21:30"]),
    ],
)
def test_a_time_in_a_cell_is_in_the_half_of_the_day_that_stands_beside_it(text: str, times: list[str]) -> None:
    """In either language, before or behind it; nothing of it is a word that somebody would have to explain."""
    assert _times(text) == (times, [])


@pytest.mark.parametrize("text", ["16:36 AM", "0:30 PM", "晚上12:30", "晚上0:10"])
def test_a_time_that_its_half_of_the_day_contradicts_or_leaves_open_is_not_read(text: str) -> None:
    """晚上12:30 is the night at the end of the day or the one before it, and never noon."""
    assert _times(text) == ([], [text])
    assert isinstance(parse_moment(text, base=DAY), CellFault)


def test_words_that_only_end_like_a_half_of_the_day_are_words() -> None:
    """Nobody came at eight in the morning because of a team."""
    assert _times("team 8:23 spam") == (["08 08:23"], ["team", "spam"])


@given(st.datetimes(datetime(1990, 1, 1), datetime(2089, 12, 31)))
@settings(max_examples=drawn(20))
def test_a_moment_in_figures_alone_is_that_moment(moment: datetime) -> None:
    """With seconds or without, as text or as a number, with a T or a blank between day and time."""
    moment = moment.replace(microsecond=0)
    minute = moment.replace(second=0)
    for form in ("%Y%m%d%H%M%S", "%Y%m%d %H%M%S", "%Y%m%dT%H%M%S"):
        assert parse_moment(f"{moment:{form}}") == moment
    assert parse_moment(f"{moment:%Y%m%d%H%M}") == minute
    assert parse_moment(int(f"{moment:%Y%m%d%H%M%S}")) == moment
    assert parse_date(f"{moment:%Y%m%d%H%M%S}") == moment.date()


@pytest.mark.parametrize(
    "text", ["20261308091258", "20261008251258", "20260230091258", "202610080960", "2026100809125"]
)
def test_figures_that_are_no_moment_stay_unread(text: str) -> None:
    """The 13th month, the 25th hour, the 30th of February; thirteen figures are milliseconds since 1970."""
    found = parse_moment(text)
    assert isinstance(found, CellFault) or found == datetime(1970, 1, 1, 8) + timedelta(milliseconds=int(text))


def test_a_long_number_is_no_sign_that_a_column_holds_days() -> None:
    """Numbers of orders begin with the day of the order at times."""
    assert not is_day("20261008091258")
    assert is_day("20261008")
    assert is_day("2026-10-08 09:12")
