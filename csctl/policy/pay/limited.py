"""The most that a component comes to: for one person, for everybody together, and for all variable pay of a person."""

from __future__ import annotations

from pydantic import Field

from csctl.policy.keys import Text
from csctl.policy.parts import Number, Part
from csctl.policy.pay.kinds import VariableKind


class Limited(Part):
    """A component with a limit. What is cut is a line of its own, so that the shown lines still add up."""

    cap: Number | None = Field(None, gt=0, description="most that it comes to in a month for one person, in yuan")
    budget: Number | None = Field(
        None,
        gt=0,
        description="most that it comes to in a month for all together, in yuan, after ``cap``; beyond it everybody's "
        "is cut in proportion",
    )


class PayCap(Part):
    """The most that somebody's variable pay comes to in a month, after the limits of its components."""

    amount: Number = Field(gt=0, description="yuan a month")
    counts: list[VariableKind] = Field(
        default=["performance", "commission", "piece", "bonus", "award"],
        min_length=1,
        description="kinds of pay lines that it holds for; each is cut in proportion",
    )
    rule: Text = Field("", description="rule it comes from")
