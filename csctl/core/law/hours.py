"""Working hours and rest as the policy plans them, against what the law allows without overtime (W-06)."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from csctl.core.records.advice import Advice
from csctl.money import exact, round_half_up
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.working_time import Shift, WorkingTime

DAY_MINUTES = 24 * 60


def working_hours(policy: Policy, month: Month) -> Iterator[Advice]:
    """Too few planned days of rest, shifts that are too long, and too many hours a week even in the shortest shift."""
    rules, law = policy.working_time, policy.law
    if rules is None:
        return
    if rules.rest_days is not None:
        due = law.weekly_rest_days * (len(month.days()) // 7 if rules.rest_per == "month" else 1)
        if rules.rest_days < due:
            yield Advice("law-rest-days-planned", found=str(rules.rest_days), limit=str(due), rule=rules.rule)
    for shift in rules.shift:
        if Fraction(shift_minutes(shift), 60) > exact(law.daily_hours):
            found = f"{shift.id} {_hours(Fraction(shift_minutes(shift), 60))}"
            yield Advice("law-hours-a-day", found=found, limit=_hours(exact(law.daily_hours)), rule=shift.rule)
    weekly = weekly_hours(rules, month)
    if weekly is not None and weekly > exact(law.weekly_hours):
        limit = _hours(exact(law.weekly_hours))
        yield Advice("law-hours-a-week", found=_hours(weekly), limit=limit, rule=rules.rule)


def shift_minutes(shift: Shift) -> int:
    """Minutes of work in a shift: from start to end (on the next day if not later), less the meals inside it."""
    start, end = _minute(shift.start), _minute(shift.end)
    worked = set(range(start, end if end > start else end + DAY_MINUTES))
    for meal in shift.meal:
        first, last = _minute(meal.start), _minute(meal.end)
        last = last if last > first else last + DAY_MINUTES
        # A meal after midnight belongs to the shift of the evening before.
        worked -= {minute + day for minute in range(first, last) for day in (0, DAY_MINUTES)}
    return len(worked)


def weekly_hours(rules: WorkingTime, month: Month) -> Fraction | None:
    """Hours a week of who always has the shortest shift and all planned rest; None if either is not planned."""
    if rules.rest_days is None or not rules.shift:
        return None
    days = 7 if rules.rest_per == "week" else len(month.days())
    worked = Fraction(7 * max(0, days - rules.rest_days), days)
    return worked * Fraction(min(map(shift_minutes, rules.shift)), 60)


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _hours(hours: Fraction) -> str:
    return f"{round_half_up(hours, 2).normalize():f}"
