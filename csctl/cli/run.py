"""``csctl run``."""

from __future__ import annotations

import typer

from csctl.cli import options
from csctl.cli.step import Manner, perform


def run(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Do the whole month: read exports, score, fill sheets, make pay; then show the scoreboard.

    Example: [bold]csctl run -w sample_data[/bold]
    """
    from csctl.workflow import run as workflow

    manner = Manner(as_json, strict, quiet, verbose)
    raise typer.Exit(perform(workflow.run, workspace, month, manner, lambda screen, outcome: screen.month(outcome)))
