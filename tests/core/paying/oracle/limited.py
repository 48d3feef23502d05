"""Limits one after the other, what a guarantee adds, and what is rounded in the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from csctl.month import Month
from tests.core.paying.oracle.exact import cents, half_up, kept
from tests.core.paying.oracle.people import Person
from tests.core.paying.oracle.scales import before
from tests.core.paying.oracle.standing import Keys, Standing

VARIABLE = ["performance", "commission", "piece", "bonus", "award"]
STEPS = {"cent": 1, "jiao": 10, "yuan": 100}


def cap(month: Standing) -> None:
    """Each person's cap, then the budget, then the limit of all variable pay."""
    for key, keys in _limited(month):
        part = keys.get("id") or key
        own = _sums(month, part)
        if "cap" in keys:
            most = cents(Fraction(keys["cap"]))
            _cut(month, part, "cap", own, {who: min(one, most) for who, one in own.items()}, key)
            own = _sums(month, part)
        if "budget" in keys:
            _cut(month, part, "budget", own, kept(cents(Fraction(keys["budget"])), own), key)
    rule = month.pay.get("cap", {})
    for one in month.people if rule else []:
        who = one.agent_id
        own = dict.fromkeys(rule.get("counts", VARIABLE), 0)
        for line in month.lines:
            if line.who == who and line.kind in own:
                own[line.kind] += line.cents
        after = kept(cents(Fraction(rule["amount"])), own)
        for kind, amount in own.items():
            month.add(who, f"pay_cap.{kind}", kind, after[kind] - amount)
            if after[kind] != amount:
                month.said.add("pay-cut-all")


def _limited(month: Standing) -> list[tuple[str, Keys]]:
    kinds = [
        (kind, keys) for kind in ("performance", "commission", "piece", "award") for keys in month.pay.get(kind, [])
    ]
    return kinds + [(f"pool{at}", keys) for at, keys in enumerate(month.pay.get("pool", []), 1)]


def _sums(month: Standing, part: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in month.lines:
        if line.part == part:
            found[line.who] = found.get(line.who, 0) + line.cents
    return found


def _cut(month: Standing, part: str, word: str, own: Mapping[str, int], after: Mapping[str, int], key: str) -> None:
    kind = "bonus" if key.startswith("pool") else key
    for who, amount in own.items():
        month.add(who, f"{part}.{word}", kind, after[who] - amount, part)
        if after[who] != amount:
            month.said.add(f"pay-cut-{word}")


def draw(month: Standing) -> None:
    """What results lack of the amount is advanced; what they make above it pays back, or a part of it, of what is owed.

    Whoever it is not meant for on any day is advanced nothing, pays nothing back, and owes what they owed.
    """
    for keys in month.pay.get("draw", []):
        counts = keys.get("counts", ["commission", "piece"])
        for one in month.people:
            who = one.agent_id
            earned = sum(line.cents for line in month.lines if line.who == who and line.kind in counts)
            owed = int(-before(month, keys["id"], who) * 100)
            days, change = month.days(keys, one), 0
            if days:
                part = Fraction(days, month.due) if keys.get("prorate", True) else Fraction(1)
                most = cents(Fraction(keys["amount"]) * part)
                above = half_up((earned - most) * Fraction(keys.get("recovers", 1)))
                change = min(most, most - earned) if earned < most else -min(owed, above)
            month.add(who, keys["id"], "draw", change, keys["id"])
            if owed or owed + change:
                month.left[keys["id"], who] = Fraction(-owed - change, 100)
            if owed + change:
                leaves = one.left_on is not None and one.left_on <= month.given.month.last
                month.said.add("draw-owed-by-leavers" if leaves else "draw-owed")


def guarantee(month: Standing) -> None:
    """What regulars lack of it in the month, or in the service year so far with what was topped up taken off."""
    rule = month.pay.get("guarantee", {})
    for one in month.people if rule else []:
        if not month.regular(one):
            continue
        counts = rule.get("counts", ["base", "draw", *VARIABLE])
        earned = sum(
            line.cents for line in month.lines if line.who == one.agent_id and line.kind in counts and not line.trial
        )
        year = service_year(month.given.month, one.hired_on)
        amount = Fraction(rule["amounts"][min(year, len(rule["amounts"])) - 1])
        promised = cents(amount * month.regular(one) / month.due)
        month.floors[one.agent_id] = (earned, promised)
        lacking, given = promised - earned, 0
        for earlier in month.earlier if rule["mode"] == "annual" else []:
            if one.agent_id in earlier.floors and _same_year(earlier, month, one):
                lacking += earlier.floors[one.agent_id][1] - earlier.floors[one.agent_id][0]
                given += sum(
                    line.cents for line in earlier.lines if line.who == one.agent_id and line.kind == "guarantee"
                )
        month.add(one.agent_id, "guarantee", "guarantee", max(0, lacking) - given)


def _same_year(earlier: Standing, month: Standing, one: Person) -> bool:
    """No month before somebody was hired, as they may be again, is of the year."""
    if one.hired_on and earlier.given.month.last < one.hired_on:
        return False
    return service_year(earlier.given.month, one.hired_on) == service_year(month.given.month, one.hired_on)


def service_year(month: Month, hired: date | None) -> int:
    """1 in the first; one that turns inside a month begins with the next."""
    if hired is None:
        return 1
    year = 1
    while (hired.year + year, hired.month, hired.day) <= (month.year, month.number, 1):
        year += 1
    return year


def rounding(month: Standing) -> None:
    """The sum is brought to whole jiao or yuan."""
    step = STEPS[month.pay["round"]]
    for one in month.people:
        total = sum(line.cents for line in month.lines if line.who == one.agent_id)
        month.add(one.agent_id, "rounding", "rounding", half_up(Fraction(total, step)) * step - total)
