"""``csctl check``."""

from __future__ import annotations

import typer

from csctl.cli import options
from csctl.cli.step import Manner, perform


def check(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Read and compute everything and list every problem; write no output. Exit 1 if there is any."""
    from csctl.workflow import run as workflow

    manner = Manner(as_json, strict=True, quiet=quiet, verbose=verbose)
    raise typer.Exit(perform(workflow.check, workspace, month, manner, lambda screen, outcome: screen.checked(outcome)))
