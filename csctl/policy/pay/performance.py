"""Performance pay: an amount that the month's result multiplies."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.policy.keys import LevelName, ListKey, Names, Ref, Text, Whole
from csctl.policy.parts import Identifier, Number, Part, fault
from csctl.policy.pay.limited import Limited
from csctl.policy.pay.receivers import Receivers


class PerformanceStep(Part):
    """From this score, or this attainment in percent, on, this factor."""

    from_: Annotated[Number, ListKey()] = Field(alias="from", description="lower edge, in points or percent")
    factor: Number = Field(ge=0, description="what the amount is multiplied by")


class Performance(Receivers, Limited):
    """A monthly amount × a factor: the score ÷ 100, the coefficient of the grade, or the attainment of a target."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    amount: Number | None = Field(None, gt=0, description="monthly amount at factor 1, in yuan, the same for all")
    amounts: dict[LevelName, Number] = Field(default_factory=dict, description="monthly amount per level, in yuan")
    by: Literal["score", "grade", "attainment"] = Field(description="what multiplies it")
    attainment: Annotated[str, Ref("measure", units=("%",))] | None = Field(
        None, description="measure in percent of a target; by = attainment"
    )
    steps: Annotated[list[PerformanceStep], Whole()] = Field(
        default_factory=list,
        description="factors by steps of score or attainment, lowest first; below them 0",
    )
    at_most: Number | None = Field(None, gt=0, description="greatest factor; without it there is none")
    by_fte: bool = Field(False, description="the amount is that of full time: part-time people have their part of it")
    prorate: bool = Field(True, description="paid for the paid days on which somebody worked here")
    rule: Text = Field("", description="rule it comes from")

    @model_validator(mode="after")
    def _amounts(self) -> Self:
        if (self.amount is None) == (not self.amounts):
            raise fault("policy-amount-or-amounts")
        if (self.by == "attainment") != (self.attainment is not None):
            raise fault("policy-attainment-of-what")
        if self.by == "grade" and self.steps:
            raise fault("policy-steps-of-grades")
        return self
