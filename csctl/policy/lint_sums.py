"""Sums of terms, repeated contacts and composites: their parts go together."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import FULL_SCORE, Measure, Sum, Term
from csctl.policy.refs import COMPOSITE_PREFIX
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem
from csctl.tables import TABLES, Kind

REPEATS = ("next_contact_seconds", "next_topic_seconds")
"""Columns that say when a customer came back."""
OBSERVED = "observed_seconds"
"""The column that says how long a contact was watched for the customer's return."""


def lint_sums(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Seconds are not added to yuan, contacts are watched for all of a window, composites are made of measures."""
    for path, total in uses(policy, Sum):
        yield from _alike(path, total, where)
    for path, term in uses(policy, Term):
        table = TABLES.get(term.table)
        if term.out_of is not None and table and not table.column(FULL_SCORE):
            yield problem("policy-out-of-without-full-score", where((*path, "out_of")), term.table)
    for path, measure in uses(policy, Measure):
        yield from _repeats(path, measure, where)
    for name, composite in policy.composite.items():
        for index, part in enumerate(composite.of):
            if part.measure.startswith(COMPOSITE_PREFIX):
                yield problem("policy-composite-of-composite", where(("composite", name, "of", index)), part.measure)


def _kind(term: Term) -> Kind | None:
    """What a term is measured in; None for counts and plain numbers, which go with everything."""
    table = TABLES.get(term.table)
    column = table.measurable(term.column or "") if table else None
    special = (Kind.SECONDS, Kind.MONEY, Kind.RATIO)
    return column.kind if column and column.kind in special and term.aggregate != "distinct" else None


def _alike(path: Path, total: Sum, where: Locate) -> Iterator[Problem]:
    first = _kind(total)
    for key, terms in (("plus", total.plus), ("minus", total.minus)):
        for index, term in enumerate(terms):
            kind = _kind(term)
            if first and kind and kind is not first:
                at = where((*path, key, index))
                yield problem("policy-sum-of-unlike", at, term.column or "", kind=kind, first=first)


def _repeats(path: Path, measure: Measure, where: Locate) -> Iterator[Problem]:
    """A contact without a following one has no time to it, so shares of that time mislead; so do short watches."""
    used = [term for _, term in uses(measure, Term)]
    asked = next((name for name in REPEATS if measure.share and name in measure.share), None)
    if asked:
        yield problem("policy-share-of-repeats", where((*path, "share")), asked)
        return
    named = next((name for term in used for name in REPEATS if name in term.where), None)
    if named and not any(OBSERVED in term.where for term in used):
        yield problem("policy-repeats-unobserved", where(path), named)
