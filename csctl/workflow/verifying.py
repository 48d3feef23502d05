"""Whether closed months still are what they were: the ledger by itself, and the exports they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from csctl import __version__
from csctl.core.closing.differences import Difference
from csctl.core.closing.telling import names_of
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem, counted, errors
from csctl.readers.imports import Progress
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.store.ledger.verify import verify_ledger
from csctl.workflow.closed import Books, open_books
from csctl.workflow.recomputing import again_from_exports, changed_files, undated_changed
from csctl.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class VerifyAsked:
    """What to verify. ``head``: a link of the chain that somebody noted elsewhere, "" for none.

    ``ledger_only`` leaves the exports alone; ``recompute`` computes every closed month again, changed or not.
    """

    folder: Path
    head: str = ""
    ledger_only: bool = False
    recompute: bool = False
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class MonthVerified:
    """One closed month: files that changed since, and what they would change. None: nothing had to be computed.

    ``names`` says what agents and lines are called, by table and id.
    """

    month: Month
    closed_at: str
    files: tuple[Problem, ...]
    differences: tuple[Difference, ...] | None
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. ``usable`` is false where there is no workspace or no readable ledger to look at."""

    months: tuple[MonthVerified, ...]
    problems: tuple[Problem, ...]
    head: str = ""
    usable: bool = True

    @property
    def sound(self) -> bool:
        """Whether everything is as it was."""
        return not counted(self.problems) and not any(counted(one.files) or one.differences for one in self.months)


def verify(asked: VerifyAsked) -> Verified:
    """The chain and its contents, then every closed month against its exports. Nothing is written."""
    workspace, problems = open_workspace(asked.folder)
    if workspace is None:
        return Verified((), tuple(problems), usable=False)
    path = workspace.state_folder / LEDGER_NAME
    if not path.exists():
        return Verified((), (problem("ledger-none"),), usable=False)
    problems = verify_ledger(path, asked.head or None)
    if errors(problems):
        return Verified((), tuple(problems))
    books, found = open_books(workspace)
    if books is None:
        return Verified((), tuple(found))
    if asked.ledger_only:
        sealed = tuple(MonthVerified(month, books.closed_at[month], (), None) for month in books.months)
        return Verified(sealed, tuple(problems), books.head)
    months, found = _months(books, asked)
    return Verified(tuple(months), (*problems, *found), books.head)


def late_files(books: Books) -> list[Problem]:
    """Exports of closed months that came, changed or went after closing."""
    return counted(problem for month in books.months for problem in changed_files(books, month))


def _months(books: Books, asked: VerifyAsked) -> tuple[list[MonthVerified], list[Problem]]:
    files = {month: tuple(changed_files(books, month)) for month in books.months}
    doubtful = [month for month in books.months if counted(files[month]) or _doubtful(books, month)]
    first = books.months[0] if asked.recompute and books.months else min(doubtful, default=None)
    wanted = [month for month in books.months if first is not None and month >= first]
    made, problems = again_from_exports(books, wanted, asked.progress)
    found = {one.new.month: tuple(one.differences) for one in made}
    names = {one.new.month: names_of((one.old, one.new)) for one in made}
    return [
        MonthVerified(month, books.closed_at[month], files[month], found.get(month), names.get(month, {}))
        for month in books.months
    ], problems


def _doubtful(books: Books, month: Month) -> bool:
    """Whether the month may come out otherwise though its own files are the same."""
    return books.basis(month).program != __version__ or undated_changed(books, month)
