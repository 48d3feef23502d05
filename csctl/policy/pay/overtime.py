"""Pay for overtime."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from csctl.policy.keys import Names, Ref, Text
from csctl.policy.parts import Identifier, Number, fault
from csctl.policy.pay.receivers import Receivers

MULTIPLES: Mapping[str, Decimal] = {"workday": Decimal("1.5"), "rest_day": Decimal(2), "statutory": Decimal(3)}
"""The least that overtime on each kind of day is paid with (Labour Law §44)."""


class Overtime(Receivers):
    """Base ÷ divisor × time × a multiple. One for each kind of day: 1.5 on workdays, 2 on rest days, 3 on statutory
    holidays (Labour Law §44).
    """

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    quantity: Annotated[str, Ref("measure", units=("days", "hours", "h"))] = Field(
        description="measure of the overtime, in days or hours"
    )
    divisor: Number | None = Field(
        None, gt=0, description="days or hours of a paid month; without it 21.75 days, or 174 hours"
    )
    day: Literal["workday", "rest_day", "statutory"] | None = Field(
        None, description="kind of day that the measure counts the overtime of"
    )
    times: Number | None = Field(
        None, gt=0, le=10, description="multiple of the pay for that time; without it 1.5, 2 or 3 by ``day``"
    )
    in_lieu: Annotated[str, Ref("measure", units=("days", "hours", "h"))] | None = Field(
        None,
        description="measure of the time off that was given instead, in the unit of ``quantity``; on rest days",
    )
    rule: Text = Field("", description="rule it comes from")

    @property
    def multiple(self) -> Decimal:
        """What the pay for that time is multiplied by."""
        return self.times if self.times is not None else MULTIPLES[self.day or "workday"]

    @model_validator(mode="after")
    def _of_a_day(self) -> Self:
        if self.day is None and self.times is None:
            raise fault("policy-overtime-without-rate")
        if self.in_lieu is not None and self.day != "rest_day":
            raise fault("policy-in-lieu-of-what")
        return self
