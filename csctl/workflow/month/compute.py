"""From a workspace to the month's lines: everything before anything is written.

A closed month comes from the ledger, as it was sealed; an open one from the exports, with what was decided since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from csctl.core.compute import MonthInput
from csctl.core.frames.frame import Frame
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.lines import Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.money import amount_text
from csctl.month import Month
from csctl.policy.load import Loaded
from csctl.policy.model import Policy
from csctl.problems import Problem, errors, errors_and_warnings, shortened
from csctl.readers.imports import Progress
from csctl.store.seals import Correction
from csctl.workflow.inputs.calendars import calendar_of
from csctl.workflow.inputs.gathering import Gathering, errors_of, months_inside, why_nothing
from csctl.workflow.inputs.material import Material, MaterialPart, compute_of, past_results
from csctl.workflow.inputs.months import check_effective, choose_month, months_to_read, usable_history
from csctl.workflow.ledger.closed import Books, open_books
from csctl.workflow.ledger.recomputing import changed_files
from csctl.workflow.ledger.shipped_since import shipped_since
from csctl.workflow.month.columns import column_problems
from csctl.workflow.month.gone import gone_problems
from csctl.workflow.month.past_months import PastMonths
from csctl.workflow.month.raters import rater_problems
from csctl.workspace import Workspace, missing_files, months_in_names, open_workspace, workspace_policy

RESCORED_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks for. ``month`` None: the latest complete month with data, as seen from ``today``.

    ``language`` None: the workspace's. ``making`` is told of each workbook that is made for somebody.
    """

    folder: Path
    month: str | None
    today: date
    progress: Progress | None = None
    language: str | None = None
    making: Progress | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A month computed, or taken from the ledger if it is ``closed``.

    ``result`` has all problems of the month, and none of how it was asked for; ``fresh`` counts the files that had to
    be read. ``books`` is the ledger as it was read before. ``making`` is told of workbooks as they are made.
    """

    workspace: Workspace
    books: Books
    material: Material
    given: MonthInput
    result: MonthResult
    fresh: int
    unchanged: int
    closed: bool = False
    making: Progress | None = None

    @property
    def month(self) -> Month:
        """The month computed."""
        return self.result.month

    @property
    def loaded(self) -> Loaded:
        """The policy it was computed with."""
        return self.material.loaded

    @property
    def frames(self) -> Mapping[str, Frame]:
        """What explanations look rows up in."""
        return self.material.frames

    @property
    def as_it_holds(self) -> MonthResult:
        """What people are told of the month: the result, of a closed one as appeals and corrections left it."""
        return self.books.effective(self.month) if self.closed else self.result

    @property
    def own(self) -> tuple[MaterialPart, ...]:
        """The month's own files, and those that belong to no month."""
        return self.material.own(self.month)


def compute(asked: Asked, earlier: Mapping[Month, MonthResult] | None = None) -> tuple[Computed | None, list[Problem]]:
    """The month's lines and every problem on the way. None if any problem is an error.

    ``earlier`` are open months computed just now, which need not be computed once more as its history.
    """
    workspace, problems = open_workspace(asked.folder, asked.language)
    if workspace is None:
        return None, problems
    books, problems = open_books(workspace)
    if books is None:
        return None, problems
    gathering = Gathering(workspace, asked.progress)
    undated = gathering.undated()
    with_data = months_in_names(workspace) | months_inside(undated) | set(books.months)
    month, found = choose_month(asked.month, with_data, asked.today)
    if month is not None and month in books.seals:
        return _closed(books, month, found)  # whatever the policy is by now
    loaded, problems = workspace_policy(workspace)
    problems = [*workspace.problems, *problems]
    if loaded is None:
        return None, problems
    problems += errors_of(undated)
    if month is None:
        return None, [*problems, *why_nothing(undated), *found]
    problems += check_effective(loaded.policy, month) + missing_files(workspace, month)
    computed, problems = _open(books, loaded, gathering, month, with_data, problems, asked.today, earlier or {})
    return computed, problems + found


def _closed(books: Books, month: Month, chosen: list[Problem]) -> tuple[Computed, list[Problem]]:
    """The month as it was sealed: nothing that happened to the exports since can change it, but it is said."""
    material = books.material(month, as_closed=True)
    with books.as_sealed(month):
        given, _ = compute_of(material, month, past_results(material, books.known))
    sealed = books.sealed(month)
    closed = problem("month-closed", found=month, at=books.closed_at[month][:10])
    # What came later is said, but stays out of the result: the month's files are the same on every run.
    result = replace(sealed, problems=(*sealed.problems, closed))
    later = [*_corrected(books, month), *errors_and_warnings(changed_files(books, month))]
    computed = Computed(books.workspace, books, material, given, result, 0, len(material.pieces), closed=True)
    return computed, [*result.problems, *later, *chosen]


def _corrected(books: Books, month: Month) -> list[Problem]:
    """What was booked about a closed month, and into which months: its own figures stay as they were sealed."""
    made = [one for _, one in books.corrections if one.of == str(month)]
    return [*_rescored(books, month), *_paid_later(month, made)]


def _rescored(books: Books, month: Month) -> list[Problem]:
    """Whose score is another one now than it was when the month was closed."""
    then, now = (
        {one.agent_id: one.score for one in as_records(result.scores, Score)}
        for result in (books.sealed(month), books.effective(month))
    )
    moved = [one for one in now if now[one] != then.get(one)]
    shown = [f"{one} {_score_text(then.get(one))} → {_score_text(now[one])}" for one in moved]
    return [problem("month-rescored", found=month, scores=shortened(shown, RESCORED_SHOWN))] if shown else []


def _score_text(score: Decimal | None) -> str:
    return "–" if score is None else f"{score:f}"


def _paid_later(month: Month, corrections: Sequence[Correction]) -> list[Problem]:
    """What is paid or taken back for it, and in which months."""
    made = [one for one in corrections if one.deltas]
    cents = sum(delta.new_cents - delta.old_cents for one in made for delta in one.deltas)
    into = ", ".join(dict.fromkeys(one.into for one in made))
    return [problem("month-corrected", found=month, into=into, total=amount_text(cents, signed=True))] if made else []


def _open(
    books: Books,
    loaded: Loaded,
    gathering: Gathering,
    month: Month,
    with_data: set[Month],
    problems: list[Problem],
    today: date,
    earlier: Mapping[Month, MonthResult],
) -> tuple[Computed | None, list[Problem]]:
    workspace, policy = gathering.workspace, loaded.policy
    history = usable_history(workspace, policy, month, with_data, books.months)
    wanted = months_to_read(policy, [one for one in [*history, month] if one not in books.seals], with_data)
    gathering.months(one for one in wanted if one not in books.seals)
    problems += _of_inputs(books, policy, gathering, month, today)
    gathering.following(policy, month, with_data)
    calendar, found = calendar_of(workspace, policy)
    problems += found
    if errors(problems) or calendar is None:
        return None, problems
    material = _material(books, loaded, calendar, (*gathering.pieces, *_sealed_pieces(books, wanted)), history)
    material = replace(material, rulings=books.rulings(policy, with_data))
    kept = PastMonths(workspace.state_folder)
    past = past_results(material, lambda one: books.known(one) or earlier.get(one), kept.result)
    problems += [fault for one in past if one.month not in books.seals for fault in errors(one.problems)]
    given, result = compute_of(material, month, past)
    problems += [*result.problems, *loaded.findings, *shipped_since(books, loaded, month), *_history_note(history)]
    if not result.agents:
        problems.append(problem("roster-empty", found=month))
    if errors(problems):
        return None, problems
    fresh = sum(one.fresh for one in gathering.brought)
    result = replace(result, problems=tuple(problems))
    unchanged = len(gathering.brought) - fresh
    return Computed(workspace, books, material, given, result, fresh, unchanged), problems


def _of_inputs(books: Books, policy: Policy, gathering: Gathering, month: Month, today: date) -> Iterator[Problem]:
    """What is to be said of the files brought in: all of the month's own, of others what stops it."""
    own = tuple(one for one in gathering.brought if one.wanted.month in (None, month))
    yield from (fault for one in own for fault in one.problems)
    yield from errors_of(one for one in gathering.brought if one not in own)
    yield from column_problems(gathering, books, month, today)
    filed = {one.wanted.source.table for one in own}
    yield from gone_problems(gathering.workspace, books, policy, month, today, filed)
    yield from rater_problems(gathering, books, policy, month, today)


def _material(
    books: Books, loaded: Loaded, calendar: WorkCalendar, pieces: tuple[MaterialPart, ...], history: Sequence[Month]
) -> Material:
    """What an open month of the workspace is computed from, nothing decided yet."""
    workspace = books.workspace
    return Material(
        config=workspace.config,
        loaded=loaded,
        calendar=calendar,
        tables=tuple(sorted({source.table for source in workspace.sources} - {"roster"})),
        pieces=pieces,
        history=tuple(history),
        readings_text=workspace.accepted.text,
    )


def _sealed_pieces(books: Books, wanted: Sequence[Month]) -> list[MaterialPart]:
    """The rows of closed months that are looked back at: those the ledger has, whatever lies in the folder now."""
    closed = [month for month in wanted if month in books.seals]
    return [piece for month in closed for piece in books.pieces(books.basis(month)) if piece.month == month]


def _history_note(history: Sequence[Month]) -> list[Problem]:
    return [problem("history-used", found=history[0], last=history[-1])] if history else []
