"""The same work for many people, on as many processors as there are: in the order asked, each answer as it comes.

For few it would take longer to start processes than to do the work.
"""

from __future__ import annotations

import os
import pickle
import subprocess
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from csctl.child_process import end_process, start_process
from csctl.workflow.writing.pool_worker import WRONG, Fault, answers

Given = TypeVar("Given")
Name = TypeVar("Name")
Work = Callable[[Given], bytes]
"""What is done for each; it is sent to other processes by its name and what it is bound to."""

FEWEST = 250
"""So many for each process: below that, starting it costs more than it saves."""
MOST_PROCESSES = 8
_AT_ONCE = 8


def processes_for(count: int) -> int:
    """How many processes do the work for so many people; 1 is this one."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(usable, MOST_PROCESSES, count // FEWEST))


def answered(
    work: Work[Given], asked: Iterable[tuple[Name, Given]], processes: int
) -> Generator[tuple[Name, bytes | Fault], None, None]:
    """What ``work`` makes of each, in order, beside its name; where it raised, the fault. What is asked for is taken as
    it is needed. Closing the iterator ends the processes.
    """
    if processes < 2:
        for name, given in asked:
            yield name, answers(work, [given])[0]
        return
    with _Pool(work, processes) as pool:
        yield from pool.each(iter(asked))


class _Pool:
    """A thread for each process, which asks it for a few at a time."""

    def __init__(self, work: Work[Any], processes: int) -> None:
        self._work, self._processes = work, processes
        self._threads = ThreadPoolExecutor(processes, "csctl-maker")
        self._workers: list[_Worker] = []
        self._idle: SimpleQueue[_Worker] = SimpleQueue()

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.stop()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()

    def each(self, asked: Iterator[tuple[Name, Given]]) -> Iterator[tuple[Name, bytes | Fault]]:
        """A few ahead of the caller, so that nobody waits and little is held."""
        ahead: deque[tuple[list[Name], Future[list[bytes | Fault]]]] = deque()
        while True:
            batch = list(islice(asked, _AT_ONCE)) if len(ahead) <= 2 * self._processes else []
            if batch:
                coming = self._threads.submit(self._made, [given for _, given in batch])
                ahead.append(([name for name, _ in batch], coming))
            elif ahead:
                names, coming = ahead.popleft()
                yield from zip(names, coming.result(), strict=True)
            else:
                return

    def _made(self, given: Sequence[Any]) -> list[bytes | Fault]:
        try:
            worker = self._idle.get_nowait()
        except Empty:
            worker = _Worker(self._work)
            self._workers.append(worker)
        try:
            return worker.ask(given)
        except WRONG:  # the process died, of too little memory say: what it was asked for is made here
            worker.close()
            return answers(self._work, given)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, started when it is first asked, and again after it died."""

    def __init__(self, work: Work[Any]) -> None:
        self._work, self._stopped = work, False
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, given: Sequence[Any]) -> list[bytes | Fault]:
        """An answer for each. Raises what pipes and pickles raise where the process does not answer."""
        if self._process is None and not self._stopped:
            self._process = start_process("csctl.workflow.writing.pool_worker", "serve_books")
            self._say(self._work)
        self._say(given)
        assert self._process is not None and self._process.stdout is not None  # noqa: S101, PT018 - it was asked for
        found: list[bytes | Fault] = pickle.load(self._process.stdout)  # noqa: S301 - csctl itself wrote it
        return found

    def _say(self, value: Any) -> None:
        if self._process is None or self._process.stdin is None:
            raise EOFError
        pickle.dump(value, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def stop(self) -> None:
        """Ends work that another thread waits for."""
        self._stopped = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is not None:
            end_process(process)
