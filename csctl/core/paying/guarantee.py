"""The guaranteed monthly minimum, month by month or settled over the service year (SA-072 … SA-075, A-28, A-29)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csctl.money import exact, round_half_up
from csctl.month import Month
from csctl.policy.pay.guarantee import Guarantee


@dataclass(frozen=True, slots=True)
class GuaranteedMonth:
    """One month of one agent, in cents: what was earned that counts, what was guaranteed, what was topped up."""

    earned: int
    guaranteed: int
    topped_up: int


def service_year(month: Month, hired_on: date | None) -> int:
    """1 in the first year; fixed for the whole month by its first day. 1 if the hiring date is unknown."""
    if hired_on is None or month.first < hired_on:
        return 1
    full = month.first.year - hired_on.year
    return full + (0 if (month.first.month, month.first.day) < (hired_on.month, hired_on.day) else 1)


def in_service_year(month: Month, hired_on: date | None, year: int) -> bool:
    """Whether a month lies in that service year: none before the hiring does, as those of somebody hired again."""
    return (hired_on is None or month.last >= hired_on) and service_year(month, hired_on) == year


def guaranteed_cents(rules: Guarantee, year: int, regular_days: int, due_days: int) -> int:
    """The guarantee of one month: the year's amount (the last one stays), for the regular workdays of the month."""
    monthly = rules.amounts[min(year, len(rules.amounts)) - 1]
    return int(round_half_up(exact(monthly) * 100 * regular_days / due_days, 0)) if due_days else 0


def top_up(rules: Guarantee, earlier: Sequence[GuaranteedMonth], earned: int, guaranteed: int) -> int:
    """What this month's guarantee line adds, in cents; negative where an earlier top-up is recovered.

    ``earlier`` are the months before in the same service year. Annual: the total topped up so far always equals what
    the year's earnings lack of the year's guarantee, and never less than nothing.
    """
    if rules.mode == "monthly":
        return max(0, guaranteed - earned)
    lacking = sum(month.guaranteed for month in earlier) + guaranteed - sum(month.earned for month in earlier) - earned
    return max(0, lacking) - sum(month.topped_up for month in earlier)
