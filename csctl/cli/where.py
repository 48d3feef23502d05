"""Whether a command is asked to work where there is a workspace; looked at before the work is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csctl.problems import RefusalError
from csctl.workspace_folder import why_no_workspace

NEEDED = "workspace"
"""What the parameter of a command is called that must be a workspace; one that may be any folder has another name."""


def needs_workspace(given: Mapping[str, Any]) -> None:
    """Raise RefusalError where a command that needs a workspace is given another folder, by its parameters.

    Who asked for JSON gets an object that says so, from the command itself.
    """
    folder = given.get(NEEDED)
    if folder is not None and not given.get("as_json"):
        for problem in why_no_workspace(folder):
            raise RefusalError(problem)
