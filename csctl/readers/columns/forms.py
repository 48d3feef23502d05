"""What one cell leaves open, settled for its whole column: unit, order of dates, decimal mark, epoch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo

from csctl.month import Month

LOCAL: tzinfo = timezone(timedelta(hours=8))
"""Where moments with an offset are brought to: China's one zone, without summer time."""


@dataclass(frozen=True, slots=True)
class Forms:
    """How the cells of one column are read besides their kind."""

    unit: str = ""
    """What bare numbers count: a key of SECONDS_OF, of PARTS, or one of MONEY_UNITS; "" if nothing says it."""
    pattern: str = ""
    """The strptime format that a mapping gives."""
    clock: str = ""
    """The first part of 02:23: ``minutes`` or ``hours``; "" leaves it to the unit."""
    dotted: bool = False
    """7.30 is a clock as well, of the same parts."""
    order: str = ""
    """08/10/2026 is 8 October (``d/m/y``) or 10 August (``m/d/y``); "" refuses it."""
    decimal_comma: bool = False
    """1.234,56 is 1234.56 and 1.234 is 1234."""
    epoch_1904: bool = False
    """The workbook counts days from 1904."""
    near: Month | None = None
    """A day without a year is the one nearest to this month."""
    day_fraction: bool = False
    """Bare numbers of a duration are parts of a day."""
    days: Forms | None = None
    """How a day is read that stands in a column of its own; None: as these moments are."""
    unpadded: bool = False
    """9:5 is five past nine."""
    month_only: bool = False
    """A month alone is its first day."""
    zone: tzinfo = LOCAL
    """Where moments with an offset are brought to."""


PLAIN = Forms()
"""A cell of which nothing is known."""
