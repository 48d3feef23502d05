"""What the ledger keeps, read again by a program that may not be the one that wrote it.

Whatever the reason why something cannot be read, it is one problem: which month, sealed by which csctl, and what in
it is not understood here. Entries become values, so that all that can be read is still listed; a policy, a
configuration or the lines of a month are read when they are needed, and then refuse the command as a whole.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from csctl.core.career.cases import ENTRY_KIND, CaseEvent, case_event
from csctl.core.deciding.appeals import Decided, Filed
from csctl.messages import problem
from csctl.messages.grammar import listed_text
from csctl.month import Month
from csctl.policy.grammar import GRAMMAR, NewerGrammarError
from csctl.policy.load import Loaded, SourceText, load_sealed
from csctl.problems import Problem, RefusalError
from csctl.store.ledger.entries import Entry
from csctl.store.program import program
from csctl.store.seals import Basis, Correction, Seal, record_of, unpacked
from csctl.workspace import Workspace, workspace_of

CLOSE, CORRECTION, FILED, DECIDED, PROMOTION = "close", "correction", "appeal", "appeal-decision", ENTRY_KIND
"""Kinds of entries in the ledger."""

Content = Callable[[str], bytes]
"""A sealed content by its digest. Raises KeyError for one that the ledger lacks."""


class SealedTextError(ValueError):
    """A sealed text that this program refuses; ``args[0]`` says where."""


@dataclass
class ReadEntries:
    """The entries of a ledger as records. ``unread`` are those this program cannot read, by number."""

    seals: dict[Month, Seal] = field(default_factory=dict)
    closed_at: dict[Month, str] = field(default_factory=dict)
    links: dict[Month, str] = field(default_factory=dict)
    corrections: list[tuple[int, Correction]] = field(default_factory=list)
    filed: list[Filed] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    unread: dict[int, Problem] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take an entry in. Raises ValueError for one that cannot be read."""
        if entry.kind == CLOSE:
            seal, month = record_of(Seal, entry.document), _month(entry.month)
            self.seals[month], self.closed_at[month], self.links[month] = seal, entry.at, entry.chain
        elif entry.kind == CORRECTION:
            self.corrections.append((entry.number, _numbered(record_of(Correction, entry.document), entry.number)))
        elif entry.kind == FILED:
            self.filed.append(record_of(Filed, entry.document))
        elif entry.kind == DECIDED:
            self.decided.append(record_of(Decided, entry.document))
        elif entry.kind == PROMOTION:
            self.events.append(case_event(entry.document))
        else:
            raise SealedTextError(entry.kind)


def read_entries(entries: Sequence[Entry]) -> ReadEntries:
    """Every entry in its place, and a problem for each that cannot be read."""
    made = ReadEntries()
    for entry in entries:
        try:
            made.add(entry)
        except ValueError as fault:
            sealed_by = _program_of(entry.document)
            made.unread[entry.number] = _problem(f"entry {entry.number}", entry.month, sealed_by, fault)
    return made


@contextmanager
def refusing(what: str, month: Month, basis: Basis) -> Iterator[None]:
    """Within, whatever makes a part of a sealed month unreadable refuses the command.

    ``what`` names the part as the ledger's documents do: policy, csctl.toml, lines, calendar.
    """
    try:
        yield
    except (ValueError, KeyError, zlib.error) as fault:
        raise RefusalError(_problem(what, str(month), basis.program, fault)) from fault


def sealed_texts(basis: Basis, content: Content) -> dict[str, SourceText]:
    """The texts of a sealed policy, its own first, by the names they were asked for by.

    Raises ValueError or KeyError if they cannot be read.
    """
    return {one.name: SourceText(one.shown_as, unpacked(content(one.text_digest)).decode()) for one in basis.policies}


def sealed_policy(basis: Basis, content: Content) -> Loaded:
    """The policy a month was computed with, under the fingerprint it was sealed with.

    Raises ValueError or KeyError if it cannot be read.
    """
    texts = sealed_texts(basis, content)
    loaded, problems = load_sealed(basis.policies[0].name, texts.get, basis.grammar)
    if loaded is None:
        raise _unreadable(problems)
    return replace(loaded, fingerprint=basis.fingerprint)


def sealed_workspace(folder: Path, basis: Basis, content: Content) -> Workspace:
    """The workspace as it was configured then. Raises ValueError or KeyError if that cannot be read."""
    config = unpacked(content(basis.config_digest)).decode()
    readings = unpacked(content(basis.readings_digest)).decode() if basis.readings_digest else ""
    then, problems = workspace_of(folder, config, basis.grammar, readings)
    if then is None:
        raise _unreadable(problems)
    return then


def _unreadable(problems: Sequence[Problem]) -> SealedTextError:
    place = problems[0].place
    where = [
        place.file,
        "" if place.row is None else str(place.row),
        place.column,
        listed_text(problems[0].found, "en"),
    ]
    return SealedTextError(" · ".join(part for part in where if part))


def _month(text: str) -> Month:
    month = Month.parse(text)
    if month is None:
        raise SealedTextError(text)
    return month


def _numbered(correction: Correction, number: int) -> Correction:
    """The correction with its entry's number on each line it books."""
    return replace(correction, deltas=tuple(replace(delta, entry=number) for delta in correction.deltas))


def _program_of(document: Mapping[str, Any]) -> str:
    """The program that booked an entry, where it says so; "" where it does not."""
    basis = document.get("basis")
    found = basis.get("program") if isinstance(basis, dict) else None
    return found if isinstance(found, str) else ""


def _problem(what: str, month: str, sealed_by: str, fault: Exception) -> Problem:
    return problem(
        "sealed-unreadable", found=month, program=sealed_by or "–", own=program(), what=what, reason=_reason(fault)
    )


def _reason(fault: Exception) -> str:
    """Where the fault lies, in few words of no language."""
    if isinstance(fault, ValidationError):
        first = fault.errors(include_url=False)[0]
        return " · ".join(map(str, (*first["loc"], first["type"])))
    if isinstance(fault, NewerGrammarError):
        return f"grammar {fault.args[0]} > {GRAMMAR}"
    return str(fault.args[0]) if isinstance(fault, SealedTextError) else type(fault).__name__
