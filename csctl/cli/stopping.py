"""A command that somebody stops: one line, the usual exit code, and no file left half-written."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from csctl.cli.exits import BUG, UNUSABLE
from csctl.cli.showing.speech import help_language
from csctl.problems import RefusalError

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """The process was told to end. No ``Exception``: nobody who handles faults may go on as if nothing were."""

    def __init__(self, number: int) -> None:
        """``number`` is the signal's."""
        super().__init__(number)
        self.code = 128 + number
        """What shells report for a process that a signal ended."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Within, SIGTERM and Ctrl-C raise ``Stopped`` where the program is; a second one ends it at once.

    A signal that the process was started to ignore stays ignored. Other threads cannot be told: nothing changes there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _stop) or signal.SIG_DFL for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - how signals call
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_DFL)
    raise Stopped(number)


def code_of(end: BaseException) -> int:
    """The exit code of a command that ended with an exception."""
    if isinstance(end, Stopped):
        return end.code
    if isinstance(end, KeyboardInterrupt):
        return 128 + signal.SIGINT
    return UNUSABLE if isinstance(end, OSError | RefusalError) else BUG


def report_stopped() -> None:
    """One line that says so."""
    from csctl.messages import say

    sys.stderr.write(say("unattended-stopped", help_language()) + "\n")
