"""Late data, or another program: what closed months should have been, booked into the first open month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from csctl.core.closing.corrections import BookedDelta
from csctl.core.closing.differences import PoolMove, pool_moves
from csctl.core.closing.telling import one_per_line
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem, errors_and_warnings
from csctl.readers.imports import Progress
from csctl.store.ledger.entries import EntryDraft
from csctl.workflow.ledger.closed import Books, append_to_ledger, open_books
from csctl.workflow.ledger.recomputing import Again, again_by_program, again_from_exports, changed_files
from csctl.workflow.ledger.sealing import Contents, basis_of, booked_deltas, correction_draft
from csctl.workflow.session import hindered_state, session
from csctl.workspace import open_workspace

CorrectionState = Literal["nothing", "shown", "booked", "declined", "stopped", "busy"]


@dataclass(frozen=True, slots=True)
class CorrectAsked:
    """From which closed month on ("" for all), why ("" to look only), by whom, and when (ISO, with offset).

    ``program``: not what changed files change, but what this program computes otherwise than the one that closed.
    """

    folder: Path
    month: str
    reason: str
    by: str
    at: str
    progress: Progress | None = None
    program: bool = False


@dataclass(frozen=True, slots=True)
class Correcting:
    """The months whose exports changed, or that this program computes otherwise, and where the money goes.

    Nothing is booked unless the state says so.
    """

    state: CorrectionState
    months: tuple[Again, ...] = ()
    into: Month | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def deltas(self) -> list[BookedDelta]:
        """Every pay line that changes, month by month."""
        return [delta for one in self.months for delta in booked_deltas(one.old, one.new, "")]

    @property
    def moves(self) -> list[tuple[Month, PoolMove]]:
        """Everybody whose share of a pool moves."""
        return [(one.new.month, move) for one in self.months for move in pool_moves(one.without, one.with_it)]


Agree = Callable[[Correcting], bool]
"""Shown what would be booked; whether to."""


def correct_months(asked: CorrectAsked, agree: Agree) -> Correcting:
    """Compute closed months again; book what is due to changed files, or to the program, if there is a reason."""
    with session(asked.folder) as hindered:
        if hindered:
            return Correcting(hindered_state(hindered), problems=hindered)
        workspace, problems = open_workspace(asked.folder)
        books, found = open_books(workspace) if workspace else (None, problems)
        if books is None:
            return Correcting("stopped", problems=tuple(found))
        months, problems = _asked_months(books, asked.month)
        if problems:
            return Correcting("stopped", problems=tuple(problems))
        made, problems = _made(books, months, asked)
        return Correcting("stopped", problems=tuple(problems)) if problems else _book(books, made, asked, agree)


def _made(books: Books, months: Sequence[Month], asked: CorrectAsked) -> tuple[list[Again], list[Problem]]:
    """The months that there is something to book about."""
    if asked.program:
        made, problems = again_by_program(books, months, asked.progress)
        return [one for one in made if one_per_line(one.differences)], problems
    made, problems = again_from_exports(books, months, asked.progress)
    return [one for one in made if one.differences or _other_files(books, one)], problems


def correction_drafts(
    made: Sequence[Again], into: Month, about: tuple[str, str, int, str]
) -> tuple[list[EntryDraft], Contents]:
    """The corrections of these months, ready to be booked; ``about``: by whom, why, for which appeal, when."""
    contents: Contents = {}
    drafts = []
    for one in made:
        basis = basis_of(one.material, one.config_text, contents, exact=one.exact)
        drafts.append(correction_draft(one.old, one.new, basis, contents, into, about))
    return drafts, contents


def first_open(books: Books) -> Month:
    """The month that corrections go into. Raises IndexError if nothing is closed."""
    return books.months[-1].shift(1)


def _other_files(books: Books, one: Again) -> bool:
    """Whether its files changed: booked even where all lines stay, so that the change is known and not said again."""
    return bool(errors_and_warnings(changed_files(books, one.new.month)))


def _asked_months(books: Books, text: str) -> tuple[list[Month], list[Problem]]:
    if not books.months:
        return [], [problem("ledger-none")]
    if not text:
        return books.months, []
    month = Month.parse(text)
    if month is None:
        return [], [problem("month-malformed", found=text)]
    if month not in books.seals:
        return [], [problem("correct-not-closed", found=month, months=", ".join(map(str, books.months)))]
    return [one for one in books.months if one >= month], []


def _book(books: Books, made: Sequence[Again], asked: CorrectAsked, agree: Agree) -> Correcting:
    if not made:
        return Correcting("nothing")
    into = first_open(books)
    shown = Correcting("shown", tuple(made), into)
    if not asked.reason:
        return shown
    if not agree(shown):
        return Correcting("declined", tuple(made), into)
    drafts, contents = correction_drafts(made, into, (asked.by, asked.reason, 0, asked.at))
    problems = append_to_ledger(books, drafts, contents)
    return Correcting("stopped" if problems else "booked", tuple(made), into, tuple(problems))
