"""Pay for overtime."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from csctl.policy.keys import Names, Ref, Text
from csctl.policy.parts import Identifier, Number
from csctl.policy.pay.receivers import Receivers


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
    times: Number = Field(gt=0, le=10, description="multiple of the pay for that time: 1.5, 2 or 3")
    rule: Text = Field("", description="rule it comes from")
