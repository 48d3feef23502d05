"""One command at a time in a workspace: who may work in it now, and what is said to who may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from csctl.messages import problem
from csctl.problems import Problem
from csctl.store.lock import workspace_lock
from csctl.workspace import STATE_NAME, why_no_workspace


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why nobody may work in a folder now: it is no workspace, or another run holds it (``busy``)."""

    problems: tuple[Problem, ...]
    busy: bool = False

    @property
    def state(self) -> Literal["busy", "stopped"]:
        """The same as the state of what was to be done."""
        return "busy" if self.busy else "stopped"


@contextmanager
def session(folder: Path, *, new: bool = False) -> Iterator[Hindrance | None]:
    """The workspace, held until the block ends; yields what stands in the way, None if nothing does. Raises OSError.

    A ``new`` one need not be there yet: the folder is to become it.
    """
    missing = [] if new else why_no_workspace(folder)
    if missing:
        yield Hindrance(tuple(missing))
        return
    with workspace_lock(folder / STATE_NAME) as mine:
        yield None if mine else Hindrance((problem("workspace-busy"),), busy=True)
