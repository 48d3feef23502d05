"""Law parameters: one minimum wage for each region and first month."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.tree import Locate
from csctl.problems import Problem


def lint_law(policy: Policy, where: Locate) -> Iterator[Problem]:
    """An amount given twice for one region and month: nothing says which holds."""
    seen: set[tuple[str, str]] = set()
    for index, wage in enumerate(policy.law.minimum_wage):
        key = (wage.region, wage.since)
        if key in seen:
            at = where(("law", "minimum_wage", index))
            yield problem("law-minimum-wage-twice", at, wage.region, since=wage.since)
        seen.add(key)
