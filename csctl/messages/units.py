"""What people call the codes that go with figures: units, currencies, what is done where one is missing."""

from __future__ import annotations

from decimal import Decimal

from csctl.messages import catalogue, say


def unit_word(unit: str, language: str, beside: Decimal | None = None) -> str:
    """``s`` is 秒; what stands beside the number 1 is one: ``1 day``. Unknown units stand as they are."""
    return _word_or((f"unit-one-{unit}", f"unit-{unit}") if beside == 1 else (f"unit-{unit}",), language, unit)


def currency_word(currency: str, language: str) -> str:
    """``CNY`` is 元; of a currency without a word its ISO code."""
    return _word_or((f"sheet.currency-{currency}",), language, currency)


def missing_word(rule: str, language: str) -> str:
    """What a missing rule does; "" where none was applied."""
    return _word_or((f"sheet.missing-{rule}",), language, rule)


def _word_or(codes: tuple[str, ...], language: str, otherwise: str) -> str:
    """The word of the first code that has one."""
    return next((say(code, language) for code in codes if code in catalogue()), otherwise)
