"""Exit codes, and what happens when csctl itself is at fault."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

from csctl.cli.showing.speech import help_language
from csctl.messages import one_line, problem
from csctl.problems import Place, Problem

DONE = 0
FOUND = 1
"""A check found something; any command under --strict with problems."""
UNUSABLE = 2
"""Used wrongly, or nothing could be made of the input; nothing was written."""
BUSY = 3
"""Another run holds the workspace, or the month is closed."""
BUG = 70
STATES: Mapping[str, int] = {
    "closed": DONE, "already": DONE, "booked": DONE, "nothing": DONE, "filed": DONE, "decided": DONE,
    "shown": FOUND, "declined": FOUND, "differs": FOUND,
    "unpublished": UNUSABLE, "stopped": UNUSABLE, "busy": BUSY,
}  # fmt: skip
"""What closing, correcting and appealing came to."""


def ended(done: object, problems: Iterable[Problem] = (), *, found: object = False) -> int:
    """The code of a command: whether it did what it was asked for, else what was in the way; ``found``: it was done and
    there is something to look at.
    """
    from csctl.workflow.session import is_busy

    if not done:
        return BUSY if is_busy(problems) else UNUSABLE
    return FOUND if found else DONE


def report_bug(bug: BaseException) -> None:
    """One line on the screen; the traceback, without the values of variables, in a private file."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="csctl-", suffix=".log", delete=False, encoding="utf-8") as file:
        file.write("".join(traceback.format_exception(bug)))
    sys.stderr.write(f"csctl: a bug, {type(bug).__name__}; details are in {file.name}\n")


def report_refused(fault: OSError) -> None:
    """One line about what the system would not do: the disk is full or failing, or a file may not be touched."""
    name = os.path.basename(fault.filename) if isinstance(fault.filename, str) else ""
    report_problem(problem("system-refused", Place(file=name), fault.strerror or type(fault).__name__))


def report_problem(problem: Problem) -> None:
    """One line about what ended the command, without marks that a terminal would act upon."""
    words = "".join(mark if mark.isprintable() else " " for mark in one_line(problem, help_language()))
    sys.stderr.write(f"csctl: {words}\n")
