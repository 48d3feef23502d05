"""A monthly minimum."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from csctl.policy.keys import Text
from csctl.policy.parts import Number, Part
from csctl.policy.pay.kinds import EarnedKind


class Guarantee(Part):
    """A monthly minimum. Annual: settled over the service year, earlier top-ups recovered; monthly: each by itself."""

    mode: Literal["annual", "monthly"] = Field(description="settled over the service year, or month by month")
    amounts: list[Number] = Field(min_length=1, description="yuan a month in service year 1, 2, …; the last one stays")
    counts: list[EarnedKind] = Field(
        default=["base", "performance", "commission", "piece", "draw", "bonus", "award"],
        description="kinds of pay lines that count towards it; what is not named comes on top of it",
    )
    rule: Text = Field("", description="rule it comes from")
