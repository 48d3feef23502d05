"""One run per workspace at a time. The system frees the lock when a run ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from csctl.store.parts import sweep
from csctl.store.publish import publish

CACHES = ("canonical", "sealed", "months", "answers", "made")
"""Folders below a workspace's private one: rows as they were read from exports, rows as they were sealed, the lines of
earlier months that are not, answers, and workbooks of a run that was stopped."""


@contextmanager
def workspace_lock(state_folder: Path) -> Iterator[bool]:
    """Yields whether the lock could be taken at once; it is held until the block ends. Raises OSError.

    What killed runs left unfinished in the private folder and its caches is taken back or swept away first.
    """
    state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(state_folder / "lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        publish(state_folder, {})
        for cache in CACHES:
            sweep(state_folder / cache)
        yield True
    finally:
        lock.release()
