"""Which month a run is about, and which earlier months it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from csctl.core.preparing.looking_back import history_months, looked_back_months
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Problem
from csctl.workspace import Workspace, missing_files


def choose_month(wanted: str | None, with_data: set[Month], today: date) -> tuple[Month | None, list[Problem]]:
    """The month asked for, or the latest one that has data and is over.

    If that is not the month before ``today``'s, a note says so.
    """
    if not with_data:
        return None, [problem("month-none")]
    months = ", ".join(str(month) for month in sorted(with_data))
    if wanted is not None:
        month = Month.parse(wanted)
        if month is None:
            return None, [problem("month-malformed", found=wanted)]
        return (month, []) if month in with_data else (None, [problem("month-empty", found=month, months=months)])
    last_complete = Month.of(today).shift(-1)
    complete = [month for month in with_data if month <= last_complete]
    if not complete:
        return None, [problem("month-empty", found=last_complete, months=months)]
    month = max(complete)
    return month, [] if month == last_complete else [problem("month-not-latest", found=month, wanted=last_complete)]


def check_effective(policy: Policy, month: Month) -> list[Problem]:
    """A policy computes only the months it holds for."""
    first, last = policy.effective.from_ or "", policy.effective.to or "9999-12"
    if first <= str(month) <= last:
        return []
    return [problem("month-not-effective", found=month, first=first or "…", last=policy.effective.to or "…")]


def usable_history(
    workspace: Workspace, policy: Policy, month: Month, with_data: Iterable[Month], closed: Collection[Month]
) -> list[Month]:
    """The earlier months needed first, without open ones that lack a file every month must have."""
    earlier = history_months(policy, month, with_data)
    return [one for one in earlier if one in closed or not missing_files(workspace, one)]


def months_to_read(policy: Policy, months: Iterable[Month], with_data: set[Month]) -> list[Month]:
    """All months whose files are needed to compute ``months``; of one that is not there the last one before it, which
    tells that it is missing and not from before the first.
    """
    wanted = {earlier for month in months for earlier in [month, *looked_back_months(policy, month)]}
    before = {max(known) for one in wanted - with_data if (known := [each for each in with_data if each < one])}
    return sorted((wanted & with_data) | before)
