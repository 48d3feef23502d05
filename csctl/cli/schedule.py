"""``csctl schedule``."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, screen_for
from csctl.messages import say

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.problems import Problem
    from csctl.workflow.writing.unattended import Schedule


class Starter(StrEnum):
    """What starts the run."""

    CRON = "cron"
    SYSTEMD = "systemd"
    WINDOWS = "windows"


At = Annotated[str, typer.Option("--at", help=helped("help-schedule-at"))]
Day = Annotated[int, typer.Option("--day", min=1, max=28, help=helped("help-schedule-day"))]
Kinds = Annotated[Starter | None, typer.Option("--kind", help=helped("help-schedule-kind"))]


def schedule(
    workspace: options.Workspace = options.HERE,
    at: At = "02:30",
    day: Day = 1,
    kind: Kinds = None,
    as_json: options.AsJson = False,
) -> None:
    """How to start the run every month: a crontab line, systemd units, a Windows task."""
    from csctl.workflow.writing.unattended import make_schedule

    screen = screen_for(workspace, Manner(as_json))
    made, problems = make_schedule(workspace, sys.executable, at, day, screen.language)
    if as_json:
        screen.json(_as_json(made, problems, screen.language))
    elif made is None:
        screen.stopped(problems)
    else:
        _show(screen, made, kind)
        screen.stopped(problems if kind in (None, Starter.WINDOWS) else [])
    raise typer.Exit(ended(made is not None and (kind is not Starter.WINDOWS or made.windows)))


def _show(screen: Screen, made: Schedule, kind: Starter | None) -> None:
    """One kind as it is, to be piped on; all of them under headings. What is to be pasted is shown untouched."""
    texts = {Starter.CRON: made.crontab, Starter.SYSTEMD: made.systemd, Starter.WINDOWS: made.windows}
    if kind is not None:
        typer.echo(texts[kind], nl=False)
        return
    screen.line(say("unattended-scheduled", screen.language, day=made.when.day, at=made.when.clock))
    for each, text in texts.items():
        if text:
            screen.line("")
            screen.line(say(f"unattended-{each}-heading", screen.language), "bold")
            typer.echo(text, nl=False)


def _as_json(made: Schedule | None, problems: list[Problem], language: str) -> dict[str, object]:
    from csctl.reports.run_json import SCHEMA, problems_object

    found: dict[str, object] = {"schema": SCHEMA, "problems": problems_object(problems, language)}
    if made is None:
        return found
    systemd = {"service": made.service, "timer": made.timer, "shell": made.systemd}
    when = {"day": made.when.day, "at": made.when.clock}
    return {**found, **when, "crontab": made.crontab, "systemd": systemd, "windows": made.windows}
