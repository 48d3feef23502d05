"""A clock beside another process: it ends one that waits, and lets one work that gets little of a busy machine.

How long a process may work is its own limit of processor time. So that what is refused is not a question of what else
the machine does, time on the wall ends only those that do nothing in it.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

_LEAST = 0.02
"""A process that works gets that much of the time even where fifty others work."""


class IdleClock:
    """Kills a process in which nothing was done for ``seconds``; a context manager."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.late = False
        self._process, self._seconds = process, seconds
        self._done = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> IdleClock:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        used = processor_seconds(self._process.pid)
        while not self._done.wait(self._seconds):
            before, used = used, processor_seconds(self._process.pid)
            if used is None or before is None or used - before < _LEAST * self._seconds:
                self.late = True
                self._process.kill()
                return


def processor_seconds(pid: int) -> float | None:
    """What a process has used of the processor so far; None where the system does not tell: there the wall decides."""
    with suppress(OSError, ValueError, IndexError, AttributeError):
        # Behind the name in brackets, which may hold anything.
        fields = Path("/proc", str(pid), "stat").read_text("ascii", "replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return None
