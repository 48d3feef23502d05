"""One run per workspace at a time. The system frees the lock when a run ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


@contextmanager
def workspace_lock(state_folder: Path) -> Iterator[bool]:
    """Yields whether the lock could be taken at once; it is held until the block ends."""
    state_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = FileLock(state_folder / "lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
