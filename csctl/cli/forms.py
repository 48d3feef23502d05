"""``csctl forms send | collect | status | remind``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csctl.cli import options
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, screen_for
from csctl.problems import errors_and_warnings

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.readers.forms.reading import Returned
    from csctl.workflow.forms.collecting import Collecting
    from csctl.workflow.forms.sending import Sending

app = typer.Typer(help=helped("help-forms"), no_args_is_help=True, rich_markup_mode=None)

Role = Annotated[
    str,
    typer.Option("--role", help=helped("help-forms-send-role"), show_default=helped("help-forms-send-role-default")),
]
Agents = Annotated[list[str] | None, typer.Option("--agent", help=helped("help-forms-send-agent"), show_default=False)]
Panel = Annotated[str, typer.Option("--panel", help=helped("help-forms-send-panel"), show_default=False)]
Voters = Annotated[str, typer.Option("--voter", help=helped("help-forms-send-voter"), show_default=False)]
Checkers = Annotated[str, typer.Option("--checker", help=helped("help-forms-send-checker"), show_default=False)]
Superiors = Annotated[str, typer.Option("--superior", help=helped("help-forms-send-superior"), show_default=False)]
Folder = Annotated[
    Path | None,
    typer.Argument(
        help=helped("help-forms-collect-folder"), show_default=helped("help-forms-collect-folder-default"),
        file_okay=False,
    ),
]  # fmt: skip


Due = Annotated[str, typer.Option("--due", help=helped("help-forms-remind-due"), show_default=False)]


@app.command("send", help=helped("help-forms-send"))
def send(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    role: Role = "",
    agent: Agents = None,
    panel: Panel = "",
    superior: Superiors = "",
    voter: Voters = "",
    checker: Checkers = "",
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write the forms of a month."""
    from csctl.workflow.forms.sending import WantedForms, send_forms

    screen = screen_for(workspace, Manner(as_json, quiet=quiet, verbose=verbose))
    people = (_names(named) for named in (panel, superior, voter, checker))
    wanted = WantedForms(_names(role), tuple(agent or ()), *people)
    with screen.working():
        sending = send_forms(ask(workspace, month, screen), wanted)
    if as_json:
        screen.json(_sent_object(sending, screen.language))
    elif sending.month is None:
        screen.stopped(sending.problems)
    elif not quiet:
        _show_sent(screen, sending)
    raise typer.Exit(ended(sending.month, sending.problems))


@app.command("collect", help=helped("help-forms-collect"))
def collect(
    folder: Folder = None,
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Read filled-in forms back."""
    from csctl.workflow.forms.collecting import collect_forms

    screen = screen_for(workspace, Manner(as_json, strict, quiet, verbose))
    with screen.working():
        found = collect_forms(ask(workspace, month, screen), folder)
    if as_json:
        screen.json(_collected_object(found, screen.language))
    elif not found.returned:
        screen.stopped(found.problems)
    elif not quiet:
        _show_collected(screen, found, verbose)
    elif found.month is None:
        screen.stopped(found.problems)
    raise typer.Exit(ended(found.month, found.problems, found=strict and errors_and_warnings(found.problems)))


@app.command("status", help=helped("help-forms-status"))
def status(
    folder: Folder = None,
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
    strict: options.Strict = False,
    verbose: options.Verbose = False,
) -> None:
    """Who has not answered yet."""
    from csctl.cli.showing.show_forms import show_standing, standing_object
    from csctl.workflow.forms.status import standing

    screen = screen_for(workspace, Manner(as_json, strict, verbose=verbose))
    with screen.working():
        found = standing(ask(workspace, month, screen), folder)
    if as_json:
        screen.json(standing_object(found, screen.language))
    elif found.month is None:
        screen.stopped(found.problems)
    else:
        show_standing(screen, found, verbose=verbose)
    raise typer.Exit(ended(found.month, found=strict and (found.open or errors_and_warnings(found.problems))))


@app.command("remind", help=helped("help-forms-remind"))
def remind(
    folder: Folder = None,
    due: Due = "",
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
) -> None:
    """A text that reminds those who have not answered yet."""
    from csctl.cli.showing.show_forms import standing_object
    from csctl.messages import say
    from csctl.workflow.forms.status import reminder, standing

    screen = screen_for(workspace, Manner(as_json))
    with screen.working():
        found = standing(ask(workspace, month, screen), folder)
    text = "" if found.month is None else reminder(found, due.strip())
    if as_json:
        screen.json(standing_object(found, screen.language, text))
    elif found.month is None:
        screen.stopped(found.problems)
    else:
        for line in text.splitlines() or [say("forms-remind-nobody", screen.language, month=found.month)]:
            screen.line(line)
    raise typer.Exit(ended(found.month))


def _names(text: str) -> tuple[str, ...]:
    """Names joined by commas of either width."""
    return tuple(name.strip() for name in text.replace("，", ",").replace("、", ",").split(",") if name.strip())


def _show_sent(screen: Screen, sending: Sending) -> None:
    from csctl.messages import say
    from csctl.workflow.forms.form_month import BACK

    heads = [say(f"forms-screen-{name}", screen.language) for name in ("role", "forms", "pages", "questions", "first")]
    rows = [
        (say(f"forms-role-{one.role}", screen.language), one.forms, one.pages, one.cells, one.first)
        for one in sending.sent
    ]
    screen.table(heads, rows)
    back = sending.folder.parent / BACK
    screen.line(say("forms-screen-sent", screen.language, month=sending.month, folder=sending.folder, back=back))
    if errors_and_warnings(sending.problems):
        screen.problems(sending.problems)


def _show_collected(screen: Screen, found: Collecting, verbose: bool) -> None:
    """What each file held, then every problem with its cell."""
    from csctl.messages import say
    from csctl.workflow.forms.form_month import FOLDER

    heads = [
        say(f"forms-screen-{name}", screen.language) for name in ("file", "rater", "answered", "empty", "problems")
    ]
    rows = [
        (one.file, _rater(one, screen.language), one.filled, one.empty, _faults(found, one)) for one in found.returned
    ]
    screen.table(heads, rows)
    screen.findings(found.problems if verbose else errors_and_warnings(found.problems))
    if found.month is None:
        screen.line(say("forms-screen-kept", screen.language), "red")
    elif not found.files:
        screen.line(say("forms-screen-none", screen.language))
    else:
        files = "  ".join(f"{FOLDER}/{name}" for name in found.files)
        screen.line(say("forms-screen-collected", screen.language, counts=_counts(found, screen.language), files=files))


def _counts(found: Collecting, language: str) -> str:
    """How many of each kind came back; of inspections that found nothing their nought."""
    from csctl.messages import say
    from csctl.messages.grammar import listed
    from csctl.words import VOTE

    votes = sum(one.role == VOTE for one in found.ratings)
    counts = {
        "ratings": len(found.ratings) - votes,
        "votes": votes,
        "said": len(found.said),
        "objections": len(found.objections),
        "happened": len(found.happened),
        "reviewed": len(found.reviewed),
    }
    said = {name: count for name, count in counts.items() if count} or {"happened": 0}
    return listed((say(f"forms-count-{name}", language, count=count) for name, count in said.items()), language)


def _rater(one: Returned, language: str) -> str:
    from csctl.core.forms.model import ROLES
    from csctl.messages import say

    role = say(f"forms-role-{one.role}", language) if one.role in ROLES else one.role
    return " ".join(text for text in (role, one.rater) if text)


def _faults(found: Collecting, one: Returned) -> int:
    return len([problem for problem in errors_and_warnings(found.problems) if problem.place.file == one.file])


def _sent_object(sending: Sending, language: str) -> dict[str, Any]:
    from csctl.reports.run_json import SCHEMA, problems_object

    return {
        "schema": SCHEMA,
        "month": str(sending.month) if sending.month else None,
        "folder": str(sending.folder),
        "forms": [
            {"role": one.role, "forms": one.forms, "pages": one.pages, "cells": one.cells} for one in sending.sent
        ],
        "files": list(sending.files),
        "problems": problems_object(sending.problems, language),
    }


def _collected_object(found: Collecting, language: str) -> dict[str, Any]:
    from csctl.reports.run_json import SCHEMA, problems_object

    return {
        "schema": SCHEMA,
        "month": str(found.month) if found.month else None,
        "folder": str(found.folder),
        "returned": [
            {"file": one.file, "role": one.role, "rater": one.rater, "filled": one.filled, "empty": one.empty}
            for one in found.returned
        ],
        "ratings": len(found.ratings),
        "interview_answers": len(found.said),
        "objections": len(found.objections),
        "happened": len(found.happened),
        "reviewed": len(found.reviewed),
        "files": list(found.files),
        "problems": problems_object(found.problems, language),
    }
