"""What somebody is paid for the own month alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from tests.core.paying.oracle.exact import cents, half_up
from tests.core.paying.oracle.people import Person, Stay
from tests.core.paying.oracle.scored import coefficient, holds, score
from tests.core.paying.oracle.standing import Keys, Standing

TIMES = {"workday": Fraction(3, 2), "rest_day": Fraction(2), "statutory": Fraction(3)}
Held = tuple[str, Fraction, int]
"""Name of the line, what of a monthly amount it is, and the days that it is paid for."""


def base(month: Standing) -> None:
    """Days on probation at its amount; each regular amount for its days, or once for the whole month."""
    for one in month.people:
        trials = [(_probation(month), stay, stay.probation) for stay in one.stays]
        regulars = [(month.monthly(stay), stay, stay.regular) for stay in one.stays]
        if any(amount is None and days for amount, _, days in regulars):
            month.said.add("no-base-pay" if month.pay["base"]["by"] == "level" else "no-base-pay-on-roster")
        divisor = _divisor(month, one)
        for name, parts, trial in (("base_probation", trials, True), ("base", regulars, False)):
            for line, amount, days in by_amount(month.pay["base"], name, parts):
                month.add(one.agent_id, line, "base", cents(amount * days / divisor), trial=trial)


def _probation(month: Standing) -> Fraction | None:
    return Fraction(month.pay["probation"]["amount"]) if "probation" in month.pay else None


def _divisor(month: Standing, one: Person) -> Fraction:
    """Of whoever is not here all month the days of a paid month, by which nobody has more than the month."""
    days = sum(stay.probation + stay.regular for stay in one.stays)
    if "divisor" not in month.pay["base"] or days == month.due:
        return Fraction(month.due)
    return max(Fraction(month.pay["base"]["divisor"]), Fraction(days))


def by_amount(keys: Keys, name: str, held: Sequence[tuple[Fraction | None, Stay, int]]) -> list[Held]:
    """Each amount with all of its days, in the order in which they came; the second line has a number. Where part-time
    people have their part of it, each part of full time is an amount of its own.
    """
    days: dict[tuple[Fraction, Fraction], int] = {}
    for amount, stay, count in held:
        if amount is not None and count:
            key = (amount, stay.fte if keys.get("by_fte") else Fraction(1))
            days[key] = days.get(key, 0) + count
    return [
        (name if at == 1 else f"{name}.{at}", amount * fte, count)
        for at, ((amount, fte), count) in enumerate(days.items(), 1)
    ]


Rated = tuple[str, Fraction | None, Callable[[Stay], bool]]
"""Name of the line, the monthly pay by which an hour or a day of it is paid, and the parts of the month it is of."""


def rated(
    month: Standing, one: Person, name: str, pay: Callable[[Stay], Fraction | None], quantity: str
) -> list[Rated]:
    """The pay of each day; that of the last one where nothing tells on which days the time was."""
    amounts = list(dict.fromkeys(pay(stay) for stay in one.stays))
    if len(amounts) == 1 or not month.parted(one, quantity):
        return [(name, pay(one.stays[-1]), lambda _: True)]
    return [
        (name if at == 1 else f"{name}.{at}", amount, lambda stay, amount=amount: pay(stay) == amount)  # type: ignore[misc]
        for at, amount in enumerate(amounts, 1)
    ]


def deduction(month: Standing) -> None:
    """Time not worked, by the pay of that time; all together never more than the base pay of the month. The day of
    part-time people is shorter, their hour is not.
    """
    for one in month.people:
        own = [line for line in month.lines if line.who == one.agent_id]
        rest, on_trial = sum(line.cents for line in own), all(line.trial for line in own)
        for keys in month.pay.get("deduction", []):

            def pay(stay: Stay, keys: Keys = keys, on_trial: bool = on_trial) -> Fraction | None:
                amount = _probation(month) if on_trial and "probation" in month.pay else month.monthly(stay)
                shorter = month.pay["base"].get("by_fte") and keys.get("unit", "days") == "days"
                return amount if amount is None or not shorter else amount * stay.fte

            for name, amount, test in rated(month, one, keys["id"], pay, keys["quantity"]):
                time = month.value_on(one, keys["quantity"], test) or Fraction(0)
                if amount is None or time <= 0:
                    continue
                part = min(rest, cents(amount * time * Fraction(keys.get("rate", 1)) / Fraction(keys["divisor"])))
                month.add(one.agent_id, name, "unworked", -part)
                rest -= part


def overtime(month: Standing) -> None:
    """Base ÷ hours (or days) of a month × time × the multiple; time off takes the place of pay for rest days."""
    for keys in month.pay.get("overtime", []):
        for one in month.people:
            if month.earns(keys, one):
                _overtime(month, keys, one)


def _overtime(month: Standing, keys: Keys, one: Person) -> None:
    """Each hour by the base pay of its day; where time off was given, which is of another day, by that of the last."""
    usual = Fraction(87, 4) if keys["quantity"] == "days_over" else Fraction(174)
    times = Fraction(keys["times"]) if "times" in keys else TIMES[keys["day"]]
    off = _off(month, keys, one, month.value_for(keys, one, keys["quantity"]) or Fraction(0))
    if off is None:
        return
    parts = rated(month, one, keys["id"], month.monthly, keys["quantity"])
    if off or (keys.get("in_lieu") and month.value_for(keys, one, keys["in_lieu"])):
        parts = [(keys["id"], month.monthly(one.stays[-1]), lambda _: True)]
    for name, pay, test in parts:
        hours = month.value_on(
            one,
            keys["quantity"],
            lambda stay, test=test: test(stay) and month.meant(keys, stay),  # type: ignore[misc]
        ) or Fraction(0)
        if pay is None or hours <= 0:
            continue
        each = pay * times / Fraction(keys.get("divisor", usual))
        month.add(one.agent_id, name, "overtime", cents(each * hours))
        month.add(one.agent_id, f"{keys['id']}.in_lieu", "overtime", -cents(each * off))


def _off(month: Standing, keys: Keys, one: Person, hours: Fraction) -> Fraction | None:
    if "in_lieu" not in keys:
        return Fraction(0)
    off = month.value_for(keys, one, keys["in_lieu"])
    if off is None and hours > 0:
        month.said.add("in-lieu-unknown")
        return None
    off, there = off or Fraction(0), max(hours, Fraction(0))
    if off > there:
        month.said.add("in-lieu-beyond")
    return min(off, there)


def allowance(month: Standing) -> None:
    """Each time, or a month by days; what lies above the limit is taken off again."""
    for keys in month.pay.get("allowance", []):
        for one in month.people:
            if "when" in keys and not holds(month, keys["when"], one):
                continue
            if "quantity" in keys:
                count = month.value_for(keys, one, keys["quantity"]) if month.earns(keys, one) else None
                lines = [(keys["id"], cents(Fraction(keys["amount"]) * max(Fraction(0), count or Fraction(0))))]
            else:
                lines = [(name, cents(part)) for name, part in _monthly(month, keys, one)]
            _limited(month, keys, one, lines, "allowance")


def _monthly(month: Standing, keys: Keys, one: Person) -> list[tuple[str, Fraction]]:
    """A monthly amount by the days that count; where a part of a month is as good as all of it, the last amount."""
    stays = [stay for stay in one.stays if month.days_of(keys, stay)]
    prorate = keys.get("prorate", True)
    held = []
    for stay in stays if prorate else stays[-1:]:
        each = keys.get("amount", keys.get("amounts", {}).get(stay.level))
        held.append((None if each is None else Fraction(each), stay, month.days_of(keys, stay)))
    part = Fraction(1, month.due) if month.due else Fraction(0)
    return [(name, each * (days * part if prorate else 1)) for name, each, days in by_amount(keys, keys["id"], held)]


def _limited(month: Standing, keys: Keys, one: Person, lines: list[tuple[str, int]], kind: str) -> None:
    for name, amount in lines:
        month.add(one.agent_id, name, kind, amount)
    total = sum(amount for _, amount in lines)
    if "at_most" in keys and abs(total) > cents(Fraction(keys["at_most"])):
        over = abs(total) - cents(Fraction(keys["at_most"]))
        month.add(one.agent_id, f"{keys['id']}.limit", kind, -over if total > 0 else over)


def performance(month: Standing) -> None:
    """Amount × factor, for the days, or all of it."""
    for keys in month.pay.get("performance", []):
        for one in month.people:
            factor = _factor(month, keys, one)
            if factor is None:
                continue
            for name, part in _monthly(month, keys, one):
                month.add(one.agent_id, name, "performance", cents(part * factor), keys["id"])


def _factor(month: Standing, keys: Keys, one: Person) -> Fraction | None:
    if keys["by"] == "grade":
        factor = coefficient(month, one)
    else:
        figure = score(month, one) if keys["by"] == "score" else month.value(one.agent_id, "reached")
        factor = None if figure is None else figure / 100
        if figure is not None and "steps" in keys:
            reached = [Fraction(step["factor"]) for step in keys["steps"] if figure >= step["from"]]
            factor = reached[-1] if reached else Fraction(0)
    if factor is None:
        return None
    return min(max(factor, Fraction(0)), Fraction(keys.get("at_most", 10**9)))


def manual(month: Standing) -> None:
    """As it was entered; taken where the component takes."""
    rules = month.pay.get("manual", [])
    found: dict[tuple[str, str], list[int]] = {}
    for item in month.given.items:
        named = [keys for keys in rules if item.item.casefold() in [name.casefold() for name in keys.get("items", [])]]
        rule = (named or [keys for keys in rules if not keys.get("items")] or [None])[0]
        if rule is None:
            month.said.add("pay-item-unknown")
        elif item.amount <= 0:
            month.said.add("pay-item-signed")
        else:
            found.setdefault((item.agent_id, rule["id"]), []).append(cents(Fraction(item.amount)))
    for one in month.people:
        for keys in rules:
            sign = -1 if keys.get("takes") else 1
            lines = [(keys["id"], sign * part) for part in found.get((one.agent_id, keys["id"]), [])]
            numbered = [(f"{name}.{at}", part) for at, (name, part) in enumerate(lines, 1)]
            _limited(month, keys, one, numbered, "manual")


def fine(month: Standing) -> None:
    """So much each time, from the first that costs; doubling from time to time."""
    for keys in month.pay.get("fine", []):
        for one in month.people:
            if "when" in keys:
                count = int(holds(month, keys["when"], one))
            else:
                count = max(0, month.happened(keys["each"], one) - keys.get("from_count", 1) + 1)
            count = min(count, 1) if keys.get("once") else count
            double = keys.get("escalate") == "double"
            total = sum(half_up(Fraction(keys["amount"]) * 100 * (2**at if double else 1)) for at in range(count))
            month.add(one.agent_id, keys["id"], keys["kind"], -total)
