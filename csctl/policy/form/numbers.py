"""Numbers in the cells of a policy: exact, as people write them."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_FULL_PERCENT = 100


def number(text: str, *, part: bool = False) -> Decimal | int:
    """A number as people write it in a cell. Raises ValueError.

    ``part``: it is a part of something, such as a rate, which may be written with a percent sign. Of any other number
    nobody could say whether ``95%`` is 95 or 0.95.
    """
    plain, percent = text.strip().replace("−", "-"), False
    if part and plain.endswith(("%", "％")):
        plain, percent = plain[:-1].strip(), True
    if not _NUMBER.fullmatch(plain):
        raise ValueError(text)
    exact = Decimal(plain) / _FULL_PERCENT if percent else Decimal(plain)
    return exact if percent or "." in plain else int(plain)


def number_as_cell(value: object) -> str:
    """A number as a cell shows it. Raises TypeError for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise TypeError(value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def is_number(text: str) -> bool:
    """Whether a text is written as a number."""
    return _NUMBER.fullmatch(text.strip()) is not None
