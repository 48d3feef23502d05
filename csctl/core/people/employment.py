"""When an agent was employed and on probation in a month."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date

from csctl.core.people.workdays import Attendance, WorkCalendar, employed_days
from csctl.core.result import Agent
from csctl.month import Month
from csctl.policy.pay import Probation


def first_regular_day(agent: Agent, probation: Probation | None) -> date | None:
    """The day on which probation is over: from the roster, else the hiring date plus the policy's months.

    None where there is no probation or the hiring date is unknown.
    """
    if agent.regular_on is not None or probation is None or agent.hired_on is None:
        return agent.regular_on
    month = Month.of(agent.hired_on).shift(probation.months)
    return date(month.year, month.number, min(agent.hired_on.day, calendar.monthrange(month.year, month.number)[1]))


def attendance_of(agent: Agent, month: Month, probation: Probation | None, days: WorkCalendar) -> Attendance:
    """The agent's workdays of the month, on probation and as a regular."""
    employed = employed_days(month, agent.hired_on, agent.left_on)
    regular_from = first_regular_day(agent, probation)
    tried = [day for day in employed if probation and regular_from is not None and day < regular_from]
    return Attendance(days.count(month.days()), days.count(tried), days.count(employed) - days.count(tried))


def attendances(
    agents: Iterable[Agent], month: Month, probation: Probation | None, days: WorkCalendar
) -> Mapping[str, Attendance]:
    """By agent id."""
    return {agent.agent_id: attendance_of(agent, month, probation, days) for agent in agents}
