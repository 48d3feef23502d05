"""Plans of pay that are drawn: any of the components, with any of their keys."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from tests.core.paying.oracle.numbers import maybe, rate, some, yuan
from tests.core.paying.oracle.shared_plans import VARIABLE, awards, cap, guarantee, limits, pools

LEVELS = ["junior", "senior", "lead"]
"""Leads are neither scored nor ranked."""
POSTS = ["phone", "chat"]
GROUPS = ["east", "west"]
MEASURES = {
    "x": "points", "y": "points", "hours": "hours", "days_over": "days", "off": "hours", "nights": "count",
    "calls": "count",
    "sold": "yuan", "rented": "yuan", "target": "yuan", "reached": "%", "away": "days", "late": "hours",
    "stars": "count",
}  # fmt: skip
Keys = dict[str, Any]


def drawn_plan(chance: Random) -> Keys:
    """One plan."""
    cards, moved = maybe(chance, 0.5), chance.choice([None, "last", "longest", "by_days", "by_days"])
    pay, rest = _pay(chance), {"rest_days": chance.choice([1, 2, 5]), "rest_per": chance.choice(["month", "week"])}
    return {
        "id": "drawn", "label": "Drawn", "version": "1", "language": "en",
        "score": {"pass_mark": 60} | _quotas(chance) | ({"rank": chance.choice(["all", "card"])} if cards else {})
        | ({"moved": moved} if moved else {}),
        "dimension": [{"id": "d", "label": "D", "weight": 100, "indicator": _indicators(cards)}],
        "grade": _grades(chance),
        "level": [{"id": "junior"}, {"id": "senior"}, {"id": "lead", "scored": False}],
        "measure": {name: _measure(name, unit) for name, unit in MEASURES.items()},
        "event": {"praise": {"label": "praise"}, "loss": {"label": "loss"}},
        "pay": pay,
    } | ({"working_time": rest} if pay["days"] == "due" else {})  # fmt: skip


def _measure(name: str, unit: str) -> Keys:
    how = {"mean" if unit == "points" else "sum": "value"}
    return {"label": name, "unit": unit, "table": "kpis", "where": {"metric": name}} | how


def _indicators(cards: bool) -> list[Keys]:
    """One for all, or one for each post."""
    found = [{"id": one, "label": one, "measure": one, "out_of": 100, "missing": "reweight"} for one in ("x", "y")]
    if not cards:
        return found[:1]
    return [one | {"for": {"post": [post]}} for one, post in zip(found, POSTS, strict=True)]


def _quotas(chance: Random) -> Keys:
    return {
        "quotas": {
            "ties": chance.choice(["all", "none"]),
            "from": chance.choice([1, 4]),
            "at_least": chance.choice([0, 1]),
        }
    }


def _grades(chance: Random) -> list[Keys]:
    factors = [Decimal(one) / 100 for one in (150, 120, 100, 83, 50, 0)]
    found: list[Keys] = [{"label": "A", "at_least": 90}, {"label": "B", "at_least": 80}, {"label": "C", "at_least": 60}]
    for grade in found:
        if maybe(chance, 0.3):
            grade["quota"] = Decimal(chance.choice([10, 20, 25, 33])) / 100
    found.append({"label": "D"})
    return [grade | ({"coefficient": chance.choice(factors)} if maybe(chance, 0.9) else {}) for grade in found]


def _pay(chance: Random) -> Keys:
    pay: Keys = {"base": _base(chance), "round": chance.choice(["cent", "cent", "jiao", "yuan"])}
    pay["days"] = chance.choice(["workdays", "workdays", "paid", "due", "calendar"])
    if maybe(chance, 0.5):
        pay["probation"] = {"amount": yuan(chance, 2000), "months": chance.choice([1, 2, 3])}
    makers = {
        "overtime": overtime, "allowance": allowances, "performance": performances, "commission": commissions,
        "piece": pieces, "deduction": deductions, "award": awards, "manual": manuals, "fine": fines, "pool": pools,
        "draw": draws,
    }  # fmt: skip
    by_days = ["allowance", "performance", "manual"]
    for key in some(chance, by_days if maybe(chance, 0.15) else list(makers), 1):
        pay[key] = makers[key](chance)
    return pay | ({} if set(pay) <= {"base", "round", "days", *by_days} else guarantee(chance) | cap(chance))


def _base(chance: Random) -> Keys:
    keys = by_fte(chance) | ({"divisor": Decimal("21.75")} if maybe(chance, 0.2) else {})
    if maybe(chance, 0.4):
        return {"by": "roster"} | keys
    return {"by": "level", "amounts": {level: yuan(chance, 5000) for level in LEVELS}} | keys


def by_fte(chance: Random) -> Keys:
    """Whether part-time people have their part of it."""
    return {"by_fte": True} if maybe(chance, 0.4) else {}


def draws(chance: Random) -> list[Keys]:
    """What thin months are advanced and better ones pay back."""
    found = []
    for number in range(1, chance.randint(2, 3)):
        keys = named("draw", number) | receivers(chance) | {"amount": yuan(chance, 1500)}
        keys |= {"counts": some(chance, VARIABLE, 1)} if maybe(chance, 0.4) else {}
        keys |= {"recovers": chance.choice([Decimal("0.5"), Decimal("0.333")])} if maybe(chance, 0.4) else {}
        found.append(keys | ({"prorate": False} if maybe(chance, 0.3) else {}))
    return found


def receivers(chance: Random) -> Keys:
    """Whom a component is for."""
    keys: Keys = {}
    for key, names in (("levels", LEVELS), ("posts", POSTS), ("groups", GROUPS)):
        if maybe(chance, 0.2):
            keys[key] = some(chance, names, 1)
    return keys | ({"on_probation": False} if maybe(chance, 0.3) else {})


def named(kind: str, number: int) -> Keys:
    """Id and label."""
    return {"id": f"{kind}_{number}", "label": f"{kind} {number}"}


def overtime(chance: Random) -> list[Keys]:
    """By each kind of day, or at a rate of its own."""
    found = []
    for number, day in enumerate(some(chance, ["workday", "rest_day", "statutory", None], 1), 1):
        keys = named("over", number) | receivers(chance) | {"quantity": chance.choice(["hours", "days_over"])}
        keys |= {"day": day} if day else {"times": chance.choice([Decimal("0.5"), Decimal("1.25")])}
        keys |= {"times": Decimal("2.5")} if maybe(chance, 0.2) else {}
        keys |= {"divisor": Decimal("168.5")} if maybe(chance, 0.2) else {}
        if day == "rest_day" and maybe(chance, 0.6):
            keys |= {"quantity": "hours", "in_lieu": "off"}
        found.append(keys)
    return found


def allowances(chance: Random) -> list[Keys]:
    """So much each time, or a month."""
    found = []
    for number in range(1, chance.randint(2, 4)):
        keys = named("extra", number) | receivers(chance) | {"amount": yuan(chance, 300)}
        keys |= {"quantity": chance.choice(["nights", "hours", "days_over"])} if maybe(chance, 0.5) else {}
        keys |= {"when": condition(chance)} if maybe(chance, 0.3) else {}
        keys |= {"prorate": False} if maybe(chance, 0.3) else {}
        keys |= {"at_most": yuan(chance, 300)} if maybe(chance, 0.4) else {}
        found.append(keys | by_fte(chance))
    return found


def condition(chance: Random) -> Keys:
    """Something that holds in a month or not; an edge is often met exactly."""
    bound = chance.choice(["at_least", "above", "at_most", "below", "equals"])
    of_score = {"score": {bound: chance.choice([60, 80, 90])}}
    of_measure = {"measure": "nights", bound: chance.choice([0, 3, 5])}
    first = {"first": chance.choice(["score", "sold"])}
    return chance.choice([of_score, of_measure, first, {"all": [of_score, of_measure]}, of_measure | of_score])


def performances(chance: Random) -> list[Keys]:
    """By score, grade or attainment; with steps, or without."""
    found = []
    for number in range(1, chance.randint(2, 3)):
        by = chance.choice(["score", "grade", "attainment"])
        keys = named("perf", number) | receivers(chance) | limits(chance) | {"by": by}
        keys |= {"attainment": "reached"} if by == "attainment" else {}
        each = {level: yuan(chance, 2000) for level in some(chance, LEVELS, 1)}
        keys |= {"amount": yuan(chance, 2000)} if maybe(chance, 0.5) else {"amounts": each}
        if by != "grade" and maybe(chance, 0.4):
            keys["steps"] = [{"from": edge, "factor": rate(chance) * 3} for edge in (60, 80, 100)]
        keys |= {"at_most": chance.choice([Decimal("0.95"), Decimal("1.2")])} if maybe(chance, 0.3) else {}
        keys |= {"prorate": False} if maybe(chance, 0.3) else {}
        found.append(keys | by_fte(chance))
    return found


def commissions(chance: Random) -> list[Keys]:
    """On sales; edges in yuan, or as parts of a target."""
    found = []
    for number in range(1, chance.randint(2, 3)):
        keys = named("own", number) | receivers(chance) | limits(chance) | below_nothing(chance)
        keys |= {"of": chance.choice(["sold", "rented"]), "mode": chance.choice(["marginal", "whole"])}
        against = maybe(chance, 0.4)
        keys |= {"target": "target", "prorate": maybe(chance, 0.5)} if against else {}
        edges = ["0.333", "0.8", "1", "1.5"] if against else ["500", "1000.01", "10000", "20000.5"]
        keys["tiers"] = [{"from": edge, "rate": rate(chance)} for edge in ladder(chance, edges)]
        found.append(keys)
    return found


def below_nothing(chance: Random) -> Keys:
    """What becomes of a month below nothing; nothing is said of it at times."""
    return chance.choice(
        [{}, {"negative": "zero"}, {"negative": "carry"}, {"negative": "carry"}, {"negative": "deduct"}]
    )


def ladder(chance: Random, edges: list[str]) -> list[Decimal]:
    """Lower edges, the first of them 0."""
    return [Decimal(0), *(Decimal(edge) for edge in some(chance, edges))]


def pieces(chance: Random) -> list[Keys]:
    """So much for each."""
    keys = named("piece", 1) | receivers(chance) | limits(chance) | below_nothing(chance)
    keys |= {"of": chance.choice(["calls", "hours"]), "mode": chance.choice(["marginal", "whole"])}
    keys["tiers"] = [{"from": edge, "rate": rate(chance) * 5} for edge in ladder(chance, ["3", "10.5", "100"])]
    return [keys]


def deductions(chance: Random) -> list[Keys]:
    """Days and hours away; together they may be more than the month had."""
    days = named("away", 1) | {"quantity": "away", "divisor": chance.choice([Decimal("21.75"), Decimal(20)])}
    hours = named("away", 2) | {"quantity": "late", "unit": "hours", "divisor": Decimal(174)}
    return [keys | ({"rate": Decimal("0.4")} if maybe(chance, 0.3) else {}) for keys in some(chance, [days, hours], 1)]


def manuals(chance: Random) -> list[Keys]:
    """Paid and taken; one of them may be for what no other names."""
    limit = {"at_most": yuan(chance, 200)} if maybe(chance, 0.5) else {}
    heat = named("manual", 1) | {"items": ["heat"]} | limit
    gear = named("manual", 2) | {"items": ["gear", "Key"], "takes": True} | ({"at_most": Decimal(100)} if limit else {})
    return some(chance, [heat, gear, named("manual", 3)], 1)


def fines(chance: Random) -> list[Keys]:
    """For events and for results."""
    found = []
    for number in range(1, chance.randint(2, 3)):
        keys = named("fine", number) | {"amount": yuan(chance, 50), "kind": chance.choice(["fine", "compensation"])}
        if maybe(chance, 0.4):
            found.append(keys | {"when": condition(chance)})
            continue
        keys["each"] = chance.choice([{"event": "loss"}, {"measure": "stars"}])
        keys |= {"escalate": "double"} if maybe(chance, 0.4) else {}
        keys |= {"from_count": 2} if maybe(chance, 0.4) else {}
        found.append(keys | ({"once": True} if maybe(chance, 0.3) else {}))
    return found
