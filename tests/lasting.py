"""Reading processes that outlive a command: a test that runs ten commands starts them once, not ten times."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar
from unittest import mock

from csctl.problems import Place, Problem
from csctl.readers.grid import Book
from csctl.readers.opening import books
from csctl.readers.opening.kinds import FileKind
from csctl.readers.opening.workbook import SECONDS, Worker


class LastingWorker(Worker):
    """A worker that lays its process aside for the next one, instead of ending it.

    Only a process that is at rest is laid aside: one that failed, or is stopped while it reads, ends as always.
    """

    aside: ClassVar[list[subprocess.Popen[bytes]]] = []

    def __init__(self, seconds: int = SECONDS) -> None:
        super().__init__(seconds)
        self._reads = False

    def read(self, path: Path, kind: FileKind, place: Place) -> tuple[Book | None, list[Problem]]:
        """As the program's own."""
        self._reads = True
        try:
            return super().read(path, kind, place)
        finally:
            self._reads = False

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None and self.aside:
            self._process = self.aside.pop()
        return super()._running()

    def stop(self) -> None:
        """Ends a reading that is under way."""
        if self._reads:
            super().stop()

    def close(self) -> None:
        """Lays the process aside; ends it after a reading that failed."""
        if self._reads or self._process is None:
            super().close()
            return
        self.aside.append(self._process)
        self._process = None


@contextmanager
def lasting_workers() -> Iterator[None]:
    """Within, whatever reads workbooks takes the processes that are there."""
    with mock.patch.object(books, "Worker", LastingWorker):
        yield


def end_all() -> None:
    """Ends what was laid aside."""
    while LastingWorker.aside:
        last = Worker()
        last._process = LastingWorker.aside.pop()
        last.close()
