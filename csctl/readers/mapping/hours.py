"""The hours of a day that count, and how much of the time between two moments lies within them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

Window = tuple[timedelta, timedelta]
"""From and until which time of each day, since midnight."""

_WINDOW = re.compile(r"\s*([0-9]{1,2})[:：]([0-5][0-9])\s*[-–—~至到]\s*([0-9]{1,2})[:：]([0-5][0-9])\s*")
_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - exports hold local times without a zone


def window_of(text: str) -> Window | None:
    """``09:00-18:00`` as two times since midnight; None if it is none, ends before it begins, or after 24:00."""
    match = _WINDOW.fullmatch(text)
    if match is None:
        return None
    opens = timedelta(hours=int(match[1]), minutes=int(match[2]))
    closes = timedelta(hours=int(match[3]), minutes=int(match[4]))
    return (opens, closes) if opens < closes <= _DAY else None


def overlap(windows: Sequence[Window]) -> bool:
    """Whether two of these share a time."""
    ordered = sorted(windows)
    return any(closes > opens for (_, closes), (opens, _) in pairwise(ordered))


def time_within(start: datetime, end: datetime, windows: Sequence[Window]) -> timedelta:
    """The time from ``start`` to ``end`` that lies in these windows of each day; negative if ``end`` comes first."""
    return _until(end, windows) - _until(start, windows)


def _until(moment: datetime, windows: Sequence[Window]) -> timedelta:
    """The time within the windows since a fixed day, so that no days have to be gone through one by one."""
    since = moment - _EPOCH
    days, clock = divmod(since, _DAY)
    whole = sum((closes - opens for opens, closes in windows), timedelta()) * days
    return whole + sum((min(max(clock - opens, timedelta()), closes - opens) for opens, closes in windows), timedelta())
