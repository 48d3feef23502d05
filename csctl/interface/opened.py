"""A workspace and its months, opened to be looked at. Nothing is written but caches: what was read, months computed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from csctl.core.between_months.between import between
from csctl.messages import one_line
from csctl.month import ZONE
from csctl.problems import Problem, RefusalError
from csctl.workflow.inputs.gathering import months_with_data
from csctl.workflow.ledger.closed import Books, open_books
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workflow.writing.explaining import explained_part
from csctl.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from csctl.policy.model import Policy

Language = Literal["zh", "en"]
FrameName = Literal["measures", "score_lines", "scores", "pay_lines", "coverage"]


class CsctlError(Exception):
    """What cannot be done because of the user's files or of what was asked for; never a fault of csctl.

    ``problems`` are all that was found, each with file, sheet, row, column and what to write; the message says them.
    """

    def __init__(self, problems: Iterable[Problem], language: str) -> None:
        """A line for each problem."""
        self.problems = tuple(problems)
        super().__init__("\n".join(one_line(one, language) for one in self.problems))


@dataclass(frozen=True, slots=True)
class OpenedMonth:
    """A month, computed as ``csctl run`` would, or as it was sealed if it is ``closed``."""

    _computed: Computed = field(repr=False)
    _language: str
    problems: tuple[Problem, ...] = field(repr=False)

    @property
    def month(self) -> str:
        """Such as ``2026-10``."""
        return str(self._computed.month)

    @property
    def closed(self) -> bool:
        """Whether it is sealed in the ledger. Its figures are then those of its closing; corrections are paid later."""
        return self._computed.closed

    @property
    def policy(self) -> Policy:
        """The policy that it was computed with."""
        return self._computed.result.policy

    @property
    def messages(self) -> tuple[str, ...]:
        """What the screen would say: all that was inferred, left out, not readable or not there, a line each."""
        return tuple(one_line(one, self._language) for one in self.problems)

    def frame(self, name: FrameName) -> pd.DataFrame:
        """A table of the month; see ``csctl.interface.frames``. Raises KeyError for a name that none has."""
        from csctl.interface.frames import FRAMES

        if name not in FRAMES:
            raise KeyError(f"{name}: frames are {', '.join(FRAMES)}")
        return FRAMES[name](self._computed.result)

    def explain(self, agent: str, line: str | None = None, rows: int = 5) -> pd.DataFrame:
        """What an agent's pay and score are made of, down to file, sheet and row.

        ``agent`` is a staff number or a name, ``line`` a part alone, by id or label; of each figure at most ``rows``
        rows are shown. Columns: depth, label, value, note, rule, line, where. Raises CsctlError where there is nobody
        or nothing of that name.
        """
        from csctl.interface.frames import explained

        node, problems = explained_part(self._computed, agent, line, rows)
        if node is None:
            raise CsctlError(problems, self._language)
        return explained(node, self._language)

    def diff(self, later: OpenedMonth) -> pd.DataFrame:
        """The lines of score and pay that moved from this month to another one, or whose facts did.

        One row for each agent and line: agent_id, name, of (``score`` or ``pay``), line, label, kind, old, new and
        difference as Decimal (points, or yuan), and why it moved. Differences sum to those of the scores and of the
        pay; a line that is not there is 0.
        """
        from csctl.interface.frames import moved_lines

        return moved_lines(between(self._computed.result, later._computed.result), self._language)


@dataclass(frozen=True, slots=True)
class OpenedWorkspace:
    """A workspace's folder, opened."""

    folder: Path
    language: str

    @property
    def months(self) -> tuple[str, ...]:
        """Every month with data or a seal, oldest first. Raises CsctlError."""
        workspace, books = self._books()
        return tuple(str(one) for one in sorted({*months_with_data(workspace), *books.months}))

    @property
    def closed(self) -> tuple[str, ...]:
        """The months that are sealed in the ledger, oldest first. Raises CsctlError."""
        return tuple(str(one) for one in self._books()[1].months)

    def month(self, month: str) -> OpenedMonth:
        """A month such as ``2026-10``. Raises CsctlError where it cannot be computed, with everything that is wrong."""
        asked = Asked(self.folder, month, datetime.now(ZoneInfo(ZONE)).date(), language=self.language)
        with _refusals_said(self.language):
            computed, problems = compute(asked)
        if computed is None:
            raise CsctlError(problems, self.language)
        return OpenedMonth(computed, self.language, tuple(problems))

    def _books(self) -> tuple[Workspace, Books]:
        workspace, problems = open_workspace(self.folder, self.language)
        if workspace is None:
            raise CsctlError(problems, self.language)
        with _refusals_said(self.language):
            books, problems = open_books(workspace)
        if books is None:
            raise CsctlError(problems, self.language)
        return workspace, books


def open_folder(folder: str | Path, language: Language | None = None) -> OpenedWorkspace:
    """The workspace in a folder, in its own language or another. Raises CsctlError where there is none."""
    workspace, problems = open_workspace(Path(folder), language)
    if workspace is None:
        raise CsctlError(problems, language or "en")
    return OpenedWorkspace(Path(folder), workspace.config.language)


@contextmanager
def _refusals_said(language: str) -> Iterator[None]:
    """What a closed month that cannot be read says of itself is an error like the others."""
    try:
        yield
    except RefusalError as refused:
        raise CsctlError([refused.problem], language) from refused
