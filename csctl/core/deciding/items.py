"""What can be decided about one agent, and what may be written for it.

Not here: measures as such (their rows are mended and read again), and awards for being first or for months at the
top: they follow from what everybody did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from csctl.core.paying.components.fine import MOST_DOUBLINGS
from csctl.core.records.decision import Decision
from csctl.core.scoring.decided import can_be, measured_by, points_decided
from csctl.core.scoring.points import out_of
from csctl.messages import problem, say
from csctl.policy.model import Policy
from csctl.policy.refs import similar_names
from csctl.policy.scoring import Indicator
from csctl.problems import Problem

ItemKind = Literal["indicator", "adjustment", "fine", "award"]
MOST_TIMES = 999
"""No item happens so often to one agent in a month: a greater number is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be decided.

    ``name`` is what a decision calls it: its id, with the kind before it (``fine.late``) where a score line has the
    same id. ``levels`` may be written for an indicator, or a number from 0 to ``most`` (None: any number). For the
    other kinds ``most`` is how often it may count. ``unit``: that of the measure, in which a number is taken; None
    where numbers are points.
    """

    name: str
    id: str
    label: str
    kind: ItemKind
    levels: tuple[str, ...] = ()
    most: Decimal | None = None
    unit: str | None = None


def items_of(policy: Policy) -> dict[str, Item]:
    """Everything that can be decided, by name, in the order of the policy."""
    found: dict[str, Item] = {}
    for item in (*_indicators(policy), *_adjustments(policy), *_fines(policy), *_awards(policy)):
        name = f"{item.kind}.{item.id}" if item.id in found else item.id
        found[name] = replace(item, name=name)
    return found


def _indicators(policy: Policy) -> Iterator[Item]:
    for dimension in policy.dimension:
        for one in dimension.indicator:
            line = one.measure is None and (one.linear is not None or bool(one.bands))
            most = None if line else out_of(one)
            figure = measured_by(policy, one)
            yield Item(
                one.id, one.id, one.label, "indicator", _levels(policy, one), most, figure.unit if figure else None
            )


def _levels(policy: Policy, indicator: Indicator) -> tuple[str, ...]:
    """Levels that a rater may name: those of the indicator's bands; of the scale where it is judged by that alone."""
    if indicator.bands:
        return tuple(dict.fromkeys(band.level for band in indicator.bands))
    scored_otherwise = indicator.linear or indicator.out_of or indicator.tally
    return () if scored_otherwise else tuple(policy.scale)


def _adjustments(policy: Policy) -> Iterator[Item]:
    for one in policy.adjustment:
        most = 1 if one.when else one.at_most or MOST_TIMES
        yield Item(one.id, one.id, one.label, "adjustment", most=Decimal(most))


def _fines(policy: Policy) -> Iterator[Item]:
    for one in policy.pay.fine if policy.pay else []:
        most = MOST_DOUBLINGS if one.escalate == "double" else MOST_TIMES
        yield Item(one.id, one.id, one.label, "fine", most=Decimal(1 if one.when or one.once else most))


def _awards(policy: Policy) -> Iterator[Item]:
    for one in policy.pay.award if policy.pay else []:
        if one.when is not None or one.each is not None:
            yield Item(one.id, one.id, one.label, "award", most=Decimal(1 if one.when else MOST_TIMES))


def may_write(item: Item, language: str) -> str:
    """What may be written for an item, in words."""
    if item.kind != "indicator":
        return say("deciding-may-times", language, most=item.most)
    if item.unit is not None:
        number = say("deciding-may-measured", language, most=item.most, unit=say(f"unit-{item.unit}", language))
    else:
        code = "deciding-may-points" if item.most is not None else "deciding-may-number"
        number = say(code, language, most=item.most)
    if not item.levels:
        return number
    return say("deciding-may-level", language, levels=item.levels, number=number)


def find_item(policy: Policy, name: str) -> tuple[Item | None, list[Problem]]:
    """The item of that name, id or label. A name that means nothing, or several things, is an error."""
    items = items_of(policy)
    if name in items:
        return items[name], []
    labelled = [item for item in items.values() if item.label == name]
    if len(labelled) == 1:
        return labelled[0], []
    if labelled:
        return None, [problem("deciding-item-ambiguous", found=name, names=_listed(item.name for item in labelled))]
    known = similar_names(name, (*items, *(item.label for item in items.values())))
    if name in _following(policy):
        return None, [problem("deciding-item-follows", found=name)]
    return None, [problem("deciding-item-unknown", found=name, known=known)]


def _following(policy: Policy) -> set[str]:
    """Ids and labels of what follows from figures, from what everybody did or from several months."""
    pay = policy.pay
    paid = {text for one in (pay.entries if pay else ()) for text in (one.id, one.label)}
    figures = {text for name, one in policy.measure.items() for text in (name, one.label)}
    return paid | figures


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def check_decision(policy: Policy, decision: Decision) -> list[Problem]:
    """What is wrong with a decision: an item that is not in the policy, or a value that cannot be written for it."""
    item, problems = find_item(policy, decision.item)
    if item is None or _fits(policy, item, decision):
        return problems
    may = may_write(item, policy.language)
    return [problem("deciding-value-unfit", found=decision.value, item=item.label, may=may)]


def _fits(policy: Policy, item: Item, decision: Decision) -> bool:
    value = decision.value
    if item.kind != "indicator":
        return value.isdecimal() and Decimal(value) <= (item.most or 0)
    indicator = indicator_of(policy, item.id)
    figure = measured_by(policy, indicator)
    if decision.measured and (figure is None or not _is_number(value) or not can_be(figure, Decimal(value))):
        return False
    if points_decided(policy, indicator, decision, {}) is not None:
        return True
    # A band may look at another measure: whether the number fits is known when the month is computed.
    return any(band.measure for band in indicator.bands) and _is_number(value)


def _is_number(value: str) -> bool:
    return value.removeprefix("-").replace(".", "", 1).isdecimal()


def indicator_of(policy: Policy, key: str) -> Indicator:
    """The indicator of this id. Raises StopIteration for one the policy lacks (a bug)."""
    return next(one for dimension in policy.dimension for one in dimension.indicator if one.id == key)
