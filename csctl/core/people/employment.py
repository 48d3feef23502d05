"""When an agent was employed and on probation in a month."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from csctl.core.people.spans import parts_of_month
from csctl.core.people.workdays import Attendance, WorkCalendar
from csctl.core.records.agent import Agent
from csctl.money import round_half_up
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.pay.base import Probation
from csctl.policy.working_time import WorkingTime

Counting = Callable[[Sequence[date]], int]
"""How many of the days of one month, employed ones in a row from some day to another, are paid."""

_WEEK = 7


def first_regular_day(agent: Agent, probation: Probation | None) -> date | None:
    """The day on which probation is over: from the roster, else the hiring date plus the policy's months.

    None where there is no probation or the hiring date is unknown.
    """
    if agent.regular_on is not None or probation is None or agent.hired_on is None:
        return agent.regular_on
    month = Month.of(agent.hired_on).shift(probation.months)
    return date(month.year, month.number, min(agent.hired_on.day, calendar.monthrange(month.year, month.number)[1]))


def counting_of(policy: Policy, month: Month, calendar: WorkCalendar) -> Counting:
    """How the policy counts the days that base pay is paid for: workdays of the calendar, public holidays too, all but
    rest days, or every day.
    """
    rules = policy.working_time
    if policy.pay is not None and policy.pay.days == "paid":
        return calendar.count_paid
    if policy.pay is not None and policy.pay.days == "calendar":
        return len
    if policy.pay is None or policy.pay.days == "workdays" or rules is None or rules.rest_days is None:
        return calendar.count
    return lambda days: len(days) - _rest_among(rules, days, month)


def _rest_among(rules: WorkingTime, days: Sequence[date], month: Month) -> int:
    """Rest days that fall to these days: the last ones of each week, so that no day is less than none; of a month the
    part that the days are of it, to the nearest whole day, a half upwards.
    """
    planned = rules.rest_days or 0
    if rules.rest_per == "week":
        return sum(day.weekday() >= _WEEK - planned for day in days)
    return int(round_half_up(Fraction(planned * len(days), len(month.days())), 0))


@dataclass(frozen=True, slots=True)
class PartOfMonth:
    """A part of the month in which nothing changes: the agent as things stand in it, its days, the paid among them."""

    agent: Agent
    days: Sequence[date]
    paid: Attendance


def attended_parts(agent: Agent, month: Month, probation: Probation | None, count: Counting) -> list[PartOfMonth]:
    """The parts of a month with the paid days of each.

    Days are counted from the first day on, and each part has what it adds: so the parts make the whole, whatever the
    counting rounds.
    """
    due = count(month.days())
    found: list[PartOfMonth] = []
    before: list[date] = []
    for part, days in parts_of_month(agent, month):
        regular_from = first_regular_day(part, probation)
        tried = [day for day in days if probation and regular_from is not None and day < regular_from]
        done, on_trial, all_of_it = count(before), count(before + tried), count(before + days)
        found.append(PartOfMonth(part, days, Attendance(due, on_trial - done, all_of_it - on_trial)))
        before += days
    return found


def attendance_of(agent: Agent, month: Month, probation: Probation | None, count: Counting) -> Attendance:
    """The agent's paid days of the month, on probation and as a regular."""
    parts = [part.paid for part in attended_parts(agent, month, probation, count)]
    return Attendance(count(month.days()), sum(one.probation for one in parts), sum(one.regular for one in parts))


def attendances(
    agents: Iterable[Agent], month: Month, probation: Probation | None, count: Counting
) -> Mapping[str, Attendance]:
    """By agent id."""
    return {agent.agent_id: attendance_of(agent, month, probation, count) for agent in agents}
