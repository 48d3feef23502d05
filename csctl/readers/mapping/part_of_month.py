"""A table without days that is of some days of the month alone, and would count as if it were of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from csctl.headers import Header
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem
from csctl.readers.columns.months_said import date_ranges_in, span_of_days
from csctl.readers.columns.reading import Grid
from csctl.readers.columns.values import cell_as_text, is_empty


def part_of_month(titles: Sequence[str], unused: Sequence[Header], grid: Grid, month: Month) -> list[Problem]:
    """A warning where what stands above the table, its name or a column of spans says from which day to which it goes,
    and that is less than the month.
    """
    told = [span for text in titles for span in date_ranges_in(text, month)] + _of_columns(unused, grid)
    inside = [(first, last) for first, last in told if first <= last and first <= month.last and last >= month.first]
    if not inside:
        return []
    first, last = min(first for first, _ in inside), max(last for _, last in inside)
    if first <= month.first and last >= month.last:
        return []
    return [problem("table-of-part-of-month", grid.place, f"{first} – {last}", month=month)]


def _of_columns(unused: Sequence[Header], grid: Grid) -> list[tuple[date, date]]:
    """The spans of the columns in which nothing else stands."""
    found: list[tuple[date, date]] = []
    for header in unused:
        texts = {cell_as_text(cell) for cell in grid.cells(header) if not is_empty(cell)}
        spans = [span_of_days(text) for text in texts]
        found += [span for span in spans if span] if all(spans) else []
    return found
