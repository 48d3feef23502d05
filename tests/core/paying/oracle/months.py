"""Months that are drawn: people who come, go and are away, figures on the edges of the plan, and below nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.agent import Agent, Span
from csctl.core.records.pay_item import PayItem
from csctl.month import Month
from csctl.problems import Place
from tests.core.paying.oracle.case import Case, MonthCase, Plan
from tests.core.paying.oracle.numbers import CENT, maybe, near, yuan
from tests.core.paying.oracle.plans import GROUPS, LEVELS, POSTS, drawn_plan
from tests.workbench import YEARS

_STATUTORY = {date(2026, 10, day): "National Day" for day in (1, 2, 3)} | {date(2026, 1, 1): "New Year"}
_OFF = frozenset(date(2026, 10, day) for day in (1, 2, 5, 6, 7)) | {date(2026, 1, 1), date(2026, 1, 2)}
_MADE_UP = frozenset({date(2026, 10, 10), date(2026, 1, 4)})
CALENDARS = (WorkCalendar(YEARS, frozenset(), frozenset()), WorkCalendar(YEARS, _OFF, _MADE_UP, _STATUTORY))
FIRST = [Month(2026, 10), Month(2026, 9), Month(2026, 8), Month(2025, 12), Month(2026, 2)]


def drawn_case(number: int) -> Case:
    """The case of this number; the same in every run."""
    chance = Random(f"case {number}")  # noqa: S311 (nothing secret is drawn)
    plan = drawn_plan(chance)
    first, calendar = chance.choice(FIRST), chance.choice(CALENDARS)
    months = [first.shift(step) for step in range(chance.choice([1, 1, 1, 2, 3]))]
    people = [_person(chance, f"p{at:02d}", months) for at in range(chance.choice([1, 2, 3, 5, 8, 12, 15]))]
    everybody: dict[str, object] = chance.choice(
        [{}] * 17 + [{"level": "lead"}, {"regular_on": date(2027, 1, 1)}, {"group": ""}]
    )
    people = [replace(one, **everybody) for one in people]  # type: ignore[arg-type]
    return Case(plan, calendar, [_month(chance, plan, month, people) for month in months])


def _person(chance: Random, who: str, months: Sequence[Month]) -> Agent:
    """Long here, hired in the months or shortly before, of unknown date; some leave."""
    days = [day for month in months for day in month.days()]
    soon = chance.choice(days) - timedelta(days=chance.choice([0, 0, 20, 45, 80]))
    hired = chance.choice([date(2020, 1, 1), date(2025, 10, 15), date(2024, 2, 29), soon, None])
    left = chance.choice([None, None, None, chance.choice(days)])
    if left and hired and left < hired:
        left = None
    regular = chance.choice([None, None, chance.choice(days)])
    base = yuan(chance, 6000) if maybe(chance, 0.9) else None
    post, level = chance.choice(POSTS), chance.choice(LEVELS[:2] * 4 + LEVELS[2:])
    return Agent(who, f"name of {who}", chance.choice(GROUPS), post, level, "", hired, regular, left, base)


def _month(chance: Random, plan: Plan, month: Month, people: Sequence[Agent]) -> MonthCase:
    people = [_moved(chance, one) for one in people]
    here = [one for one in people if _employed(one, month) and not maybe(chance, 0.05)]
    here = here or [replace(people[0], hired_on=None, left_on=None)]
    here = [_within(chance, plan, month, one) for one in here]
    edges = _edges(plan)
    quiet = chance.choice([0.0, 0.1, 0.1, 0.6])
    others = [one for one in people if one.agent_id not in {other.agent_id for other in here}]
    values = {one.agent_id: _figures(chance, edges, quiet) for one in [*here, *others]}
    items = [_item(chance, one.agent_id, row) for row, one in enumerate(here, 2) if maybe(chance, 0.3)]
    items += [_item(chance, one.agent_id, 50) for one in here[:2]]
    chance.shuffle(here)
    return MonthCase(month, here, values, items if plan["pay"].get("manual") or maybe(chance, 0.1) else [], others)


def _moved(chance: Random, one: Agent) -> Agent:
    """Some stand elsewhere this month than before and after it."""
    if not maybe(chance, 0.1):
        return one
    return replace(one, post=chance.choice(POSTS), group=chance.choice(GROUPS), level=chance.choice(LEVELS))


def _employed(one: Agent, month: Month) -> bool:
    return (one.hired_on is None or one.hired_on <= month.last) and (one.left_on is None or one.left_on >= month.first)


def _within(chance: Random, plan: Plan, month: Month, one: Agent) -> Agent:
    """Somebody who left and was hired again; a raise or another level inside the month where all goes by days."""
    since, until = max(month.first, one.hired_on or month.first), min(month.last, one.left_on or month.last)
    if until <= since or one.base_pay is None or not maybe(chance, 0.3):
        return one
    parted, kept = _parted(plan), (one.base_pay, one.level, one.group)
    first = kept if not parted else (one.base_pay + 500, chance.choice(LEVELS), chance.choice(GROUPS))
    cut = since + timedelta(days=chance.randrange((until - since).days))
    again = min(until, cut + timedelta(days=chance.choice([1, 1, 6])))
    return replace(one, spans=(_span(one, since, cut, first), _span(one, again, until, kept)))


def _parted(plan: Plan) -> bool:
    """Whether a plan pays nothing but amounts of a month by days, each part of which is known."""
    monthly = [*plan["pay"].get("allowance", []), *plan["pay"].get("performance", [])]
    beside = set(plan["pay"]) - {"base", "allowance", "performance", "probation", "manual", "days", "round"}
    return not beside and all(keys.get("prorate", True) and "quantity" not in keys for keys in monthly)


def _span(one: Agent, since: date, until: date, held: tuple[Decimal, str, str]) -> Span:
    base, level, group = held
    return Span(since, until, level, group, one.post, base, one.hired_on, one.regular_on)


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
        "x": chance.choice([Decimal(one) for one in ("0", "60", "80", "80", "90", "100", "59.99", "89.99")])
        if maybe(chance, 0.7)
        else Decimal(chance.randint(0, 10000)) / 100,
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
    return drawn | ({"x": drawn["x"]} if maybe(chance, 0.5) else {}) | lost


def _item(chance: Random, who: str, row: int) -> PayItem:
    amount = chance.choice([yuan(chance, 300), Decimal(100), CENT, Decimal(0), Decimal(-20)])
    name = chance.choice(["heat", "HEAT", "gear", "key", "other"])
    return PayItem(who, name, amount, "a reason", "Li", Place("items.csv", "", row))
