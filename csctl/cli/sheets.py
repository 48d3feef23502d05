"""``csctl sheets``."""

from __future__ import annotations

import typer

from csctl.cli import options
from csctl.cli.step import Manner, perform


def sheets(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """The performance sheets, one workbook for each agent."""
    from csctl.cli.showing.show_month import show_written_files
    from csctl.workflow.writing import run

    manner = Manner(as_json, strict, quiet, verbose)
    raise typer.Exit(perform(run.write_sheets, workspace, month, manner, show_written_files))
