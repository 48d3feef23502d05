"""Whether a command is asked to work where there is a workspace; looked at before the work is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from csctl.problems import RefusalError
from csctl.workspace_folder import why_no_workspace

NEEDED = "workspace"
"""What the parameter of a command is called that must be a workspace; one that may be any folder has another name."""


def needs_workspace(parameters: Iterable[Any], given: Mapping[str, Any]) -> None:
    """Raise RefusalError where a command line names no workspace for a command that needs one.

    Who asked for JSON gets an object that says so, from the command itself.
    """
    if given.get("as_json"):
        return
    for one in parameters:
        if one.name == NEEDED:
            for problem in why_no_workspace(Path(given.get(NEEDED) or one.default)):
                raise RefusalError(problem)
