"""``csctl report``: write the month's reports, or those of one week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csctl.core.people.called import agent_called
from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.problems import Problem
from csctl.reports.weekly import Week, month_of_week, weeks_of
from csctl.workflow.month.compute import Asked, Computed
from csctl.workflow.writing.outputs import Files
from csctl.workflow.writing.reporting import agent_files, report_files, week_files
from csctl.workflow.writing.run import RunOutcome, write_step


@dataclass(frozen=True, slots=True)
class ReportAsked:
    """What to write beside the report: pages of these agents (``everybody``: of all), the month's weeks.

    With ``week`` (such as ``2026-W43``) only that week is written.
    """

    agents: Sequence[str] = ()
    everybody: bool = False
    week: str | None = None
    by_week: bool = False


def write_report(asked: Asked, wanted: ReportAsked) -> RunOutcome:
    """Write the reports. A week without a month belongs to the month of its Thursday."""
    if wanted.week is not None:
        month = month_of_week(wanted.week)
        if month is None:
            return RunOutcome(None, (problem("report-week-malformed", found=wanted.week),))
        asked = replace(asked, month=asked.month or str(month))
    return write_step(asked, lambda computed: _files(computed, wanted))


def _files(computed: Computed, wanted: ReportAsked) -> tuple[Files, list[Problem]]:
    agents, problems = _agents(computed, wanted)
    if wanted.week is not None:
        week, found = _week(computed, wanted.week)
        problems += found
        files = week_files(computed, week) if week else {}
    else:
        files = report_files(computed, by_week=wanted.by_week)
    return {**files, **agent_files(computed, agents)} if agents else files, problems


def _agents(computed: Computed, wanted: ReportAsked) -> tuple[list[Agent], list[Problem]]:
    if wanted.everybody:
        return list(computed.result.agents), []
    agents: list[Agent] = []
    problems: list[Problem] = []
    for who in wanted.agents:
        agent, found = agent_called(computed.result.agents, who, computed.month)
        agents += [agent] if agent else []
        problems += found
    return agents, problems


def _week(computed: Computed, name: str) -> tuple[Week | None, list[Problem]]:
    weeks = weeks_of(computed.month)
    found = next((week for week in weeks if week.name == name), None)
    known = ", ".join(week.name for week in weeks)
    return found, [] if found else [problem("report-week-not-in-month", found=name, month=computed.month, known=known)]
