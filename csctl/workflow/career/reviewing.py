"""Promotion reviews: everybody before the ladder, by closed months and by what was won, passed, warned and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from csctl.core.career.assess import assess
from csctl.core.career.cases import StepCase, cases
from csctl.core.career.changes import level_changes
from csctl.core.career.gaps import hanging, missing_between, missing_months_warning, still_unknown
from csctl.core.career.given import CareerInput, career_month
from csctl.core.career.kept import KeptInput, kept_since, kept_steps
from csctl.core.career.reviewed import KeptStep, ReviewedMonth, StepReview, reviewed
from csctl.core.career.rows import discipline_of, exams_of, honours_of
from csctl.core.career.scores import booked_scores
from csctl.core.people.called import agent_called
from csctl.core.people.identity import build_identity
from csctl.core.people.roster import people_on_roster
from csctl.core.preparing.ratings import ratings_of
from csctl.core.records.result import MonthResult
from csctl.messages import one_line, problem
from csctl.month import Month
from csctl.policy.load import Loaded
from csctl.policy.model import Policy
from csctl.problems import Problem, errors
from csctl.readers.imports import Brought, bring_in
from csctl.sheets.rating_form import About
from csctl.sheets.review_book import people_with_pages, review_book
from csctl.store.canonical import CanonicalStore, open_frame, read_rows
from csctl.store.publish import publish
from csctl.workflow.inputs.calendars import with_workdays
from csctl.workflow.inputs.doubles import without_copies
from csctl.workflow.inputs.shared_rows import without_shared_rows
from csctl.workflow.ledger.closed import Books, open_books
from csctl.workflow.month.compute import Asked
from csctl.workflow.month.open_months import computed_open, last_over, months_to_close
from csctl.workspace import Workspace, has_month, open_workspace, source_files, workspace_policy

TABLES = ("roster", "ratings", "titles", "exams", "discipline")
"""What a review reads beside the closed months."""


@dataclass(frozen=True, slots=True)
class ReviewAsked:
    """What to review: no month asked is the latest closed one, no agent (number or name) or step all of them.

    ``since``: from which month on what ended is kept until it is decided (YYYY-MM); None: among the last three closed.
    ``provisional``: where no month was ever closed, look at the open ones as they stand; nothing may rest on that.
    ``unfolded``: show in full what a person's word alone would bring about, as with one agent or step.
    """

    asked: Asked
    agent: str | None = None
    step: str | None = None
    since: str | None = None
    unfolded: bool = False
    provisional: bool = False


@dataclass(frozen=True)
class Review:
    """A review, with the ledger and the policy it rests on."""

    books: Books
    loaded: Loaded
    latest: MonthResult
    view: ReviewedMonth

    @property
    def policy(self) -> Policy:
        """The ladder, and the rules around it."""
        return self.loaded.policy

    @property
    def language(self) -> str:
        """The workspace's language."""
        return self.books.workspace.config.language

    @property
    def latest_closed(self) -> Month:
        """The last closed month: what took effect by then can no longer be taken back. Without one, the reviewed."""
        return self.books.months[-1] if self.books.months else self.view.month


def review(asked: ReviewAsked) -> tuple[Review | None, list[Problem]]:
    """Everybody's steps by closed months. None if any problem is an error."""
    workspace, problems = open_workspace(asked.asked.folder, asked.asked.language)
    if workspace is None:
        return None, problems
    books, problems = open_books(workspace)
    if books is None:
        return None, problems
    loaded, problems = workspace_policy(workspace)
    if loaded is None:
        return None, problems
    if loaded.policy.career is None:
        return None, [problem("promotion-no-ladder", found=loaded.policy.id)]
    if asked.provisional and not books.months:
        months, problems = _provisional(asked.asked, workspace.config.language)
        if not months:
            return None, problems
        found, more = _review(asked, books, loaded, months)
        return found, [*problems, *more]
    month, problems = _closed_month(books, asked.asked.month, asked.asked.today)
    if month is None:
        return None, problems
    return _review(asked, books, loaded, [books.effective(one) for one in books.months if one <= month])


def _provisional(asked: Asked, language: str) -> tuple[list[MonthResult], list[Problem]]:
    """All open months as they stand, up to the one asked for or the last that is over.

    One that cannot be computed is left out and said, like a month that was never closed; not so the reviewed one.
    """
    _, months, problems = months_to_close(asked)
    if not months:
        return [], problems or [problem("promotion-nothing-closed", found=asked.month or last_over(asked.today))]
    found = computed_open(asked, months)
    if found[-1].computed is None:
        return [], list(found[-1].problems)
    left_out = [
        problem("promotion-month-left-out", found=one.month, why=one_line(errors(one.problems)[0], language))
        for one in found
        if one.computed is None and errors(one.problems)
    ]
    results = [one.computed.result for one in found if one.computed]
    return results, [problem("promotion-provisional", found=months[-1], count=len(results)), *left_out]


def _closed_month(books: Books, wanted: str | None, today: date) -> tuple[Month | None, list[Problem]]:
    if not books.months:
        return None, [problem("promotion-nothing-closed", found=wanted or last_over(today))]
    if wanted is None:
        return books.months[-1], []
    month = Month.parse(wanted)
    if month is None:
        return None, [problem("month-malformed", found=wanted)]
    if month not in books.months:
        return None, [problem("promotion-month-open", found=month, months=", ".join(map(str, books.months)))]
    return month, []


def _review(
    asked: ReviewAsked, books: Books, loaded: Loaded, months: Sequence[MonthResult]
) -> tuple[Review | None, list[Problem]]:
    """The review of the last of these months, which come oldest first."""
    policy, month = loaded.policy, months[-1].month
    given, problems = _career_input(asked, books, policy, months)
    latest = months[-1]
    only, found = _only(asked, policy, latest)
    problems += found
    if given is None or errors(problems):
        return None, problems
    if latest.policy.career != policy.career:
        problems.append(problem("promotion-ladder-changed", found=month))
    assessed = assess(given)
    known, found = cases(books.case_events)
    everybody = reviewed(assessed, latest.agents, policy)
    kept, said = _kept(asked, given, everybody, known)
    if errors(said):
        return None, said
    missing, hangs = missing_between([one.month for one in months]), hanging(given, everybody)
    rows = reviewed(assessed, latest.agents, policy, only_agents=only, only_steps=_steps(asked))
    kept = still_unknown(kept, hangs, missing)
    problems += missing_months_warning([one for one in hangs if one in rows], missing)
    view = ReviewedMonth(
        team=books.workspace.config.name,
        month=month,
        months=tuple(one.month for one in months),
        rows=tuple(rows),
        cases=tuple(case for case in known if _is_wanted(case, only, asked.step)),
        names={agent.agent_id: agent.name for one in months for agent in one.agents},
        kept=tuple(one for one in kept if _concerns(one, only, asked.step)),
        provisional=not books.months,
        unfolded=asked.unfolded or only is not None or asked.step is not None,
    )
    return Review(books, loaded, latest, view), [*problems, *found, *assessed.problems]


def _only(asked: ReviewAsked, policy: Policy, latest: MonthResult) -> tuple[frozenset[str] | None, list[Problem]]:
    """The one agent asked for, if any; a step that the policy does not have is a problem as well."""
    known = [step.id for step in policy.career.step] if policy.career else []
    problems: list[Problem] = []
    if asked.step is not None and asked.step not in known:
        problems.append(problem("promotion-step-unknown", found=asked.step, known=tuple(known)))
    if asked.agent is None:
        return None, problems
    agent, found = agent_called(latest.agents, asked.agent, latest.month)
    return (frozenset({agent.agent_id}) if agent else frozenset()), problems + found


def _kept(
    asked: ReviewAsked, given: CareerInput, rows: Sequence[StepReview], known: Sequence[StepCase]
) -> tuple[list[KeptStep], list[Problem]]:
    """What ended in earlier months and was not decided."""
    since = kept_since(sorted(one.month for one in given.months))
    if asked.since is not None:
        wanted = Month.parse(asked.since)
        if wanted is None:
            return [], [problem("month-malformed", found=asked.since)]
        since = wanted
    return kept_steps(KeptInput(given, rows, known, since)), []


def _concerns(kept: KeptStep, only: frozenset[str] | None, step: str | None) -> bool:
    row = kept.row
    return (only is None or row.agent.agent_id in only) and step in (None, row.verdict.step)


def _steps(asked: ReviewAsked) -> frozenset[str] | None:
    return None if asked.step is None else frozenset({asked.step})


def _is_wanted(case: StepCase, only: frozenset[str] | None, step: str | None) -> bool:
    agent_id, own = case.key
    return (only is None or agent_id in only) and step in (None, own)


def _career_input(
    asked: ReviewAsked, books: Books, policy: Policy, months: Sequence[MonthResult]
) -> tuple[CareerInput | None, list[Problem]]:
    """The closed months, and what was won, passed, warned and said up to the last of them.

    Answers of the reviewed month count, also those written down after it was closed: the review comes later.
    """
    workspace, month = books.workspace, months[-1].month
    brought = _brought(asked, workspace, months)
    problems = [problem for one in brought for problem in errors(one.problems)]
    roster = [row for one in brought if one.wanted.month in (None, month) for row in _rows([one], "roster")]
    identity, found = build_identity(people_on_roster(roster), workspace.config.aliases)
    problems += errors(found)
    if problems:
        return None, problems
    tables = {source.table for source in workspace.sources}
    paths = [one.entry.path for one in brought if one.entry and one.wanted.source.table == "ratings"]
    returned = open_frame("ratings", paths, workspace.config.engine, workspace.config.spark)
    ratings, problems = ratings_of(returned, identity, month)
    known, _ = cases(books.case_events)
    given = CareerInput(
        policy=policy,
        month=month,
        months=[career_month(one) for one in months],
        ratings=ratings,
        honours=honours_of(_rows(brought, "titles"), identity) if "titles" in tables else None,
        exams=exams_of(_rows(brought, "exams"), identity) if "exams" in tables else None,
        discipline=discipline_of(_rows(brought, "discipline"), identity) if "discipline" in tables else None,
        changes=level_changes(known, policy),
        scores=booked_scores(known),
    )
    return given, problems


def _brought(asked: ReviewAsked, workspace: Workspace, months: Sequence[MonthResult]) -> list[Brought]:
    """The files of the tables a review reads: those without a month, and those of the closed months."""
    workspace = with_workdays(workspace)
    sources = [source for source in workspace.sources if source.table in TABLES]
    dated = [source for source in sources if has_month(source)]
    plain = [source for source in sources if not has_month(source)]
    wanted = [one for source in plain for one in source_files(workspace, source, None)]
    wanted += [one for month in months for source in dated for one in source_files(workspace, source, month.month)]
    store = CanonicalStore(workspace.state_folder / "canonical")
    return without_shared_rows(without_copies(bring_in(wanted, store, asked.asked.progress)), store)


def _rows(brought: Sequence[Brought], table: str) -> list[dict[str, Any]]:
    return read_rows(table, [one.entry.path for one in brought if one.entry and one.wanted.source.table == table])


def save_review(found: Review, file: Path) -> tuple[int, list[Problem]]:
    """Write the form for the review meeting; how many people have a sheet in it, and what stood in the way."""
    policy = found.policy
    heading = f"{policy.label} {policy.version}"
    about = About(found.view.month, found.view.team, heading, found.loaded.fingerprint, found.language)
    content = review_book(found.view, about)
    return len(people_with_pages(found.view)), publish(file.parent, {file.name: content})
