"""Pay in words: every component with its amounts, rates and what they are multiplied by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from csctl.core.explaining.nodes import Node
from csctl.messages import say
from csctl.policy.parts import Part
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.award import Award
from csctl.policy.pay.base import BasePay, Probation
from csctl.policy.pay.commission import Commission
from csctl.policy.pay.deduction import Deduction
from csctl.policy.pay.draw import Draw
from csctl.policy.pay.fine import Fine
from csctl.policy.pay.guarantee import Guarantee
from csctl.policy.pay.limited import Limited, PayCap
from csctl.policy.pay.manual import Manual
from csctl.policy.pay.negative import Negative
from csctl.policy.pay.overtime import Overtime
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.piece import Piece
from csctl.policy.pay.plan import Pay
from csctl.policy.pay.pool import Pool
from csctl.policy.pay.tiers import Tier

_OWN_NAMES = {BasePay: "base", Probation: "base-probation", Guarantee: "guarantee", PayCap: "cap"}
"""Components without a name of their own, with the word they go by."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a component says of itself: the figure, a note, its amounts or tiers."""

    value: str = ""
    note: str = ""
    parts: tuple[Node, ...] = ()


def pay_tree(pay: Pay, language: str) -> Node:
    """Every component, in the order of the policy."""
    parts = [part for value in dict(pay).values() for part in (value if isinstance(value, list) else [value])]
    nodes = tuple(_component(part, language) for part in parts if isinstance(part, Part))
    return Node(say("policy-pay", language), "", children=nodes)


def _component(part: Part, language: str) -> Node:
    name, label, rule = (str(getattr(part, key, "")) for key in ("id", "label", "rule"))
    own = _OWN_NAMES.get(type(part))
    if own is not None:
        label, name = say(f"pay-{own}", language), "" if isinstance(part, Probation) else own
    said = _said(part)
    note = ", ".join(filter(None, (said.note, *_limits(part), "× FTE" if getattr(part, "by_fte", False) else "")))
    return Node(label or name, said.value, name, rule, note, None, said.parts)


def _limits(part: Part) -> list[str]:
    """The most that it comes to, for one person and for all."""
    limits = [("≤", part.cap), ("Σ ≤", part.budget)] if isinstance(part, Limited) else []
    return [f"{sign} {limit:,}" for sign, limit in limits if limit is not None]


@singledispatch
def _said(_: Part) -> _Said:
    """A component of which nobody has written how to say it: its name alone."""
    return _Said()


@_said.register
def _(part: BasePay) -> _Said:
    return _Said(note=f"÷ {part.divisor}" if part.divisor is not None else "", parts=_amounts(part.amounts))


@_said.register
def _(part: Probation) -> _Said:
    return _Said(f"{part.amount:,}")


@_said.register
def _(part: Guarantee) -> _Said:
    return _Said(" / ".join(f"{amount:,}" for amount in part.amounts), part.mode)


@_said.register
def _(part: Draw) -> _Said:
    return _Said(f"{part.amount:,}", ", ".join(part.counts))


@_said.register
def _(part: PayCap) -> _Said:
    return _Said(f"≤ {part.amount:,}", ", ".join(part.counts))


@_said.register
def _(part: Pool) -> _Said:
    least = (("score", part.least_score), ("coverage", part.least_coverage))
    by = "" if part.split_by == "score" else f"÷ {part.measure or part.split_by}"
    shared = ", ".join([*([by] if by else []), *(f"{name} ≥ {edge:,}" for name, edge in least if edge is not None)])
    weights = tuple(Node(level, f"× {weight}") for level, weight in part.weights.items())
    if part.of is None:
        return _Said(f"{part.amount or part.per_head:,}" + (" × n" if part.per_head else ""), shared, weights)
    note = ", ".join(filter(None, (f"{part.mode}, × {part.share}{_negative(part)}", shared)))
    return _Said(part.of, note, (*_tiers(part.tiers), *weights))


@_said.register
def _(part: Commission) -> _Said:
    edges = f", ÷ {part.target}" if part.target else ""
    return _Said(part.of, f"{part.mode}{edges}{_negative(part)}", _tiers(part.tiers))


@_said.register
def _(part: Piece) -> _Said:
    rates = tuple(Node(f"≥ {tier.from_:,}", f"× {tier.rate:,}") for tier in part.tiers)
    return _Said(part.of, f"{part.mode}{_negative(part)}", rates)


@_said.register
def _(part: Performance) -> _Said:
    value = f"{part.amount:,}" if part.amount is not None else ""
    steps = tuple(Node(f"≥ {step.from_:,}", f"× {step.factor}") for step in part.steps)
    return _Said(value, f"× {part.attainment or part.by}", (*_amounts(part.amounts), *steps))


@_said.register
def _(part: Allowance) -> _Said:
    return _Said(f"+{part.amount:,}", f"× {part.quantity}" if part.quantity else "")


@_said.register
def _(part: Overtime) -> _Said:
    quantity = f"{part.quantity} − {part.in_lieu}" if part.in_lieu else part.quantity
    return _Said(f"× {part.multiple}" + (f" ÷ {part.divisor}" if part.divisor else ""), quantity)


@_said.register
def _(part: Deduction) -> _Said:
    return _Said(f"÷ {part.divisor}")


@_said.register
def _(part: Award) -> _Said:
    amounts = part.top or [part.amount or Decimal(0)]
    return _Said(" / ".join(f"+{amount:,}" for amount in amounts))


@_said.register
def _(part: Manual) -> _Said:
    most = f"≤ {part.at_most:,}" if part.at_most is not None else ""
    return _Said("−" if part.takes else "+", most, tuple(Node(item, "") for item in part.items))


@_said.register
def _(part: Fine) -> _Said:
    return _Said(f"-{part.amount:,}")


def _negative(part: Negative) -> str:
    """What becomes of a month below nothing, where it is not forgotten."""
    return "" if part.negative == "zero" else f", < 0: {part.negative}"


def _amounts(amounts: dict[str, Decimal]) -> tuple[Node, ...]:
    return tuple(Node(level, f"{amount:,}") for level, amount in amounts.items())


def _tiers(tiers: Iterable[Tier]) -> tuple[Node, ...]:
    return tuple(Node(f"≥ {tier.from_:,}", f"{tier.rate * 100:f} %") for tier in tiers)
