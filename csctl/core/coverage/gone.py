"""Files that came month after month and do not come this month: what nobody brought would count as nothing at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, shortened
from csctl.tables import TABLES, NoRow

NAMED = 8
"""So many sources one line names."""
LOOKED_AT = 2
"""So many months in a row that have a file make it one that comes every month, and not now and then."""


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """One source of a table, with its pattern for the month asked about.

    ``now``: whether that month has a file of it; ``before``: the first file of each month before it, latest first, ""
    for a month without one.
    """

    table: str
    pattern: str
    now: bool
    before: Sequence[str]

    @property
    def gone(self) -> bool:
        """Whether it came in the last months, as far as they are known, and does not any more."""
        return not self.now and bool(self.before) and all(self.before[:LOOKED_AT])


def gone_sources_warning(
    seen: Iterable[SourceSeen], month: Month, asked: Collection[str], place: Place
) -> list[Problem]:
    """One warning that names every source that came until last month and does not now.

    ``asked`` are the tables that measures look at. Where such a table has no row at all this month and its rows are
    due, that is said of the table itself.
    """
    known = list(seen)
    there = {one.table for one in known if one.now}
    found = [one for one in known if one.gone and (one.table in there or not _said_anyway(one.table, asked))]
    if not found:
        return []
    return [
        problem(
            "files-no-longer-there",
            place,
            shortened([f"{one.table} ({one.before[0]})" for one in found], NAMED),
            month=month,
            patterns=shortened(list(dict.fromkeys(one.pattern for one in found)), NAMED),
        )
    ]


def _said_anyway(table: str, asked: Collection[str]) -> bool:
    return table in asked and TABLES[table].no_row is not NoRow.HAPPENING
