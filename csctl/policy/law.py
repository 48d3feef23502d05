"""Parameters of labour law that a check needs, by date and region. Nothing is shipped as truth: values are examples."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from csctl.policy.parts import Number, Part


class MinimumWage(Part):
    """The local monthly minimum wage from a month on."""

    region: str = Field("", description="as the roster writes it; empty for everybody")
    since: str = Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", description="first month, YYYY-MM")
    amount: Number = Field(gt=0, description="yuan a month")


class Law(Part):
    """What the law checks look at (W-01 … W-08)."""

    check: bool = Field(True, description="whether warnings are given at all")
    minimum_wage: list[MinimumWage] = Field(default_factory=list, description="local minimum wages")
    deduction_cap: Number = Field(Decimal("0.20"), description="part of the month's wage that deductions may take")
    probation_share: Number = Field(Decimal("0.80"), description="part of regular pay that probation must reach")
    publishes_results: bool = Field(False, description="scores are shown to everybody: names must be masked")
    resignation_penalty: bool = Field(False, description="the rules fine a resignation without notice")
