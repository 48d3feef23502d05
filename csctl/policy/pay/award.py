"""Money for a result."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.policy.keys import MeasureName, Names, RankedName, Ref, Text, Whole
from csctl.policy.parts import Condition, Happening, Identifier, Number, Part, fault
from csctl.policy.pay.limited import Limited


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


class Award(Limited):
    """Money for a result."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    amount: Number | None = Field(None, gt=0, description="yuan; not with ``top``")
    first: RankedName | None = Field(None, description="rank 1 in this measure, or in score")
    top: list[Annotated[Number, Field(gt=0)]] = Field(
        default_factory=list, description="yuan for rank 1, 2, 3 … in ``first``, instead of ``amount``"
    )
    each: Annotated[Happening | None, Whole()] = Field(None, description="once per happening")
    when: Annotated[Condition | None, Whole()] = Field(None, description="everybody for whom this holds")
    streak: Annotated[Streak | None, Whole()] = Field(None, description="months in a row at the top, or with a title")
    ties: Literal["all", "split", "none"] = Field("all", description="who is paid when several are first")
    rule: Text = Field("", description="rule it comes from")

    @model_validator(mode="after")
    def _trigger(self) -> Self:
        if sum(trigger is not None for trigger in (self.first, self.each, self.when, self.streak)) != 1:
            raise fault("policy-one-trigger")
        if (self.amount is None) != bool(self.top) or (self.top and self.first is None):
            raise fault("policy-amount-or-top")
        return self
