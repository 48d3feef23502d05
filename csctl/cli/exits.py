"""Exit codes, and what happens when csctl itself is at fault."""

from __future__ import annotations

import sys
import tempfile
import traceback

DONE = 0
FOUND = 1
"""A check found something; any command under --strict with problems."""
UNUSABLE = 2
"""Used wrongly, or nothing could be made of the input; nothing was written."""
BUSY = 3
"""Another run holds the workspace, or the month is closed."""
BUG = 70


def report_bug(bug: BaseException) -> None:
    """One line on the screen; the traceback, without the values of variables, in a private file."""
    with tempfile.NamedTemporaryFile("w", prefix="csctl-", suffix=".log", delete=False, encoding="utf-8") as file:
        file.write("".join(traceback.format_exception(bug)))
    sys.stderr.write(f"csctl: a bug, {type(bug).__name__}; details are in {file.name}\n")
