"""``csctl check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.notifying import tell
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, perform

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.workflow.writing.run import RunOutcome

Columns = Annotated[bool, typer.Option("--columns", help=helped("help-check-columns"))]
Accept = Annotated[bool, typer.Option("--accept", help=helped("help-check-accept"))]


def check(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    words: Annotated[bool, typer.Option("--words", help=helped("help-check-words"))] = False,
    columns: Columns = False,
    accept: Accept = False,
) -> None:
    """Read and compute everything and list every problem; write no output. Exit 1 if there is any."""
    from csctl.cli.showing.show_month import show_checked_month
    from csctl.cli.showing.show_words import show_words
    from csctl.workflow.writing import run as workflow
    from csctl.workflow.writing.unattended import Ended

    manner = Manner(as_json, strict=True, quiet=quiet, verbose=verbose)
    if columns or accept:
        from csctl.cli.showing.show_columns import show_columns

        step = workflow.accept_and_recompute if accept else workflow.check_month
        raise typer.Exit(perform(step, workspace, month, manner, show_columns))
    if words:
        raise typer.Exit(perform(workflow.check_month, workspace, month, manner, show_words))

    def after(screen: Screen, outcome: RunOutcome, code: int) -> None:
        tell(screen, workspace, "check", Ended(code, outcome, month, 0))

    raise typer.Exit(perform(workflow.check_month, workspace, month, manner, show_checked_month, after))
