"""A bonus earned by the team and shared."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from csctl.policy.keys import Names, Ref, Text, Whole
from csctl.policy.parts import Number
from csctl.policy.pay.limited import Limited
from csctl.policy.pay.negative import Negative
from csctl.policy.pay.tiers import Tier


class Pool(Negative, Limited):
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
