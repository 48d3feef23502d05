"""Minutes late, or left early, that nothing counts: somebody was late, and nothing says how often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from csctl.core.working_time.days import Day

MINUTES = {"late_count": "late_seconds", "early_count": "early_seconds"}
"""By count, the column of how long it was."""


def uncounted_minutes(days: Iterable[Day]) -> dict[str, tuple[date | None, ...]]:
    """By count (``late_count``, ``early_count``) the days with minutes of it that neither a count nor punches judge.

    None stands for a row of the month's sums: of those only minutes left early are looked at, since sums that do not
    count who was late are said without minutes too. Counts without such days are left out.
    """
    found: dict[str, dict[date | None, None]] = {}
    for day in days:
        for count in MINUTES:
            if _uncounted(day, count):
                found.setdefault(count, {})[None if day.sums else day.date] = None
    return {count: tuple(own) for count, own in found.items()}


def _uncounted(day: Day, count: str) -> bool:
    if not day.row[MINUTES[count]] or day.row[count] is not None or day.resting or day.explained:
        return False
    if day.sums:
        return count == "early_count"
    punch = day.in_at if count == "late_count" else day.out_at
    return day.hours is None or punch is None
