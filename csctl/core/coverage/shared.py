"""Rows of several people in what a pool adds up: each of them has the row, and so the pool has it once for each."""

from __future__ import annotations

from collections.abc import Iterable

from csctl.core.coverage.fates import Fates
from csctl.core.measuring.measures import formulas
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.problems import Place, Problem


def shared_in_pools(policy: Policy, files: Iterable[Fates]) -> list[Problem]:
    """One warning for each sheet with such rows and each pool that adds up figures of its table."""
    tables = {one.name: {term.table for term in one.terms} for one in formulas(policy)}
    pools = policy.pay.pool if policy.pay else []
    return [
        problem("pool-adds-up-shared", Place(one.file, one.sheet), one.shared, pool=pool.label)
        for one in files
        if one.shared
        for pool in pools
        if one.table in tables.get(pool.of, ())
    ]
