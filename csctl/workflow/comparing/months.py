"""Two months computed, or taken from the ledger, and what there is between them; written as a workbook or a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from csctl.core.between_months.between import between
from csctl.core.between_months.records import MonthDiff
from csctl.core.records.result import MonthResult
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem
from csctl.reports.html.between import between_html
from csctl.sheets.between_book import between_book
from csctl.store.publish import publish
from csctl.workflow.month.compute import Asked, Computed, compute


@dataclass(frozen=True, slots=True)
class Compared:
    """Two months and what is between them; closed ones are as they were sealed. ``problems`` are those of both."""

    old: Computed
    new: Computed
    between: MonthDiff
    problems: tuple[Problem, ...]

    @property
    def provisional(self) -> list[Month]:
        """The months that are not closed: their figures may still change."""
        return list(dict.fromkeys(one.month for one in (self.old, self.new) if not one.closed))

    @property
    def team(self) -> str:
        """What the workspace calls the team."""
        return self.new.workspace.config.name

    @property
    def language(self) -> str:
        """The language asked for, else the workspace's."""
        return self.new.workspace.config.language


def compare_months(asked: Asked, old: str, new: str) -> tuple[Compared | None, list[Problem]]:
    """The second month beside the first, in whichever order they lie; None where one of them cannot be computed."""
    made: dict[Month, Computed] = {}
    known: dict[Month, MonthResult] = {}
    problems: list[Problem] = []
    months = [Month.parse(text) for text in (old, new)]
    unknown = [
        problem("month-malformed", found=text) for text, month in zip((old, new), months, strict=True) if not month
    ]
    if unknown:
        return None, unknown
    for month in sorted({one for one in months if one is not None}):
        computed, found = compute(replace(asked, month=str(month)), known)
        if computed is None:
            return None, found
        made[month] = computed
        known |= _open(computed)
        problems += found
    first, second = (made[one] for one in months if one is not None)
    return Compared(first, second, between(first.result, second.result), tuple(dict.fromkeys(problems))), []


def _open(computed: Computed) -> Mapping[Month, MonthResult]:
    """An open month is not computed again as the history of the later one."""
    return {} if computed.closed else {computed.month: computed.result}


def save_comparison(compared: Compared, workbook: Path | None, page: Path | None) -> list[Problem]:
    """Write it as a workbook, as a page, or both; what stood in the way, if anything."""
    problems: list[Problem] = []
    about = compared.between, compared.team, compared.provisional, compared.language
    if workbook is not None:
        problems += publish(workbook.parent, {workbook.name: between_book(*about)})
    if page is not None:
        problems += publish(page.parent, {page.name: between_html(*about)})
    return problems
