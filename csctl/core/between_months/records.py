"""What there is between two months: people, and the lines that moved, each with the facts behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from csctl.month import Month
from csctl.policy.diff import Change
from csctl.policy.pay.kinds import PayKind

CauseKind = Literal[
    "came", "went", "value", "ratio", "level", "band", "points", "weight", "missing", "text", "several", "grade",
    "quantity", "rate", "divisor", "pool", "claim", "policy", "note",
]  # fmt: skip
"""Facts that a line is made of, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A fact behind a line that is another one now: as it was and as it is, "" where there was or is none.

    ``about`` is the measure or the key of the policy that is meant; units are codes such as ``s``.
    """

    what: CauseKind
    old: str = ""
    new: str = ""
    about: str = ""
    old_unit: str = ""
    new_unit: str = ""


@dataclass(frozen=True, slots=True)
class ScoreMove:
    """One agent × one score line: what it added then and what it adds now, 0 where it is not there."""

    line: str
    label: str
    kind: str
    old: Decimal
    new: Decimal
    causes: tuple[Cause, ...]

    @property
    def difference(self) -> Decimal:
        """What the line adds more; negative: less."""
        return self.new - self.old


@dataclass(frozen=True, slots=True)
class PayMove:
    """One agent × one pay line, in cents, 0 where it is not there."""

    line: str
    label: str
    kind: PayKind
    old_cents: int
    new_cents: int
    causes: tuple[Cause, ...]

    @property
    def difference_cents(self) -> int:
        """What the line pays more; negative: less."""
        return self.new_cents - self.old_cents


Presence = Literal["both", "joined", "left"]


@dataclass(frozen=True, slots=True)
class AgentMoves:
    """One agent in both months. A score None: there is none; its lines then add nothing.

    ``score_lines`` and ``pay_lines`` are those that moved or whose facts did, the largest difference first: their
    differences add up to those of the score and of the pay.
    """

    agent_id: str
    name: str
    presence: Presence
    old_score: Decimal | None
    new_score: Decimal | None
    old_grade: str
    new_grade: str
    score_lines: tuple[ScoreMove, ...]
    old_cents: int
    new_cents: int
    pay_lines: tuple[PayMove, ...]

    @property
    def score_difference(self) -> Decimal:
        """By how much the score moved; no score is 0, as its lines say."""
        return (self.new_score or Decimal(0)) - (self.old_score or Decimal(0))

    @property
    def pay_difference_cents(self) -> int:
        """By how much the pay moved."""
        return self.new_cents - self.old_cents


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What the roster says otherwise of somebody, such as the level."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PersonChange:
    """Somebody who came, left or changed. ``day``: the first day here or the last one, where the roster says it."""

    agent_id: str
    name: str
    kind: Literal["joined", "left", "changed"]
    day: date | None = None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthDiff:
    """Everything between two months. ``agents`` are those with anything that moved, worst first where they are shown.

    ``everybody`` counts the people of each month, ``scored`` those with a score; ``currency`` is an ISO code, "" where
    neither month has pay.
    """

    old: Month
    new: Month
    everybody: tuple[int, int]
    scored: tuple[int, int]
    people: tuple[PersonChange, ...]
    agents: tuple[AgentMoves, ...]
    policies: tuple[str, str]
    policy: tuple[Change, ...]
    old_cents: int
    new_cents: int
    currency: str

    @property
    def difference_cents(self) -> int:
        """By how much the pay of everybody moved."""
        return self.new_cents - self.old_cents

    @property
    def all_by_score(self) -> list[AgentMoves]:
        """Who has score lines that moved: the deepest falls first, then the rises; who came or left stands below."""
        moved = [one for one in self.agents if one.score_lines]
        return sorted(
            moved,
            key=lambda one: (
                one.presence != "both", one.score_difference > 0, -abs(one.score_difference), one.agent_id,
            ),
        )  # fmt: skip

    @property
    def by_score(self) -> list[AgentMoves]:
        """The same of people who are in both months."""
        return [one for one in self.all_by_score if one.presence == "both"]

    @property
    def by_pay(self) -> list[AgentMoves]:
        """Who has pay lines that moved: the deepest falls first, then the rises."""
        moved = [one for one in self.agents if one.pay_lines]
        return sorted(
            moved, key=lambda one: (one.pay_difference_cents > 0, -abs(one.pay_difference_cents), one.agent_id)
        )

    @property
    def same(self) -> bool:
        """Whether nothing differs at all."""
        return not (self.people or self.agents or self.policy)
