"""The ledger as a whole: what it holds, its copies, and their return."""

from __future__ import annotations

from pathlib import Path

from csctl.messages import problem
from csctl.problems import Problem, errors
from csctl.store.ledger.backup import back_up, restore
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.store.lock import workspace_lock
from csctl.workflow.closed import Books, read_books
from csctl.workspace import CONFIG_NAME, open_workspace


def history_of(folder: Path) -> tuple[Books | None, list[Problem]]:
    """The books of a workspace that has a ledger, and what in them this program cannot read."""
    workspace, problems = open_workspace(folder)
    books, problems = read_books(workspace) if workspace else (None, problems)
    if books is None or books.ledger is None:
        return None, problems or [problem("ledger-none")]
    rules = (books.unreadable(month, lines=False) for month in books.months)
    return books, [*books.unread.values(), *(fault for fault in rules if fault is not None)]


def back_up_ledger(folder: Path, target: Path) -> tuple[bool, list[Problem]]:
    """Copy the ledger to ``target``. The first element says whether another run holds the workspace."""
    if not (folder / CONFIG_NAME).is_file():
        return False, [problem("workspace-missing", found=folder)]
    ledger = folder / ".csctl" / LEDGER_NAME
    if not ledger.exists():
        return False, [problem("ledger-none")]
    with workspace_lock(folder / ".csctl") as mine:
        return (False, errors(back_up(ledger, target))) if mine else (True, [problem("workspace-busy")])


def restore_ledger(folder: Path, source: Path) -> tuple[bool, list[Problem]]:
    """Bring a copy back. The first element says whether another run holds the workspace."""
    if not (folder / CONFIG_NAME).is_file():
        return False, [problem("workspace-missing", found=folder)]
    with workspace_lock(folder / ".csctl") as mine:
        return (False, errors(restore(source, folder / ".csctl"))) if mine else (True, [problem("workspace-busy")])
