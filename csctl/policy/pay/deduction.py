"""Pay for time not worked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from csctl.policy.keys import Names, Ref, Text
from csctl.policy.parts import Identifier, Number, Part


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
