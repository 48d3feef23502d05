"""csctl: customer-service scores, sheets, pay and promotion from messy exports and a written policy.

From Python, ``csctl.open(folder)`` opens a workspace: its months as pandas frames, its policy, and explanations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from csctl.release import __version__

if TYPE_CHECKING:
    from csctl.interface.opened import CsctlError, OpenedMonth, OpenedWorkspace
    from csctl.interface.opened import open_folder as open  # noqa: A004  what opens a workspace is called so

__all__ = ["CsctlError", "OpenedMonth", "OpenedWorkspace", "__version__", "open"]

_OPENED = {"CsctlError": "CsctlError", "OpenedMonth": "OpenedMonth", "OpenedWorkspace": "OpenedWorkspace",
           "open": "open_folder"}  # fmt: skip


def __getattr__(name: str) -> object:
    """The public names, loaded when they are first asked for: the command line starts without them."""
    if name not in _OPENED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from csctl.interface import opened

    return getattr(opened, _OPENED[name])
