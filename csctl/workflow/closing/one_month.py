"""Closing a month: look at it, sign it off, seal it, publish it from its seal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from csctl.core.closing.differences import Difference
from csctl.core.closing.limits import missing_before, missing_months_problem
from csctl.core.closing.sign_off import SignOff, SignOffInput, sign_off
from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem, errors
from csctl.workflow.inputs.gathering import months_with_data
from csctl.workflow.ledger.closed import append_to_ledger
from csctl.workflow.ledger.recomputing import again_from_exports
from csctl.workflow.ledger.sealing import seal_draft
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workflow.session import hindered_state, session
from csctl.workflow.writing.outputs import run_files, with_record, write

ClosedState = Literal["closed", "already", "unpublished", "differs", "declined", "stopped", "busy"]
Agree = Callable[[Computed, SignOff], bool]
"""Shown the sign-off page; whether to close."""


@dataclass(frozen=True, slots=True)
class CloseAsked:
    """Which month to close, who signs it, and when (ISO, with offset)."""

    asked: Asked
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing came to.

    already: closed before, and the exports still give the same numbers; unpublished: it is closed, now or before,
    but its files could not be written; differs: closed before, and the exports give others; declined: nobody agreed;
    stopped: it cannot be closed. Nothing was changed in the last three.
    """

    state: ClosedState
    computed: Computed | None
    problems: tuple[Problem, ...]
    differences: tuple[Difference, ...] = ()
    written: tuple[str, ...] = ()


def close_month(wanted: CloseAsked, agree: Agree) -> Closing:
    """Close a month. ``agree`` is asked before anything is booked."""
    with session(wanted.asked.folder) as hindered:
        return Closing(hindered_state(hindered), None, hindered) if hindered else close_next(wanted, agree)


def close_next(wanted: CloseAsked, agree: Agree) -> Closing:
    """The same for whoever holds the workspace's lock already."""
    computed, problems = compute(wanted.asked)
    if computed is None:
        return Closing("stopped", None, tuple(problems))
    if computed.closed:
        return _closed_before(computed, wanted)
    return _close(computed, wanted, agree)


def sign_off_of(computed: Computed) -> SignOff:
    """The page to look at before closing."""
    config = computed.workspace.config
    given = SignOffInput(
        result=computed.result,
        previous=_previous(computed),
        ratings=computed.given.ratings,
        limits=config.sign_off,
        language=config.language,
    )
    return sign_off(given)


def _previous(computed: Computed) -> MonthResult | None:
    """The month before: from the ledger, or as it was computed on the way."""
    before = computed.month.shift(-1)
    return computed.books.known(before) or next((one for one in computed.given.past if one.month == before), None)


def _close(computed: Computed, wanted: CloseAsked, agree: Agree) -> Closing:
    problems = _may_close(computed, wanted)
    if problems:
        return Closing("stopped", None, tuple(problems))
    page = sign_off_of(computed)
    wrong = errors(line for topic in page.topics for line in topic.lines)
    if wrong:
        return Closing("stopped", None, tuple(wrong))
    if not agree(computed, page):
        return Closing("declined", computed, computed.result.problems)
    draft, contents = seal_draft(
        computed.material, computed.workspace.config_text, computed.result, wanted.by, wanted.at
    )
    problems = append_to_ledger(computed.books, [draft], contents)
    if problems:
        return Closing("stopped", None, tuple(problems))
    return _published("closed", wanted, computed.month)


def _may_close(computed: Computed, wanted: CloseAsked) -> list[Problem]:
    """Months are closed one after another, and none before it is over."""
    month, closed = computed.month, computed.books.months
    if wanted.asked.today <= month.last:
        return [problem("close-not-over", found=month, last=month.last)]
    if not closed:
        return []
    if month < closed[-1]:
        return [problem("close-later-closed", found=month, last=closed[-1])]
    with_data, limits = months_with_data(computed.workspace), computed.workspace.config.sign_off
    between = [one for one in sorted(with_data) if closed[-1] < one < month]
    if between:
        return [problem("close-earlier-first", found=month, first=between[0])]
    missing = missing_before(limits, closed[-1], month, with_data)
    return [missing_months_problem(limits, month, missing)] if missing else []


def _closed_before(computed: Computed, wanted: CloseAsked) -> Closing:
    """Whether the exports still are what was sealed; if so the files are published again."""
    made, problems = again_from_exports(computed.books, [computed.month], wanted.asked.progress)
    differences = [difference for one in made for difference in one.differences]
    if errors(problems) or differences:
        return Closing("differs", computed, tuple(problems), tuple(differences))
    return _published("already", wanted, computed.month)


def _published(state: ClosedState, wanted: CloseAsked, month: Month) -> Closing:
    """The files of the closed month, made from what the ledger gives back."""
    computed, problems = compute(replace(wanted.asked, month=str(month)))
    if computed is None:
        return _unpublished(month, problems)
    files, found = run_files(computed)
    if errors(found):
        return _unpublished(month, found, computed)
    written = write(computed, with_record(computed, files, found), remove_stale=True)
    if errors(written.problems):
        return _unpublished(month, written.problems, computed)
    return Closing(state, computed, (*computed.result.problems, *found, *written.problems), written=written.names)


def _unpublished(month: Month, problems: Iterable[Problem], computed: Computed | None = None) -> Closing:
    """The ledger has the month; another try writes its files and books nothing."""
    return Closing("unpublished", computed, (*problems, problem("close-unpublished", found=month)))
