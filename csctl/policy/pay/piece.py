"""Piece pay: so much for each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from csctl.policy.keys import ListKey, Names, Ref, Text, Whole
from csctl.policy.parts import Identifier, Number, Part
from csctl.policy.pay.limited import Limited
from csctl.policy.pay.negative import Negative
from csctl.policy.pay.receivers import Receivers


class PieceTier(Part):
    """From this quantity on, so much for each."""

    from_: Annotated[Number, ListKey()] = Field(alias="from", ge=0, description="lower edge, in the measure's unit")
    rate: Number = Field(ge=0, description="yuan for each beyond the edge")


class Piece(Receivers, Negative, Limited):
    """An agent's own measure × a rate."""

    id: Annotated[Identifier, Names("pay line")] = Field(description="name in explanations")
    label: Text = Field(description="what people call it")
    of: Annotated[str, Ref("measure", units=("count", "days", "hours", "h", "min"))] = Field(
        description="measure of what is paid for: contacts handled, calls, hours"
    )
    tiers: Annotated[list[PieceTier], Whole()] = Field(min_length=1, description="rates by quantity, lowest first")
    mode: Literal["marginal", "whole"] = Field(
        "marginal",
        description="marginal: each part at its tier's rate; whole: all at the rate of the tier reached",
    )
    rule: Text = Field("", description="rule it comes from")
