"""``csctl diff``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csctl.cli import options
from csctl.cli.completing import known_months
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, screen_for

Old = Annotated[str, typer.Argument(help=helped("help-diff-old"), autocompletion=known_months)]
New = Annotated[str, typer.Argument(help=helped("help-diff-new"), autocompletion=known_months)]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help=helped("help-diff-xlsx"))]
Html = Annotated[Path | None, typer.Option("--html", help=helped("help-diff-html"))]


def diff(
    old: Old,
    new: New,
    workspace: options.Workspace = options.HERE,
    xlsx: Xlsx = None,
    html: Html = None,
    as_json: options.AsJson = False,
    verbose: options.Verbose = False,
) -> None:
    """One month beside another: people, scores, pay, and what is behind every line that moved."""
    from csctl.cli.diff_object import month_diff_object
    from csctl.cli.showing.show_between import show_between
    from csctl.workflow.comparing.months import compare_months, save_comparison

    screen = screen_for(workspace, Manner(as_json, verbose=verbose))
    with screen.working():
        compared, problems = compare_months(ask(workspace, None, screen), old, new)
    if compared is not None:
        problems = save_comparison(compared, xlsx, html)
    if as_json:
        screen.json(month_diff_object(compared, problems, screen.language))
    elif compared is None or problems:
        screen.stopped(problems)
    else:
        files = [one for one in (xlsx, html) if one is not None]
        show_between(screen, compared, files, verbose=verbose)
    raise typer.Exit(ended(compared is not None and not problems))
