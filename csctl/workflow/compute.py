"""From a workspace to the month's lines: everything before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from csctl.core.compute import MonthInput, compute_month
from csctl.core.measuring.columns import Frame
from csctl.core.measuring.derived import needs_following_month
from csctl.core.people.workdays import WorkCalendar
from csctl.core.prepare import prepare_month
from csctl.core.result import MonthResult
from csctl.month import Month
from csctl.policy.load import Loaded
from csctl.policy.model import Policy
from csctl.problems import Problem, error, errors, note
from csctl.readers.imports import Brought, Progress, Wanted, bring_in
from csctl.store.canonical import CanonicalStore, Entry, open_frame, read_rows
from csctl.workflow.calendars import calendar_of
from csctl.workflow.doubles import shared_numbers, without_copies
from csctl.workflow.months import check_effective, choose_month, months_to_read, usable_history
from csctl.workspace import (
    Workspace,
    files_of,
    has_month,
    missing_files,
    months_in_names,
    open_workspace,
    workspace_policy,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command asks for. ``month`` None: the latest complete month with data, as seen from ``today``."""

    folder: Path
    month: str | None
    today: date
    progress: Progress | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A month computed. ``brought`` are the month's own files; ``fresh`` counts all files that had to be read.

    ``result`` has all problems of the run; ``frames`` are what explanations look rows up in.
    """

    workspace: Workspace
    loaded: Loaded
    given: MonthInput
    result: MonthResult
    frames: Mapping[str, Frame]
    brought: tuple[Brought, ...]
    fresh: int
    unchanged: int

    @property
    def month(self) -> Month:
        """The month computed."""
        return self.result.month


def compute(asked: Asked) -> tuple[Computed | None, list[Problem]]:
    """The month's lines and every problem on the way. None if any problem is an error."""
    workspace, problems = open_workspace(asked.folder)
    if workspace is None:
        return None, problems
    loaded, problems = workspace_policy(workspace)
    if loaded is None:
        return None, problems
    reading = _Reading(workspace, loaded, asked.progress)
    undated = reading.bring(_undated(workspace))
    with_data = months_in_names(workspace) | _months_inside(undated)
    month, found = choose_month(asked.month, with_data, asked.today)
    problems += [*_errors_of(undated), *found]
    if month is None:
        return None, problems
    problems += check_effective(loaded.policy, month) + missing_files(workspace, month)
    return _compute_chosen(reading, month, with_data, problems)


class _Reading:
    """Brings files in and remembers what was brought."""

    def __init__(self, workspace: Workspace, loaded: Loaded, progress: Progress | None) -> None:
        self.workspace = workspace
        self.loaded = loaded
        self.brought: list[Brought] = []
        self._progress = progress
        self._store = CanonicalStore(workspace.state_folder / "canonical")

    def bring(self, wanted: Sequence[Wanted]) -> list[Brought]:
        """Import these files."""
        brought = without_copies(bring_in(wanted, self._store, self._progress))
        self.brought += brought
        return brought

    def entries(self, table: str, month: Month) -> list[Entry]:
        """The entries of a table as of a month. An undated table counts in its own month only."""
        return [
            one.entry
            for one in self.brought
            if one.entry and one.wanted.source.table == table and one.wanted.month in (None, month)
        ]

    def paths(self, table: str) -> list[Path]:
        """Where the rows of a table lie, of all months brought in."""
        return [one.entry.path for one in self.brought if one.entry and one.wanted.source.table == table]


def _compute_chosen(
    reading: _Reading, month: Month, with_data: set[Month], problems: list[Problem]
) -> tuple[Computed | None, list[Problem]]:
    workspace, policy = reading.workspace, reading.loaded.policy
    history = usable_history(workspace, policy, month, with_data)
    monthly = [source for source in workspace.sources if has_month(source)]
    months = months_to_read(policy, [*history, month], with_data)
    reading.bring([wanted for one in months for source in monthly for wanted in files_of(workspace, source, one)])
    own = tuple(one for one in reading.brought if one.wanted.month in (None, month))
    problems += [problem for one in own for problem in one.problems] + shared_numbers(own)
    problems += _errors_of(one for one in reading.brought if one not in own)
    reading.bring(_following_contacts(workspace, policy, month, with_data))
    calendar, found = calendar_of(workspace, policy)
    problems += found
    if errors(problems) or calendar is None:
        return None, problems
    frames = _frames(reading)
    past: list[MonthResult] = []
    for earlier in history:
        _, result = _one_month(reading, earlier, frames, calendar, past)
        past.append(result)
        problems += errors(result.problems)
    given, result = _one_month(reading, month, frames, calendar, past)
    problems += [*result.problems, *reading.loaded.findings, *_history_note(history)]
    if not result.agents:
        problems.append(error("roster-empty", found=month))
    if errors(problems):
        return None, problems
    fresh = sum(one.fresh for one in reading.brought)
    result = replace(result, problems=tuple(problems))
    return Computed(
        workspace, reading.loaded, given, result, frames, own, fresh, len(reading.brought) - fresh
    ), problems


def _following_contacts(workspace: Workspace, policy: Policy, month: Month, with_data: set[Month]) -> list[Wanted]:
    """Contacts of the next month, where the policy asks who came back. Their faults are that month's affair."""
    following = month.shift(1)
    if following not in with_data or not needs_following_month(policy):
        return []
    contacts = [source for source in workspace.sources if has_month(source) and source.table == "interactions"]
    return [wanted for source in contacts for wanted in files_of(workspace, source, following)]


def _one_month(
    reading: _Reading,
    month: Month,
    frames: Mapping[str, Frame],
    calendar: WorkCalendar,
    past: Sequence[MonthResult],
) -> tuple[MonthInput, MonthResult]:
    roster: list[dict[str, Any]] = read_rows(reading.entries("roster", month))
    given, found = prepare_month(
        reading.loaded.policy, month, roster, frames, reading.workspace.config.aliases, calendar, tuple(past)
    )
    result = compute_month(given)
    return given, replace(result, problems=(*found, *result.problems))


def _undated(workspace: Workspace) -> list[Wanted]:
    """Files whose name names no month."""
    plain = [source for source in workspace.sources if not has_month(source)]
    return [wanted for source in plain for wanted in files_of(workspace, source, None)]


def _months_inside(brought: Iterable[Brought]) -> set[Month]:
    """Months of the rows of files whose name names none."""
    import polars as pl

    paths = [one.entry.path for one in brought if one.entry is not None]
    texts = {text for path in paths for text in pl.read_parquet(path, columns=["month"])["month"].unique().to_list()}
    return {month for text in texts if text and (month := Month.parse(text))}


def _frames(reading: _Reading) -> dict[str, Frame]:
    tables = sorted({source.table for source in reading.workspace.sources} - {"roster"})
    return {table: open_frame(table, reading.paths(table), reading.workspace.config.engine) for table in tables}


def _errors_of(brought: Iterable[Brought]) -> list[Problem]:
    return [problem for one in brought for problem in errors(one.problems)]


def _history_note(history: Sequence[Month]) -> list[Problem]:
    return [note("history-used", found=history[0], last=history[-1])] if history else []
