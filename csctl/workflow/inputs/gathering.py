"""Exports brought in for the months that are needed, each file once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from csctl.core.measuring.derived import tables_of_following_month
from csctl.core.people.roster import people_on_roster
from csctl.core.people.workdays import WorkCalendar
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem, as_error, errors, errors_and_warnings
from csctl.readers.columns.source import Source
from csctl.readers.imports import Brought, Progress, WantedExport, bring_in
from csctl.store.canonical import CanonicalStore, read_rows
from csctl.tables import TABLES
from csctl.words import fold, is_total
from csctl.workflow.inputs.calendars import with_workdays
from csctl.workflow.inputs.doubles import without_copies
from csctl.workflow.inputs.material import MaterialPart
from csctl.workflow.inputs.shared_rows import without_shared_rows
from csctl.workspace import Workspace, has_month, months_in_names, source_files


class Gathering:
    """Brings files of a workspace in and remembers what was brought."""

    def __init__(
        self, workspace: Workspace, progress: Progress | None = None, calendar: WorkCalendar | None = None
    ) -> None:
        """Nothing is read yet. ``progress`` is told of each file that has to be.

        ``calendar`` is that of a closed month; else today's holds.
        """
        self.workspace = with_workdays(workspace, calendar)
        self.brought: list[Brought] = []
        self._progress = progress
        self._people: frozenset[str] = frozenset()
        self._store = CanonicalStore(workspace.state_folder / "canonical")

    def undated(self) -> list[Brought]:
        """Files whose name names no month."""
        plain = [source for source in self.workspace.sources if not has_month(source)]
        return self._bring([wanted for source in plain for wanted in source_files(self.workspace, source, None)])

    def months(self, months: Iterable[Month]) -> list[Brought]:
        """All files of these months."""
        monthly = [source for source in self.workspace.sources if has_month(source)]
        return self._bring(
            [wanted for one in months for source in monthly for wanted in source_files(self.workspace, source, one)]
        )

    def apart(self, months: Iterable[Month]) -> tuple[MaterialPart, ...]:
        """The files of these months, which count nowhere: they are only compared with."""
        other = Gathering(self.workspace, self._progress)
        other.months(months)
        return other.pieces

    def following(self, policy: Policy, month: Month, with_data: set[Month]) -> list[Brought]:
        """Rows of the next month, of the tables that tell about this one. Their faults are that month's affair."""
        following, tables = month.shift(1), tables_of_following_month(policy)
        if following not in with_data or not tables:
            return []
        asked = [one for one in self.workspace.sources if has_month(one) and one.table in tables]
        return self._bring([wanted for source in asked for wanted in source_files(self.workspace, source, following)])

    def table(self, name: str, months: Iterable[Month]) -> list[Brought]:
        """The files of one table alone: those of these months, and those that name none."""
        own = [one for one in self.workspace.sources if one.table == name]
        dated = [wanted for one in months for source in own if has_month(source) for wanted in self._of(source, one)]
        return self._bring([*dated, *(file for one in own if not has_month(one) for file in self._of(one, None))])

    def _of(self, source: Source, month: Month | None) -> list[WantedExport]:
        return source_files(self.workspace, source, month)

    @property
    def pieces(self) -> tuple[MaterialPart, ...]:
        """What was brought in so far."""
        return tuple(_piece(one) for one in self.brought)

    def _bring(self, wanted: Sequence[WantedExport]) -> list[Brought]:
        # The roster first: whoever is on it under a name that reads like a total has rows that are none.
        roster = bring_in([one for one in wanted if _is_roster(one)], self._store, self._progress)
        self._people |= _called_like_totals(one.entry.path for one in roster if one.entry)
        others = [one for one in wanted if not _is_roster(one)]
        rest = bring_in(others, self._store, self._progress, self._people)
        first, second = iter(roster), iter(rest)
        in_order = [next(first if _is_roster(one) else second) for one in wanted]
        brought = without_shared_rows(without_copies(in_order), self._store, self.brought)
        self.brought += brought
        return brought


def _is_roster(one: WantedExport) -> bool:
    return one.source.table == "roster"


def _called_like_totals(rosters: Iterable[Path]) -> frozenset[str]:
    """Folded names, numbers and accounts on these rosters that also head rows of totals."""
    rows = read_rows("roster", list(rosters))
    return frozenset(
        fold(text)
        for one in people_on_roster(rows)
        for text in (one.agent_id, one.name, *one.accounts)
        if is_total(text)
    )


def months_inside(brought: Iterable[Brought]) -> set[Month]:
    """Months of the rows of files whose name names none."""
    import polars as pl

    paths = [one.entry.path for one in brought if one.entry is not None]
    texts = {text for path in paths for text in pl.read_parquet(path, columns=["month"])["month"].unique().to_list()}
    return {month for text in texts if text and (month := Month.parse(text))}


def months_with_data(workspace: Workspace) -> set[Month]:
    """Every month that any export has rows for."""
    return months_in_names(workspace) | months_inside(Gathering(workspace).undated())


def errors_of(brought: Iterable[Brought]) -> list[Problem]:
    """What makes these files unusable."""
    return [problem for one in brought for problem in errors(one.problems)]


def why_nothing(brought: Iterable[Brought]) -> list[Problem]:
    """Why files whose rows have days gave no month a row: every fault of those of which no row could be used."""
    dated = [one for one in brought if TABLES[one.wanted.source.table].dated is not None]
    empty = [one for one in dated if one.entry is None or not one.entry.accepted]
    return [as_error(problem) for one in empty for problem in errors_and_warnings(one.problems)]


def _piece(one: Brought) -> MaterialPart:
    wanted, entry = one.wanted, one.entry
    about = (wanted.shown_as, wanted.source.table, wanted.month, one.content)
    if entry is None:
        return MaterialPart(*about, None, 0, 0, one.fates, one.reading)
    return MaterialPart(*about, entry.path, entry.accepted, entry.rejected, entry.fates, entry.reading)
