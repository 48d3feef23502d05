"""An advance on what results will earn, which later months pay back (a recoverable draw)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from csctl.policy.keys import Names, Text
from csctl.policy.parts import Identifier, Number
from csctl.policy.pay.kinds import VariableKind
from csctl.policy.pay.receivers import Receivers


class Draw(Receivers):
    """In a month that earns less than the amount the rest is advanced; months that earn more pay it back."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    amount: Number = Field(gt=0, description="yuan a month up to which is advanced")
    counts: list[VariableKind] = Field(
        default=["commission", "piece"], min_length=1, description="kinds of pay lines that it is an advance on"
    )
    recovers: Number = Field(Decimal(1), gt=0, le=1, description="part of what lies above the amount that pays back")
    prorate: bool = Field(True, description="the amount is for the paid days on which somebody worked here")
    rule: Text = Field("", description="rule it comes from")
