"""Whether closed months still are what they were: the ledger by itself, and the exports they were made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from csctl.core.closing.differences import Difference
from csctl.core.closing.telling import names_by_id, one_per_line
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, errors, errors_and_warnings
from csctl.readers.imports import Progress
from csctl.store.ledger.head import head_file
from csctl.store.ledger.ledger import LEDGER_NAME
from csctl.store.ledger.verify import verify_ledger
from csctl.workflow.ledger.closed import Books, read_books
from csctl.workflow.ledger.recomputing import again_by_program, again_from_exports, changed_files, undated_changed
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

    ``program`` is the one that closed it, ``otherwise`` what this one computes otherwise from the same rows than what
    holds. ``names`` says what agents and lines are called, by table and id. ``unreadable``: this program cannot read
    the month, and why is among the problems.
    """

    month: Month
    closed_at: str
    files: tuple[Problem, ...]
    differences: tuple[Difference, ...] | None
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    program: str = ""
    otherwise: tuple[Difference, ...] | None = None
    unreadable: bool = False

    @property
    def as_it_was(self) -> bool:
        """Whether its files, and every figure that this program computes from them, are what was sealed."""
        return not (errors_and_warnings(self.files) or self.differences or one_per_line(self.otherwise or ()))


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. ``usable`` is false where there is no workspace or no readable ledger to look at.

    A ledger of which this program cannot read all is not usable either, but what can be read is ``listed``.
    """

    months: tuple[MonthVerified, ...]
    problems: tuple[Problem, ...]
    head: str = ""
    usable: bool = True
    listed: bool = False

    @property
    def sound(self) -> bool:
        """Whether everything is as it was."""
        return not errors_and_warnings(self.problems) and all(one.as_it_was for one in self.months)

    @property
    def program_alone(self) -> bool:
        """Whether all that is otherwise is due to the program: files and ledger are what they were."""
        by_files = any(errors_and_warnings(one.files) or one.differences for one in self.months)
        return not (self.sound or errors_and_warnings(self.problems) or by_files)


def verify_months(asked: VerifyAsked) -> Verified:
    """The chain and its contents, then every closed month against its exports. Nothing is written."""
    workspace, problems = open_workspace(asked.folder)
    if workspace is None:
        return Verified((), tuple(problems), usable=False)
    path = workspace.state_folder / LEDGER_NAME
    problems = verify_ledger(path, asked.head or None)
    if not path.exists():
        never = [one.code for one in problems] == ["ledger-missing"]
        return Verified((), (problem("ledger-none"),) if never else tuple(problems), usable=False)
    problems += [] if head_file(path).exists() else [problem("ledger-head-gone", Place(file=head_file(path).name))]
    if errors(problems):
        return Verified((), tuple(problems))
    books, found = read_books(workspace)
    if books is None:
        return Verified((), tuple(found))
    unread = {month: why for month in books.months if (why := books.unreadable(month)) is not None}
    problems += [*books.unread.values(), *unread.values()]
    usable = not (books.unread or unread)
    corrected = any(Month.parse(one.of) in unread for _, one in books.corrections)
    if asked.ledger_only or books.unread or corrected:
        rows = tuple(_row(books, month, unreadable=month in unread) for month in books.months)
        return Verified(rows, tuple(problems), books.head, usable, listed=True)
    months, found = _months(books, asked, frozenset(unread))
    return Verified(tuple(months), (*problems, *found), books.head, usable, listed=True)


def late_files(books: Books) -> list[Problem]:
    """Exports of closed months that came, changed or went after closing."""
    return errors_and_warnings(problem for month in books.months for problem in changed_files(books, month))


def _row(books: Books, month: Month, *, unreadable: bool) -> MonthVerified:
    """A month at which no more is looked."""
    program = books.seals[month].basis.program
    return MonthVerified(month, books.closed_at[month], (), None, program=program, unreadable=unreadable)


def _months(books: Books, asked: VerifyAsked, unread: frozenset[Month]) -> tuple[list[MonthVerified], list[Problem]]:
    """Every month; those that this program cannot read, and later ones that build on them, are only named."""
    readable = [month for month in books.months if not unread & {month, *_history(books, month)}]
    files = {month: tuple(changed_files(books, month)) for month in readable}
    changed = [month for month in readable if errors_and_warnings(files[month]) or undated_changed(books, month)]
    other = [month for month in readable if asked.recompute or not books.is_ours(month)]
    from_exports, problems = again_from_exports(books, _from(readable, changed), asked.progress)
    by_program, found = again_by_program(books, _from(readable, other), asked.progress)
    caused = {one.new.month: one for one in from_exports}
    otherwise = {one.new.month: one for one in by_program}

    def verified(month: Month) -> MonthVerified:
        made = [one[month] for one in (caused, otherwise) if month in one]
        return replace(
            _row(books, month, unreadable=month in unread),
            files=files.get(month, ()),
            differences=tuple(caused[month].differences) if month in caused else None,
            otherwise=tuple(otherwise[month].differences) if month in otherwise else None,
            names=names_by_id([result for one in made for result in (one.old, one.with_it)]),
        )

    return [verified(month) for month in books.months], [*problems, *found]


def _history(books: Books, month: Month) -> list[Month]:
    return [found for text in books.basis(month).history if (found := Month.parse(text))]


def _from(months: Sequence[Month], some: Sequence[Month]) -> list[Month]:
    """From the first of some months on, all of them: later ones build on earlier ones."""
    return [month for month in months if some and month >= min(some)]
