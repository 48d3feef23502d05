"""typer's help and faults, without what typer would bring along for programs of another kind: reading Markdown and
colouring source code take half of the time that ``--help`` takes, and csctl's help is neither.
"""

from __future__ import annotations

import sys
from types import ModuleType

UNUSED = ("rich.markdown", "rich.traceback")
"""What ``typer.rich_utils`` imports for help in Markdown and for faults shown with their source."""


class _Unused(ModuleType):
    """A module whose every name is there, and is nothing."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return object


def lean_typer() -> None:
    """Import what typer shows help and faults with; what is left out can still be imported afterwards."""
    left_out = [name for name in UNUSED if name not in sys.modules]
    sys.modules |= {name: _Unused(name) for name in left_out}
    try:
        import typer.rich_utils  # noqa: F401 - it is this import that is to be made
    finally:
        for name in left_out:
            del sys.modules[name]
