"""What people call the units of figures."""

from __future__ import annotations

from decimal import Decimal

from csctl.messages import catalogue, say


def unit_word(unit: str, language: str, beside: Decimal | None = None) -> str:
    """``s`` is 秒; what stands beside the number 1 is one: ``1 day``. Unknown units stand as they are."""
    codes = (f"unit-one-{unit}", f"unit-{unit}") if beside == 1 else (f"unit-{unit}",)
    return next((say(code, language) for code in codes if code in catalogue()), unit)
