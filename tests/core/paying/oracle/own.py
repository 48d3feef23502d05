"""What somebody is paid for the own month alone."""

from __future__ import annotations

from fractions import Fraction

from csctl.core.records.agent import Agent
from tests.core.paying.oracle.exact import cents, half_up
from tests.core.paying.oracle.standing import Keys, Standing

TIMES = {"workday": Fraction(3, 2), "rest_day": Fraction(2), "statutory": Fraction(3)}


def base(month: Standing) -> None:
    """Days on probation at its amount; each regular amount for its days, or once for the whole month."""
    for one in month.people:
        stays = month.stays(one)
        trial = sum(stay.probation for stay in stays)
        if trial:
            amount = Fraction(month.pay["probation"]["amount"])
            month.add(one.agent_id, "base_probation", "base", cents(amount * trial / month.due), trial=True)
        if any(stay.regular and stay.base is None for stay in stays):
            month.said.add("no-base-pay" if month.pay["base"]["by"] == "level" else "no-base-pay-on-roster")
        for name, amount, days in by_amount("base", [(stay.base, stay.regular) for stay in stays]):
            month.add(one.agent_id, name, "base", cents(amount * days / month.due))


def by_amount(name: str, held: list[tuple[Fraction | None, int]]) -> list[tuple[str, Fraction, int]]:
    """Each amount with all of its days, in the order in which they came; the second line has a number."""
    days: dict[Fraction, int] = {}
    for amount, count in held:
        if amount is not None and count:
            days[amount] = days.get(amount, 0) + count
    return [(name if at == 1 else f"{name}.{at}", *own) for at, own in enumerate(days.items(), 1)]


def deduction(month: Standing) -> None:
    """Time not worked, by the pay of that time; all together never more than the base pay of the month."""
    for one in month.people:
        own = [line for line in month.lines if line.who == one.agent_id]
        rest, on_trial = sum(line.cents for line in own), all(line.trial for line in own)
        pay = Fraction(month.pay["probation"]["amount"]) if own and on_trial else month.base(one)
        for keys in month.pay.get("deduction", []):
            time = month.value(one.agent_id, keys["quantity"]) or Fraction(0)
            if pay is None or time <= 0:
                continue
            part = min(rest, cents(pay * time * Fraction(keys.get("rate", 1)) / Fraction(keys["divisor"])))
            month.add(one.agent_id, keys["id"], "unworked", -part)
            rest -= part


def overtime(month: Standing) -> None:
    """Base ÷ hours (or days) of a month × time × the multiple; time off takes the place of pay for rest days."""
    for keys in month.pay.get("overtime", []):
        usual = Fraction(87, 4) if keys["quantity"] == "days_over" else Fraction(174)
        times = Fraction(keys["times"]) if "times" in keys else TIMES[keys["day"]]
        for one in month.people:
            pay, hours = month.base(one), month.value(one.agent_id, keys["quantity"]) or Fraction(0)
            off = _off(month, keys, one, hours) if month.days(keys, one) else None
            if off is None or pay is None or hours <= 0:
                continue
            each = pay * times / Fraction(keys.get("divisor", usual))
            month.add(one.agent_id, keys["id"], "overtime", cents(each * hours))
            month.add(one.agent_id, f"{keys['id']}.in_lieu", "overtime", -cents(each * off))


def _off(month: Standing, keys: Keys, one: Agent, hours: Fraction) -> Fraction | None:
    if "in_lieu" not in keys:
        return Fraction(0)
    off = month.value(one.agent_id, keys["in_lieu"])
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
        amount = Fraction(keys["amount"])
        for one in month.people:
            days = month.days(keys, one)
            if not days or not (month.holds(keys["when"], one) if "when" in keys else True):
                continue
            part = Fraction(days, month.due) if keys.get("prorate", True) else Fraction(1)
            if "quantity" in keys:
                part = max(Fraction(0), month.value(one.agent_id, keys["quantity"]) or Fraction(0))
            _limited(month, keys, one, [(keys["id"], cents(amount * part))], "allowance")


def _limited(month: Standing, keys: Keys, one: Agent, lines: list[tuple[str, int]], kind: str) -> None:
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
            for name, amount, days in by_amount(keys["id"], _held(month, keys, one)):
                part = Fraction(days, month.due) if keys.get("prorate", True) else Fraction(1)
                month.add(one.agent_id, name, "performance", cents(amount * factor * part), keys["id"])


def _held(month: Standing, keys: Keys, one: Agent) -> list[tuple[Fraction | None, int]]:
    found = []
    for stay in month.stays(one):
        amount = keys.get("amount", keys.get("amounts", {}).get(stay.level))
        found.append((None if amount is None else Fraction(amount), month.days_of(keys, stay)))
    return found


def _factor(month: Standing, keys: Keys, one: Agent) -> Fraction | None:
    figures = {"score": month.score(one), "attainment": month.value(one.agent_id, "reached")}
    if keys["by"] == "grade":
        factor = month.coefficient(one)
    else:
        figure = figures[keys["by"]]
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
                count = int(month.holds(keys["when"], one))
            else:
                count = max(0, month.happened(keys["each"], one) - keys.get("from_count", 1) + 1)
            count = min(count, 1) if keys.get("once") else count
            double = keys.get("escalate") == "double"
            total = sum(half_up(Fraction(keys["amount"]) * 100 * (2**at if double else 1)) for at in range(count))
            month.add(one.agent_id, keys["id"], keys["kind"], -total)
