"""Days on leave on which the person was there all the same, or may have been, as the punches show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from csctl.core.working_time.dates import ONE, Dated
from csctl.core.working_time.day_faults import lateness, leaving_early
from csctl.core.working_time.days import Day
from csctl.core.working_time.leave import DayOff, Doubt
from csctl.core.working_time.leave_halves import quarter


def there_all_day(one: Dated, grace_minutes: int) -> bool:
    """Whether the punches span a whole shift of the day, whatever leave excuses."""
    return any(
        day.proves_presence and not lateness(day, grace_minutes).times and not leaving_early(day).times
        for day in one.rows
    )


def present_on_leave(dates: Iterable[Dated], grace_minutes: int) -> Iterator[Doubt]:
    """Whole days of leave with both punches, and parts of days with punches of the whole shift; once a request."""
    seen: list[DayOff] = []
    for one in dates:
        off = next((off for off in one.excused if off.request not in [before.request for before in seen]), None)
        if off is None or one.resting or any(day.explained for day in one.rows):
            continue
        if there_all_day(one, grace_minutes) or (_all_day(one, off) and any(map(_punched_twice, one.rows))):
            seen.append(off)
            yield Doubt("leave-yet-present", off.request, f"{one.date:%m-%d} {off.request['kind'] or ''}".strip())


def halves_unknown(dates: Iterable[Dated], grace_minutes: int) -> Iterator[Doubt]:
    """Parts of days of leave that do not say which part, where the punches do not show it either; once a request.

    They show it who come, or go, more than a quarter of the shift from its end, and keep to the other end.
    """
    for one in dates:
        for off in one.excused:
            if not off.halves_known and len(one.excused) == 1 and any(_either(day, grace_minutes) for day in one.rows):
                yield Doubt("leave-half-unknown", off.request, f"{one.date:%m-%d} {off.request['kind'] or ''}".strip())


def _either(day: Day, grace_minutes: int) -> bool:
    """Whether somebody was late or gone early, and not in the way of half a day."""
    late, early = bool(lateness(day, grace_minutes).times), bool(leaving_early(day).times)
    if day.resting or not (late or early):
        return False
    if late and early:
        return True
    if day.hours is None:
        return False
    away = (day.in_at - day.hours.start) if late and day.in_at else (day.hours.end - day.out_at) if day.out_at else None
    return away is not None and away < quarter(day.hours)


def _all_day(one: Dated, off: DayOff) -> bool:
    """Whether the leave is known to be of the whole day."""
    days = off.request["days"]
    whole = days is None or Fraction(days).denominator == 1
    return one.share == ONE and off.covers_start and off.covers_end and whole


def _punched_twice(day: Day) -> bool:
    return day.in_at is not None and day.out_at is not None
