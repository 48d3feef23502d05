"""What the commands that compute a month have in common: ask, show the outcome, give the exit code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from csctl.cli.exits import ended
from csctl.cli.showing.speech import asked_language, spoken_language
from csctl.messages import say
from csctl.problems import errors_and_warnings

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.workflow.month.compute import Asked
    from csctl.workflow.writing.run import RunOutcome


@dataclass(frozen=True, slots=True)
class Manner:
    """How a command is to speak."""

    as_json: bool = False
    strict: bool = False
    quiet: bool = False
    verbose: bool = False


def screen_for(workspace: Path, manner: Manner) -> Screen:
    """The screen in the language asked for, else the workspace's."""
    from csctl.cli.showing.show import Screen

    return Screen(spoken_language(workspace), quiet=manner.quiet or manner.as_json, verbose=manner.verbose)


def ask(workspace: Path, month: str | None, screen: Screen) -> Asked:
    """What to compute, as of now in China."""
    from csctl.workflow.month.compute import Asked

    return Asked(workspace, month, today(), screen.progress, asked_language(), screen.making)


def today() -> date:
    """The day it is in China."""
    return now().date()


def now() -> datetime:
    """This moment in China."""
    from zoneinfo import ZoneInfo

    from csctl.month import ZONE

    return datetime.now(ZoneInfo(ZONE))


def now_text() -> str:
    """This moment in China, to the second, with its offset."""
    return now().isoformat(timespec="seconds")


def agreed(screen: Screen, yes: bool, code: str) -> bool:
    """Whether somebody says yes: with ``--yes``, or at a terminal when asked."""
    import sys

    import typer

    if yes or not sys.stdin.isatty():
        return yes
    return typer.confirm(say(code, screen.language))


def perform(
    step: Callable[[Asked], RunOutcome],
    workspace: Path,
    month: str | None,
    manner: Manner,
    show: Callable[[Screen, RunOutcome], None],
    after: Callable[[Screen, RunOutcome, int], None] | None = None,
) -> int:
    """Run one step of the workflow and show what it came to; ``after`` gets that and the exit code."""
    screen = screen_for(workspace, manner)
    with screen.working():
        outcome = step(ask(workspace, month, screen))
    show_outcome(screen, outcome, manner, show)
    code = exit_code(outcome, manner.strict)
    if after is not None:
        after(screen, outcome, code)
    return code


def show_outcome(
    screen: Screen, outcome: RunOutcome, manner: Manner, show: Callable[[Screen, RunOutcome], None]
) -> None:
    """What a step came to: as data, as the reasons why nothing was done, or as ``show`` shows it."""
    if manner.as_json:
        screen.json(json_of(outcome, screen.language))
    elif outcome.computed is None:
        screen.stopped(outcome.problems)
    else:
        show(screen, outcome)


def exit_code(outcome: RunOutcome, strict: bool) -> int:
    """The code that scripts rely on."""
    return ended(outcome.computed, outcome.problems, found=strict and errors_and_warnings(outcome.problems))


def json_of(outcome: RunOutcome, language: str) -> dict[str, object]:
    """The month as data; where there is none, the problems."""
    from csctl.reports.run_json import SCHEMA, problems_object
    from csctl.workflow.writing.outputs import run_record

    if outcome.computed is None:
        return {"schema": SCHEMA, "problems": problems_object(outcome.problems, language)}
    return run_record(outcome.computed, outcome.problems, outcome.written)
