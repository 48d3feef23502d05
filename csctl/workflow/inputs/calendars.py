"""The working-day calendar of a run: a shipped one, with the workspace's own days laid over it."""

from __future__ import annotations

from dataclasses import replace

from csctl.core.people.workdays import CalendarDay, WorkCalendar, holidays_by_year, laid_over, statutory_days
from csctl.messages import problem
from csctl.policy.known import CALENDARS
from csctl.policy.model import Policy
from csctl.problems import Place, Problem, errors
from csctl.readers.holidays import read_holidays
from csctl.readers.mapping.on_workdays import asks_workdays, with_calendar
from csctl.store import shipped
from csctl.workspace import Workspace, inside
from csctl.workspace_folder import CONFIG_NAME


def calendar_of(workspace: Workspace, policy: Policy) -> tuple[WorkCalendar | None, list[Problem]]:
    """The calendar the policy names, changed by the file that ``calendar`` in csctl.toml names."""
    name = policy.pay.calendar if policy.pay else "cn"
    calendar = shipped.calendar(name)
    if calendar is None:
        return None, [problem("policy-unknown-calendar", Place(), name, near=", ".join(CALENDARS))]
    own = workspace.config.calendar
    if not own:
        return calendar, []
    path = inside(workspace.folder, own)
    if path is None:
        return None, [problem("holidays-missing", Place(CONFIG_NAME, column="calendar"), own)]
    days, problems = read_holidays(path, own)
    if errors(problems):
        return None, problems
    made = laid_over(calendar, days)
    return made, problems + _incomplete(made, days, own)


def with_workdays(workspace: Workspace, calendar: WorkCalendar | None = None) -> Workspace:
    """The workspace, its sources with the workdays that they ask for: those of ``calendar``, else those of today's.

    What is wrong with the workspace's own days is said by ``calendar_of``, which refuses the run.
    """
    if not any(map(asks_workdays, workspace.sources)):
        return workspace
    known = calendar or _todays(workspace)
    return replace(workspace, sources=tuple(with_calendar(source, known) for source in workspace.sources))


def _todays(workspace: Workspace) -> WorkCalendar:
    """The shipped calendar with the workspace's own days: a file is read before it is known whose policy holds."""
    calendar = shipped.calendar(CALENDARS[0]) or WorkCalendar(frozenset(), frozenset(), frozenset())
    path = inside(workspace.folder, workspace.config.calendar) if workspace.config.calendar else None
    return laid_over(calendar, read_holidays(path, workspace.config.calendar)[0]) if path else calendar


def _incomplete(calendar: WorkCalendar, days: list[CalendarDay], own: str) -> list[Problem]:
    """A year of which the list names some days, but too few public holidays for the year to be known."""
    given = holidays_by_year(one.day for one in days if one.kind == "statutory")
    unknown = sorted({one.day.year for one in days} - calendar.years)
    return [
        problem("holidays-year-incomplete", Place(own), year, count=given.get(year, 0), needed=statutory_days(year))
        for year in unknown
    ]
