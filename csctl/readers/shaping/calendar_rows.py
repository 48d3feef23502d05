"""First and last punch of each calendar day, where people work past midnight: the first one ended the night before.

A terminal that knows no shifts writes 00:40 and 15:58 for somebody who went home at 00:40 and came again at 15:58.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from csctl.readers.columns.values import Value

_ONE_DAY = timedelta(days=1)
_Who = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class HandedPunches:
    """Arrivals and departures by the day to which they belong; ``left`` are rows of which the day before has no row."""

    arrived: Sequence[Value]
    gone: Sequence[Value]
    left: Sequence[int]


def handed_back(
    who: Sequence[_Who], days: Sequence[Value], arrived: Sequence[Value], gone: Sequence[Value], ends: time
) -> HandedPunches:
    """Punches before ``ends`` with a later one behind them, given to the row of the day before.

    Only where days in a row show that they end nights: the first of them follows on a day with one punch, or on the
    last follows a day with nothing but a punch before ``ends``. Otherwise somebody comes that early.
    """
    named = ((at, one, day) for at, (one, day) in enumerate(zip(who, days, strict=True)) if any(one))
    rows = {(one, day): at for at, one, day in named if isinstance(day, date)}
    early = {at: punch for at, day in enumerate(days) if (punch := _ends_a_night(day, arrived[at], gone[at], ends))}
    came, went, left = list(arrived), list(gone), list[int]()
    for nights in _in_a_row(rows, early):
        first, last = nights[0], nights[-1]
        before = rows.get((who[first], early[first].date() - _ONE_DAY))
        after = rows.get((who[last], early[last].date() + _ONE_DAY))
        begins = _alone(before, arrived, gone)
        ended = _alone(after, arrived, gone)
        shown = begins is not None or (before is None and ended is not None and ended.time() < ends)
        if not shown:
            continue
        left += [] if before is not None else [first]
        for at in nights:
            came[at], went[at] = gone[at], None
        for to, at in zip((before, *nights), nights, strict=False):
            if to is not None:
                came[to], went[to] = begins if to == before else gone[to], early[at]
    return HandedPunches(came, went, left)


def _in_a_row(rows: Mapping[tuple[_Who, date], int], early: Mapping[int, datetime]) -> list[list[int]]:
    """The rows that begin before the hour, those of one person's days one after the other together."""
    found: list[list[int]] = []
    last: tuple[_Who, date] | None = None
    for _, day, one, at in sorted((repr(one), day, one, at) for (one, day), at in rows.items() if at in early):
        if last == (one, day - _ONE_DAY):
            found[-1].append(at)
        else:
            found.append([at])
        last = one, day
    return found


def _ends_a_night(day: Value, first: Value, last: Value, ends: time) -> datetime | None:
    """The first punch of a row, if it is of that day and before ``ends``, and the last is of that day and is not."""
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return None
    same = first.date() == last.date() == day
    return first if same and first.time() < ends <= last.time() else None


def _alone(at: int | None, arrived: Sequence[Value], gone: Sequence[Value]) -> datetime | None:
    """The punch of a row that has one alone."""
    found = {arrived[at], gone[at]} - {None} if at is not None else set()
    punch = found.pop() if len(found) == 1 else None
    return punch if isinstance(punch, datetime) else None
