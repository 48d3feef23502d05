"""After a command: whoever the workspace says is told what it came to; the exit code stays what it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from csctl.cli.exits import BUG, BUSY, DONE, FOUND, UNUSABLE

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.workflow.writing.unattended import Ended

STATUS = {DONE: "done", FOUND: "found", UNUSABLE: "unusable", BUSY: "busy", BUG: "bug"}
"""The exit codes in a word, for scripts."""


def tell(screen: Screen, workspace: Path, command: str, ended: Ended, said: str = "") -> None:
    """Start the command of ``[notify]``, if there is one for this; a failure of it is a warning on standard error."""
    from csctl.workflow.notifying import message_of, notify, notify_of

    wanted = notify_of(workspace)
    if wanted is not None and command in wanted.after and ended.code in STATUS:
        message = message_of(workspace, command, ended, STATUS[ended.code], screen.language, said)
        screen.aside(notify(wanted, workspace, message))
