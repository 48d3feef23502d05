"""What makes a folder a workspace, and what is called how in it; asked before anything of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from csctl.problems import Problem

CONFIG_NAME = "csctl.toml"
STATE_NAME = ".csctl"
"""The folder of a workspace for what csctl keeps for itself."""


def why_no_workspace(folder: Path) -> list[Problem]:
    """Nothing, or that the folder has no ``csctl.toml``."""
    from csctl.messages import problem  # the names above are asked for before anything else is loaded

    return [] if (folder / CONFIG_NAME).is_file() else [problem("workspace-missing", found=folder)]
