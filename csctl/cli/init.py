"""``csctl init``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from csctl.cli import options
from csctl.cli.exits import DONE, UNUSABLE
from csctl.cli.step import ZONE, language_of


def init(
    folder: Annotated[Path, typer.Argument(help="New folder for the workspace.")],
    policy: Annotated[str, typer.Option("--policy", "-p", help="Shipped policy to start from.")] = "insurance",
    sample: Annotated[
        bool, typer.Option("--sample", help="Copy the sample workspace with eight months of data.")
    ] = False,
    empty: Annotated[bool, typer.Option("--empty", help="Empty workbooks instead of small example data.")] = False,
    language: Annotated[str | None, typer.Option("--language", "-l", help="zh or en.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Make a workspace: configuration, policy, and small example data to replace with your own.

    Example: [bold]csctl init my-team --policy ecommerce-pay[/bold]

    Example: [bold]csctl init demo --sample && csctl run -w demo[/bold]
    """
    from csctl.cli.show import Screen
    from csctl.messages import LANGUAGES, say
    from csctl.reports.run_json import SCHEMA, problems_object
    from csctl.workflow.starting import copy_sample, init_workspace

    if language is not None and language not in LANGUAGES:
        raise typer.BadParameter("write zh or en", param_hint="--language")
    chosen = language or language_of(folder)
    today = datetime.now(ZoneInfo(ZONE)).date()
    files, problems = copy_sample(folder) if sample else init_workspace(folder, policy, chosen, today, empty=empty)
    screen = Screen(chosen)
    if as_json:
        screen.json({"schema": SCHEMA, "files": files, "problems": problems_object(problems, chosen)})
    elif problems:
        screen.stopped(problems)
    else:
        screen.say(say("screen-made", chosen, folder=folder, count=len(files)))
        screen.say(say("screen-next-empty" if empty and not sample else "screen-next", chosen, folder=folder))
    raise typer.Exit(UNUSABLE if problems else DONE)
