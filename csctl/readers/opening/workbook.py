"""A workbook read by another process, which may die of it: the worker, its clock, and what its death means."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from csctl.child_process import end_process, start_process
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.opening.idle import IdleClock
from csctl.readers.opening.kinds import MIB, FileKind
from csctl.readers.opening.wire import WireTexts, from_line, problem_from, row_from

SECONDS = 25
"""Processor time for one workbook; a large one gets more for each MiB it weighs, a bomb weighs little."""
SECONDS_PER_MIB = 2
CLOCK = 1.2
"""Time on the wall for each second of processor time, in which something must be done."""
MAX_LINE = 128 * MIB
MAX_ANSWER = 1024 * MIB
_SURROUNDINGS = {"OPENPYXL_LXML": "False", "OPENPYXL_DEFUSEDXML": "True"}


def allowed_seconds(size: int, base: int = SECONDS) -> int:
    """Processor time for a workbook of ``size`` bytes."""
    return base + SECONDS_PER_MIB * (size // MIB)


class Worker:
    """One reading process, started when first needed and again after it had to be stopped."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path, kind: FileKind, place: Place) -> tuple[Book | None, list[Problem]]:
        """All sheets of a workbook that ``sniff`` found safe to open; None with the problem if it cannot be read.

        The process ends itself after ``allowed_seconds`` of work, and is ended where it does none for so long.
        """
        seconds = allowed_seconds(path.stat().st_size, self._seconds)
        process = self._running()
        with IdleClock(process, seconds * CLOCK) as clock:
            try:
                _ask(process, path, kind, seconds)
                book, problems = _listen(_messages(process), place)
            except (OSError, ValueError, TypeError, KeyError, RecursionError):
                self.close()
                return None, [problem(_death(process, late=clock.late), place)]
        if book is None or clock.late:
            self.close()  # what a failed reading leaves behind in memory is nobody's business
        return book, problems

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = start_process("csctl.readers.opening.workbook_worker", "serve_workbooks", _SURROUNDINGS)
        return self._process

    def stop(self) -> None:
        """Ends a reading that is under way in another thread, which then answers that it failed."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """Ends the process; it is started again when needed."""
        process, self._process = self._process, None
        if process is not None:
            end_process(process)


def _ask(process: subprocess.Popen[bytes], path: Path, kind: FileKind, seconds: int) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for
    request = {"path": os.path.abspath(path), "kind": kind.value, "seconds": seconds}
    process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
    process.stdin.flush()


def _messages(process: subprocess.Popen[bytes]) -> Iterator[list[Any]]:
    """What the worker says, up to its last word. Raises ValueError if it stops before, or says too much."""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    left = MAX_ANSWER
    while True:
        line = process.stdout.readline(MAX_LINE)
        left -= len(line)
        if left < 0 or not line.endswith(b"\n"):
            raise ValueError("the reading process stopped or says too much")
        message = from_line(line)
        yield message
        if message[0] in ("done", "failed"):
            return


def _listen(messages: Iterator[list[Any]], place: Place) -> tuple[Book | None, list[Problem]]:
    sheets: list[Sheet] = []
    rows: list[tuple[Cell, ...]] = []
    problems: list[Problem] = []
    memory = WireTexts()
    names: list[tuple[str, str, str]] = []
    for message in messages:
        match message:
            case ["sheet", str(name), bool(hidden), list(merged), bool(epoch_1904)]:
                rows = []
                sheets.append(Sheet(name, rows, hidden, tuple(_range(edges) for edges in merged), epoch_1904))
            case ["unseen", list(hidden), list(filtered)] if sheets:
                unseen, said = tuple(map(int, hidden)), tuple(map(int, filtered))
                sheets[-1] = replace(sheets[-1], hidden_rows=unseen, filtered_rows=said)
            case ["rows", list(more)] if sheets:
                rows.extend(row_from(row, memory) for row in more)
            case ["problem", list(fields)]:
                problems.append(problem_from(fields, place.file))
            case ["failed", str(reason)]:
                return None, problems if reason == "refused" else [_failure(reason, place)]
            case ["names", list(named)]:
                names += [(str(name), str(sheet), str(cell)) for name, sheet, cell in named]
            case ["done"]:
                return Book(tuple(sheets), names=tuple(names)), problems
            case _:
                break
    raise ValueError("not an answer")


def _range(edges: list[Any]) -> tuple[int, int, int, int]:
    top, left, bottom, right = map(int, edges)
    return top, left, bottom, right


def _failure(reason: str, place: Place) -> Problem:
    return problem("workbook-memory", place) if reason == "memory" else problem("workbook-not-read", place, reason)


def _death(process: subprocess.Popen[bytes], *, late: bool) -> str:
    """Which message tells why the worker is gone: out of time, by either clock, or for a reason of its own."""
    out_of_time = late or -(process.returncode or 0) == _OUT_OF_TIME
    return "workbook-too-slow" if out_of_time else "workbook-reader-died"


def _signal(name: str) -> int:
    import signal

    return int(getattr(signal, name, 0)) or -1


_OUT_OF_TIME = _signal("SIGXCPU")
