"""``csctl explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from csctl.cli import options
from csctl.cli.exits import DONE, UNUSABLE
from csctl.cli.step import Manner, ask, screen_for


def explain(
    agent: Annotated[str, typer.Argument(help="Staff number or name.")],
    line: Annotated[str | None, typer.Argument(help="Only this line: an id that the tree shows in brackets.")] = None,
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help="Rows of exports shown for a figure.")] = 3,
    as_json: options.AsJson = False,
) -> None:
    """Say why an agent's pay and score are what they are, down to file, sheet and row.

    Example: [bold]csctl explain 0003 -w sample_data[/bold]

    Example: [bold]csctl explain 0003 complaint_rate -w sample_data --rows 20[/bold]
    """
    from csctl.workflow.explaining import explain_agent

    screen = screen_for(workspace, Manner(as_json))
    with screen.working():
        node, _, problems = explain_agent(ask(workspace, month, screen), agent, line, rows)
    if as_json:
        screen.json(screen.node_object(node, problems))
    elif node is None:
        screen.stopped(problems)
    else:
        screen.tree(node)
    raise typer.Exit(UNUSABLE if node is None else DONE)
