"""Parameters of labour law that a check needs, by date and region. Nothing is shipped as truth: values are examples."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from csctl.policy.keys import Text
from csctl.policy.parts import Number, Part
from csctl.policy.pay.kinds import WAGE_KINDS, WageKind


class MinimumWage(Part):
    """The local monthly minimum wage from a month on."""

    region: Text = Field("", description="as the roster writes it; empty for everybody")
    since: Text = Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="first month, YYYY-MM")
    amount: Number = Field(gt=0, description="yuan a month")


class Law(Part):
    """What the law checks look at (W-01 … W-08)."""

    check: bool = Field(
        True, description="whether hints on the labour law of mainland China are given; none where pay is not in CNY"
    )
    minimum_wage: list[MinimumWage] = Field(default_factory=list, description="local minimum wages")
    minimum_wage_counts: list[WageKind] = Field(
        default=list(WAGE_KINDS),
        description="kinds of pay that the minimum wage is compared with; regions differ",
    )
    deduction_cap: Number = Field(
        Decimal("0.20"), ge=0, le=1, description="part of the month's wage that deductions may take"
    )
    probation_share: Number = Field(
        Decimal("0.80"), ge=0, le=1, description="part of regular pay that probation must reach"
    )
    daily_hours: Number = Field(Decimal(8), gt=0, le=24, description="hours a day beyond which work is overtime")
    weekly_hours: Number = Field(Decimal(40), gt=0, le=168, description="hours a week beyond which work is overtime")
    monthly_overtime: Number = Field(
        Decimal(36), gt=0, validate_default=True, description="hours of overtime a month beyond which a hint is given"
    )
    weekly_rest_days: int = Field(1, ge=0, le=7, description="days of rest due in each week")
    publishes_results: bool = Field(False, description="scores are shown to everybody: names must be masked")
    publication_rule: Text = Field("", description="rule by which results are shown")
    resignation_penalty: bool = Field(False, description="the rules fine a resignation without notice")
    resignation_rule: Text = Field("", description="rule that fines it")

    def minimum_wage_of(self, region: str, month: str) -> Decimal | None:
        """Yuan a month in a region and a month (YYYY-MM): the region's own, else everybody's; None if not given."""
        for name in (region, ""):
            held = [wage for wage in self.minimum_wage if wage.region == name and wage.since <= month]
            if held:
                return max(held, key=lambda wage: wage.since).amount
        return None
