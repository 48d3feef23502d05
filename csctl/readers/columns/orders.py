"""In which order day, month and year stand in the days of a column, where their figures do not tell it."""

from __future__ import annotations

import re

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "d/m/y", "m/d/y", "y/m/d"
WITHOUT_YEAR = ("m/d", "d/m")
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST, *WITHOUT_YEAR)
"""What a mapping may give as ``format`` in place of a strptime format: the order alone, whatever the signs between."""

_PARTS = re.compile(r"%?-?([dmybBY])")


def order_in(pattern: str) -> str:
    """The order that ``pattern`` is, if it is one; else ""."""
    found = "".join(pattern.split()).casefold()
    return found if found in ORDERS else ""


def order_meant(pattern: str) -> str:
    """The order in which a strptime format, or letters such as ``dd.mm.yyyy``, name the parts of a day; else ""."""
    day = pattern.split(" ")[0]
    letters = [part.casefold().replace("b", "m") for part in _PARTS.findall(day if "%" in day else day.casefold())]
    found = "/".join(dict.fromkeys(letters))
    return found if found in ORDERS else ""


def year_month_day(order: str, three: tuple[str, str, str]) -> tuple[str, str, str]:
    """Year, month and day of three figures; without a year the order is taken to end with it."""
    names = order.split("/")
    named = dict(zip(names if len(names) > 2 else [*names, "y"], three, strict=True))
    return named["y"], named["m"], named["d"]


def month_first(order: str) -> bool:
    """Whether the month stands before the day."""
    return order.index("m") < order.index("d")
