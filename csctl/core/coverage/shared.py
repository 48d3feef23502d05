"""Rows of several people in a pool of which nobody can say what it comes to without what they count again."""

from __future__ import annotations

from collections.abc import Iterable

from csctl.core.measuring.measures import formulas
from csctl.core.records.fates import Fates
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Place, Problem


def shared_in_pools(policy: Policy, files: Iterable[Fates]) -> list[Problem]:
    """One warning for each sheet with such rows and each pool of figures of its table that are no plain sums."""
    tables = {one.name: {term.table for term in one.terms} for one in formulas(policy) if not one.adds_up}
    pools = policy.pay.pool if policy.pay else []
    return [
        problem("pool-adds-up-shared", Place(one.file, one.sheet), one.shared, pool=pool.label)
        for one in files
        if one.shared
        for pool in pools
        if one.table in tables.get(pool.of or "", ())
    ]
