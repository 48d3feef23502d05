"""``csctl history``, ``verify``, ``correct``, ``backup`` and ``restore``."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.close import By, Yes
from csctl.cli.exits import STATES, ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, agreed, now_text, screen_for, today

if TYPE_CHECKING:
    from csctl.problems import Problem
    from csctl.workflow.closing.correcting import Correcting

Head = Annotated[str, typer.Option("--head", help=helped("help-verify-head"))]
LedgerOnly = Annotated[bool, typer.Option("--ledger-only", help=helped("help-verify-ledger-only"))]
Recompute = Annotated[bool, typer.Option("--recompute", help=helped("help-verify-recompute"))]
FromMonth = Annotated[str, typer.Option("--month", "-m", help=helped("help-correct-month"), show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help=helped("help-correct-reason"), show_default=False)]
Program = Annotated[bool, typer.Option("--program", help=helped("help-correct-program"))]
Target = Annotated[Path, typer.Argument(help=helped("help-backup-file"), dir_okay=False)]
Source = Annotated[Path, typer.Argument(help=helped("help-restore-file"), dir_okay=False)]


def history(workspace: options.Workspace = options.HERE, as_json: options.AsJson = False) -> None:
    """List everything the ledger holds."""
    from csctl.cli.ledger_objects import history_object
    from csctl.cli.showing.show_ledger import show_history
    from csctl.workflow.calling import Calling
    from csctl.workflow.ledger.keeping import history_of

    screen = screen_for(workspace, Manner(as_json))
    books, problems = history_of(workspace)
    if as_json:
        screen.json(history_object(books, problems, screen.language))
    else:
        if books is not None:
            show_history(screen, books, Calling(books, today(), screen.language))
        screen.stopped(problems)
    raise typer.Exit(ended(not problems))


def verify(
    workspace: options.Workspace = options.HERE,
    head: Head = "",
    ledger_only: LedgerOnly = False,
    recompute: Recompute = False,
    as_json: options.AsJson = False,
    verbose: options.Verbose = False,
) -> None:
    """See whether closed months still are what they were."""
    from csctl.cli.ledger_objects import verified_object
    from csctl.cli.showing.show_ledger import show_months, show_verified
    from csctl.workflow.ledger.verifying import VerifyAsked, verify_months

    screen = screen_for(workspace, Manner(as_json))
    with screen.working():
        found = verify_months(VerifyAsked(workspace, head, ledger_only, recompute, screen.progress))
    if as_json:
        screen.json(verified_object(found, screen.language))
    elif found.usable:
        show_verified(screen, found, verbose=verbose)
    else:
        if found.listed:
            show_months(screen, found, verbose=verbose)
        screen.stopped(found.problems)
    raise typer.Exit(ended(found.usable, found=not found.sound))


def correct(
    workspace: options.Workspace = options.HERE,
    month: FromMonth = "",
    reason: Reason = "",
    program: Program = False,
    by: By = "",
    yes: Yes = False,
    as_json: options.AsJson = False,
    verbose: options.Verbose = False,
) -> None:
    """Show what changed exports, or this program, would change in closed months; with a reason, book it."""
    from csctl.cli.ledger_objects import correcting_object
    from csctl.cli.showing.show_ledger import show_correcting
    from csctl.workflow.closing.correcting import CorrectAsked, correct_months

    screen = screen_for(workspace, Manner(as_json))

    def agree(shown: Correcting) -> bool:
        if not as_json and not yes:
            show_correcting(screen, shown, program=program, verbose=verbose)
        return agreed(screen, yes, "screen-correct-ask")

    by = by or getpass.getuser()
    asked = CorrectAsked(workspace, month, reason.strip(), by, now_text(), screen.progress, program)
    with screen.working():
        found = correct_months(asked, agree)
    if as_json:
        screen.json(correcting_object(found, screen.language))
    elif found.state in ("stopped", "busy"):
        screen.stopped(found.problems)
    else:
        show_correcting(screen, found, program=program, verbose=verbose)
    raise typer.Exit(STATES[found.state])


def backup(file: Target, workspace: options.Workspace = options.HERE) -> None:
    """Copy the ledger to a file, whole and verified."""
    from csctl.workflow.ledger.keeping import back_up_ledger

    _keep(workspace, back_up_ledger(workspace, file), "screen-backed-up", file)


def restore(file: Source, workspace: options.Workspace = options.HERE) -> None:
    """Bring a backup of the ledger into the workspace."""
    from csctl.workflow.ledger.keeping import restore_ledger

    _keep(workspace, restore_ledger(workspace, file), "screen-restored", file)


def _keep(workspace: Path, problems: Sequence[Problem], code: str, file: Path) -> None:
    from csctl.messages import say

    screen = screen_for(workspace, Manner())
    if problems:
        screen.stopped(problems)
    else:
        screen.line(say(code, screen.language, file=file))
    raise typer.Exit(ended(not problems, problems))
