"""What months are computed from: rules, calendar and rows, whether just imported or sealed long ago."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from csctl.core.career.changes import LevelChange
from csctl.core.closing.corrections import BookedDelta, with_corrections
from csctl.core.compute import MonthInput, compute_month
from csctl.core.coverage.doubts import doubtful
from csctl.core.coverage.readings import UNREAD, FileReading
from csctl.core.frames.frame import Frame
from csctl.core.measuring.lengths import OF_TIME, Lengths, lengths_said
from csctl.core.measuring.percents import percents_said
from csctl.core.measuring.windows import short_windows, windows_said
from csctl.core.people.workdays import WorkCalendar
from csctl.core.preparing.month import prepare_month
from csctl.core.records.agent import Agent
from csctl.core.records.decision import Decision
from csctl.core.records.fates import Fates
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.load import Loaded
from csctl.problems import errors
from csctl.store.canonical import open_frame, read_rows
from csctl.tables import Texts
from csctl.workspace import Config


@dataclass(frozen=True, slots=True)
class MaterialPart:
    """One export's part: its name, table, month (None: it belongs to none), hash, and where its canonical rows lie.

    ``path`` is None for an export whose rows do not count: a copy of another one. ``fates`` and ``reading`` are what
    became of its rows and columns when it was read.
    """

    file: str
    table: str
    month: Month | None
    sha256: str
    path: Path | None
    accepted: int
    rejected: int
    fates: tuple[Fates, ...] = ()
    reading: FileReading = UNREAD


@dataclass(frozen=True, slots=True)
class Rulings:
    """What was decided beside the exports: levels that take effect, appeals that were won, corrections booked.

    ``former`` are people whom a correction concerns, as they stood in the month it corrects.
    """

    changes: tuple[LevelChange, ...] = ()
    decisions: tuple[tuple[Month, Decision], ...] = ()
    booked: tuple[tuple[Month, BookedDelta], ...] = ()
    former: tuple[Agent, ...] = ()

    def decided(self, month: Month) -> tuple[Decision, ...]:
        """Decisions about a month."""
        return tuple(decision for about, decision in self.decisions if about == month)


def months_read(pieces: Iterable[MaterialPart]) -> dict[str, frozenset[Month]]:
    """By table, the months that had a file of their own; without the tables in files that name no month."""
    dated = [(one.table, one.month) for one in pieces if one.month is not None]
    return {table: frozenset(month for name, month in dated if name == table) for table, _ in dated}


@dataclass(frozen=True)
class Material:
    """Rules, calendar and rows. ``tables`` are the canonical tables that the workspace has a source for.

    ``history`` are the earlier months that the month's lines build on, for a guarantee or a streak, oldest first.
    ``readings_text`` is what ``readings.toml`` said when the exports were read.
    """

    config: Config
    loaded: Loaded
    calendar: WorkCalendar
    tables: tuple[str, ...]
    pieces: tuple[MaterialPart, ...]
    history: tuple[Month, ...] = ()
    rulings: Rulings = Rulings()
    readings_text: str = ""
    _frames: dict[str, Frame] = field(default_factory=dict, compare=False, repr=False)

    @property
    def frames(self) -> Mapping[str, Frame]:
        """The rows of each table but the roster, of all months that were brought in."""
        if not self._frames:
            for table in self.tables:
                paths = [one.path for one in self.pieces if one.table == table and one.path]
                self._frames[table] = open_frame(table, paths, self.config.engine, self.config.spark)
        return self._frames

    def own(self, month: Month) -> tuple[MaterialPart, ...]:
        """The pieces of a month: its own, and those that belong to none."""
        return tuple(one for one in self.pieces if one.month in (None, month))

    def fates(self, month: Month) -> list[Fates]:
        """What became of the rows of these pieces when they were read."""
        return [fates for one in self.own(month) for fates in one.fates]

    def doubted(self, month: Month) -> dict[str, dict[str, str]]:
        """Columns of a month's files that nothing proves the reading of: table → column → header."""
        found: dict[str, dict[str, str]] = {}
        for one in self.own(month):
            for column in doubtful([one.reading]) if one.path is not None else ():
                found.setdefault(one.table, {}).setdefault(column.column, column.header)
        return found

    def read(self) -> set[tuple[str, str]]:
        """The tables of which a file was brought, each with its month ("" for one that belongs to none)."""
        return {(one.table, str(one.month or "")) for one in self.pieces}

    def expected(self) -> set[str]:
        """The tables of which no month may be without a file."""
        return {source.table for source in self.config.source if not source.optional}

    @property
    def months_read(self) -> Mapping[str, frozenset[Month]]:
        """By table, the months that had a file of their own; without the tables in files that name no month."""
        return months_read(self.pieces)

    def settled(self, month: Month) -> frozenset[str]:
        """The figures of a month of which a source, a header or the cells themselves say what they count."""
        readings = [column for one in self.own(month) for column in one.reading.columns]
        return frozenset(one.column for one in readings if one.metric and (one.unit or one.sign))

    def lengths(self, month: Month) -> Lengths:
        """By file, which figures of a month were read as lengths of time."""
        found: dict[str, frozenset[str]] = {}
        for one in self.own(month):
            read = {Texts.HEADERS.same(column.column) for column in one.reading.columns if column.unit in OF_TIME}
            if one.table == "kpis" and read:
                found[one.file] = found.get(one.file, frozenset()) | read
        return found

    def roster(self, month: Month) -> list[dict[str, Any]]:
        """The roster's rows as of a month. A roster that names no month holds for all."""
        return read_rows("roster", [one.path for one in self.own(month) if one.table == "roster" and one.path])


def compute_of(material: Material, month: Month, past: Sequence[MonthResult]) -> tuple[MonthInput, MonthResult]:
    """One month's input and lines, with what was decided and booked. ``past``: earlier months, oldest first."""
    policy, rulings = material.loaded.policy, material.rulings
    given, found = prepare_month(
        policy,
        month,
        material.roster(month),
        material.frames,
        material.config.aliases,
        material.calendar,
        tuple(past),
        rulings.changes,
        material.fates(month),
        material.months_read,
    )
    found += lengths_said(policy, material.frames, month, material.lengths(month))
    found += percents_said(policy, material.frames, month, material.settled(month))
    short = short_windows(policy, month, given.agents, material.read(), material.expected())
    found += windows_said(policy, short, given.agents)
    given = replace(given, decisions=rulings.decided(month), doubted=material.doubted(month), short=short)
    result = compute_month(given)
    booked = [delta for into, delta in rulings.booked if into == month]
    if booked and not errors(result.problems):
        result = with_corrections(result, booked, rulings.former)
    return given, replace(result, problems=(*found, *result.problems))


Known = Callable[[Month], MonthResult | None]
"""An earlier month's lines, where they need not be computed: closed, or computed just now."""


Otherwise = Callable[[Material, Month, Sequence[MonthResult]], MonthResult]
"""How a month of the history is had that is not known: from it and the months before it."""


def _computed(material: Material, month: Month, past: Sequence[MonthResult]) -> MonthResult:
    return compute_of(material, month, past)[1]


def past_results(material: Material, known: Known, otherwise: Otherwise = _computed) -> list[MonthResult]:
    """The months of the history, oldest first."""
    past: list[MonthResult] = []
    for month in material.history:
        past.append(known(month) or otherwise(material, month, tuple(past)))
    return past
