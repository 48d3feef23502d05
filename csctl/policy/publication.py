"""Under what conditions results may be made known, and objected to."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from csctl.policy.keys import Text
from csctl.policy.parts import Part

State = Literal["draft", "reviewed", "published"]
STATES: tuple[State, ...] = ("draft", "reviewed", "published")
"""How far a policy may have come, first things first."""


class Publication(Part):
    """What must have happened to the rules and to the month before results are made known."""

    needs_state: State = Field("published", description="how far the policy must have come, at least")
    announced_on: date | None = Field(
        None, description="day on which the rules were made known; months that had begun by then are not judged by them"
    )
    after: Literal["computed", "closed"] = Field(
        "computed", description="closed: only what was reviewed and closed is made known"
    )
    rule: Text = Field("", description="rule it comes from")
