"""``csctl payslips``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.completing import known_agents
from csctl.cli.exits import UNUSABLE
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, perform, screen_for

if TYPE_CHECKING:
    from csctl.workflow.month.compute import Asked
    from csctl.workflow.writing.run import RunOutcome

Agent = Annotated[
    str | None, typer.Option("--agent", "-a", help=helped("help-payslips-agent"), autocompletion=known_agents)
]
Page = Annotated[bool, typer.Option("--html", help=helped("help-payslips-html"))]
Encrypt = Annotated[bool, typer.Option("--encrypt", help=helped("help-payslips-encrypt"))]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", help=helped("help-payslips-password-file"), dir_okay=False)
]


def payslips(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    agent: Agent = None,
    html: Page = False,
    encrypt: Encrypt = False,
    password_file: PasswordFile = None,
    as_json: options.AsJson = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """One payslip for each agent, with nobody else's figures; under a password if asked."""
    from csctl.cli.showing.show_month import show_written_files
    from csctl.messages import problem
    from csctl.workflow.writing import run

    manner = Manner(as_json, strict, quiet, verbose)
    if encrypt != (password_file is not None):
        screen_for(workspace, manner).stopped([problem("payslips-encrypt-options")])
        raise typer.Exit(UNUSABLE)
    if encrypt and html:
        screen_for(workspace, manner).stopped([problem("payslips-page-open")])
        raise typer.Exit(UNUSABLE)

    def step(asked: Asked) -> RunOutcome:
        return run.write_payslips(asked, agent, password_file, pages=html)

    raise typer.Exit(perform(step, workspace, month, manner, show_written_files))
