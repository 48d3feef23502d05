"""What the ledger keeps of a month, as documents and contents.

A document says what was sealed and names the contents (lines, rules, rows) by their SHA-256; see
``csctl.store.ledger`` for the chain that both stand in.

Ledgers outlive programs. A field that is added to a record of a month has a default, which is what older ledgers
mean by not having it; a field that only newer ledgers have is passed over. What no longer has a place here, or cannot
do without, is refused with a ValueError.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter

from csctl.core.closing.corrections import BookedDelta
from csctl.core.coverage.readings import UNREAD, FileReading
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.advice import Advice
from csctl.core.records.agent import Agent
from csctl.core.records.fates import Fates
from csctl.core.records.findings import CheckFinding, ListedValue
from csctl.core.records.lines import Measured, PayLine, PoolResult, Score, ScoreLine, as_frame, as_records
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem


@dataclass(frozen=True, slots=True)
class SealedInput:
    """One export a month was computed from. ``month`` is "" for a file that belongs to none.

    ``sha256`` is the export's own hash; ``rows_digest`` names its canonical rows (Parquet), "" if it has none.
    """

    file: str
    table: str
    month: str
    sha256: str
    rows_digest: str
    accepted: int
    rejected: int
    fates: tuple[Fates, ...] = ()
    reading: FileReading = UNREAD


@dataclass(frozen=True, slots=True)
class SealedText:
    """A text by the name it was asked for: a policy, or one it builds on."""

    name: str
    shown_as: str
    text_digest: str


@dataclass(frozen=True, slots=True)
class Basis:
    """All that a month's lines follow from. ``history`` are the earlier months they build on.

    ``program`` is the one that computed them; not ``exact``: lines that another program computed before stay among
    them. ``grammar`` is that of the configuration and the policies (see ``csctl.policy.grammar``).
    ``readings_digest`` names the text of ``readings.toml``, "" where there was none.
    """

    program: str
    config_digest: str
    policies: tuple[SealedText, ...]
    fingerprint: str
    calendar_digest: str
    history: tuple[str, ...]
    inputs: tuple[SealedInput, ...]
    grammar: int = 1
    exact: bool = True
    readings_digest: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """A month as it was closed."""

    month: str
    by: str
    basis: Basis
    lines_digest: str
    agents: int
    scored: int
    pay_cents: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A closed month's lines as they should have been, and what that means in money for the open month ``into``.

    ``appeal`` is the number of the appeal that led to it, 0 where changed exports did.
    """

    of: str
    into: str
    by: str
    reason: str
    appeal: int
    basis: Basis
    lines_digest: str
    deltas: tuple[BookedDelta, ...]


@dataclass(frozen=True, slots=True)
class SealedLines:
    """The month's lines as records."""

    agents: tuple[Agent, ...]
    measures: tuple[Measured, ...]
    score_lines: tuple[ScoreLine, ...]
    scores: tuple[Score, ...]
    pay_lines: tuple[PayLine, ...]
    pools: tuple[PoolResult, ...]
    problems: tuple[Problem, ...]
    advice: tuple[Advice, ...] = ()
    findings: tuple[CheckFinding, ...] = ()
    listings: tuple[ListedValue, ...] = ()
    coverage: tuple[Fates, ...] = ()
    repeated: tuple[Measured, ...] = ()


@dataclass(frozen=True, slots=True)
class _CalendarText:
    """A calendar with everything in order."""

    years: list[int]
    off: list[date]
    work: list[date]
    statutory: list[tuple[date, str]]


_LINES = TypeAdapter(SealedLines)
_CALENDAR = TypeAdapter(_CalendarText)

Document = TypeVar("Document")


def document_of(record: object) -> dict[str, Any]:
    """A record of this module as a JSON document."""
    kind: Any = type(record)
    document: dict[str, Any] = _adapter(kind).dump_python(record, mode="json")
    return document


def record_of(kind: type[Document], document: Mapping[str, Any]) -> Document:
    """The record that ``document_of`` made the document from. Raises ValueError for one that it cannot be."""
    anything: Any = kind
    record: Document = _adapter(anything).validate_python(document)
    return record


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Made once for each kind of record: building one costs more than reading a hundred documents."""
    return TypeAdapter(kind)


def lines_content(result: MonthResult) -> bytes:
    """The month's lines as compressed JSON; equal results give equal bytes."""
    lines = SealedLines(
        agents=result.agents,
        measures=tuple(as_records(result.measures, Measured)),
        score_lines=tuple(as_records(result.score_lines, ScoreLine)),
        scores=tuple(as_records(result.scores, Score)),
        pay_lines=tuple(as_records(result.pay_lines, PayLine)),
        pools=result.pools,
        problems=result.problems,
        advice=result.advice,
        findings=result.findings,
        listings=result.listings,
        coverage=result.coverage,
        repeated=result.repeated,
    )
    return packed(_LINES.dump_json(lines))


def result_of(content: bytes, month: Month, policy: Policy) -> MonthResult:
    """The month's result from ``lines_content``. Raises ValueError for lines of a kind that is not known here."""
    lines = _LINES.validate_json(unpacked(content))
    return MonthResult(
        month=month,
        policy=policy,
        agents=lines.agents,
        measures=as_frame(lines.measures, Measured),
        score_lines=as_frame(lines.score_lines, ScoreLine),
        scores=as_frame(lines.scores, Score),
        pay_lines=as_frame(lines.pay_lines, PayLine),
        pools=lines.pools,
        problems=lines.problems,
        advice=lines.advice,
        findings=lines.findings,
        listings=lines.listings,
        coverage=lines.coverage,
        repeated=lines.repeated,
    )


def calendar_content(calendar: WorkCalendar) -> bytes:
    """A working-day calendar, its days in order."""
    text = _CalendarText(
        sorted(calendar.years), sorted(calendar.off), sorted(calendar.work), sorted(calendar.statutory.items())
    )
    return packed(_CALENDAR.dump_json(text))


def calendar_of_content(content: bytes) -> WorkCalendar:
    """The calendar from ``calendar_content``."""
    text = _CALENDAR.validate_json(unpacked(content))
    return WorkCalendar(frozenset(text.years), frozenset(text.off), frozenset(text.work), dict(text.statutory))


def packed(content: bytes) -> bytes:
    """Compressed."""
    return zlib.compress(content, 6)


def unpacked(content: bytes) -> bytes:
    """What ``packed`` was given."""
    return zlib.decompress(content)
