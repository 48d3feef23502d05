"""What the ledger knows: closed months as they were and as they were corrected, and what was decided since."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from csctl.core.career.cases import CaseEvent, cases
from csctl.core.career.changes import level_changes
from csctl.core.closing.corrections import BookedDelta
from csctl.core.deciding.appeals import Appeal, appeals_of, decisions_of
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.load import Loaded, SourceText
from csctl.policy.model import Policy
from csctl.problems import Problem, RefusalError
from csctl.store.canonical import file_digest
from csctl.store.ledger.entries import EntryDraft
from csctl.store.ledger.ledger import Ledger, open_ledger
from csctl.store.parts import write_atomically
from csctl.store.program import program
from csctl.store.seals import Basis, Correction, Seal, SealedInput, calendar_of_content, result_of
from csctl.workflow.inputs.material import Material, MaterialPart, Rulings
from csctl.workflow.ledger.unsealing import read_entries, refusing, sealed_policy, sealed_texts, sealed_workspace
from csctl.workspace import Workspace
from csctl.workspace_folder import CONFIG_NAME

MOST_AT_HAND = 50_000
"""Bytes of sealed lines that are kept once read: a closed month is asked for by every sum over months."""


@dataclass(frozen=True)
class Books:
    """The ledger of a workspace, read once. Without a ledger nothing is closed.

    Methods that give back what a closed month was raise RefusalError where this program cannot read it.

    ``corrections`` are in the order in which they were booked, with their entry's number; ``closed_at`` says when
    each month was closed (ISO, with offset), ``links`` which link of the chain its closing is. ``unread`` are entries
    that this program cannot read, by number; nothing may be computed or booked while there are any.
    """

    workspace: Workspace
    ledger: Ledger | None
    seals: Mapping[Month, Seal]
    closed_at: Mapping[Month, str]
    links: Mapping[Month, str]
    corrections: tuple[tuple[int, Correction], ...]
    appeals: tuple[Appeal, ...]
    case_events: tuple[CaseEvent, ...]
    unread: Mapping[int, Problem] = field(default_factory=dict)
    _loaded: dict[tuple[str, int], Loaded] = field(default_factory=dict, compare=False, repr=False)
    _then: dict[tuple[str, str, int], Workspace] = field(default_factory=dict, compare=False, repr=False)
    _results: dict[tuple[str, Month, str, int], MonthResult] = field(default_factory=dict, compare=False, repr=False)

    @property
    def months(self) -> list[Month]:
        """The closed months, oldest first."""
        return sorted(self.seals)

    @property
    def head(self) -> str:
        """The chain's last link; "" without a ledger."""
        return self.ledger.head if self.ledger else ""

    def content(self, digest: str) -> bytes:
        """A sealed content. Raises KeyError for one that the ledger lacks (``verify`` says so before)."""
        if self.ledger is None:
            raise KeyError(digest)
        return self.ledger.content(digest)

    def correction(self, month: Month) -> Correction | None:
        """The last correction of a closed month."""
        return next((one for _, one in reversed(self.corrections) if one.of == str(month)), None)

    def basis(self, month: Month) -> Basis:
        """What the month follows from, as last corrected."""
        correction = self.correction(month)
        return correction.basis if correction else self.seals[month].basis

    def sealed(self, month: Month) -> MonthResult:
        """The month as it was closed."""
        seal = self.seals[month]
        return self._lines(seal.lines_digest, month, seal.basis)

    def effective(self, month: Month) -> MonthResult:
        """The month as it should have been, by all that is known now."""
        correction = self.correction(month)
        if correction is None:
            return self.sealed(month)
        return self._lines(correction.lines_digest, month, correction.basis)

    def _lines(self, digest: str, month: Month, basis: Basis) -> MonthResult:
        policy = self.loaded(basis).policy
        key = (digest, month, basis.fingerprint, basis.grammar)
        if key in self._results:
            return self._results[key]
        with refusing("lines", month, basis):
            content = self.content(digest)
            result = result_of(content, month, policy)
        if len(content) <= MOST_AT_HAND:
            self._results[key] = result
        return result

    def known(self, month: Month) -> MonthResult | None:
        """A closed month as last corrected; None for an open one."""
        return self.effective(month) if month in self.seals else None

    def loaded(self, basis: Basis) -> Loaded:
        """The policy a month was computed with."""
        key = (basis.fingerprint, basis.grammar)
        if key not in self._loaded:
            with refusing("policy", self._month_of(basis), basis):
                self._loaded[key] = sealed_policy(basis, self.content)
        return self._loaded[key]

    def policy_texts(self, month: Month) -> dict[str, SourceText]:
        """The texts of the policy a month was computed with, by the names they were asked for by."""
        basis = self.basis(month)
        with refusing("policy", month, basis):
            return sealed_texts(basis, self.content)

    def workspace_then(self, basis: Basis) -> Workspace:
        """The workspace as it was configured then; but what computes, and where, is today's."""
        key = (basis.config_digest, basis.readings_digest, basis.grammar)
        if key not in self._then:
            with refusing(CONFIG_NAME, self._month_of(basis), basis):
                then = sealed_workspace(self.workspace.folder, basis, self.content)
            now = self.workspace.config
            config = then.config.model_copy(update={"engine": now.engine, "spark": now.spark})
            self._then[key] = replace(then, config=config)
        return self._then[key]

    def unreadable(self, month: Month, *, lines: bool = True) -> Problem | None:
        """Why this program cannot read a closed month, if it cannot; without ``lines`` only its rules are looked at."""
        try:
            for basis in (self.seals[month].basis, self.basis(month)):
                self.workspace_then(basis)
                self.loaded(basis)
            if lines:
                self.sealed(month)
                self.effective(month)
        except RefusalError as refusal:
            return refusal.problem
        return None

    def is_ours(self, month: Month) -> bool:
        """Whether the month as it holds is what this very program computes."""
        basis = self.basis(month)
        return basis.exact and basis.program == program()

    def as_sealed(self, month: Month) -> AbstractContextManager[None]:
        """Within, a closed month is computed again: what another program sealed may be more than this one can do."""
        basis = self.basis(month)
        return nullcontext() if basis.program == program() else refusing("lines", month, basis)

    def _month_of(self, basis: Basis) -> Month:
        """The month that follows from it."""
        corrected = {Month.parse(one.of): one.basis for _, one in self.corrections}
        return next(
            (month for month in self.months if basis in (self.seals[month].basis, corrected.get(month))),
            self.months[-1],
        )

    def pieces(self, basis: Basis, month: Month | None = None) -> tuple[MaterialPart, ...]:
        """The sealed rows, laid out as files of the workspace's private folder; of one ``month`` alone, if any."""
        folder = self.workspace.state_folder / "sealed"
        inputs = basis.inputs if month is None else [one for one in basis.inputs if one.month == str(month)]
        with refusing("rows", self._month_of(basis), basis):
            return tuple(self._piece(folder, one) for one in inputs)

    def _piece(self, folder: Path, one: SealedInput) -> MaterialPart:
        return MaterialPart(
            file=one.file,
            table=one.table,
            month=Month.parse(one.month),
            sha256=one.sha256,
            path=_laid_out(folder, one.rows_digest, self) if one.rows_digest else None,
            accepted=one.accepted,
            rejected=one.rejected,
            fates=one.fates,
            reading=one.reading,
        )

    def material(self, month: Month, *, as_closed: bool = False) -> Material:
        """All that the month was computed from, as last corrected, with the rulings known now.

        ``as_closed``: what it was computed from when it was closed.
        """
        basis = self.seals[month].basis if as_closed else self.basis(month)
        then, loaded = self.workspace_then(basis), self.loaded(basis)
        return Material(
            config=then.config,
            loaded=loaded,
            calendar=self.calendar(month, basis),
            tables=tuple(sorted({source.table for source in then.sources} - {"roster"})),
            pieces=self.pieces(basis),
            history=tuple(earlier for text in basis.history if (earlier := Month.parse(text))),
            rulings=self.rulings(loaded.policy),
            readings_text=then.accepted.text,
        )

    def calendar(self, month: Month, basis: Basis) -> WorkCalendar:
        """The working days that the month was computed with."""
        with refusing("calendar", month, basis):
            return calendar_of_content(self.content(basis.calendar_digest))

    def signature(self, month: Month) -> dict[str, str] | None:
        """When and by whom the month was closed, and the link of the chain that says so; None for an open one."""
        if month not in self.seals:
            return None
        return {"at": self.closed_at[month], "by": self.seals[month].by, "chain": self.links[month]}

    def rulings(self, policy: Policy, with_data: Collection[Month] = ()) -> Rulings:
        """Everything decided beside the exports, by all that is booked now; the policy knows the levels.

        ``with_data`` are the months there are exports of: money booked into a month without any is paid in the next.
        """
        booked = [
            (self._paid_in(into, with_data), delta)
            for _, one in self.corrections
            if (into := Month.parse(one.into))
            for delta in one.deltas
        ]
        return Rulings(
            changes=tuple(level_changes(cases(self.case_events)[0], policy)),
            decisions=tuple(decisions_of(self.appeals)),
            booked=tuple(booked),
            former=self._former([delta for _, delta in booked]),
        )

    def _paid_in(self, into: Month, with_data: Collection[Month]) -> Month:
        """The month that pays what was booked into one: the first closed from there on, else the first with data."""
        closed = [month for month in self.months if month >= into]
        return min(closed or [month for month in with_data if month >= into], default=into)

    def _former(self, deltas: Sequence[BookedDelta]) -> tuple[Agent, ...]:
        """The people of corrections, as they stood in the months corrected; the latest wins."""
        people: dict[str, Agent] = {}
        for month in sorted({delta.of for delta in deltas}):
            people |= {agent.agent_id: agent for agent in self.effective(month).agents}
        concerned = {delta.agent_id for delta in deltas}
        return tuple(agent for key, agent in sorted(people.items()) if key in concerned)


def open_books(workspace: Workspace) -> tuple[Books | None, list[Problem]]:
    """The workspace's ledger, read; None if there is one that cannot be read, as a whole or in any entry."""
    books, problems = read_books(workspace)
    if books is not None and books.unread:
        return None, list(books.unread.values())[:1]
    return books, problems


def read_books(workspace: Workspace) -> tuple[Books | None, list[Problem]]:
    """The same, but entries that this program cannot read are left out and stand in ``unread``: to look at only."""
    ledger, problems = open_ledger(workspace.state_folder)
    if problems:
        return None, problems
    read = read_entries(ledger.entries if ledger else ())
    books = Books(
        workspace,
        ledger,
        read.seals,
        read.closed_at,
        read.links,
        tuple(read.corrections),
        tuple(appeals_of(read.filed, read.decided)),
        tuple(read.events),
        read.unread,
    )
    return books, []


def append_to_ledger(
    books: Books, drafts: Sequence[EntryDraft], contents: Mapping[str, bytes] | None = None
) -> list[Problem]:
    """Append to the ledger, all or nothing; it is made when the first entry comes."""
    ledger, problems = (books.ledger, []) if books.ledger else open_ledger(books.workspace.state_folder, create=True)
    if ledger is None:
        return problems
    booked = ledger.append(drafts, contents or {})
    return [booked] if isinstance(booked, Problem) else []


def _laid_out(folder: Path, digest: str, books: Books) -> Path:
    """Sealed rows as a private file that readers of Parquet can open; laid out anew where its bytes are not those."""
    path = folder / f"{digest}.parquet"
    if not path.is_file() or file_digest(path) != digest:
        write_atomically(path, books.content(digest))
    return path
