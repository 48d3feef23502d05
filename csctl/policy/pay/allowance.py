"""An allowance: so much each time, or so much a month."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from csctl.policy.keys import Names, Ref, Text, Whole
from csctl.policy.parts import Condition, Identifier, Number
from csctl.policy.pay.receivers import Receivers


class Allowance(Receivers):
    """Money for what somebody's work is like: nights, meals, a language, a post."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    amount: Number = Field(gt=0, description="yuan each time; a month, where nothing is counted")
    quantity: Annotated[str, Ref("measure", units=("count", "days", "hours", "h"))] | None = Field(
        None, description="measure of what is paid for: night shifts, days worked, hours"
    )
    when: Annotated[Condition | None, Whole()] = Field(None, description="only if this holds in the month")
    prorate: bool = Field(True, description="a monthly amount is paid for the paid days on which somebody worked here")
    by_fte: bool = Field(
        False, description="a monthly amount is that of full time: part-time people have their part of it"
    )
    at_most: Number | None = Field(None, gt=0, description="most that it comes to in a month, in yuan")
    rule: Text = Field("", description="rule it comes from")
