"""Who is here in a month by the rows of the roster, and who is not: read as the guide says, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from csctl.month import Month
from tests.core.paying.oracle.case import RosterRow


@dataclass
class Stay:
    """A part of a month in which nothing changes, both days included: its paid days on probation and as a regular."""

    since: date
    until: date
    base: Fraction | None
    level: str
    post: str
    group: str
    fte: Fraction
    hired_on: date | None
    regular_on: date | None
    probation: int = 0
    regular: int = 0

    def has(self, day: date) -> bool:
        return self.since <= day <= self.until

    @property
    def length(self) -> int:
        """Calendar days."""
        return (self.until - self.since).days + 1


@dataclass
class Person:
    """Somebody with a day in the month; ``left_on``: the last one, where it is known."""

    agent_id: str
    stays: list[Stay]
    left_on: date | None

    @property
    def level(self) -> str:
        return self.stays[-1].level

    @property
    def group(self) -> str:
        return self.stays[-1].group

    @property
    def hired_on(self) -> date | None:
        return self.stays[-1].hired_on


@dataclass
class Row:
    """A row with its first and last day; one that goes on from another keeps its dates of hiring and probation."""

    row: RosterRow
    since: date
    until: date
    hired_on: date | None
    regular_on: date | None


def by_person(roster: Sequence[RosterRow]) -> dict[str, list[Row]]:
    """Everybody's rows in the order of their days."""
    found: dict[str, list[Row]] = {}
    for row in roster:
        since = max([day for day in (row.valid_from, row.hired_on) if day] or [date.min])
        until = min([day for day in (row.valid_to, row.left_on) if day] or [date.max])
        found.setdefault(row.agent_id, []).append(Row(row, since, until, row.hired_on, row.regular_on))
    for rows in found.values():
        rows.sort(key=lambda one: one.since)
        for before, after in pairwise(rows):
            if before.until + timedelta(days=1) == after.since:
                after.hired_on = after.hired_on or before.hired_on
                after.regular_on = after.regular_on or before.regular_on
    return found


def people_here(roster: Sequence[RosterRow], month: Month) -> list[Person]:
    """Everybody with a day in the month, by id."""
    found = []
    for who, rows in sorted(by_person(roster).items()):
        own = [one for one in rows if one.since <= month.last and one.until >= month.first]
        if own:
            ends = own[-1] is rows[-1] and own[-1].until < date.max
            left = own[-1].until if ends else own[-1].row.left_on
            found.append(Person(who, [_stay(one, month) for one in own], left))
    return found


def _stay(one: Row, month: Month) -> Stay:
    row = one.row
    base = None if row.base_pay is None else Fraction(row.base_pay)
    fte = Fraction(1 if row.fte is None else row.fte)
    since, until = max(one.since, month.first), min(one.until, month.last)
    return Stay(since, until, base, row.level, row.post, row.group, fte, one.hired_on, one.regular_on)


def group_of_absent(roster: Sequence[RosterRow], who: str, month: Month) -> str:
    """The group that somebody was in at last, or comes to, who has no day in the month."""
    rows = by_person(roster)[who]
    before = [one for one in rows if one.until < month.first]
    return (before[-1] if before else rows[0]).row.group


def unchanged(one: Stay, other: Stay) -> bool:
    """Whether nothing changes between the two, and no day lies between them."""
    goes_on = one.until + timedelta(days=1) == other.since
    return goes_on and replace(one, since=other.since, until=other.until, probation=0, regular=0) == replace(
        other, probation=0, regular=0
    )
