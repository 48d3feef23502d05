"""Pay: amounts for every level, tiers in order, and edges at which one more yuan changes much."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from csctl.messages import problem
from csctl.money import exact, from_cents, to_cents
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.pay import Pool
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem


def lint_pay(policy: Policy, where: Locate) -> Iterator[Problem]:
    """All about money."""
    if policy.pay is None:
        return
    yield from _base(policy, where)
    if policy.pay.days == "due" and (policy.working_time is None or policy.working_time.rest_days is None):
        yield problem("policy-due-days-unknown", where(("pay", "days")))
    for path, pool in uses(policy, Pool):
        faults = list(_tier_order(pool, (*path, "tiers"), where))
        yield from faults or _cliffs(pool, (*path, "tiers"), where)


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


def _tier_order(pool: Pool, path: Path, where: Locate) -> Iterator[Problem]:
    if pool.tiers[0].from_ != 0:
        yield problem("policy-tiers-start", where((*path, 0, "from")), pool.tiers[0].from_, pool=pool.label)
    for index, (below, above) in enumerate(pairwise(pool.tiers), start=1):
        if above.from_ <= below.from_:
            yield problem("policy-tiers-order", where((*path, index, "from")), above.from_, before=below.from_)


def _cliffs(pool: Pool, path: Path, where: Locate) -> Iterator[Problem]:
    """With ``whole``, the rate of the tier reached holds for everything, so the amount jumps at each edge."""
    if pool.mode != "whole":
        return
    for index, (below, above) in enumerate(pairwise(pool.tiers), start=1):
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
