"""What becomes of a month in which more is taken back than was added."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from csctl.policy.parts import Part


class Negative(Part):
    """A component that stands on a figure which refunds may bring below nothing."""

    negative: Literal["zero", "carry", "deduct"] = Field(
        "zero",
        description="a month below nothing: zero: it earns nothing and is forgotten; carry: later months set it off; "
        "deduct: what the same figure above nothing would have earned is taken back at once",
    )
