"""Lengths of time that nobody has: an average call of 3 s, a meal of half a minute, a talk of three hours and more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from csctl.core.coverage.readings import ACCEPTED, COLUMN, FORMAT, TITLE, ColumnReading
from csctl.headers import key_of
from csctl.messages import problem
from csctl.policy.to_write import toml_string
from csctl.problems import Place, Problem
from csctl.readers.columns.durations import SECONDS_OF
from csctl.readers.columns.summaries import length_text
from csctl.tables import Kind

_MINUTE, _HOUR = 60, 3600
_DAY, _MONTH = 24 * _HOUR, 31 * 24 * _HOUR
Span = tuple[int, int]
"""The shortest and the longest median, in seconds, that is believed."""

_ANY: Span = (0, _MONTH * 12)
_CALL: Span = (5, 2 * _HOUR)
_SESSION: Span = (5, 12 * _HOUR)
_ONLINE: Span = (30 * _MINUTE, _MONTH)
_USUAL = {
    "talk_seconds": _CALL,
    "hold_seconds": (1, 2 * _HOUR),
    "after_seconds": (1, 2 * _HOUR),
    "wait_seconds": (0, 4 * _HOUR),
    "response_seconds": (0, _DAY),
    "meal_seconds": (5 * _MINUTE, 4 * _HOUR),
    "late_seconds": (30, 12 * _HOUR),
    "early_seconds": (30, 12 * _HOUR),
}
_SESSIONS = ("会话", "接待", "session", "chat", "conversation")
_AVERAGES = ("平均", "均时", "avg", "average", "mean", "aht", "att", "asa")
_HANDLING = ("通话", "处理", "会话", "接待", "handl", "talk", "aht", "att", "call")
_ANSWERS = ("响应", "应答", "等待", "振铃", "排队", "回复", "answer", "wait", "ring", "respon", "reply", "hold", "保持")
_RESOLVING = ("解决", "工单", "resol", "ticket", "结案", "闭环")
_PRESENCE = ("在线时长", "登录时长", "登陆时长", "签入时长", "工作时长", "online time", "login time", "logged in")
_CLOCK = "0:00"
_LIKELIER = ("minutes", "seconds", "hours", "milliseconds")


def unlikely_lengths(readings: Sequence[ColumnReading], place: Place) -> tuple[list[ColumnReading], list[Problem]]:
    """The readings, and a warning for each column of lengths whose median nobody would believe, with the unit in which
    it is likelier; those columns are marked.

    What mapping, profile, header or the cells themselves say is obeyed.
    """
    marked = [replace(one, unlikely=True) if _is_unlikely(one) else one for one in readings]
    return marked, [_said(one, place) for one in marked if one.unlikely]


def _is_unlikely(one: ColumnReading) -> bool:
    if one.kind != Kind.SECONDS or not one.middle or not _could_be_otherwise(one):
        return False
    least, most = _span(one)
    # A clock that was typed wrong is too long, never too short.
    return one.middle > most or bool(one.unit and one.middle < least)


def _could_be_otherwise(one: ColumnReading) -> bool:
    """Whether nothing or only a title tells a unit, or it was accepted, or clocks show whole minutes: 3:30:00 for 3:30.

    Of a column that leaves its decimal mark open as well, that is said first.
    """
    if one.unit:
        return one.decided in {ACCEPTED, TITLE} or (one.doubtful and not one.form)
    whole = not any(understood.endswith(" s") for understood in (one.smallest, one.median, one.largest))
    return one.decided in {FORMAT, COLUMN} and one.sign == _CLOCK and whole


def _span(one: ColumnReading) -> Span:
    key = key_of(one.header)
    if not one.metric:
        session = one.column == "talk_seconds" and any(word in key for word in _SESSIONS)
        return _SESSION if session else _USUAL.get(one.column, _ANY)
    if any(word in key for word in _PRESENCE):
        return _ANY if any(word in key for word in _AVERAGES) else _ONLINE
    if not any(word in key for word in _AVERAGES) or any(word in key for word in _RESOLVING):
        return _ANY
    if any(word in key for word in _ANSWERS):
        return 0, _DAY
    handling = key == "均时" or any(word in key for word in _HANDLING)
    if handling:
        return _SESSION if any(word in key for word in _SESSIONS) else _CALL
    return 0, _DAY


def _said(one: ColumnReading, place: Place) -> Problem:
    assert one.middle is not None  # noqa: S101 - the caller has looked
    about = place.at(column=one.header)
    read_as = one.unit or ("hours" if one.middle >= _HOUR else "minutes")
    likelier = _likelier(one) if one.unit else ""
    if not likelier:
        return problem("length-unlikely", about, length_text(one.middle), kept=_line(one, read_as))
    return problem(
        "length-in-unlikely-unit",
        about,
        length_text(one.middle),
        unit=one.unit,
        likelier=likelier,
        line=_line(one, likelier),
        kept=_line(one, one.unit),
    )


def _likelier(one: ColumnReading) -> str:
    """The first other unit in which the median would be believed; "" if there is none."""
    assert one.middle is not None  # noqa: S101 - the caller has looked
    least, most = _span(one)
    bare = one.middle / Decimal(SECONDS_OF[one.unit].numerator) * SECONDS_OF[one.unit].denominator
    for unit in _LIKELIER:
        size = SECONDS_OF[unit]
        if unit != one.unit and least <= bare * size.numerator / size.denominator <= most:
            return unit
    return ""


def _line(one: ColumnReading, unit: str) -> str:
    if one.metric:
        return f'metrics = {{ {toml_string(one.header)} = "{unit}" }}'
    return f'columns.{one.column} = {{ from = {toml_string(one.header)}, unit = "{unit}" }}'
