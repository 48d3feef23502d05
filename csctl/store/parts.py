"""Files of the caches: each is whole as soon as it has its name, and what killed runs left unfinished is swept away.

A cache is not synced to the disk: whoever uses one of its files checks it first, and makes it anew if it is damaged.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

_SUFFIX = ".part"
_TRIES = 3


def write_atomically(path: Path, content: bytes) -> None:
    """Write a private file in one step; its folder is made. Raises OSError.

    A run that takes the workspace at this moment may sweep the unfinished file away: then it is written once more.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in reversed(range(_TRIES)):
        handle, part = tempfile.mkstemp(suffix=_SUFFIX, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.replace(part, path)
        except FileNotFoundError:
            if not left:
                raise
        except OSError:
            with suppress(OSError):
                os.unlink(part)
            raise
        else:
            return


def sweep(folder: Path) -> None:
    """Remove what killed runs left below a folder of caches. Callers hold the workspace's lock."""
    for part in folder.rglob(f"*{_SUFFIX}"):
        with suppress(OSError):
            part.unlink()
