"""``csctl run``."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.exits import DONE, UNUSABLE
from csctl.cli.notifying import tell
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, exit_code, now, screen_for, show_outcome
from csctl.cli.stopping import code_of

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.workflow.writing.run import RunOutcome
    from csctl.workflow.writing.unattended import Ended

Subject = Annotated[bool, typer.Option("--subject", help=helped("help-run-subject"))]


def run(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    subject: Subject = False,
    as_json: options.AsJson = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Do the whole month: read exports, score, fill sheets, make pay; then show the scoreboard."""
    from csctl.cli.showing.show_month import show_month
    from csctl.messages import problem
    from csctl.workflow.writing import run as workflow
    from csctl.workflow.writing.unattended import subject_line

    manner = Manner(as_json, strict, quiet or subject, verbose)
    screen = screen_for(workspace, manner)
    if subject and as_json:
        screen.stopped([problem("unattended-subject-or-json")])
        raise typer.Exit(UNUSABLE)

    def work() -> tuple[RunOutcome, int]:
        with screen.working():
            outcome = workflow.run_month(ask(workspace, month, screen))
        return outcome, exit_code(outcome, strict)

    ended = _logged(workspace, month, work, screen)
    assert ended.outcome is not None  # noqa: S101 - a run that broke off has raised
    show_outcome(screen, ended.outcome, manner, show_month)
    if subject or (ended.outcome.computed is not None and not quiet and not as_json):
        screen.line(subject_line(workspace, ended, screen.language))
    tell(screen, workspace, "run", ended)
    raise typer.Exit(ended.code)


def _logged(workspace: Path, month: str | None, work: Callable[[], tuple[RunOutcome, int]], screen: Screen) -> Ended:
    """Do the work and add a line to the log, however it ends. A log that fails is said after a run that went well."""
    from csctl.workflow.writing.unattended import Ended, log_run

    started = time.monotonic()
    try:
        outcome, code = work()
    except BaseException as end:
        broken = Ended(code_of(end), None, month, time.monotonic() - started, type(end).__name__)
        log_run(workspace, broken, now())
        tell(screen, workspace, "run", broken)
        raise
    ended = Ended(code, outcome, month, time.monotonic() - started)
    problems = log_run(workspace, ended, now())
    if code == DONE:
        screen.stopped(problems)
    return ended
