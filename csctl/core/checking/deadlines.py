"""Whether a step was taken in time, and in which month that is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from csctl.month import Month
from csctl.policy.checks import Deadline

Instant = date | datetime
"""A day, or a moment of local time."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What a deadline says of one row: its last allowed moment, and whether the step was taken by then.

    ``decided_on`` is the day on which that became certain: the day of the step, or the last allowed day.
    """

    due: datetime
    in_time: bool
    taken: bool
    decided_on: date


def calendar_day(instant: Instant) -> date:
    """The calendar day."""
    return instant.date() if isinstance(instant, datetime) else instant


def due_at(deadline: Deadline, start: Instant) -> datetime:
    """The last allowed moment: for days, the end of the last one; hours run from the end of a day without a clock."""
    if deadline.hours is not None:
        begun = start if isinstance(start, datetime) else datetime.combine(start, time.max)
        return begun + timedelta(hours=deadline.hours)
    return datetime.combine(_last_day(deadline, calendar_day(start)), time.max)


def _last_day(deadline: Deadline, start: date) -> date:
    if deadline.days is not None:
        return start + timedelta(days=deadline.days)
    if deadline.until == "week_end":
        return start + timedelta(days=6 - start.weekday())
    month = Month.of(start)
    return month.last if deadline.until == "month_end" else month.first - timedelta(days=1)


def timed(deadline: Deadline, start: Instant, step: Instant | None) -> Timed:
    """The state of one row. A step on a day without clock time counts from the beginning of that day."""
    due = due_at(deadline, start)
    if step is None:
        return Timed(due, in_time=False, taken=False, decided_on=due.date())
    moment = step if isinstance(step, datetime) else datetime.combine(step, time.min)
    in_time = moment <= due
    return Timed(due, in_time, taken=True, decided_on=moment.date() if in_time else due.date())


def counts_in(state: Timed, own_month: Month | None, month: Month, as_of: date) -> bool:
    """Whether a row is judged in this month, as seen at the end of the day ``as_of``.

    A row counts once: in the month in which it was decided, though not before its own month. So a promise made on the
    30th and kept on the 2nd counts in the month of the 2nd, and a closed month never changes afterwards. What is not
    decided yet counts nowhere.
    """
    day = max(state.decided_on, own_month.first) if own_month else state.decided_on
    return Month.of(day) == month and day <= as_of


def too_early(deadline: Deadline, start: Instant, step: Instant | None) -> bool:
    """Whether a step was taken before the clock time it is meant for; a step without a clock time never was."""
    if deadline.not_before is None or not isinstance(step, datetime) or step.time() == time.min:
        return False
    return step < datetime.combine(calendar_day(start), time.fromisoformat(deadline.not_before))
