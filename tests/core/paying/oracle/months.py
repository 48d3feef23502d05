"""Months that are drawn: figures on the edges of the plan, below nothing and not known, by day or of no day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.pay_item import PayItem
from csctl.month import Month
from csctl.problems import Place
from tests.core.paying.oracle.case import Case, Fact, MonthCase, Plan, RosterRow
from tests.core.paying.oracle.numbers import CENT, maybe, near, yuan
from tests.core.paying.oracle.people import people_here
from tests.core.paying.oracle.plans import drawn_plan
from tests.core.paying.oracle.rosters import drawn_roster
from tests.core.paying.oracle.standing import MEANS
from tests.workbench import YEARS

_STATUTORY = {date(2026, 10, day): "National Day" for day in (1, 2, 3)} | {date(2026, 1, 1): "New Year"}
_OFF = frozenset(date(2026, 10, day) for day in (1, 2, 5, 6, 7)) | {date(2026, 1, 1), date(2026, 1, 2)}
_MADE_UP = frozenset({date(2026, 10, 10), date(2026, 1, 4)})
CALENDARS = (WorkCalendar(YEARS, frozenset(), frozenset()), WorkCalendar(YEARS, _OFF, _MADE_UP, _STATUTORY))
ROWS_GIVEN = 10
"""Of every so many cases one has no figure that is not known."""
FIRST = [Month(2026, 10), Month(2026, 9), Month(2026, 8), Month(2025, 12), Month(2026, 2)]


def drawn_case(number: int) -> Case:
    """The case of this number; the same in every run. Of every tenth all figures are known, so that its rows may be
    given instead of them.
    """
    chance = Random(f"case {number}")  # noqa: S311 (nothing secret is drawn)
    plan = drawn_plan(chance)
    first, calendar = chance.choice(FIRST), chance.choice(CALENDARS)
    months = [first.shift(step) for step in range(chance.choice([1, 1, 1, 2, 3]))]
    roster = drawn_roster(chance, months)
    known = number % ROWS_GIVEN == 0
    return Case(plan, calendar, [_month(chance, plan, month, roster, known=known) for month in months])


def _month(chance: Random, plan: Plan, month: Month, roster: Sequence[RosterRow], *, known: bool) -> MonthCase:
    """Somebody may be forgotten in one month; at least one person is here."""
    forgotten = {row.agent_id for row in roster if maybe(chance, 0.03)}
    roster = [row for row in roster if row.agent_id not in forgotten]
    if not people_here(roster, month):
        roster = [*roster, RosterRow("stand_in", "east", "phone", "junior", Decimal(3000))]
    edges, quiet = _edges(plan), 0.0 if known else chance.choice([0.0, 0.1, 0.1, 0.6])
    here = people_here(roster, month)
    days = {one.agent_id: [day for day in month.days() if any(stay.has(day) for stay in one.stays)] for one in here}
    facts: list[Fact] = []
    for who in sorted({row.agent_id for row in roster}):
        own = days.get(who)
        undated = own is not None and maybe(chance, 0.2)
        for name, amount in _figures(chance, edges, quiet).items():
            if amount is not None:
                facts += _facts(chance, who, name, amount, own or month.days(), undated=undated)
        if own and len(own) < len(month.days()) and not undated and maybe(chance, 0.3):
            outside = chance.choice([day for day in month.days() if day not in own])
            facts.append(Fact(who, "sold", outside, yuan(chance, 900) * chance.choice([1, -1])))
    items = [_item(chance, one.agent_id, row) for row, one in enumerate(here, 2) if maybe(chance, 0.3)]
    items += [_item(chance, one.agent_id, 50) for one in here[:2]]
    return MonthCase(month, roster, facts, items if plan["pay"].get("manual") or maybe(chance, 0.1) else [])


def _facts(chance: Random, who: str, name: str, amount: Decimal, days: Sequence[date], *, undated: bool) -> list[Fact]:
    """A figure as rows of some days, which may be less than nothing; or as one of no day."""
    if name.startswith("event."):
        return [Fact(who, name, chance.choice(days), Decimal(1)) for _ in range(int(amount))]
    if undated:
        return [Fact(who, name, None, amount)]
    count = chance.choice([1, 2, 2, 3])
    if name in MEANS:
        count = min(count, 2) if amount == amount.quantize(Decimal("0.1")) and 20 <= amount <= 80 else 1
        apart = Decimal(chance.randint(-100, 100)) / 5
        parts = [amount] if count == 1 else [amount + apart, amount - apart]
        return [Fact(who, name, chance.choice(days), part) for part in parts]
    parts = [(amount * chance.choice([0, 1, 2, 3]) / 2).quantize(amount) for _ in range(count - 1)]
    parts.append(amount - sum(parts, Decimal(0)))
    return [Fact(who, name, chance.choice(days), part) for part in parts]


def _edges(plan: Plan) -> list[Decimal]:
    """Lower ends of tiers."""
    pay = plan["pay"]
    scales = [*pay.get("commission", []), *pay.get("piece", []), *pay.get("pool", [])]
    return [tier["from"] for keys in scales for tier in keys.get("tiers", [])] + [Decimal(1000)]


def _figures(chance: Random, edges: Sequence[Decimal], quiet: float) -> dict[str, Decimal | None]:
    """One person's figures; of the quiet most are nothing or not known."""
    target = chance.choice([Decimal(1000), Decimal("0.5"), yuan(chance, 20000), Decimal(0), Decimal(-5)])
    sold = [near(chance, chance.choice(edges) * of) for of in (target, target, Decimal(1), Decimal(3))]
    sold += [-yuan(chance, 3000), -yuan(chance, 20000), yuan(chance, 40000), Decimal(0)]
    drawn: dict[str, Decimal] = {
        "x": _points(chance),
        "y": _points(chance),
        "hours": Decimal(chance.choice([0, 50, 800, 1050, 3333, -100])) / 100,
        "days_over": Decimal(chance.choice([0, 50, 100, 250])) / 100,
        "off": Decimal(chance.choice([0, 0, 100, 800, 1200])) / 100,
        "nights": Decimal(chance.choice([0, 3, 5, 7])),
        "calls": Decimal(chance.choice([0, 3, 10, 11, 100, 101, -4, -20, 250])),
        "sold": chance.choice(sold),
        "rented": chance.choice(sold),
        "target": target,
        "reached": chance.choice([Decimal(one) for one in ("60", "79.99", "80", "100", "133.33", "-5")]),
        "away": Decimal(chance.choice([0, 0, 50, 100, 2200])) / 100,
        "late": Decimal(chance.choice([0, 0, 150, 800, 18000, -50])) / 100,
        "stars": Decimal(chance.choice([0, 1, 1, 2])),
        "event.praise": Decimal(chance.choice([0, 1, 3])),
        "event.loss": Decimal(chance.choice([0, 1, 2, 4])),
    }  # fmt: skip
    lost = {name: chance.choice([None, Decimal(0)]) for name in drawn if maybe(chance, quiet)}
    return drawn | lost


def _points(chance: Random) -> Decimal:
    """Of 100: on the edges of grades, or anywhere."""
    if maybe(chance, 0.7):
        return chance.choice([Decimal(one) for one in ("0", "60", "80", "80", "90", "100", "59.99", "89.99")])
    return Decimal(chance.randint(0, 10000)) / 100


def _item(chance: Random, who: str, row: int) -> PayItem:
    amount = chance.choice([yuan(chance, 300), Decimal(100), CENT, Decimal(0), Decimal(-20)])
    name = chance.choice(["heat", "HEAT", "gear", "key", "other"])
    return PayItem(who, name, amount, "a reason", "Li", Place("items.csv", "", row))
