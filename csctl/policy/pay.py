"""How pay is made: base, unworked time, guarantee, pool, awards, fines."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.policy.keys import Entry, LevelName, MeasureName, Names, RankedName, Ref, Text, Whole
from csctl.policy.parts import Condition, Happening, Identifier, Number, Part, fault


class BasePay(Part):
    """The monthly base pay."""

    by: Literal["level", "roster"] = Field(description="from the table of levels, or from the roster's base_pay")
    amounts: dict[LevelName, Number] = Field(default_factory=dict, description="monthly amount per level, in yuan")
    rule: Text = Field("", description="rule it comes from")


class Probation(Part):
    """Pay while on probation."""

    amount: Number = Field(ge=0, description="monthly amount, in yuan")
    months: int = Field(ge=1, le=12, description="length, where the roster gives no first regular day")
    rule: Text = Field("", description="rule it comes from")


class Guarantee(Part):
    """A monthly minimum. Annual: settled over the service year, earlier top-ups recovered; monthly: each by itself."""

    mode: Literal["annual", "monthly"] = Field(description="settled over the service year, or month by month")
    amounts: list[Number] = Field(min_length=1, description="yuan a month in service year 1, 2, …; the last one stays")
    counts: list[Literal["base", "unworked", "bonus", "award"]] = Field(
        default=["base", "bonus", "award"],
        description="kinds of pay lines that count towards it; unworked time is not made up unless named",
    )
    rule: Text = Field("", description="rule it comes from")


class Tier(Part):
    """From this amount on, this rate."""

    from_: Annotated[Number, Entry()] = Field(alias="from", ge=0, description="lower edge, in yuan")
    rate: Number = Field(ge=0, le=1, description="share of the amount above the edge, 0 to 1")


class Pool(Part):
    """A bonus earned by the team and shared by score."""

    label: Annotated[str, Names("pool")] = Field(description="what people call it")
    of: Annotated[str, Ref("measure", units=("yuan",))] = Field(description="measure in yuan, summed over the team")
    tiers: Annotated[list[Tier], Whole()] = Field(min_length=1, description="commission scale, lowest first")
    mode: Literal["marginal", "whole"] = Field(
        description="marginal: each part at its tier's rate; whole: everything at the rate of the tier reached"
    )
    share: Number = Field(ge=0, le=1, description="part of the commission that goes to the agents")
    split_by: Literal["score"] = Field("score", description="what a share is proportional to")
    per: Literal["team", "group"] = Field("team", description="one pool, or one for each group")
    counts: Literal["everybody", "employed"] = Field(
        "everybody", description="whose rows make it: also those of people of the roster who left or are not here yet"
    )
    prorate: bool = Field(True, description="joiners, leavers and probationers count for their regular workdays only")
    rule: Text = Field("", description="rule it comes from")


class Deduction(Part):
    """Pay for time not worked: base ÷ divisor × time × rate. Not a fine."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    quantity: Annotated[str, Ref("measure", units=("days", "hours"))] = Field(
        description="measure of the time, in days or hours"
    )
    unit: Literal["days", "hours"] = Field("days", description="what the measure counts")
    divisor: Number = Field(gt=0, description="days or hours of a paid month: 21.75, or 174 hours")
    rate: Number = Field(1, gt=0, le=1, validate_default=True, description="part of the pay that is withheld")
    rule: Text = Field("", description="rule it comes from")


class Fine(Part):
    """Money taken for a happening or a result; a law check warns about it."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    amount: Number = Field(gt=0, description="yuan each time")
    each: Annotated[Happening | None, Whole()] = Field(None, description="once per happening")
    when: Annotated[Condition | None, Whole()] = Field(None, description="once a month if this holds")
    escalate: Literal["none", "double"] = Field("none", description="double: 1×, 2×, 4× … within a month")
    from_count: int = Field(1, ge=1, description="the first happening that costs")
    once: bool = Field(False, description="at most once a month")
    kind: Literal["fine", "compensation"] = Field("fine", description="a fine, or compensation for a loss")
    rule: Text = Field("", description="rule it comes from")

    @model_validator(mode="after")
    def _trigger(self) -> Self:
        if (self.each is None) == (self.when is None):
            raise fault("policy-each-or-when")
        return self


class Streak(Part):
    """Months in a row: every ``every`` months the award is paid ``amount`` × (length ÷ ``every``).

    A month counts if all that is named holds in it: rank 1, or a title, which is a measure that counts its rows.
    """

    first: Annotated[Literal["score"], Ref("measure", also=("score",))] | None = Field(
        None, description="rank 1 in the score"
    )
    measure: MeasureName | None = Field(None, description="a count that is 1 or more, such as titles won in the month")
    every: int = Field(ge=2, description="months between two payments")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.first is None and self.measure is None:
            raise fault("policy-streak-of-nothing")
        return self


class Award(Part):
    """Money for a result."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    amount: Number = Field(gt=0, description="yuan")
    first: RankedName | None = Field(None, description="rank 1 in this measure, or in score")
    when: Annotated[Condition | None, Whole()] = Field(None, description="everybody for whom this holds")
    streak: Annotated[Streak | None, Whole()] = Field(None, description="months in a row at the top, or with a title")
    ties: Literal["all", "split", "none"] = Field("all", description="who is paid when several are first")
    rule: Text = Field("", description="rule it comes from")

    @model_validator(mode="after")
    def _trigger(self) -> Self:
        if sum(trigger is not None for trigger in (self.first, self.when, self.streak)) != 1:
            raise fault("policy-one-trigger")
        return self


class Pay(Part):
    """All that makes a salary."""

    currency: Text = Field("CNY", description="ISO code, shown on sheets")
    calendar: Annotated[str, Ref("calendar")] = Field("cn", description="working-day calendar")
    days: Literal["workdays", "due"] = Field(
        "workdays",
        description="days that part of a month is paid by: workdays of the calendar, or every day but the rest days of "
        "[working_time], of which a part of the month has its part, to the nearest whole day",
    )
    base: BasePay = Field(description="monthly base pay")
    probation: Probation | None = Field(None, description="pay while on probation: no bonus, no guarantee")
    guarantee: Guarantee | None = Field(None, description="monthly minimum")
    pool: Annotated[list[Pool], Whole()] = Field(
        default_factory=list, description="bonuses earned together and shared by score"
    )
    deduction: list[Deduction] = Field(default_factory=list, description="time not worked")
    award: list[Award] = Field(default_factory=list, description="money for results")
    fine: list[Fine] = Field(default_factory=list, description="money taken")
