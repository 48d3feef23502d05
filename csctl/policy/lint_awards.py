"""Awards: nobody earns one by having no data at all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.parts import Condition, Measure, Term
from csctl.policy.pay.award import Award
from csctl.policy.refs import EVENT_PREFIX, named_figures
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem
from csctl.tables import TABLES, NoRow, Stated

NOTHING = Decimal(0)
COUNTED = ("rows", "sum", "distinct")
"""Aggregates that come to 0 without a row; the others have no value then."""


def lint_awards(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Awards whose conditions hold for whoever no table has a row of."""
    for path, award in uses(policy, Award):
        if award.when is not None and _holds_without_rows(policy, award.when):
            names = list(dict.fromkeys(_labels(policy, award.when)))
            yield problem("policy-award-without-data", where((*path, "when")), award.label, measures=tuple(names))


def _holds_without_rows(policy: Policy, condition: Condition) -> bool:
    """A score, and being the first in anything, need data."""
    if condition.score is not None or condition.first is not None:
        return False
    if condition.measure is not None:
        value = _without_rows(policy, condition.measure)
        if value is None or not condition.holds(value):
            return False
    return all(_holds_without_rows(policy, part) for part in condition.all or ())


def _without_rows(policy: Policy, name: str) -> Decimal | None:
    """What a measure is for somebody without a row: 0 for counts and sums, None where it has no value then."""
    if name.startswith(EVENT_PREFIX):
        return NOTHING
    measure = policy.measure.get(name)
    return NOTHING if measure is not None and _comes_to_nothing(measure) else None


def _comes_to_nothing(measure: Measure) -> bool:
    terms = [part for _, part in uses(measure, Term)]
    divided = measure.per is not None or measure.share is not None
    counted = all(term.aggregate in COUNTED and not _unknown_without_rows(term) for term in terms)
    return counted and not divided and measure.min_n == 1


def _unknown_without_rows(term: Term) -> bool:
    """Whether no row means that nothing is known, not that nothing happened."""
    table = TABLES[term.table]
    stated = bool(term.sum) and table.stated in (Stated.EACH, Stated.ALWAYS)
    return table.no_row is NoRow.PRESENCE or stated


def _labels(policy: Policy, condition: Condition) -> Iterator[str]:
    known = named_figures(policy)
    for _, part in uses(condition, Condition):
        if part.measure is not None:
            yield known[part.measure].label if part.measure in known else part.measure
