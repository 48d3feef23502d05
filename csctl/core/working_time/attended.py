"""How many days were due and attended, as far as the rows of days tell: what a month's sums are compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from csctl.core.working_time.cover import Cover
from csctl.core.working_time.dates import ONE, Dated
from csctl.money import round_half_up

Span = tuple[Decimal, Decimal]
"""The least and the most days that it can be."""
NONE = Fraction(0)
OPEN, NEVER, ONCE = (NONE, ONE), (NONE, NONE), (ONE, ONE)
_PLACES = 2


def attended(dates: Sequence[Dated], mended: Mapping[date, int], cover: Cover) -> dict[str, Span]:
    """The least and the most of ``due_days`` and of ``worked_days``; nothing where no row names a day that was due.

    Whether a day of leave, out on business or worked on a day off is among them every system says in its own way: such
    days may count or not. ``mended`` are punches mended by date, ``cover`` the days that nothing tells of.
    """
    if not any(day.due for one in dates for day in one.rows):
        return {}
    untold = Fraction(len(cover.unknown) + len(cover.outside))
    due = [_due(one, mended.get(one.date, 0)) for one in dates]
    worked = [_worked(one, mended.get(one.date, 0)) for one in dates]
    return {"due_days": _span(due, untold), "worked_days": _span(worked, untold)}


def _span(parts: Sequence[tuple[Fraction, Fraction]], untold: Fraction) -> Span:
    least = sum((low for low, _ in parts), NONE)
    most = sum((high for _, high in parts), untold)
    return round_half_up(least, _PLACES), round_half_up(most, _PLACES)


def _due(one: Dated, mended: int) -> tuple[Fraction, Fraction]:
    if _on_leave(one):
        return OPEN
    if any(day.due for day in one.rows):
        return ONCE
    return NEVER if one.came(mended) is False or all(day.blank for day in one.rows) else OPEN


def _worked(one: Dated, mended: int) -> tuple[Fraction, Fraction]:
    """Half a day absent may be half a day worked, or a whole one with a fault."""
    came = one.came(mended)
    if _on_leave(one) or one.resting or any(day.unknown for day in one.rows):
        return OPEN
    if came is None:
        return OPEN if any(day.due for day in one.rows) else NEVER
    return (ONE - one.absent(mended), ONE) if came else NEVER


def _on_leave(one: Dated) -> bool:
    return bool(one.excused or one.refused or one.share) or one.explained
