"""The process that makes workbooks for another one: told once what to do, then for whom, a few at a time."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from csctl.problems import RefusalError

WRONG = (EOFError, OSError, pickle.PickleError, ValueError, AttributeError, ImportError)
"""What reading from a process raises that died, and writing to it."""


class Fault(NamedTuple):
    """What went wrong for one of them."""

    text: str


def answers(work: Callable[[Any], bytes], given: Sequence[Any]) -> list[bytes | Fault]:
    """What the work comes to for each of them; one that goes wrong leaves the others as they are."""
    return [_answer(work, one) for one in given]


def _answer(work: Callable[[Any], bytes], given: Any) -> bytes | Fault:
    try:
        return work(given)
    except RefusalError:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is said of whom
        return fault_of(fault)


def fault_of(fault: Exception) -> Fault:
    """A fault in one line."""
    return Fault(": ".join(filter(None, (type(fault).__name__, " ".join(str(fault).split())))))


def serve_books() -> None:
    """Serves until the other end closes the pipe. Who presses Ctrl-C stops the process that asks, and it this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, said = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand among the answers
    with suppress(EOFError, OSError):
        work = pickle.load(asked)  # noqa: S301 - the other end is csctl
        while True:
            found = answers(work, pickle.load(asked))  # noqa: S301
            pickle.dump(found, said, pickle.HIGHEST_PROTOCOL)
            said.flush()
