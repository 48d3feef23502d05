"""From which size on a move or a sum must be looked at before a month is closed."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from csctl.policy.parts import Number, Part


class Limits(Part):
    """The ``[sign_off]`` part of ``csctl.toml``."""

    moved_percent: Number = Field(
        Decimal(20), ge=0, description="a score or a pay that moves by more than so many percent is asked about"
    )
    pool_budget: Number | None = Field(None, ge=0, description="yuan a month that all pools together may pay")
    pay_budget: Number | None = Field(None, ge=0, description="yuan a month that all pay together may cost")
