"""The small parts all policy models are made of: exact numbers, bounds, tests on a column, terms."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from csctl.policy.keys import (
    ColumnName,
    ColumnValue,
    CountName,
    ListKey,
    MeasureName,
    NumberColumn,
    RankedName,
    Ref,
    TableName,
    Text,
    Whole,
)


class Part(BaseModel):
    """A frozen piece of a policy in which every key is declared; an unknown key is an error.

    Strict: 1 is not true, "2" is no number, so a value means what its author wrote.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, strict=True)


def fault(code: str, **details: str) -> PydanticCustomError:
    """What a model raises for a value it refuses: a message code of the catalogue and what fills its blanks."""
    return PydanticCustomError(code, code, details)


MOST_DIGITS = 15
MOST_PLACES = 12


def _exact(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise fault("policy-not-a-number")
    number = Decimal(value)
    if not number.is_finite():
        raise fault("policy-number-not-finite")
    # Exact arithmetic writes a number out in full: 1e999999999 would fill the memory.
    if number.adjusted() >= MOST_DIGITS or int(number.as_tuple().exponent) < -MOST_PLACES:
        raise fault("policy-number-too-long")
    return number


Number = Annotated[Decimal, BeforeValidator(_exact)]
"""An exact decimal; text, true/false, infinities, binary floats and numbers of absurd length are refused."""

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""A name that other keys refer to: small letters, digits, underscores."""


class Bounds(Part):
    """A half-open or closed range of numbers; the key says who owns the edge."""

    at_least: Number | None = Field(None, description="this number or more")
    above: Number | None = Field(None, description="more than this number")
    at_most: Number | None = Field(None, description="this number or less")
    below: Number | None = Field(None, description="less than this number")
    equals: Number | None = Field(None, description="exactly this number")

    @property
    def edges(self) -> tuple[Decimal, ...]:
        """Every number named."""
        named = (self.at_least, self.above, self.at_most, self.below, self.equals)
        return tuple(edge for edge in named if edge is not None)

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies inside; no bound at all holds always."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.above is None or value > self.above)
            and (self.at_most is None or value <= self.at_most)
            and (self.below is None or value < self.below)
            and (self.equals is None or value == self.equals)
        )


class Comparison(Bounds):
    """A test on a column of a canonical table: bounds, or whether it is filled in at all."""

    known: bool | None = Field(None, description="true: filled in; false: empty")
    not_: list[ColumnValue] | None = Field(None, alias="not", description="any text but these")


Test = bool | ColumnValue | Number | list[ColumnValue] | Comparison
"""A column equals this flag, text or number, is one of these texts, or meets a comparison."""

Where = Annotated[dict[ColumnName, Test], Whole()]
"""Tests by column; all must hold. A row whose column is empty meets no test but ``known = false``."""


def compared_texts(test: object) -> list[str]:
    """The texts that a test compares a column with."""
    if isinstance(test, str):
        return [test]
    if isinstance(test, list):
        return [text for text in test if isinstance(text, str)]
    return list(test.not_ or []) if isinstance(test, Comparison) else []


SCORE = "score"
"""The column of what was given, in tables that say out of how much."""
FULL_SCORE = "full_score"
"""The column that says out of how much."""
AGGREGATES = ("rows", "sum", "mean", "median", "quantile", "distinct", "minimum", "maximum")


class Term(Part):
    """One figure per agent from one canonical table: exactly one aggregate over the rows that meet ``where``."""

    table: TableName = Field(description="canonical table")
    where: Where = Field(default_factory=dict, description="which rows count")
    window: Literal["month", "year_to_date"] = Field("month", description="rows of the month, or since January")
    last_months: int | None = Field(None, ge=2, le=24, description="rows of so many months, up to this one")
    rows: Literal[True] | None = Field(None, description="number of rows")
    sum: NumberColumn | None = Field(None, description="sum of this column")
    mean: NumberColumn | None = Field(None, description="mean of this column over the rows that have it")
    median: NumberColumn | None = Field(None, description="median of this column")
    quantile: NumberColumn | None = Field(None, description="quantile of this column, linear between neighbours")
    q: Number | None = Field(None, gt=0, lt=1, description="which quantile, such as 0.9")
    distinct: ColumnName | None = Field(None, description="number of different values of this column")
    minimum: NumberColumn | None = Field(None, description="smallest value of this column")
    maximum: NumberColumn | None = Field(None, description="largest value of this column")
    out_of: Number | None = Field(
        None, gt=0, description="full score that counts: each score is brought to it from its own row's full_score"
    )

    @property
    def aggregate(self) -> str:
        """Which aggregate is asked for; the first if the policy wrongly names several."""
        return next((name for name in AGGREGATES if getattr(self, name) is not None), "rows")

    @property
    def column(self) -> str | None:
        """The column it works on; None for a count of rows."""
        value = getattr(self, self.aggregate)
        return value if isinstance(value, str) else None

    @model_validator(mode="after")
    def _one_aggregate(self) -> Self:
        named = [name for name in AGGREGATES if getattr(self, name) is not None]
        if len(named) != 1:
            raise fault("policy-one-aggregate", choices=", ".join(AGGREGATES), named=", ".join(named) or "0")
        if (self.quantile is not None) != (self.q is not None):
            raise fault("policy-quantile-and-q")
        if self.last_months is not None and self.window != "month":
            raise fault("policy-one-window")
        return self


UNIT_FACTORS = {
    "%": Fraction(100),
    "min": Fraction(1, 60),
    "h": Fraction(1, 3600),
    "/h": Fraction(3600),
    "/10k": Fraction(10_000),
}
"""What a value is multiplied by to stand in its unit; 1 where none is named."""
UNIT_DECIMALS = {
    "s": 2,
    "min": 2,
    "h": 2,
    "%": 2,
    "count": 0,
    "yuan": 2,
    "days": 2,
    "hours": 2,
    "points": 2,
    "/h": 2,
    "/10k": 2,
    "": 4,
}


class Sum(Term):
    """A term with others added to or taken from it: sales less refunds, promoters less detractors."""

    plus: list[Term] = Field(default_factory=list, description="figures that are added")
    minus: list[Term] = Field(default_factory=list, description="figures that are taken away")

    @property
    def signed(self) -> list[SignedTerm]:
        """Its own term, then what is added, then what is taken away."""
        own = Term.model_construct(**{name: getattr(self, name) for name in Term.model_fields})
        added = [SignedTerm(1, term) for term in self.plus]
        return [SignedTerm(1, own), *added, *(SignedTerm(-1, term) for term in self.minus)]


class SignedTerm(NamedTuple):
    """One term of a sum; ``sign`` is 1 where it is added, -1 where it is taken away."""

    sign: int
    term: Term


class Measure(Sum):
    """A named figure per agent: a sum of terms, optionally divided by another, in a unit, with declared decimals."""

    label: Text = Field(description="what people call it")
    unit: Literal["s", "min", "h", "%", "count", "yuan", "days", "hours", "points", "/h", "/10k", ""] = Field(
        "",
        description="unit of the value; % and /10k multiply a ratio, min and h divide seconds, /h multiplies them",
    )
    decimals: int | None = Field(
        None, ge=0, le=8, description="places kept, HALF_UP, and compared as shown; by default those of the unit"
    )
    per: Annotated[Sum | None, Whole()] = Field(None, description="divide by this figure")
    share: Where | None = Field(None, description="share of the rows for which these tests hold too")
    min_n: int = Field(1, ge=1, description="with fewer rows behind a ratio or mean, the measure is missing")
    min_per: Number | None = Field(None, gt=0, description="with less than this below the line, the measure is missing")
    whole_window: bool = Field(
        False, description="missing unless its table was read for each month of the window and the agent was here"
    )
    rule: Text = Field("", description="rule it serves")
    note: Text = Field("", description="formula and source in words")

    @property
    def places(self) -> int:
        """Decimal places of the value."""
        return UNIT_DECIMALS[self.unit] if self.decimals is None else self.decimals

    @model_validator(mode="after")
    def _share_or_per(self) -> Self:
        alone = self.per is None and not self.plus and not self.minus
        if self.share is not None and (self.rows is None or not alone):
            raise fault("policy-share-with-rows")
        if self.min_per is not None and self.per is None and self.share is None:
            raise fault("policy-min-per-without-per")
        return self


class CompositePart(Part):
    """One figure of a composite."""

    measure: Annotated[MeasureName, ListKey()] = Field(description="measure that is compared")
    weight: Number = Field(Decimal(1), gt=0, description="its weight among the others")
    lowest_is_best: bool = Field(False, description="a smaller value is better")


class Composite(Part):
    """Several measures as one figure: the weighted mean of percentile positions among the ranked agents, 0 to 100.

    Named ``composite.<id>``; an agent without a value in one of them has none.
    """

    label: Text = Field(description="what people call it")
    of: Annotated[list[CompositePart], Whole()] = Field(min_length=2, description="the measures and their weights")
    rule: Text = Field("", description="rule it serves")


class Happening(Part):
    """Something counted: an event that the policy declares, or a measure whose value is a count."""

    event: Annotated[str, Ref("event")] | None = Field(
        None, description="id of a declared event; excused ones do not count"
    )
    measure: CountName | None = Field(None, description="id of a measure with whole values")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.event is None) == (self.measure is None):
            raise fault("policy-event-or-measure")
        return self


class Condition(Bounds):
    """Something true or false of an agent in a month. All named parts must hold."""

    measure: MeasureName | None = Field(None, description="a measure that must lie inside the bounds")
    score: Bounds | None = Field(None, description="bounds on the shown score")
    first: RankedName | None = Field(None, description="rank 1 in this measure, or in score")
    all: list[Condition] | None = Field(None, description="conditions that must all hold")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.measure or self.score or self.first or self.all):
            raise fault("policy-empty-condition")
        if self.measure and not self.edges:
            raise fault("policy-measure-without-bounds")
        if self.edges and not self.measure:
            raise fault("policy-bounds-without-measure")
        return self
