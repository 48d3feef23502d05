"""What the two Taobao examples share: people, the roster, the shop's weekly counts, contacts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from common import Row, at

MONTH = "2026-10"
DAYS = [date(2026, 10, 1) + timedelta(step) for step in range(31)]


@dataclass(frozen=True)
class Person:
    """One invented agent: shift or post, monthly pay, seconds to the first answer, buyers of a hundred inquirers.

    ``paid`` is the part of orders that is paid, ``good`` the part of what is reviewed that is good.
    """

    id: str
    name: str
    work: str
    hired: date
    base: int
    response: int
    orders: int
    paid: float
    good: float
    exam: int

    @property
    def days(self) -> list[date]:
        """Days of the month on which they are employed."""
        return [day for day in DAYS if day >= self.hired]

    def row(self, day: date, **cells: object) -> Row:
        """A row of theirs on a day."""
        return {"agent_id": self.id, "agent_name": self.name, "date": day, **cells}  # type: ignore[dict-item]


def roster(team: Sequence[Person], chief: str, **more: str) -> list[Row]:
    """One row each; ``more`` goes to all."""
    return [
        {
            "agent_id": one.id,
            "agent_name": one.name,
            "group": "淘宝客服部",
            "post": "淘宝客服",
            "hired_on": one.hired,
            "base_pay": Decimal(one.base),
            "supervisor": chief,
            "region": "杭州",
            **more,
        }
        for one in team
    ]


def kpis(rng: random.Random, person: Person) -> list[Row]:
    """What the shop's report counts each week."""
    rows: list[Row] = []
    for day in (day for day in DAYS[6::8] if day >= person.hired):
        asked = rng.randrange(70, 110)
        ordered = round(asked * person.orders / 100)
        counts = {"询单人数": asked, "下单人数": ordered, "付款人数": round(ordered * person.paid)}
        rows += [person.row(day, metric=name, value=value) for name, value in counts.items()]
    return rows


def contacts(rng: random.Random, person: Person, first_hour: int) -> list[Row]:
    """One contact every other day; who does less well leaves some unanswered or unsolved."""
    rows: list[Row] = []
    for day in (day for day in DAYS[::2] if day >= person.hired):
        answered = rng.random() < person.good + 0.2
        rows.append(
            {
                "agent_id": person.id,
                "agent_name": person.name,
                "interaction_id": f"{person.id}{day:%d}",
                "customer_id": f"买家{rng.randrange(1000, 9999)}",
                "started_at": at(day, first_hour + rng.randrange(7), rng.randrange(60)),
                "answered": answered,
                "resolved": rng.random() < person.good + 0.05 if answered else None,
                "first_response_seconds": max(4, round(rng.gauss(person.response, 6))) if answered else None,
            }
        )
    return rows
