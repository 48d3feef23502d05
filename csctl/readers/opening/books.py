"""Any file as a book of sheets, or a problem in one line: the only door through which exports come in."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.grid import Book
from csctl.readers.opening.delimited import read_delimited
from csctl.readers.opening.kinds import FileKind
from csctl.readers.opening.parquet import read_parquet
from csctl.readers.opening.sniff import sniff
from csctl.readers.opening.workbook import SECONDS, Worker

Opened = tuple[Book | None, list[Problem]]


class BookReader:
    """Opens files safely; a context manager that owns at most ``workers`` reading processes.

    The processes are started when the first workbook comes and ended with the context. Text and Parquet
    files need none.
    """

    def __init__(self, workers: int = 2, seconds: int = SECONDS) -> None:
        self._width = max(1, workers)
        self._seconds = seconds
        self._pool: ThreadPoolExecutor | None = None
        self._workers: list[Worker] = []
        self._idle: SimpleQueue[Worker] = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the reading processes; a later read starts them again."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        pool.shutdown(wait=True)
        for worker in self._workers:
            worker.close()

    def read(self, path: Path, shown_as: str, encoding: str | None = None) -> Opened:
        """One file, by what it is and not by its name; ``shown_as`` is the name that problems show.

        Returns ``(book, problems)``. The book is None if the file cannot be read at all. Errors about a single
        sheet (a formula without a saved value) leave the book there: who reads another sheet need not mind.
        ``encoding`` overrides the guess for text files.
        """
        return next(self.read_all([(path, shown_as, encoding)]))

    def read_all(self, wanted: Sequence[tuple[Path, str, str | None]]) -> Iterator[Opened]:
        """Many files, answered in the order asked; workbooks are read in parallel, a few ahead of the caller."""
        ahead: deque[Callable[[], Opened]] = deque()
        for path, shown_as, encoding in wanted:
            ahead.append(self._begun(path, Place(file=shown_as), encoding))
            if len(ahead) > 2 * self._width:
                yield ahead.popleft()()
        while ahead:
            yield ahead.popleft()()

    def _begun(self, path: Path, place: Place, encoding: str | None) -> Callable[[], Opened]:
        """The reading of one file as a call that waits for it: a workbook begins now, others when it is called."""
        kind, problems = sniff(path, place)
        if kind is None:
            return lambda: (None, problems)
        if kind in _READ_HERE:
            return partial(_read_here, kind, path, encoding, place, problems)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._width, "csctl-reader")
        coming = self._pool.submit(self._workbook, path, kind, place, problems)
        return coming.result

    def _workbook(self, path: Path, kind: FileKind, place: Place, noted: list[Problem]) -> Opened:
        try:
            worker = self._idle.get_nowait()
        except Empty:
            worker = Worker(self._seconds)
            self._workers.append(worker)
        try:
            book, problems = worker.read(path, kind, place)
        finally:
            self._idle.put(worker)
        # What a file was read as matters only if it was read.
        return book, [*(noted if book else ()), *problems]


_READ_HERE = (FileKind.TEXT, FileKind.PARQUET)
"""Kinds that need no process of their own: nothing in them is unpacked by a library that could hang or end it."""


def _read_here(kind: FileKind, path: Path, encoding: str | None, place: Place, noted: list[Problem]) -> Opened:
    try:
        book, problems = (
            read_parquet(path, place) if kind is FileKind.PARQUET else read_delimited(path, encoding, place)
        )
    except (OSError, UnicodeError) as fault:  # the file changed or went away while it was read
        return None, [problem("file-unreadable", place, getattr(fault, "strerror", None) or type(fault).__name__)]
    return book, [*noted, *problems]
