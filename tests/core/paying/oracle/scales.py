"""Pay by tiers, and months below nothing: own commission and pieces."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.core.paying.oracle.exact import cents
from tests.core.paying.oracle.people import Person
from tests.core.paying.oracle.standing import Keys, Standing


def by_tiers(figure: Fraction, tiers: Sequence[tuple[Fraction, Fraction]], mode: str) -> list[int]:
    """Cents of each tier, rounded once; less than nothing is the mirror image."""
    if figure < 0:
        return [-part for part in by_tiers(-figure, tiers, mode)]
    edges = [edge for edge, _ in tiers]
    found = []
    for at, (edge, rate) in enumerate(tiers):
        above = edges[at + 1] if at + 1 < len(edges) else None
        reached = figure >= edge
        inside = figure - edge if above is None or figure <= above else above - edge
        if mode == "whole":
            inside = figure if above is None or figure < above else Fraction(0)
        found.append(cents(inside * rate) if reached else 0)
    return found


def of_own_figure(month: Standing, key: str) -> None:
    """A commission or piece pay of everybody, and what is open from earlier months."""
    for keys in month.pay.get(key, []):
        for one in month.people:
            _of_one(month, key, keys, one)


def _of_one(month: Standing, kind: str, keys: Keys, one: Person) -> None:
    who, word = one.agent_id, keys.get("negative", "zero")
    net = month.value_for(keys, one, keys["of"]) if month.earns(keys, one) else None
    brought = before(month, keys["id"], who) if word == "carry" else Fraction(0)
    if brought:
        month.said.add("carried-from-earlier")
    if net is not None and net < 0:
        month.said.add(f"below-zero-{word}")
    counted, left = settled(net, brought, word)
    if counted:
        tiers = _tiers(month, keys, one)
        if tiers is None:
            month.said.add("commission-without-target")
            left = brought
        for at, part in enumerate(by_tiers(counted, tiers or [], keys.get("mode", "marginal")), 1):
            month.add(who, f"{keys['id']}.{at}", kind, part, keys["id"])
    if word == "carry" and (left or brought):
        month.left[keys["id"], who] = left


def settled(net: Fraction | None, brought: Fraction, word: str) -> tuple[Fraction, Fraction]:
    """What stands on the tiers, and what is left to later months."""
    if word == "deduct":
        return net or Fraction(0), Fraction(0)
    both = (net or Fraction(0)) + brought
    return max(both, Fraction(0)), min(both, Fraction(0)) if word == "carry" else Fraction(0)


def before(month: Standing, name: str, who: str) -> Fraction:
    """What the last month says in which it stands."""
    for earlier in reversed(month.earlier):
        if (name, who) in earlier.left:
            return earlier.left[name, who]
    return Fraction(0)


def _tiers(month: Standing, keys: Keys, one: Person) -> list[tuple[Fraction, Fraction]] | None:
    """Edges in yuan; None without a target above nothing, where they are parts of it, to the cent. A target that goes
    by days is the part of it that the paid days are of the month's.
    """
    target = month.value(one.agent_id, keys["target"]) if "target" in keys else Fraction(1)
    if target is not None and keys.get("prorate"):
        target *= Fraction(month.days(keys, one), month.due)
    if target is None or target <= 0:
        return None
    edges = [Fraction(tier["from"]) * target for tier in keys["tiers"]]
    if "target" in keys:
        edges = [Fraction(cents(edge), 100) for edge in edges]
    return [(edge, Fraction(tier["rate"])) for edge, tier in zip(edges, keys["tiers"], strict=True)]
