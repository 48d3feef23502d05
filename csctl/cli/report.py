"""``csctl report``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.completing import known_agents
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, perform

if TYPE_CHECKING:
    from csctl.workflow.month.compute import Asked
    from csctl.workflow.writing.run import RunOutcome

Agents = Annotated[
    list[str] | None,
    typer.Option("--agent", "-a", help=helped("help-report-agent"), autocompletion=known_agents),
]
Everybody = Annotated[bool, typer.Option("--agents", help=helped("help-report-agents"))]
Week = Annotated[str | None, typer.Option("--week", help=helped("help-report-week"))]
ByWeek = Annotated[bool, typer.Option("--weekly", help=helped("help-report-weekly"))]


def report(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    agent: Agents = None,
    everybody: Everybody = False,
    week: Week = None,
    by_week: ByWeek = False,
    as_json: options.AsJson = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """The month, or a week, as pages and workbooks."""
    from csctl.cli.showing.show_month import show_written_files
    from csctl.workflow.writing.report_writing import ReportAsked, write_report

    wanted = ReportAsked(tuple(agent or ()), everybody, week, by_week)
    manner = Manner(as_json, strict, quiet, verbose)

    def step(asked: Asked) -> RunOutcome:
        return write_report(asked, wanted)

    raise typer.Exit(perform(step, workspace, month, manner, show_written_files))
