"""Which command lines only look at a workspace; all that is loaded for those that do anything else."""

from __future__ import annotations

import os
from collections.abc import Sequence

from csctl.command_line import value_of
from csctl.workspace_folder import STATE_NAME

COMMANDS = ("check", "explain")
HARMLESS = frozenset(
    {"-w", "--workspace", "-m", "--month", "--json", "-q", "--quiet", "-v", "--verbose", "--words", "--columns",
     "--rows", "-l", "--language"}
)  # fmt: skip
"""Options with which these commands still only look."""


def workspace_looked_at(words: Sequence[str]) -> str | None:
    """The workspace that a command line only looks at; None for any other, and where nothing was ever kept."""
    options = {one.partition("=")[0] for one in words if one.startswith("-")}
    if not words or words[0] not in COMMANDS or not options <= HARMLESS:
        return None
    workspace = value_of(words, ("--workspace", "-w")) or "."
    return workspace if os.path.isdir(os.path.join(workspace, STATE_NAME)) else None
