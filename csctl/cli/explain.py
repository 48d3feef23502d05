"""``csctl explain``."""

from __future__ import annotations

from pathlib import Path
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
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write the tree to this workbook instead.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Say why an agent's pay and score are what they are, down to file, sheet and row.

    Example: [bold]csctl explain 0003 -w sample_data[/bold]

    Example: [bold]csctl explain 0003 complaint_rate -w sample_data --rows 20[/bold]

    Example: [bold]csctl explain 0003 -w sample_data --rows 999 --xlsx why-0003.xlsx[/bold]
    """
    from csctl.workflow.explaining import explain_agent, save_explanation

    screen = screen_for(workspace, Manner(as_json))
    with screen.working():
        node, computed, problems = explain_agent(ask(workspace, month, screen), agent, line, rows)
    if node is not None and computed is not None and xlsx is not None:
        problems = save_explanation(node, computed, xlsx)
        node = None if problems else node
    if as_json:
        screen.json(screen.node_object(node, problems))
    elif node is None:
        screen.stopped(problems)
    elif xlsx is None:
        screen.tree(node)
    raise typer.Exit(UNUSABLE if node is None else DONE)
