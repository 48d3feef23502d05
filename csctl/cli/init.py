"""``csctl init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csctl.cli import options
from csctl.cli.completing import known_policies
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped, spoken_language
from csctl.cli.step import today


def init(
    folder: Annotated[Path, typer.Argument(help=helped("help-init-folder"))],
    policy: Annotated[
        str, typer.Option("--policy", "-p", help=helped("help-init-policy"), autocompletion=known_policies)
    ] = "insurance",
    sample: Annotated[bool, typer.Option("--sample", help=helped("help-init-sample"))] = False,
    empty: Annotated[bool, typer.Option("--empty", help=helped("help-init-empty"))] = False,
    as_json: options.AsJson = False,
) -> None:
    """Make a workspace: configuration, policy, and small example data to replace with your own."""
    from csctl.cli.showing.harmless import quoted_path
    from csctl.cli.showing.show import Screen
    from csctl.messages import say
    from csctl.reports.run_json import SCHEMA, problems_object
    from csctl.store.shipped import policy_names
    from csctl.workflow.starting import copy_sample, init_workspace

    chosen = spoken_language(folder)
    files, problems = copy_sample(folder) if sample else init_workspace(folder, policy, chosen, today(), empty=empty)
    screen = Screen(chosen)
    if as_json:
        screen.json({"schema": SCHEMA, "files": files, "problems": problems_object(problems, chosen)})
    elif problems:
        screen.stopped(problems)
    else:
        screen.line(say("screen-made", chosen, folder=folder, count=len(files)))
        if (other := f"{policy}-{chosen}") in policy_names() and not sample:
            screen.line(say("screen-in-language", chosen, name=other))
        screen.line(
            say("screen-next-empty" if empty and not sample else "screen-next", chosen, folder=quoted_path(folder))
        )
    raise typer.Exit(ended(not problems))
