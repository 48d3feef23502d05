"""What a folder holds, without reading it: names, sizes, times and inodes of its files.

A file that was written has another time of change, which nobody can set (on Windows another time of writing, which
programs can set). But clocks tick slowly, and a file written twice within a tick looks the same: what changed a moment
ago is *not settled*, and nothing may rest on it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass

BYTECODE = "__pycache__"
"""Folders that Python fills by itself; what is in them follows from files that count."""
SETTLED_NS = 2 * 10**9
"""Time after which a file's times tell every later change: the coarsest clock of a file system ticks so slowly."""


@dataclass(frozen=True, slots=True)
class Signature:
    """``digest`` of all that is known of the files; ``newest``: nanoseconds at which the last of them changed."""

    digest: str
    newest: int

    def settled(self, now_ns: int) -> bool:
        """Whether any change from now on would be seen. A file of the future never settles."""
        return self.newest + SETTLED_NS < now_ns


def signature_of(folder: str, caches: Collection[str] = (), passed_over: Collection[str] = ()) -> Signature | None:
    """The signature of a folder and everything in it; None where that cannot be said: a folder behind a link, or one
    that cannot be read.

    Of files in ``caches`` (paths below the folder) only names and sizes count; ``passed_over`` does not count at all.
    """
    found = hashlib.sha256()
    newest = 0
    try:
        for name, cached, known in _files(folder, "", frozenset(caches), frozenset(passed_over)):
            changed = () if cached else (known.st_mtime_ns, known.st_ctime_ns, known.st_ino, known.st_dev)
            found.update(repr((name, known.st_size, changed)).encode("utf-8", "surrogatepass"))
            newest = max(newest, *changed[:2]) if changed else newest
    except OSError:
        return None
    return Signature(found.hexdigest(), newest)


def _files(
    folder: str, below: str, caches: frozenset[str], passed_over: frozenset[str], cached: bool = False
) -> Iterator[tuple[str, bool, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            name = below + entry.name
            if name in passed_over or entry.name == BYTECODE:
                continue
            known = entry.stat()
            if not stat.S_ISDIR(known.st_mode):
                yield name, cached, known
            elif entry.is_symlink():
                raise OSError("a folder behind a link")
            else:
                yield from _files(entry.path, f"{name}/", caches, passed_over, cached or name in caches)
