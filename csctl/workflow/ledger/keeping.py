"""The ledger as a whole: what it holds, its copies, and their return."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Problem, errors
from csctl.store.ledger.backup import back_up, restore_backup
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.workflow.ledger.closed import Books, read_books
from csctl.workflow.session import session
from csctl.workspace import open_workspace
from csctl.workspace_folder import STATE_NAME


def history_of(folder: Path) -> tuple[Books | None, list[Problem]]:
    """The books of a workspace that has a ledger, and what in them this program cannot read."""
    workspace, problems = open_workspace(folder)
    books, problems = read_books(workspace) if workspace else (None, problems)
    if books is None or books.ledger is None:
        return None, problems or [problem("ledger-none")]
    rules = (books.unreadable(month, lines=False) for month in books.months)
    return books, [*books.unread.values(), *(fault for fault in rules if fault is not None)]


def back_up_ledger(folder: Path, target: Path) -> Sequence[Problem]:
    """Copy the ledger to ``target``; why it was not."""
    with session(folder) as hindered:
        if hindered:
            return hindered
        ledger = folder / STATE_NAME / LEDGER_NAME
        return errors(back_up(ledger, target)) if ledger.exists() else [problem("ledger-none")]


def restore_ledger(folder: Path, source: Path) -> Sequence[Problem]:
    """Bring a copy back; why it was not."""
    with session(folder) as hindered:
        return hindered or errors(restore_backup(source, folder / STATE_NAME))
