"""What the ledger asks of the file system: private files, names that survive a power cut, a disk that keeps locks."""

from __future__ import annotations

import os
import re
from pathlib import Path

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.store.syncing import sync_folder

ANYWHERE = "CSCTL_LEDGER_ANYWHERE"
"""Set to 1, this environment variable allows a ledger to be written on a network share."""
MOUNTS = Path("/proc/mounts")
_SHARED = re.compile(r"nfs\d?|cifs|smb\d?|smbfs|afs|fuse|fuseblk|fuse\..*")


def make_folder(folder: Path) -> None:
    """The folder and those above it, for the owner only where they are new. Raises OSError."""
    for path in [*reversed(folder.parents), folder]:
        if not path.exists():
            path.mkdir(mode=0o700)
            sync_folder(path.parent)


def make_private(path: Path) -> None:
    """An empty file for the owner only, unless there is a file already. Raises OSError."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    os.close(os.open(path, flags, 0o600))


def sync_file(path: Path) -> None:
    """The file's bytes are on the disk when this returns. Raises OSError."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def os_error_text(fault: OSError) -> str:
    """What the operating system says about a fault."""
    return fault.strerror or type(fault).__name__


def not_writable_here(ledger: Path) -> list[Problem]:
    """Refuses network shares and user-space file systems: their locks and their syncing cannot be trusted."""
    kind = _kind_of_disk(ledger.parent)
    if os.environ.get(ANYWHERE) == "1" or not _SHARED.fullmatch(kind):
        return []
    return [problem("ledger-on-a-share", Place(file=ledger.name), kind, switch=ANYWHERE)]


def _kind_of_disk(folder: Path) -> str:
    """The type of the file system a folder lies on (Linux only; "" elsewhere). The last fitting mount is on top."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
        here = folder.resolve()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        _, point, one, *_ = line.split(" ")
        above = Path(re.sub(r"\\([0-7]{3})", lambda hit: chr(int(hit[1], 8)), point))
        if len(above.parts) >= best and here.is_relative_to(above):
            best, kind = len(above.parts), one
    return kind
