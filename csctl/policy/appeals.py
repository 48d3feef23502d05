"""How long one may object, and how soon an objection is decided."""

from __future__ import annotations

from pydantic import Field

from csctl.policy.keys import Text
from csctl.policy.parts import Part


class Appeals(Part):
    """Deadlines of appeals, in calendar days. What is left out is not limited."""

    window_days: int | None = Field(None, ge=0, description="days after closing in which a month may be appealed")
    decide_days: int | None = Field(None, ge=0, description="days after filing by which an appeal is decided")
    rule: Text = Field("", description="rule it comes from")
