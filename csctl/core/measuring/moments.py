"""Moments and days as whole numbers, worked out of their parts.

What a difference of two moments is differs from engine to engine, and on some its parts cannot be asked for; whole
numbers are the same on every one of them, and exact.
"""

from __future__ import annotations

import narwhals as nw

MICROSECONDS_IN_MILLISECOND = 1000
_SECONDS_IN_DAY = 86_400
_MICROSECONDS_IN_SECOND = 1_000_000


def day_number(day: nw.Expr) -> nw.Expr:
    """The day of a date or moment, counted from 1 on 1 January of the year 1; empty where it is."""
    past = _whole(day.dt.year()) - 1
    return 365 * past + past // 4 - past // 100 + past // 400 + _whole(day.dt.ordinal_day())


def microseconds(moment: nw.Expr) -> nw.Expr:
    """Microseconds up to a moment, from a fixed one that is earlier than all; empty where it is."""
    parts = moment.dt
    seconds = _whole(parts.hour()) * 3600 + _whole(parts.minute()) * 60 + _whole(parts.second())
    return (day_number(moment) * _SECONDS_IN_DAY + seconds) * _MICROSECONDS_IN_SECOND + _whole(parts.microsecond())


def _whole(part: nw.Expr) -> nw.Expr:
    """A part of a moment, wide enough to be worked with: engines give them as numbers of 8 to 64 bits."""
    return part.cast(nw.Int64())
