"""What is to be adopted, and the workspace as it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from csctl.problems import Problem
from csctl.readers.imports import Progress
from csctl.readers.opening.written import read_text_file
from csctl.readers.proposing.questions import Asking
from csctl.workflow.adopting.answers_file import ANSWERS_NAME, Remembered, remembered_of
from csctl.workspace import Workspace, open_workspace
from csctl.workspace_folder import CONFIG_NAME

BLANK = "\n\n"
"""What stands between the parts of a configuration."""


@dataclass(frozen=True, slots=True)
class Adopting:
    """What is to be adopted, and how. ``ask`` answers questions, or leaves them open."""

    folder: Path
    workspace: Path
    policy: str | None
    language: str
    ask: Asking
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """The workspace as it is, and what was remembered.

    ``own`` are the sources that are as they were written, by their files: they are proposed anew, so that answers and
    new files reach them. ``known`` are the patterns of all others.
    """

    text: str
    workspace: Workspace | None
    remembered: Remembered
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> tuple[str, ...]:
        """The patterns of sources that stay as they are."""
        sources = self.workspace.config.source if self.workspace else ()
        return tuple(one.files for one in sources if one.files not in self.own)


def before_of(folder: Path) -> tuple[Before | None, list[Problem]]:
    """The workspace of a folder, if it is one already; None with problems where it cannot be understood."""
    remembered, problems = remembered_of(own_file_text(folder / ANSWERS_NAME))
    if remembered is None:
        return None, problems
    if not (folder / CONFIG_NAME).is_file():
        return Before("", None, remembered), []
    workspace, problems = open_workspace(folder)
    if workspace is None:
        return None, problems
    parts = workspace.config_text.split(BLANK)
    files = {one.files for one in workspace.config.source}
    own = {one: part for one in files for part in parts if remembered.wrote(one, part)}
    return Before(workspace.config_text, workspace, remembered, own), []


def own_file_text(path: Path) -> str:
    """What a file of csctl's own says; "" without one."""
    return (read_text_file(path, path.name)[0] or "") if path.is_file() else ""
