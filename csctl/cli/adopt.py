"""``csctl adopt``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.completing import known_policies
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped, spoken_language
from csctl.cli.step import Manner, ask, show_outcome

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.readers.proposing.questions import Asking
    from csctl.workflow.adopting.records import Adopted

Workspace = Annotated[
    Path | None,
    typer.Option(
        "--workspace",
        "-w",
        help=helped("help-adopt-workspace"),
        file_okay=False,
        show_default=helped("help-adopt-that-folder"),
    ),
]


def adopt(
    folder: Annotated[Path, typer.Argument(help=helped("help-adopt-folder"), file_okay=False)],
    into: Workspace = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", "-p", help=helped("help-adopt-policy"), autocompletion=known_policies),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help=helped("help-adopt-yes"))] = False,
    as_json: options.AsJson = False,
) -> None:
    """Propose sources for a folder of exports, ask what is in doubt, write csctl.toml, and check it."""
    from csctl.cli.showing.show import Screen
    from csctl.cli.showing.show_adopted import show_adopted
    from csctl.workflow.adopting.adopt import adopt_folder
    from csctl.workflow.adopting.before import Adopting

    place = into or folder
    language = spoken_language(place)
    screen = Screen(language, quiet=as_json)
    asking = _asking(screen, silent=yes or as_json)
    outcome = adopt_folder(Adopting(folder, place, policy, language, asking, screen.progress))
    if as_json:
        _as_data(screen, outcome)
    elif not outcome.done:
        screen.stopped(outcome.problems)
    else:
        show_adopted(screen, outcome)
        _check(screen, place)
    raise typer.Exit(ended(outcome.done, outcome.problems))


def _asking(screen: Screen, *, silent: bool) -> Asking:
    """A person at the terminal; nobody with ``--yes`` or without one."""
    import sys

    from csctl.cli.showing.asking import Terminal

    if silent or not sys.stdin.isatty():
        return lambda _: ()
    return Terminal(screen)


def _check(screen: Screen, workspace: Path) -> None:
    """What the new workspace comes to. Its faults are the data's: the workspace is there."""
    from csctl.cli.showing.show_month import show_checked_month
    from csctl.workflow.writing import run as workflow

    with screen.working():
        outcome = workflow.check_month(ask(workspace, None, screen))
    show_outcome(screen, outcome, Manner(), show_checked_month)


def _as_data(screen: Screen, outcome: Adopted) -> None:
    from csctl.reports.run_json import SCHEMA, problems_object
    from csctl.workflow.adopting.wording import asked_text

    language = screen.language
    sources = [
        {"table": one.draft.table, "files": one.files, "found": list(one.paths), "rows": one.rows}
        for one in outcome.settled
        if one.draft
    ]
    questions = [
        {
            "name": one.question.name,
            "asks": asked_text(one.question, language),
            "choices": [choice.name for choice in one.question.choices] or list(one.question.words),
            "proposed": one.question.proposed,
            "answer": list(one.answer),
        }
        for one in outcome.asked
        if not one.question.certain
    ]
    screen.json(
        {
            "schema": SCHEMA,
            "files": list(outcome.written),
            "sources": sources,
            "questions": questions,
            "unread": [one.named.path for one in outcome.unread],
            "problems": problems_object(outcome.problems, language),
        }
    )
