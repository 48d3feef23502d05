"""What a drawn plan shares among several people, and what limits it: awards, pools, budgets, a guarantee."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from tests.core.paying.oracle.numbers import maybe, rate, some, yuan

Keys = dict[str, Any]
VARIABLE = ["performance", "commission", "piece", "bonus", "award"]
COUNTED = ["base", "unworked", "overtime", "allowance", "draw", *VARIABLE]


def limits(chance: Random) -> Keys:
    """A cap for each, a budget for all, or neither."""
    keys: Keys = {"cap": yuan(chance, 600)} if maybe(chance, 0.25) else {}
    return keys | ({"budget": yuan(chance, 2000)} if maybe(chance, 0.25) else {})


def cap(chance: Random) -> Keys:
    """The most of somebody's variable pay."""
    if not maybe(chance, 0.3):
        return {}
    counts = {"counts": some(chance, VARIABLE, 1)} if maybe(chance, 0.5) else {}
    return {"cap": {"amount": yuan(chance, 1500)} | counts}


def guarantee(chance: Random) -> Keys:
    """A minimum, over the year or month by month."""
    if not maybe(chance, 0.35):
        return {}
    keys: Keys = {
        "mode": chance.choice(["annual", "monthly"]),
        "amounts": [yuan(chance, 6000) for _ in range(chance.randint(1, 3))],
    }
    return {"guarantee": keys | ({"counts": some(chance, COUNTED, 1)} if maybe(chance, 0.5) else {})}


def awards(chance: Random) -> list[Keys]:
    """Of every sort."""
    found = []
    for number in range(1, chance.randint(2, 4)):
        keys: Keys = {"id": f"award_{number}", "label": f"award {number}"} | limits(chance)
        found.append(keys | _trigger(chance))
    return found


def _trigger(chance: Random) -> Keys:
    one = {"amount": yuan(chance, 400)}
    ties = {"ties": chance.choice(["all", "split", "none"])}
    first = {"first": chance.choice(["score", "stars", "sold"])} | ties
    top = {"top": [yuan(chance, 400) for _ in range(chance.randint(1, 4))]}
    bound = chance.choice(["at_least", "above", "at_most", "below", "equals"])
    streak: Keys = {"every": chance.choice([2, 3])}
    streak |= {"first": "score"} if maybe(chance, 0.6) else {"measure": "stars"}
    return chance.choice([
        one | {"each": {"event": "praise"}},
        one | {"each": {"measure": "nights"}},
        one | {"when": {"score": {bound: chance.choice([60, 80, 90])}}},
        one | {"when": {"measure": "nights", bound: chance.choice([0, 3, 5])}},
        first | one, first | top, first | top,
        one | {"streak": streak},
    ])  # fmt: skip


def pools(chance: Random) -> list[Keys]:
    """Of sales, of an amount, of so much per head; shared by anything."""
    return [_pool(chance, number) for number in range(1, chance.randint(2, 4))]


def _pool(chance: Random, number: int) -> Keys:
    keys: Keys = {"label": f"pool {number}"} | limits(chance) | _made(chance)
    if maybe(chance, 0.35):
        keys |= {"split_by": "measure", "measure": chance.choice(["hours", "calls", "sold"])}
    elif maybe(chance, 0.4):
        keys["split_by"] = "equal"
    if maybe(chance, 0.4):
        weights = [Decimal(0), Decimal("0.5"), Decimal(1), Decimal("1.333")]
        keys["weights"] = {level: chance.choice(weights) for level in some(chance, ["junior", "senior"], 1)}
    keys |= {"per": "group"} if maybe(chance, 0.4) else {}
    keys |= {"by_fte": True} if maybe(chance, 0.3) else {}
    return keys | ({"prorate": False} if maybe(chance, 0.3) else {})


def _made(chance: Random) -> Keys:
    kind = chance.choice(["of", "of", "amount", "per_head"])
    if kind != "of":
        return {kind: yuan(chance, 900)}
    edges = [Decimal(0), *some(chance, [Decimal(1000), Decimal("5000.5"), Decimal(30000)])]
    return {
        "of": chance.choice(["sold", "rented"]),
        "tiers": [{"from": edge, "rate": rate(chance)} for edge in edges],
        "mode": chance.choice(["marginal", "whole"]),
        "share": chance.choice([Decimal(0), Decimal("0.333"), Decimal("0.5"), Decimal(1)]),
        "negative": chance.choice(["zero", "carry", "deduct"]),
        "counts": chance.choice(["everybody", "employed"]),
    }
