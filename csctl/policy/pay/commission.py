"""Commission on what somebody sold."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from csctl.policy.keys import Names, Ref, Text, Whole
from csctl.policy.parts import Identifier
from csctl.policy.pay.limited import Limited
from csctl.policy.pay.negative import Negative
from csctl.policy.pay.receivers import Receivers
from csctl.policy.pay.tiers import Tier


class Commission(Receivers, Negative, Limited):
    """An agent's own measure in money × a commission scale."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    of: Annotated[str, Ref("measure", units=("yuan",))] = Field(description="measure in yuan, of the agent alone")
    tiers: Annotated[list[Tier], Whole()] = Field(min_length=1, description="commission scale, lowest first")
    mode: Literal["marginal", "whole"] = Field(
        "marginal",
        description="marginal: each part at its tier's rate; whole: all at the rate of the tier reached",
    )
    target: Annotated[str, Ref("measure", units=("yuan",))] | None = Field(
        None, description="measure of the agent's target: edges of tiers are then parts of it, 1 at the target"
    )
    prorate: bool = Field(
        False,
        description="a target is that of the whole month: who has the commission on some of its days needs that part "
        "of it, by paid days; with ``target``",
    )
    rule: Text = Field("", description="rule it comes from")
