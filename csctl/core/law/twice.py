"""Which fine and which deduction of a policy charge the same absence."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.policy.model import Policy
from csctl.policy.parts import Sum, Term, compared_texts
from csctl.policy.pay.deduction import Deduction
from csctl.policy.pay.fine import Fine
from csctl.policy.refs import EVENT_PREFIX, figures_named
from csctl.policy.working_time import SAME_FACT


def charged_twice(policy: Policy) -> Iterator[tuple[Deduction, Fine]]:
    """Every pair that rests on the same column, event or built-in measure."""
    for deduction in policy.pay.deduction if policy.pay else []:
        unworked = _facts_of(policy, deduction.quantity)
        for fine in policy.pay.fine if policy.pay else []:
            if unworked & _facts_of_fine(policy, fine):
                yield deduction, fine


def _facts_of(policy: Policy, name: str) -> frozenset[str]:
    """What a measure rests on, as ``table.column`` or ``event.id``; a built-in measure is named like that itself."""
    measure = policy.measure.get(name)
    if measure is None:
        return frozenset({SAME_FACT.get(name, name)})
    return frozenset(fact for term in _terms(measure) for fact in _of_term(policy, term))


def _terms(total: Sum) -> list[Term]:
    return [total, *total.plus]


def _of_term(policy: Policy, term: Term) -> set[str]:
    if term.table == "events":
        named = compared_texts(term.where.get("event"))
        return {EVENT_PREFIX + key for key, event in policy.event.items() if key in named or event.label in named}
    columns = [term.column] if term.column else list(term.where)
    return {f"{term.table}.{column}" for column in columns}


def _facts_of_fine(policy: Policy, fine: Fine) -> frozenset[str]:
    return frozenset(fact for name in figures_named(fine) for fact in _facts_of(policy, name))
