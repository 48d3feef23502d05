"""A commission scale."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from csctl.policy.keys import ListKey
from csctl.policy.parts import Number, Part


class Tier(Part):
    """From this amount on, this rate."""

    from_: Annotated[Number, ListKey()] = Field(alias="from", ge=0, description="lower edge, in yuan")
    rate: Number = Field(ge=0, le=1, description="share of the amount above the edge, 0 to 1")
