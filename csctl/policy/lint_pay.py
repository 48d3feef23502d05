"""Pay: amounts for every level, tiers in order, and edges at which one more yuan changes much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from csctl.messages import problem
from csctl.money import exact, from_cents, to_cents
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Part, Term
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.award import Award
from csctl.policy.pay.base import BasePay, Probation
from csctl.policy.pay.commission import Commission
from csctl.policy.pay.fine import Fine
from csctl.policy.pay.guarantee import Guarantee
from csctl.policy.pay.limited import Limited, PayCap
from csctl.policy.pay.overtime import Overtime
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.piece import Piece, PieceTier
from csctl.policy.pay.pool import Pool
from csctl.policy.pay.tiers import Tier
from csctl.policy.refs import named_figures
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem
from csctl.tables import DAY_FLAGS

Scale = Pool | Commission | Piece
"""What has tiers."""


def lint_pay(policy: Policy, where: Locate) -> Iterator[Problem]:
    """All about money."""
    if policy.pay is None:
        return
    yield from _base(policy, where)
    yield from _parts_of_cents(policy, where)
    if policy.pay.days == "due" and (policy.working_time is None or policy.working_time.rest_days is None):
        yield problem("policy-due-days-unknown", where(("pay", "days")))
    for path, part in uses(policy, Part):
        if isinstance(part, Pool | Commission | Piece) and part.tiers:
            faults = list(_tier_order(part, (*path, "tiers"), where))
            yield from faults or _cliffs(part, (*path, "tiers"), where)
    yield from _performance(policy, where)
    yield from _in_lieu(policy, where)
    yield from _other_days(policy, where)


def _in_lieu(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Time off and overtime in units that cannot be taken from each other."""
    known = named_figures(policy)
    for path, part in uses(policy, Overtime):
        units = [known[name].unit for name in (part.quantity, part.in_lieu or "") if name in known]
        if part.in_lieu in known and len({"h" if unit == "hours" else unit for unit in units}) > 1:
            yield problem("policy-in-lieu-unit", where((*path, "in_lieu")), part.in_lieu, other=part.quantity)


def _other_days(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Overtime of one kind of day that is measured on the days of another."""
    for path, part in uses(policy, Overtime):
        measure = policy.measure.get(part.quantity)
        if part.day is None or measure is None:
            continue
        tests = [item for _, term in uses(measure, Term) for item in term.where.items()]
        asked = [name for name, test in tests if name in DAY_FLAGS and test is True]
        if asked and part.day not in {DAY_FLAGS[name] for name in asked}:
            yield problem(
                "policy-overtime-other-day", where((*path, "day")), part.day, measure=part.quantity, flag=asked[0]
            )


def _base(policy: Policy, where: Locate) -> Iterator[Problem]:
    if policy.pay is None:
        return
    base = policy.pay.base
    for name, amount in base.amounts.items():
        if amount < 0:
            yield problem("policy-too-small", where(("pay", "base", "amounts", name)), amount, bound=0)
    if base.by == "roster" and base.amounts:
        yield problem("policy-amounts-unused", where(("pay", "base", "amounts")), len(base.amounts))
    if base.by == "level" and not base.amounts:
        yield problem("policy-base-without-amounts", where(("pay", "base", "by")))
    elif base.by == "level":
        for level in policy.level:
            if level.id not in base.amounts and level.label not in base.amounts:
                yield problem("policy-level-without-amount", where(("pay", "base", "amounts")), level.id)


def _parts_of_cents(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Amounts with more places than cents have: nobody can be paid what is written."""
    for path, part in uses(policy, Part):
        for inner, amount in (*_amounts(part), *_limits(part)):
            if from_cents(to_cents(exact(amount))) != amount:
                yield problem("policy-part-of-a-cent", where((*path, *inner)), amount)


def _amounts(part: Part) -> list[tuple[Path, Decimal]]:
    """What is paid of itself, in yuan, with its place in the part."""
    match part:
        case BasePay():
            return [(("amounts", level), amount) for level, amount in part.amounts.items()]
        case Guarantee():
            return [(("amounts", year), amount) for year, amount in enumerate(part.amounts)]
        case Performance() if part.amounts:
            return [(("amounts", level), amount) for level, amount in part.amounts.items()]
        case Award() if part.top:
            return [(("top", place), amount) for place, amount in enumerate(part.top)]
        case Pool():
            fixed = {"amount": part.amount, "per_head": part.per_head}
            return [((key,), amount) for key, amount in fixed.items() if amount is not None]
        case Probation() | Fine() | Award() | Allowance() | Performance() if part.amount is not None:
            return [(("amount",), part.amount)]
        case _:
            return []


def _limits(part: Part) -> list[tuple[Path, Decimal]]:
    """The most that is paid, in yuan, with its place in the part."""
    if isinstance(part, PayCap):
        return [(("amount",), part.amount)]
    limits = {"cap": part.cap, "budget": part.budget} if isinstance(part, Limited) else {}
    return [((key,), limit) for key, limit in limits.items() if limit is not None]


def _performance(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Grades without the coefficient that multiplies; steps out of order."""
    for path, part in uses(policy, Performance):
        without = [grade.label for grade in policy.grade if grade.coefficient is None]
        if part.by == "grade" and (without or not policy.grade):
            at = where((*path, "by"))
            yield problem("policy-grade-without-coefficient", at, without or None, component=part.label)
        for index, (below, above) in enumerate(pairwise(part.steps), start=1):
            if above.from_ <= below.from_:
                at = where((*path, "steps", index, "from"))
                yield problem("policy-tiers-order", at, above.from_, before=below.from_)


def _tier_order(scale: Scale, path: Path, where: Locate) -> Iterator[Problem]:
    tiers: Sequence[Tier | PieceTier] = scale.tiers
    if tiers[0].from_ != 0:
        yield problem("policy-tiers-start", where((*path, 0, "from")), tiers[0].from_, pool=scale.label)
    for index, (below, above) in enumerate(pairwise(tiers), start=1):
        if above.from_ <= below.from_:
            yield problem("policy-tiers-order", where((*path, index, "from")), above.from_, before=below.from_)


def _cliffs(scale: Scale, path: Path, where: Locate) -> Iterator[Problem]:
    """With ``whole``, the rate of the tier reached holds for everything, so the amount jumps at each edge."""
    if scale.mode != "whole" or (isinstance(scale, Commission) and scale.target is not None):
        return
    tiers: Sequence[Tier | PieceTier] = scale.tiers
    for index, (below, above) in enumerate(pairwise(tiers), start=1):
        if below.rate != above.rate:
            falls = above.rate < below.rate
            yield problem(
                "policy-cliff-down" if falls else "policy-cliff-up",
                where((*path, index)),
                above.from_,
                under=_yuan(above.from_, below.rate),
                at=_yuan(above.from_, above.rate),
            )


def _yuan(amount: Decimal, rate: Decimal) -> Decimal:
    return from_cents(to_cents(exact(amount) * exact(rate)))
