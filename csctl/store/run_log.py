"""The log of runs: a line for each, in a private file that never grows without end."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from filelock import FileLock, Timeout

from csctl.messages import problem
from csctl.problems import Place, Problem

NAME = "csctl.log"
MOST_BYTES = 2**20
KEPT = 5
"""Older files beside the current one: ``csctl.log.1`` is the latest of them."""
_PATIENCE_SECONDS = 5


def append_line(folder: Path, level: int, text: str, at: datetime) -> list[Problem]:
    """Add ``<time> <level> <text>`` to the log in ``folder``; what stood in the way, if anything.

    ``level`` is one of ``logging``. Runs that end together wait for each other. A line break in ``text`` becomes a
    space.
    """
    line = f"{at.isoformat(timespec='seconds')} {logging.getLevelName(level)} {' '.join(text.split())}"
    record = logging.LogRecord("csctl", level, "", 0, line, None, None)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(folder / "lock", timeout=_PATIENCE_SECONDS, mode=0o600):
            log = _PrivateLog(folder / NAME, maxBytes=MOST_BYTES, backupCount=KEPT, encoding="utf-8", delay=True)
            try:
                log.emit(record)
            finally:
                log.close()
    except Timeout:
        return [problem("unattended-log-busy", Place(NAME))]
    except OSError as fault:
        return [problem("unattended-log-not-written", Place(NAME), fault.strerror or type(fault).__name__)]
    return []


class _PrivateLog(RotatingFileHandler):
    """A rotating file for its owner only, whatever the umask, that follows no link and says what went wrong."""

    def _open(self) -> TextIOWrapper:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(self.baseFilename, flags, 0o600)
        if os.name != "nt":
            os.fchmod(handle, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8", newline="\n")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - as logging calls it
        """Called while an exception is handled: let it go on to the caller."""
        raise  # noqa: PLE0704
