"""One command at a time in a workspace: who may work in it now, and what is said to who may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from csctl.messages import problem
from csctl.problems import Problem
from csctl.store.lock import workspace_lock
from csctl.workspace_folder import STATE_NAME, why_no_workspace

BUSY = "workspace-busy"
"""The code of what is said to whoever finds another run at work."""


@contextmanager
def session(folder: Path, *, new: bool = False) -> Iterator[tuple[Problem, ...]]:
    """The workspace, held until the block ends; yields what stands in the way, which is mostly nothing: the folder is
    no workspace, or another run holds it. Raises OSError.

    A ``new`` one need not be there yet: the folder is to become it.
    """
    missing = [] if new else why_no_workspace(folder)
    if missing:
        yield tuple(missing)
        return
    with workspace_lock(folder / STATE_NAME) as mine:
        yield () if mine else (problem(BUSY),)


def is_busy(problems: Iterable[Problem]) -> bool:
    """Whether another run stood in the way."""
    return any(one.code == BUSY for one in problems)


def hindered_state(problems: Iterable[Problem]) -> Literal["busy", "stopped"]:
    """What became of something that a session did not let begin."""
    return "busy" if is_busy(problems) else "stopped"
