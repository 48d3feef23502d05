"""Backups of the ledger, and the way back. Nothing that was booked is lost by either."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.ledger.copies import copy_ledger
from csctl.store.ledger.entries import Entry
from csctl.store.ledger.files import make_folder, not_writable_here, os_error_text
from csctl.store.ledger.head import head_faults, read_head, stands, write_head
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.store.ledger.verify import read_chain, verify_ledger

KEPT_NAME = "ledger.before-restore.db"
_NAMED = 5
"""How many lost entries are named before it says how many more there are."""


def back_up(ledger: Path, target: Path) -> list[Problem]:
    """A whole, checked copy of the ledger under ``target``; what is wrong otherwise, and then nothing is written.

    A file that is there already is replaced only if it is an older copy of the same ledger.
    """
    entries, problems = read_chain(ledger)
    if entries is None:
        return problems
    noted, problems = read_head(ledger)
    problems += head_faults(ledger, entries, noted)
    if problems:
        return problems
    try:
        if not _may_be_replaced(target, ledger, entries):
            return [problem("backup-in-the-way", Place(file=target.name))]
    except OSError as fault:
        return [problem("ledger-copy-not-written", Place(file=target.name), os_error_text(fault))]
    return copy_ledger(ledger, target)


def restore_backup(source: Path, state_folder: Path) -> list[Problem]:
    """Make a backup the ledger of a workspace; what is wrong otherwise, and then the old ledger is as it was.

    Refused if an entry would be lost by it. The old file is kept beside the new one as ``ledger.before-restore.db``;
    restored once more, the same backup changes nothing, and that file stays too.
    """
    problems = verify_ledger(source)
    if problems:
        return problems
    entries, problems = read_chain(source)
    if entries is None:
        return problems
    path = state_folder / LEDGER_NAME
    try:
        make_folder(state_folder)
        problems = not_writable_here(path) or _lost(path, entries)
        if not problems and not _holds(path, entries):
            problems = copy_ledger(source, path, kept_as=state_folder / KEPT_NAME)
    except OSError as fault:
        return [problem("ledger-copy-not-written", Place(file=path.name), os_error_text(fault))]
    if not problems:
        write_head(path, entries)
    return problems


def _may_be_replaced(target: Path, ledger: Path, entries: Sequence[Entry]) -> bool:
    """Whether nothing is there, or an older copy of the ledger. Raises OSError."""
    if target.is_symlink():
        return False
    if not target.exists():
        return True
    older = None if target.samefile(ledger) else read_chain(target)[0]
    return older is not None and _begins_with(entries, older)


def _begins_with(entries: Sequence[Entry], older: Sequence[Entry]) -> bool:
    return tuple(entries[: len(older)]) == tuple(older)


def _holds(path: Path, entries: Sequence[Entry]) -> bool:
    """Whether a ledger is whole and has just these entries. Raises OSError."""
    return path.is_file() and path.stat().st_size > 0 and not verify_ledger(path) and read_chain(path)[0] == entries


def _lost(path: Path, entries: Sequence[Entry]) -> list[Problem]:
    """What a workspace's ledger, or the note of its head, knows and these entries lack. Raises OSError."""
    noted, _ = read_head(path)
    there = path.is_symlink() or (path.exists() and path.stat().st_size > 0)
    current, _ = read_chain(path) if there else ((), [])
    if current is not None and not _begins_with(entries, current):
        lost = [one for one in current if one not in entries]
        named = [f"#{one.number} {one.kind} {one.month}" for one in lost[:_NAMED]]
        more = [f"+{len(lost) - _NAMED}"] if len(lost) > _NAMED else []
        return [problem("restore-would-lose", Place(file=path.name), ", ".join(named + more))]
    if noted is not None and not stands(noted, entries):
        return [problem("restore-would-lose", Place(file=path.name), f"#{noted[0]}")]
    if current is None and noted is None:
        return [problem("restore-unknown", Place(file=path.name))]
    return []
