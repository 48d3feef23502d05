"""Quotas of grades: there is a next grade for whoever is left over, ties are settled, and some place can be had."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.tree import Locate
from csctl.problems import Problem

WHOLE = Decimal(1)


def lint_quotas(policy: Policy, where: Locate) -> Iterator[Problem]:
    """All about grades that only a share of the scored people may have."""
    quotas = [(index, grade, grade.quota) for index, grade in enumerate(policy.grade) if grade.quota is not None]
    rules = policy.score.quotas if policy.score else None
    if not quotas:
        if rules is not None:
            yield problem("policy-quota-rules-unused", where(("score", "quotas")))
        return
    index, grade, _ = quotas[-1]
    if index == len(policy.grade) - 1:
        yield problem("policy-quota-on-last", where(("grade", index, "quota")), grade.label)
    total = sum((quota for _, _, quota in quotas), Decimal(0))
    if total > WHOLE:
        yield problem("policy-quotas-sum", where(("grade", index, "quota")), total)
    if rules is None:
        index, grade, _ = quotas[0]
        yield problem("policy-quota-without-rules", where(("grade", index, "quota")), grade.label)
        return
    for index, grade, quota in quotas:
        enough = _fewest_with_a_place(quota)
        if not rules.at_least and rules.from_ < enough:
            at = where(("grade", index, "quota"))
            yield problem("policy-quota-without-place", at, grade.label, people=enough - 1, enough=enough)


def _fewest_with_a_place(quota: Decimal) -> int:
    """How many people must have a score for one of them to have a place."""
    return -(-1 // Fraction(quota))
