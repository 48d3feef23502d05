"""Base pay, and what is paid instead while on probation."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from csctl.policy.keys import LevelName, Text
from csctl.policy.parts import Number, Part


class BasePay(Part):
    """The monthly base pay."""

    by: Literal["level", "roster"] = Field(description="from the table of levels, or from the roster's base_pay")
    amounts: dict[LevelName, Number] = Field(default_factory=dict, description="monthly amount per level, in yuan")
    divisor: Number | None = Field(
        None,
        gt=0,
        description="days of a paid month, such as 21.75: who is not here all month has the amount ÷ divisor × the "
        "paid days, at most the amount; without it the days of the month",
    )
    by_fte: bool = Field(False, description="the amount is that of full time: part-time people have their part of it")
    rule: Text = Field("", description="rule it comes from")


class Probation(Part):
    """Pay while on probation."""

    amount: Number = Field(ge=0, description="monthly amount, in yuan")
    months: int = Field(ge=1, le=12, description="length, where the roster gives no first regular day")
    rule: Text = Field("", description="rule it comes from")
