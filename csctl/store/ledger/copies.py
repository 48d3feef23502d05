"""A whole copy of a ledger, checked before it takes its place."""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.ledger.database import STEPS, Step, connect, reading_fault
from csctl.store.ledger.files import os_error_text, sync_file
from csctl.store.ledger.verify import verify_ledger
from csctl.store.syncing import sync_folder

_PART = ".part"
_OF_THE_SOURCE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def copy_ledger(
    source: Path, target: Path, *, kept_as: Path | None = None, steps: Sequence[Step] = STEPS
) -> list[Problem]:
    """Put a copy of ``source`` in the place of ``target``, in one step, once it is found whole and on the disk.

    The file that was there stays under ``kept_as``. After a problem ``target`` is as it was. What killed copies left
    beside it is removed, so one copy to a target at a time: callers hold the workspace's lock.
    """
    part: Path | None = None
    try:
        for left in target.parent.glob(f".{glob.escape(target.name)}.*{_PART}*"):  # a killed copy's journal too
            left.unlink()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_PART, dir=target.parent)
        os.close(handle)
        part = Path(name)
        problems = _filled(part, source, steps)
        if not problems:
            if kept_as is not None:
                _keep(target, kept_as)
            os.replace(part, target)
            sync_folder(target.parent)
    except OSError as fault:
        return [problem("ledger-copy-not-written", Place(file=target.name), os_error_text(fault))]
    finally:
        if part is not None:
            with suppress(OSError):  # the next copy removes it
                part.unlink(missing_ok=True)
    return problems


def _filled(part: Path, source: Path, steps: Sequence[Step]) -> list[Problem]:
    """Write the copy and read it; what is wrong with it is told of the source. Raises OSError."""
    try:
        with closing(connect(source)) as connection:
            connection.execute("PRAGMA query_only=OFF")
            connection.execute("VACUUM INTO ?", (str(part),))
    except sqlite3.Error as fault:
        if getattr(fault, "sqlite_errorcode", 0) & 0xFF in _OF_THE_SOURCE:
            return [reading_fault(fault, source.name)]
        return [problem("ledger-copy-not-written", Place(file=source.name), fault)]
    sync_file(part)
    return [replace(one, place=Place(file=source.name)) for one in verify_ledger(part, steps=steps)]


def _keep(target: Path, kept: Path) -> None:
    """A second name for the old file, or a copy where the disk knows no second names; its journal goes with it.

    A journal left by a killed process belongs to the old file only: beside the new one it would destroy it.
    Raises OSError.
    """
    if target.exists():
        kept.unlink(missing_ok=True)
        try:
            os.link(target, kept)
        except (OSError, NotImplementedError):
            shutil.copy2(target, kept)
            sync_file(kept)
    journal = target.with_name(f"{target.name}-journal")
    if journal.exists():
        os.replace(journal, kept.with_name(f"{kept.name}-journal"))
    sync_folder(target.parent)
