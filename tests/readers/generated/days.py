"""Days and moments in every dress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from tests.readers.generated.cells import BOOK, BOOK_1904, BOOKS, TEXT, Cell, Fact, Form, Row, Span, Stamp

TEXTS = frozenset({TEXT})
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December")  # fmt: skip
_WEEK = "一二三四五六日"
CHINA = timedelta(hours=8)
"""csctl brings moments with an offset to the time of China."""


def _own_day(dice: Random, row: Row) -> Fact:
    return row.day


def _at_second(dice: Random, row: Row) -> Fact:
    return datetime.combine(row.day, time(dice.randrange(24), dice.randrange(60), dice.randrange(60)))


def _at_minute(dice: Random, row: Row) -> Fact:
    return datetime.combine(row.day, time(dice.randrange(24), dice.randrange(60)))


def _at_midnight(dice: Random, row: Row) -> Fact:
    return datetime.combine(row.day, time())


def _next_morning(dice: Random, row: Row) -> Fact:
    return datetime.combine(row.day + timedelta(days=1), time(dice.randrange(6), dice.randrange(60)))


def _midnight_after(dice: Random, row: Row) -> Fact:
    return datetime.combine(row.day, time()) + timedelta(days=1)


DayWriter = Callable[[date], str]
_DAYS: tuple[tuple[str, DayWriter, bool, bool], ...] = (
    # name, writer, clean, days up to the twelfth only
    ("2026-10-05", lambda d: f"{d:%Y-%m-%d}", True, False),
    ("2026/10/5", lambda d: f"{d.year}/{d.month}/{d.day}", True, False),
    ("2026.10.5", lambda d: f"{d.year}.{d.month}.{d.day}", True, False),
    ("2026年10月5日", lambda d: f"{d.year}年{d.month}月{d.day}日", True, False),
    ("20261005", lambda d: f"{d:%Y%m%d}", True, False),
    ("5-Oct-2026", lambda d: f"{d.day}-{_MONTHS[d.month - 1]}-{d.year}", True, False),
    ("Oct 5, 2026", lambda d: f"{_MONTHS[d.month - 1]} {d.day}, {d.year}", True, False),
    ("5 October 2026", lambda d: f"{d.day} {_LONG_MONTHS[d.month - 1]} {d.year}", True, False),
    ("5-Oct-26", lambda d: f"{d.day}-{_MONTHS[d.month - 1]}-{d.year % 100}", False, False),
    ("26-10-05", lambda d: f"{d:%y-%m-%d}", False, False),
    ("26/10/5", lambda d: f"{d.year % 100}/{d.month}/{d.day}", False, False),
    ("05OCT2026", lambda d: f"{d.day:02d}{_MONTHS[d.month - 1].upper()}{d.year}", False, False),
    ("Mon, 05 Oct 2026", lambda d: f"{d:%a, %d} {_MONTHS[d.month - 1]} {d.year}", False, False),
    ("20261005.0", lambda d: f"{d:%Y%m%d}.0", False, False),
    ("10月5日", lambda d: f"{d.month}月{d.day}日", False, False),
    ("10-05", lambda d: f"{d:%m-%d}", False, False),
    ("d/m/y with a cell that proves it", lambda d: f"{d:%d/%m/%Y}", False, False),
    ("m/d/y with a cell that proves it", lambda d: f"{d:%m/%d/%Y}", False, False),
    ("d.m.y with a cell that proves it", lambda d: f"{d:%d.%m.%Y}", False, False),
    ("m/d/yy with a cell that proves it", lambda d: f"{d.month}/{d.day}/{d:%y}", False, False),
    ("d/m/y without proof", lambda d: f"{d:%d/%m/%Y}", False, True),
    ("m/d/y without proof", lambda d: f"{d:%m/%d/%Y}", False, True),
    ("d-m-yy without proof", lambda d: f"{d:%d-%m-%y}", False, True),
)  # fmt: skip

_BY_NAME = {name: write for name, write, _, _ in _DAYS}
_DAY_FIRST, _MONTH_FIRST = _BY_NAME["d/m/y without proof"], _BY_NAME["m/d/y without proof"]


def _half_day(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment:%M:%S} {'AM' if moment.hour < 12 else 'PM'}"


def _chinese_half(moment: datetime) -> str:
    return f"{'上午' if moment.hour < 12 else '下午'} {moment.hour % 12 or 12}:{moment:%M:%S}"


def _joined(day: DayWriter, clock: Callable[[datetime], str]) -> Callable[[datetime], str]:
    return lambda moment: f"{day(moment.date())} {clock(moment)}"


def _seconds_since_1970(moment: datetime) -> int:
    return round((moment - CHINA).replace(tzinfo=UTC).timestamp())


def _stamped(form: str) -> Callable[[date], Cell]:
    def write(day: date) -> Cell:
        return Stamp(day if isinstance(day, datetime) else datetime.combine(day, time()), form)

    return write


def _half_swapped(day: date) -> Cell:
    """Typed d/m/y into a program that expects m/d/y: what can be such a day became one, the rest stayed text."""
    if day.day > 12:
        return f"{day:%d/%m/%Y}"
    return Stamp(datetime(day.year, day.day, day.month), "m/d/yyyy")  # noqa: DTZ001


def _date_forms() -> Iterator[Form]:
    for name, write, clean, small in _DAYS:
        yield Form(f"date: {name}", _own_day, write, clean, small_days=small)
    yield Form(
        "date: d/m/y, mapping says so",
        _own_day,
        _BY_NAME["d/m/y without proof"],
        rule={"format": "%d/%m/%Y"},
        small_days=True,
    )
    yield Form(
        "date: m/d/y, mapping says so",
        _own_day,
        _BY_NAME["m/d/y without proof"],
        rule={"format": "%m/%d/%Y"},
        small_days=True,
    )
    yield Form("date: 2026-10-05 星期一", _own_day, lambda d: f"{d:%Y-%m-%d} 星期{_WEEK[d.weekday()]}")
    yield Form("date: 26-10-05 星期一", _own_day, lambda d: f"{d:%y-%m-%d} 星期{_WEEK[d.weekday()]}")
    yield Form("date: 2026-10-05 00:00:00", _own_day, lambda d: f"{d:%Y-%m-%d} 00:00:00")
    yield Form("date: date cell", _own_day, _stamped("yyyy-mm-dd"), media=frozenset({BOOK}))
    yield Form("date: date cell shown d/m/y", _own_day, _stamped("dd/mm/yyyy"), media=frozenset({BOOK}))
    yield Form("date: date cell shown m月d日", _own_day, _stamped('m"月"d"日"'), media=frozenset({BOOK}))
    yield Form("date: date cell of 1904", _own_day, _stamped("yyyy-mm-dd"), media=frozenset({BOOK_1904}))
    yield Form("date: d/m/y of which a spreadsheet swapped some", _own_day, _half_swapped, False, frozenset({BOOK}))
    yield Form("date: serial number", _own_day, _stamped("General"), False, frozenset({BOOK}))
    yield Form("date: serial number of 1904", _own_day, _stamped("General"), False, frozenset({BOOK_1904}))
    yield Form("date: serial number as text", _own_day, lambda d: str((d - date(1899, 12, 30)).days), False, TEXTS)


def _moment_forms() -> Iterator[Form]:
    for name, write, clean, small in _DAYS:
        clocked = _joined(write, lambda moment: f"{moment:%H:%M:%S}")
        yield Form(f"moment: {name} 15:04:05", _at_second, clocked, clean, small_days=small)
    iso = _DAYS[0][1]
    yield Form("moment: 2026-10-05 15:04", _at_minute, _joined(iso, lambda moment: f"{moment:%H:%M}"))
    yield Form("moment: 2026/10/5 9:04", _at_minute, _joined(_DAYS[1][1], lambda m: f"{m.hour}:{m:%M}"))
    yield Form("moment: 2026-10-05 3:04:05 PM", _at_second, _joined(iso, _half_day))
    yield Form("moment: 2026-10-05 下午 3:04:05", _at_second, _joined(iso, _chinese_half))
    yield Form("moment: 2026年10月5日 15时04分05秒", _at_second, _joined(_DAYS[3][1], lambda m: f"{m:%H时%M分%S秒}"))
    yield Form("moment: 2026-10-05T15:04:05", _at_second, lambda m: f"{m:%Y-%m-%dT%H:%M:%S}")
    yield Form("moment: 2026-10-05T15:04:05.000", _at_second, lambda m: f"{m:%Y-%m-%dT%H:%M:%S}.000")
    yield Form("moment: 2026-10-05T15:04:05+08:00", _at_second, lambda m: f"{m:%Y-%m-%dT%H:%M:%S}+08:00")
    yield Form("moment: 2026-10-05T07:04:05Z", _at_second, lambda m: f"{m - CHINA:%Y-%m-%dT%H:%M:%S}Z")
    yield Form("moment: 20261005150405", _at_second, lambda m: f"{m:%Y%m%d%H%M%S}", False)
    yield Form("moment: seconds since 1970", _at_second, lambda m: str(_seconds_since_1970(m)))
    yield Form("moment: milliseconds since 1970", _at_second, lambda m: f"{_seconds_since_1970(m)}000")
    yield Form("moment: d/m/y 15:04:05, mapping says so", _at_second, lambda m: f"{m:%d/%m/%Y %H:%M:%S}",
               rule={"format": "%d/%m/%Y %H:%M:%S"}, small_days=True)  # fmt: skip
    yield Form("moment: date cell with time", _at_second, _stamped("yyyy-mm-dd hh:mm:ss"), media=BOOKS)
    yield Form("moment: date cell without time", _at_midnight, _stamped("yyyy-mm-dd"), media=BOOKS)
    yield Form("moment: serial number", _at_second, _stamped("General"), False, frozenset({BOOK}))
    yield Form("moment: serial number of 1904", _at_second, _stamped("General"), False, frozenset({BOOK_1904}))
    yield Form(
        "moment: 24:00 for midnight", _midnight_after, lambda m: f"{m - timedelta(days=1):%Y-%m-%d} 24:00", False
    )
    punches = frozenset({"in_at", "out_at"})
    yield Form("moment: time beside the day", _at_minute, lambda m: f"{m:%H:%M}", columns=punches)
    yield Form("moment: time with seconds beside the day", _at_second, lambda m: f"{m:%H:%M:%S}", columns=punches)
    yield Form("moment: time cell beside the day", _at_second, _time_of_day, media=BOOKS, columns=punches)
    yield Form("moment: 次日 00:04", _next_morning, lambda m: f"次日 {m:%H:%M}", columns=frozenset({"out_at"}))


def _time_of_day(moment: datetime) -> Cell:
    return Span(Decimal(moment.hour * 3600 + moment.minute * 60 + moment.second), "hh:mm:ss")


def _day_of(form: str) -> Callable[[datetime], Cell]:
    return lambda moment: _BY_NAME[form](moment.date())


SPLIT, SPLIT_MAPPED = "moment: day and time in two columns", "moment: day and time in two columns, mapped"
DAY_HALF = Form(SPLIT, _at_second, _day_of("2026-10-05"))
TIME_HALF = Form(SPLIT, _at_second, lambda m: f"{m:%H:%M:%S}")
"""A moment whose day and time stand in columns of their own."""
SPLIT_HEADERS = {
    "zh": (("日期", "通话日期", "会话日期"), ("时间", "时刻")),
    "en": (("date", "call date"), ("time", "call time")),
}
"""What the two columns are called where no mapping names them."""

DATES = tuple(_date_forms())
MOMENTS = tuple(_moment_forms())
