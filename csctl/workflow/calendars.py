"""The working-day calendar of a run: a shipped one, with the workspace's own days laid over it."""

from __future__ import annotations

from csctl.core.people.workdays import CalendarDay, WorkCalendar, holidays_by_year, laid_over, statutory_days
from csctl.messages import problem
from csctl.policy.known import CALENDARS
from csctl.policy.model import Policy
from csctl.problems import Place, Problem, errors
from csctl.readers.holidays import read_holidays
from csctl.store import shipped
from csctl.workspace import CONFIG_NAME, Workspace


def calendar_of(workspace: Workspace, policy: Policy) -> tuple[WorkCalendar | None, list[Problem]]:
    """The calendar the policy names, changed by the file that ``calendar`` in csctl.toml names."""
    name = policy.pay.calendar if policy.pay else "cn"
    calendar = shipped.calendar(name)
    if calendar is None:
        return None, [problem("policy-unknown-calendar", Place(), name, near=", ".join(CALENDARS))]
    own = workspace.config.calendar
    if not own:
        return calendar, []
    path = (workspace.folder / own).resolve()
    if not path.is_relative_to(workspace.folder.resolve()) or not path.is_file():
        return None, [problem("holidays-missing", Place(CONFIG_NAME, column="calendar"), own)]
    days, problems = read_holidays(path, own)
    if errors(problems):
        return None, problems
    made = laid_over(calendar, days)
    return made, problems + _incomplete(made, days, own)


def _incomplete(calendar: WorkCalendar, days: list[CalendarDay], own: str) -> list[Problem]:
    """A year of which the list names some days, but too few public holidays for the year to be known."""
    given = holidays_by_year(one.day for one in days if one.kind == "statutory")
    unknown = sorted({one.day.year for one in days} - calendar.years)
    return [
        problem("holidays-year-incomplete", Place(own), year, count=given.get(year, 0), needed=statutory_days(year))
        for year in unknown
    ]
