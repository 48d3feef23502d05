"""What an explanation consists of: figures, each with its rule, its place and what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from csctl.core.records.agent import Agent
from csctl.core.records.evidence import Evidence
from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.messages import say
from csctl.messages.units import unit_word
from csctl.month import Month
from csctl.problems import Place


@dataclass(frozen=True, slots=True)
class Node:
    """One figure and what it is made of. ``line`` is the id by which a user may ask for it; ``cut``: it is made of
    more rows than are shown.
    """

    label: str
    value: str
    line: str = ""
    rule: str = ""
    note: str = ""
    place: Place | None = None
    children: tuple[Node, ...] = ()
    cut: bool = False

    def walk(self, depth: int = 0) -> Iterator[tuple[Node, int]]:
        """The figure and all that it is made of, each with how deep it lies."""
        yield self, depth
        for child in self.children:
            yield from child.walk(depth + 1)


EvidenceOf = Callable[[str], Sequence[Evidence]]
"""Measure name → the rows behind it, for the agent explained."""


OnDays = Callable[[str, Sequence[int]], tuple[Decimal, Sequence[Evidence]] | None]
"""Measure name and numbers of spans → what it was on their days, and the rows behind that; None if not known."""


def _never(_: str, __: Sequence[int]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Explained:
    """What an explanation is made from: the month, one agent, the ratings and the way to the rows.

    ``regulars`` are those who may win an award (None: all who compete); ``streaks`` by award, the agent's months in a
    row, ``gaps`` the months that are not there and might make it longer, ``ended`` the month without a score that ended
    it. They only say why something was not earned. ``headers``: what the files call their columns, by file, sheet and
    column. ``on_days``: figures of parts of a month that changes inside.
    """

    result: MonthResult
    agent: Agent
    ratings: Sequence[Rating]
    evidence: EvidenceOf
    language: str
    regulars: frozenset[str] | None = None
    streaks: Mapping[str, int] = field(default_factory=dict)
    gaps: Mapping[str, Sequence[Month]] = field(default_factory=dict)
    ended: Mapping[str, Month] = field(default_factory=dict)
    headers: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    on_days: OnDays = _never

    def words(self, code: str, **blanks: object) -> str:
        """Fixed words in the language asked for."""
        return say(code, self.language, **blanks)

    def unit(self, unit: str, beside: Decimal | None = None) -> str:
        """The unit of a figure, as it stands beside this number."""
        return unit_word(unit, self.language, beside)

    def in_unit(self, number: Decimal, unit: str) -> str:
        """A number and its unit: ``1 day``."""
        return number_with_unit(number, unit, self.language)


def number_with_unit(number: Decimal, unit: str, language: str) -> str:
    """A number and its unit: ``1 day``."""
    return f"{trimmed_number(number)} {unit_word(unit, language, number)}".strip()


def trimmed_number(number: Decimal | None) -> str:
    """A number without needless zeros."""
    if number is None:
        return "–"
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
