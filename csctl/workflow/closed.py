"""What the ledger knows: closed months as they were and as they were corrected, and what was decided since."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from csctl.core.appealing.appeals import Appeal, Decided, Filed, appeals_of, decisions_of
from csctl.core.career.cases import ENTRY_KIND, CaseEvent, case_event, cases
from csctl.core.career.changes import level_changes
from csctl.core.closing.corrections import BookedDelta
from csctl.core.result import Agent, MonthResult
from csctl.month import Month
from csctl.policy.load import Loaded, SourceText, load_policy
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.store.canonical import file_digest
from csctl.store.ledger.entries import Draft
from csctl.store.ledger.ledger import Ledger, open_ledger
from csctl.store.parts import put
from csctl.store.seals import (
    Basis,
    Correction,
    Seal,
    calendar_of_content,
    record_of,
    result_of,
    unpacked,
)
from csctl.workflow.material import Material, Piece, Rulings
from csctl.workspace import Workspace, workspace_of

CLOSE, CORRECTION, FILED, DECIDED, PROMOTION = "close", "correction", "appeal", "appeal-decision", ENTRY_KIND
"""Kinds of entries in the ledger."""


@dataclass(frozen=True)
class Books:
    """The ledger of a workspace, read once. Without a ledger nothing is closed.

    ``corrections`` are in the order in which they were booked, with their entry's number; ``closed_at`` says when
    each month was closed (ISO, with offset), ``links`` which link of the chain its closing is.
    """

    workspace: Workspace
    ledger: Ledger | None
    seals: Mapping[Month, Seal]
    closed_at: Mapping[Month, str]
    links: Mapping[Month, str]
    corrections: tuple[tuple[int, Correction], ...]
    appeals: tuple[Appeal, ...]
    case_events: tuple[CaseEvent, ...]
    _loaded: dict[str, Loaded] = field(default_factory=dict, compare=False, repr=False)
    _then: dict[str, Workspace] = field(default_factory=dict, compare=False, repr=False)

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
        return result_of(self.content(seal.lines_digest), month, self.loaded(seal.basis).policy)

    def effective(self, month: Month) -> MonthResult:
        """The month as it should have been, by all that is known now."""
        correction = self.correction(month)
        if correction is None:
            return self.sealed(month)
        return result_of(self.content(correction.lines_digest), month, self.loaded(correction.basis).policy)

    def known(self, month: Month) -> MonthResult | None:
        """A closed month as last corrected; None for an open one."""
        return self.effective(month) if month in self.seals else None

    def loaded(self, basis: Basis) -> Loaded:
        """The policy a month was computed with. Raises ValueError if this program cannot read it any more."""
        if basis.fingerprint not in self._loaded:
            texts = {
                one.name: SourceText(one.shown_as, unpacked(self.content(one.text_digest)).decode())
                for one in basis.policies
            }
            loaded, problems = load_policy(basis.policies[0].name, texts.get)
            if loaded is None:
                raise ValueError(f"a sealed policy cannot be read: {problems}")
            self._loaded[basis.fingerprint] = loaded
        return self._loaded[basis.fingerprint]

    def workspace_then(self, basis: Basis) -> Workspace:
        """The workspace as it was configured then. Raises ValueError if this program cannot read that any more."""
        if basis.config_digest not in self._then:
            text = unpacked(self.content(basis.config_digest)).decode()
            then, problems = workspace_of(self.workspace.folder, text)
            if then is None:
                raise ValueError(f"a sealed configuration cannot be read: {problems}")
            self._then[basis.config_digest] = then
        return self._then[basis.config_digest]

    def pieces(self, basis: Basis) -> tuple[Piece, ...]:
        """The sealed rows, laid out as files of the workspace's private folder."""
        folder = self.workspace.state_folder / "sealed"
        return tuple(
            Piece(
                file=one.file,
                table=one.table,
                month=Month.parse(one.month),
                sha256=one.sha256,
                path=_laid_out(folder, one.rows_digest, self) if one.rows_digest else None,
                accepted=one.accepted,
                rejected=one.rejected,
            )
            for one in basis.inputs
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
            calendar=calendar_of_content(self.content(basis.calendar_digest)),
            tables=tuple(sorted({source.table for source in then.sources} - {"roster"})),
            pieces=self.pieces(basis),
            history=tuple(earlier for text in basis.history if (earlier := Month.parse(text))),
            rulings=self.rulings(loaded.policy),
        )

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
    """The workspace's ledger, read; None if there is one that cannot be read."""
    ledger, problems = open_ledger(workspace.state_folder)
    if problems:
        return None, problems
    entries = ledger.entries if ledger else ()
    seals: dict[Month, Seal] = {}
    closed_at: dict[Month, str] = {}
    links: dict[Month, str] = {}
    corrections: list[tuple[int, Correction]] = []
    for entry in entries:
        month = Month.parse(entry.month)
        if entry.kind == CLOSE and month is not None:
            seals[month] = record_of(Seal, entry.document)
            closed_at[month], links[month] = entry.at, entry.chain
        elif entry.kind == CORRECTION:
            corrections.append((entry.number, _numbered(record_of(Correction, entry.document), entry.number)))
    filed = [record_of(Filed, entry.document) for entry in entries if entry.kind == FILED]
    decided = [record_of(Decided, entry.document) for entry in entries if entry.kind == DECIDED]
    events = [case_event(entry.document) for entry in entries if entry.kind == PROMOTION]
    books = Books(
        workspace,
        ledger,
        seals,
        closed_at,
        links,
        tuple(corrections),
        tuple(appeals_of(filed, decided)),
        tuple(events),
    )
    return books, []


def ledger_of(workspace: Workspace) -> tuple[Ledger | None, list[Problem]]:
    """The workspace's ledger; None if no month has been closed yet, or with problems if it cannot be read."""
    return open_ledger(workspace.state_folder)


def closed_results(books: Books) -> list[MonthResult]:
    """The closed months, oldest first, each as last corrected."""
    return [books.effective(month) for month in books.months]


def book(books: Books, drafts: Sequence[Draft], contents: Mapping[str, bytes] | None = None) -> list[Problem]:
    """Append to the ledger, all or nothing; it is made when the first entry comes."""
    ledger, problems = (books.ledger, []) if books.ledger else open_ledger(books.workspace.state_folder, create=True)
    if ledger is None:
        return problems
    booked = ledger.append(drafts, contents or {})
    return [booked] if isinstance(booked, Problem) else []


def _numbered(correction: Correction, number: int) -> Correction:
    """The correction with its entry's number on each line it books."""
    return replace(correction, deltas=tuple(replace(delta, entry=number) for delta in correction.deltas))


def _laid_out(folder: Path, digest: str, books: Books) -> Path:
    """Sealed rows as a private file that readers of Parquet can open; laid out anew where its bytes are not those."""
    path = folder / f"{digest}.parquet"
    if not path.is_file() or file_digest(path) != digest:
        put(path, books.content(digest))
    return path
