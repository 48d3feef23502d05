"""Rosters that are drawn: people who come and go, come again, are promoted, moved or raised inside a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from csctl.month import Month
from tests.core.paying.oracle.case import RosterRow
from tests.core.paying.oracle.numbers import maybe, yuan
from tests.core.paying.oracle.plans import GROUPS, LEVELS, POSTS

DAY = timedelta(days=1)
FTES = [None, None, Decimal(1), Decimal("0.5"), Decimal("0.8"), Decimal("0.333")]


def drawn_roster(chance: Random, months: Sequence[Month]) -> list[RosterRow]:
    """The rows of everybody over all months, in any order."""
    everybody: dict[str, Any] = chance.choice(
        [{}] * 17 + [{"level": "lead"}, {"regular_on": date(2027, 1, 1)}, {"group": ""}]
    )
    rows: list[RosterRow] = []
    for at in range(chance.choice([1, 2, 3, 5, 8, 12, 15])):
        own = _person(chance, f"p{at:02d}", months)
        rows += [replace(row, **everybody) for row in own]
    chance.shuffle(rows)
    return rows


def _person(chance: Random, who: str, months: Sequence[Month]) -> list[RosterRow]:
    """Long here, hired in the months or shortly before, of unknown date; some leave, and some come again."""
    days = [day for month in months for day in month.days()]
    soon = chance.choice(days) - timedelta(days=chance.choice([0, 0, 20, 45, 80]))
    hired = chance.choice([date(2020, 1, 1), date(2025, 10, 15), date(2024, 2, 29), soon, None])
    left = chance.choice([None, None, None, chance.choice(days)])
    if left and hired and left < hired:
        left = None
    regular = chance.choice([None, None, chance.choice(days)])
    base = yuan(chance, 6000) if maybe(chance, 0.9) else None
    post, level = chance.choice(POSTS), chance.choice(LEVELS[:2] * 4 + LEVELS[2:])
    fte = chance.choice(FTES)
    first = RosterRow(who, chance.choice(GROUPS), post, level, base, hired, regular, left, fte=fte)
    since, until = max(days[0], hired or days[0]), min(days[-1], left or days[-1])
    if until <= since or not maybe(chance, 0.45):
        return [first]
    count = chance.choice([1, 1, 1, 2, 3])
    cuts = sorted({since + timedelta(days=chance.randrange((until - since).days)) for _ in range(count)})
    return _cut(chance, first, cuts)


def _cut(chance: Random, row: RosterRow, cuts: Sequence[date]) -> list[RosterRow]:
    """The row in parts, the first of which end on these days."""
    found = [row]
    for cut in cuts:
        last = found.pop()
        if cut < max(last.valid_from or cut, last.hired_on or cut):
            return [*found, last]
        if maybe(chance, 0.25):
            found += _hired_again(chance, last, cut)
        else:
            found += _goes_on(chance, last, cut)
    return found


def _hired_again(chance: Random, row: RosterRow, cut: date) -> list[RosterRow]:
    again = cut + chance.choice([1, 3, 10]) * DAY
    if row.left_on and again > row.left_on:
        return [row]
    regular = chance.choice([None, again + 12 * DAY])
    return [
        replace(row, left_on=cut),
        _changed(chance, replace(row, hired_on=again, regular_on=regular, valid_from=None)),
    ]


def _goes_on(chance: Random, row: RosterRow, cut: date) -> list[RosterRow]:
    """The dates of hiring and probation stand in every row, or in the first alone."""
    after = replace(row, valid_from=cut + DAY)
    if maybe(chance, 0.4):
        after = replace(after, hired_on=None, regular_on=None)
    return [replace(row, left_on=None, valid_to=cut), _changed(chance, after)]


def _changed(chance: Random, row: RosterRow) -> RosterRow:
    """Promoted, raised, moved, on another post, part-time, some of it or nothing."""
    held: dict[str, list[Any]] = {
        "group": GROUPS, "post": POSTS, "level": [*LEVELS[:2], *LEVELS], "fte": FTES,
        "base_pay": [yuan(chance, 6000), None, row.base_pay],
    }  # fmt: skip
    changes = {key: chance.choice(values) for key, values in held.items() if maybe(chance, 0.35)}
    return replace(row, **changes)
