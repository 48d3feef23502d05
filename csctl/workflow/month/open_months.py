"""Months that are not closed, one after another: which there are, and each computed as it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem
from csctl.workflow.inputs.gathering import months_with_data
from csctl.workflow.ledger.closed import Books, open_books
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workspace import open_workspace


@dataclass(frozen=True, slots=True)
class OpenMonth:
    """A month as it stands now; ``computed`` is None where its exports or the policy do not allow it."""

    month: Month
    computed: Computed | None
    problems: tuple[Problem, ...]


def last_over(today: date) -> Month:
    """The last month that is over."""
    return Month.of(today).shift(-1)


def months_to_close(asked: Asked) -> tuple[Books | None, list[Month], list[Problem]]:
    """The open months with data after the last closed one, oldest first, up to the month asked for.

    Without a month asked for: up to the last that is over.
    """
    workspace, problems = open_workspace(asked.folder, asked.language)
    if workspace is None:
        return None, [], problems
    books, problems = open_books(workspace)
    if books is None:
        return None, [], problems
    last = last_over(asked.today) if asked.month is None else Month.parse(asked.month)
    if last is None:
        return None, [], [problem("month-malformed", found=asked.month or "")]
    months = sorted(month for month in months_with_data(workspace) if month <= last and month not in books.seals)
    return books, [month for month in months if not books.months or month > books.months[-1]], []


def computed_open(asked: Asked, months: Sequence[Month]) -> list[OpenMonth]:
    """These months, each computed from the exports as they lie there now; nothing is written."""
    found = []
    earlier: dict[Month, MonthResult] = {}
    for month in months:
        computed, problems = compute(replace(asked, month=str(month)), earlier)
        if computed is not None:
            earlier[month] = computed.result
        found.append(OpenMonth(month, computed, tuple(problems)))
    return found
