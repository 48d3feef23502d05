"""The long tables that carry a month. Sheets, reports and explanations are views of these and of nothing else.

Each table is declared as a frozen record; ``as_frame`` and ``as_records`` turn a list of records into a pandas frame
of object columns (so that decimals stay decimals and a missing value stays None) and back.

``marks`` of a line say what it rests on that was inferred or is incomplete (see ``csctl.core.coverage.marks``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, TypeVar

from csctl.policy.pay.kinds import PayKind

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Measured:
    """One agent × one measure. ``value`` is in the measure's unit, at its declared decimals; None is missing.

    ``numerator`` and ``denominator`` are the exact parts (None where the value is no ratio), ``n`` the rows behind it,
    ``source`` the canonical table, or several joined by ``+``.
    """

    agent_id: str
    measure: str
    value: Decimal | None
    n: int
    numerator: Decimal | None
    denominator: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One agent × one indicator, adjustment, limit of the score, or grade that a quota moved (which adds nothing).

    ``points`` are out of ``out_of`` (raters combined); ``self_points`` and ``superior_points`` are what each rater's
    sheet says, None where there is no such sheet. ``weight`` is the points at stake after reweighting;
    ``contribution`` is what the line adds to the score, at the score's decimals: the contributions of an agent sum to
    the shown score. ``missing`` names the missing rule that was applied, if one was.
    """

    agent_id: str
    line: str
    kind: Literal["indicator", "adjustment", "limit", "quota"]
    dimension: str
    label: str
    source: str
    value: Decimal | None
    text: str
    unit: str
    n: int
    band: str
    points: Decimal | None
    out_of: Decimal | None
    self_points: Decimal | None
    superior_points: Decimal | None
    weight: Decimal
    contribution: Decimal
    missing: str
    rule: str
    note: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """One agent's result: the sum of the agent's score lines.

    ``status``: scored; excluded (a level that is not scored, an empty card, or a sheet that is not complete); unscored
    (nothing is known of the agent); thin (less is known than the policy asks for: the lines show it, and add nothing).
    ``rank`` counts 1, 2, 2, 4 among the scored. Totals per rater are before adjustments. ``grade`` and ``coefficient``
    are those that hold; ``grade_by_score`` is what the score alone reaches where a quota gave another grade, else "".
    ``card`` says whom the agent's scorecard is for, "" where everybody has the same; ranks may be within cards.
    """

    agent_id: str
    status: Literal["scored", "excluded", "unscored", "thin"]
    self_total: Decimal | None
    superior_total: Decimal | None
    indicator_total: Decimal | None
    adjustment_total: Decimal | None
    score: Decimal | None
    grade: str
    coefficient: Decimal | None
    passed: bool | None
    rank: int | None
    marks: tuple[str, ...] = ()
    grade_by_score: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class PayLine:
    """One agent × one pay component, in whole cents.

    ``basis`` says how the amount arises: ``product`` is quantity × rate ÷ divisor, rounded once to the cent;
    ``pool`` is the agent's share in the pool named ``source``; ``guarantee`` is a difference explained in ``note``;
    ``carried`` pays nothing: ``quantity``, nothing or less, is what later months set off.
    ``rate`` is in yuan. Deductions have a negative quantity. ``source`` of a correction is its entry in the ledger,
    that of a cut the kind of pay that is less by it.
    """

    agent_id: str
    line: str
    label: str
    kind: PayKind
    basis: Literal["product", "pool", "guarantee", "carried"]
    source: str
    quantity: Decimal
    unit: str
    rate: Decimal
    divisor: Decimal
    amount_cents: int
    rule: str
    note: str
    marks: tuple[str, ...] = ()

    @property
    def counts_as(self) -> str:
        """The kind of pay that it is, or that is less by it."""
        return self.source if self.kind == "cut" and self.source else self.kind


@dataclass(frozen=True, slots=True)
class TierPart:
    """One step of a commission scale as it was used. ``to_cents`` None: no upper edge."""

    from_cents: int
    to_cents: int | None
    rate: Decimal
    base_cents: int
    amount_cents: int


@dataclass(frozen=True, slots=True)
class PoolShare:
    """One agent's claim: ``weight`` = score in its smallest unit × workdays that count × weight of the level in its
    smallest unit; shares sum to the pool. ``score`` is a measure, or 1, where the pool is not shared by score.
    Who weighs otherwise in another part of the month has a share for each, numbered from 1, which ``said`` names.
    """

    agent_id: str
    score: Decimal
    days: int
    weight: int
    amount_cents: int
    level_weight: Decimal = Decimal(1)
    number: int = 1
    said: str = ""


@dataclass(frozen=True, slots=True)
class PoolResult:
    """How a pool arose, tier by tier, and how it was split.

    ``commission_cents`` is the sum of the tiers' amounts, ``pool_cents`` the agents' part of it (HALF_UP).
    ``undistributed`` is true if nobody could take it: no positive weight. ``counted_cents`` of ``base_cents`` and of
    what earlier months brought stand on the scale, and ``carried_cents`` are left to later ones, as ``negative`` says;
    tiers of less than nothing are the mirror image of those of so much above it.
    A pool of so much ``per_head`` is that × ``heads`` ÷ ``due``: people, or their days of those due. ``places`` are
    those of what it is shared by, None where that is the score; ``weight_places`` those of the weights of levels.
    """

    pool: str
    label: str
    mode: Literal["marginal", "whole"]
    base_cents: int
    tiers: tuple[TierPart, ...]
    commission_cents: int
    share: Decimal
    pool_cents: int
    undistributed: bool
    shares: tuple[PoolShare, ...]
    rule: str
    negative: Literal["zero", "carry", "deduct"] = "zero"
    brought_cents: int = 0
    carried_cents: int = 0
    split_by: Literal["score", "measure", "equal"] = "score"
    places: int | None = None
    weight_places: int = 0
    per_head: Decimal | None = None
    heads: int = 0
    due: int = 1

    def line_of(self, share: PoolShare) -> str:
        """The id of the pay line that pays a share."""
        return self.pool if share.number == 1 else f"{self.pool}.{share.number}"

    def share_on(self, line: PayLine) -> PoolShare | None:
        """The share that a pay line pays; None of a line of something else."""
        own = (one for one in self.shares if one.agent_id == line.agent_id)
        return next((one for one in own if self.line_of(one) == line.line), None)

    @property
    def counted_cents(self) -> int:
        """What stands on the scale; below nothing only where that is taken back."""
        if self.negative == "deduct":
            return self.base_cents
        return max(0, self.base_cents + self.brought_cents)


FindingState = Literal["met", "unmet", "judge", "no_data"]
"""Judge: a person has to say. No data: what is known decides neither way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One agent × one requirement of a career step.

    ``needed``, ``found``, ``evidence`` (months and figures) and ``next`` (what would change it, or "") are words in
    the policy's language.
    """

    agent_id: str
    step: str
    kind: Literal["promotion", "demotion", "dismissal"]
    from_level: str
    to_level: str
    requirement: str
    label: str
    needed: str
    found: str
    state: FindingState
    evidence: tuple[str, ...]
    rule: str
    next: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One agent × one career step. A candidate is one for people to decide about; nothing follows by itself.

    ``checklist`` is what must be done and proven before anybody acts on it.
    """

    agent_id: str
    step: str
    kind: Literal["promotion", "demotion", "dismissal"]
    from_level: str
    to_level: str
    state: Literal["candidate", "needs_judgement", "not_yet", "not_applicable"]
    checklist: tuple[str, ...]
    rule: str


Record = TypeVar("Record", Measured, ScoreLine, Score, PayLine, Finding, Verdict)


def as_frame(records: Iterable[Record], kind: type[Record]) -> pd.DataFrame:
    """Records as a frame whose columns are the record's fields, all of dtype object."""
    import pandas as pd  # reading the files of a month does not need it

    names = [field.name for field in fields(kind)]
    return pd.DataFrame(list(map(attrgetter(*names), records)), columns=names, dtype=object)


def as_records(frame: pd.DataFrame, kind: type[Record]) -> list[Record]:
    """A frame made by ``as_frame`` as records again, whatever was put beside its columns."""
    names = [field.name for field in fields(kind)]
    own = frame if frame.columns.tolist() == names else frame[names]
    return [kind(*values) for values in own.to_numpy(dtype=object).tolist()]
