"""A time of day as exports write it, and whether it is one of the day after."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time, timedelta

from csctl.readers.columns.values import narrow
from csctl.readers.grid import Cell

HALVES = {"上午": time(0), "下午": time(12), "全天": time(0), "整天": time(0)}
"""Halves of a day, and all of it, that stand in the place of a time: when they begin."""

HALF_WORDS = r"上午|下午|凌晨|早上|中午|晚上|[ap]\.?m(?![a-z])\.?"
"""Which half of the day a time is in, before or behind it, as a regular expression."""
_TIME = re.compile(
    rf"(?P<half>{HALF_WORDS})?\s*(?P<h>[0-9]{{1,2}})(?::|点|时)(?P<m>[0-5][0-9]|[0-9](?![0-9]))(?:分|:)?"
    rf"(?:(?P<s>[0-5][0-9]|[0-9](?![0-9]))秒?(?:\.(?P<f>[0-9]{{1,9}}))?)?\s*(?P<ampm>{HALF_WORDS})?",
    re.IGNORECASE,
)
_NEXT = "次日|翌日|第二天|next day"
_NEXT_BEFORE = re.compile(rf"\(?(?:{_NEXT})\)?\s*", re.IGNORECASE)
# A bare +1 behind a time is how far it lies from the time of Greenwich.
_NEXT_BEHIND = re.compile(rf"\s*(?:\((?:{_NEXT}|\+1\s*(?:天|日|d|day)?)\)|(?:{_NEXT}))$", re.IGNORECASE)
_PLAIN = re.compile(r"([0-9]{1,2}):([0-9]{1,2})(?::[0-9]{1,2})?")
_NOON = 12
_ONE_DAY = timedelta(days=1)
_ENOUGH = 3
_TWO_DIGITS = 2


def half_of(text: str) -> time | None:
    """When the half of a day begins that a text names, in Chinese or as AM and PM; None for any other text."""
    word = text.casefold().replace(".", "")
    return HALVES.get({"am": "上午", "pm": "下午"}.get(word, word))


def _hour(hour: int, half: str) -> int | None:
    if not half:
        return hour
    afternoon = half in {"pm", "下午", "晚上"} or (half == "中午" and hour < _NOON - 1)
    if half in {"am", "pm"} and not 1 <= hour <= _NOON:
        return None
    if hour > _NOON:
        return hour if afternoon else None
    if half == "中午" and hour == _NOON:
        return hour
    if half == "晚上" and hour in {0, _NOON}:
        # Midnight: at the end of this day or of the one before.
        return None
    return hour % _NOON + (_NOON if afternoon else 0)


def parse_clock(text: str, *, unpadded: bool = False) -> tuple[timedelta, str] | None:
    """The time since midnight a text begins with, and what follows. 24:00 is the end of the day.

    ``unpadded``: 9:5 is five past nine; else it is none, for a nought may be missing on either side of the 5.
    """
    match = _TIME.match(text)
    if not match:
        return None
    if not unpadded and min(len(match["m"]), len(match["s"] or "00")) < _TWO_DIGITS:
        return None
    halves = [half.casefold().replace(".", "") for half in (match["half"], match["ampm"]) if half]
    hour = _hour(int(match["h"]), halves[0] if halves else "")
    if hour is None or len(halves) > 1:
        return None
    fraction = (match["f"] or "")[:6].ljust(6, "0")
    since = timedelta(hours=hour, minutes=int(match["m"]), seconds=int(match["s"] or 0), microseconds=int(fraction))
    return (since, text[match.end() :].strip()) if since <= _ONE_DAY else None


def next_day(text: str) -> tuple[bool, str]:
    """Whether a time is said to be one of the day after, and the text without that: ``次日 00:04``, ``00:04(+1)``."""
    for form in (_NEXT_BEFORE, _NEXT_BEHIND):
        match = form.match(text) if form is _NEXT_BEFORE else form.search(text)
        if match:
            return True, (text[: match.start()] + text[match.end() :]).strip()
    return False, text


def without_noughts(cells: Iterable[Cell]) -> bool:
    """Whether a column proves that its times are written without noughts: some minutes of one figure, more of two,
    and not one that begins with a nought.
    """
    minutes = {match[0]: match[2] for cell in cells if isinstance(cell, str)
               if (match := _PLAIN.fullmatch(narrow(cell)))}  # fmt: skip
    if any(minute.startswith("0") and len(minute) > 1 for minute in minutes.values()):
        return False
    whole = sum(len(minute) == _TWO_DIGITS for minute in minutes.values())
    return whole < len(minutes) and whole >= _ENOUGH
