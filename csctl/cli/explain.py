"""``csctl explain``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csctl.cli import options
from csctl.cli.completing import known_agents
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, screen_for


def explain(
    agent: Annotated[str, typer.Argument(help=helped("help-explain-agent"), autocompletion=known_agents)],
    line: Annotated[str | None, typer.Argument(help=helped("help-explain-line"))] = None,
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    rows: Annotated[int, typer.Option("--rows", min=0, help=helped("help-explain-rows"))] = 3,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help=helped("help-explain-xlsx"))] = None,
    html: Annotated[Path | None, typer.Option("--html", help=helped("help-explain-html"))] = None,
    as_json: options.AsJson = False,
) -> None:
    """Say why an agent's pay and score are what they are, down to file, sheet and row."""
    from csctl.cli.showing.show_tree import node_object, show_tree
    from csctl.messages import say
    from csctl.workflow.writing.explaining import explain_agent, save_explanation

    screen = screen_for(workspace, Manner(as_json))
    with screen.working():
        node, computed, problems = explain_agent(ask(workspace, month, screen), agent, line, rows)
    to_file = xlsx is not None or html is not None
    if node is not None and computed is not None and to_file:
        problems = save_explanation(node, computed, xlsx, html)
        node = None if problems else node
    if as_json:
        screen.json(node_object(node, problems, screen.language))
    elif node is None:
        screen.stopped(problems)
    elif to_file:
        for file in filter(None, (xlsx, html)):
            screen.line(say("screen-policy-written", screen.language, file=file))
    else:
        show_tree(screen, node)
    raise typer.Exit(ended(node))
