"""Marks: what a line rests on that was inferred or is incomplete.

A mark is a word of a few, with what it is about behind a colon: ``column:通话时长`` (how the column is to be read was
never settled), ``months:2026-01`` (these months were not there), ``missing`` (an item has no data), ``few:3`` (three
rows are too few for it), ``thin:2 / 30`` (two rows, where others have thirty), ``partly:2 / 40`` (two rows of forty
could not be read), ``no-sheet-self`` (a rater's sheet is missing), ``days:10-14`` (nothing tells of this day),
``absent:10-14`` (no row: it counts as absence), ``pool-lacks:1`` (one person's figure is not in the pool),
``unjudged:迟到`` (this was neither paid nor taken, as nothing is known).
A line carries its own marks and those of the figures it comes from, one that counts other lines those of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from csctl.messages import say
from csctl.messages.grammar import clauses

MISSING, FEW, THIN, PARTLY, COLUMN, MONTHS = "missing", "few", "thin", "partly", "column", "months"
OPEN_DAYS, INFERRED, POOL_LACKS, UNJUDGED = "days", "absent", "pool-lacks", "unjudged"
SIGN = "*"
"""What stands behind a figure that has a mark."""

Marks = tuple[str, ...]
Doubted = Mapping[str, Mapping[str, str]]
"""Columns whose reading nothing proves: table → column (or metric) → header."""


def months_mark(months: Iterable[object]) -> Marks:
    """The mark of what rests on less than all its months; none if there are none."""
    named = " ".join(map(str, months))
    return (f"{MONTHS}:{named}",) if named else ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The marks of measures: those that hold for everybody, and those of one agent's figure."""

    of_all: Mapping[str, Marks] = field(default_factory=dict)
    of_one: Mapping[tuple[str, str], Marks] = field(default_factory=dict)

    def of(self, agent_id: str, names: Iterable[str]) -> Marks:
        """The marks of these measures of an agent, each once."""
        found = (
            mark for name in names for mark in (*self.of_all.get(name, ()), *self.of_one.get((agent_id, name), ()))
        )
        return tuple(dict.fromkeys(found))


def mark_text(mark: str, language: str) -> str:
    """A mark in words."""
    code, _, about = mark.partition(":")
    return say(f"mark-{code}", language, about=about)


def marks_text(marks: Iterable[str], language: str) -> str:
    """Several marks in words; "" if there are none."""
    return clauses((mark_text(mark, language) for mark in marks), language)


def marks_beside(marks: Iterable[str]) -> Marks:
    """The marks of a line where what it counts as says already that the item itself has no data."""
    return tuple(mark for mark in marks if mark != MISSING)
