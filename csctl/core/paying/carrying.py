"""A month below nothing: what of a figure counts, what is carried to later months, what earlier ones brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol, TypeVar

from csctl.core.paying.payroll import PastPay, Payroll
from csctl.core.people.called import id_and_name
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, PoolResult
from csctl.core.records.marks import UNJUDGED
from csctl.messages import problem, say
from csctl.money import amount_text
from csctl.month import Month
from csctl.policy.parts import Part
from csctl.policy.pay.draw import Draw
from csctl.policy.pay.kinds import PayKind
from csctl.policy.pay.negative import Negative
from csctl.policy.walk import uses
from csctl.problems import Problem, shortened

N = TypeVar("N", int, Decimal)


def settled(rule: Negative, net: N, brought: N) -> tuple[N, N]:
    """What of a month's figure counts, and what of it is carried to later months, which is never above nothing.

    ``brought`` is what earlier months carried. Only what is taken back at once counts below nothing.
    """
    nothing = net - net
    if rule.negative == "deduct":
        return net, nothing
    if rule.negative == "zero":
        return max(net, nothing), nothing
    return max(net + brought, nothing), min(net + brought, nothing)


def brought_to(payroll: Payroll, line: str) -> dict[str, Decimal]:
    """By agent, what earlier months carried on that line: what the last one says in which it stands."""
    lines = (one for past in _earlier(payroll) for one in past.lines)
    return {one.agent_id: one.quantity for one in lines if one.basis == "carried" and one.line == line}


def months_unjudged(payroll: Payroll, line: str) -> dict[str, list[Month]]:
    """By agent, the months in which something was not judged for want of data that what is carried on that line still
    rests on: those since nothing was left.
    """
    found: dict[str, list[Month]] = {}
    for past in _earlier(payroll):
        for one in past.lines:
            if one.basis == "carried" and one.line == line:
                before = found.get(one.agent_id, []) if one.quantity else []
                lacking = bool(one.quantity) and any(mark.startswith(UNJUDGED) for mark in one.marks)
                found[one.agent_id] = [*before, *([past.month] if lacking else [])]
    return found


def pools_brought(payroll: Payroll) -> dict[str, int]:
    """By label of the pool, with its team, what earlier months carried; in cents."""
    return {one.label: one.carried_cents for past in _earlier(payroll) for one in past.pools}


class Carrying(Protocol):
    """A component with an id."""

    @property
    def id(self) -> str:
        """Its name in explanations."""

    @property
    def label(self) -> str:
        """What people call it."""

    @property
    def rule(self) -> str:
        """The rule it comes from."""


def carried_line(agent_id: str, rule: Carrying, kind: PayKind, unit: str, left: Decimal, note: str) -> PayLine:
    """The line that pays nothing and says what is left to later months."""
    return PayLine(
        agent_id=agent_id,
        line=carried_id(rule.id),
        label=rule.label,
        kind=kind,
        basis="carried",
        source="",
        quantity=left,
        unit=unit,
        rate=Decimal(0),
        divisor=Decimal(1),
        amount_cents=0,
        rule=rule.rule,
        note=note,
    )


def carried_id(component: str) -> str:
    """That of the line on which a component leaves something to later months."""
    return f"{component}.carried"


def carried_note(net: Decimal, brought: Decimal, carried: Decimal, *, language: str) -> str:
    """How a month stands between those before and after it."""
    return say("pay-note-carried", language, net=f"{net:,f}", brought=f"{brought:,f}", carried=f"{carried:,f}")


def below_zero(
    rule: Negative,
    component: str,
    measure: str,
    nets: Sequence[tuple[str, Decimal]],
    brought: Sequence[tuple[str, Decimal]],
) -> Iterator[Problem]:
    """Whose figure is below nothing, with what becomes of it; whose earlier months left something to set off.

    Figures come with the person or the team they are of, "" where there is but one.
    """
    below, earlier = _below(nets), _below(brought)
    if below:
        yield problem(f"below-zero-{rule.negative}", found=below, component=component, measure=measure)
    if earlier:
        yield problem("carried-from-earlier", found=earlier, component=component, measure=measure)


def _below(figures: Sequence[tuple[str, Decimal]]) -> tuple[str, ...]:
    """Those below nothing, the first of many."""
    return shortened([f"{who}: {figure:,f}" if who else f"{figure:,f}" for who, figure in figures if figure < 0])


def carried_doubts(payroll: Payroll, lines: Sequence[PayLine], pools: Sequence[PoolResult]) -> list[Problem]:
    """What the last month carried and nothing takes up; months that are not there and might have carried something."""
    earlier = _earlier(payroll)
    if not earlier:
        return []
    return [*_dropped(payroll, earlier[-1], lines, pools), *_gaps(payroll, [one.month for one in earlier])]


def _dropped(
    payroll: Payroll, last: PastPay, lines: Sequence[PayLine], pools: Sequence[PoolResult]
) -> Iterator[Problem]:
    here = {one.agent_id: one for one in payroll.agents}
    known = {(one.agent_id, one.line) for one in lines if one.basis == "carried"}
    taken_up = {one.label for one in pools if one.negative == "carry"}
    texts = [
        f"{one.label} {_called(here, one.agent_id)}: {one.quantity:,f}"
        for one in last.lines
        if one.basis == "carried" and one.quantity < 0 and (one.agent_id, one.line) not in known
    ]
    texts += [
        f"{one.label}: {amount_text(one.carried_cents)}"
        for one in last.pools
        if one.carried_cents < 0 and one.label not in taken_up
    ]
    if texts:
        yield problem("carried-to-nothing", found=shortened(texts), month=last.month)


def _called(people: dict[str, Agent], agent_id: str) -> str:
    return id_and_name(people[agent_id]) if agent_id in people else agent_id


def _gaps(payroll: Payroll, known: Sequence[Month]) -> Iterator[Problem]:
    between = [at for at in _from(known[0], payroll.month) if at not in known]
    if between and carries(payroll.pay):
        yield problem("carried-over-a-gap", found=shortened([str(one) for one in between]))


def carries(policy: Part) -> bool:
    """Whether a policy, or its pay, leaves anything to later months."""
    return any(one.negative == "carry" for _, one in uses(policy, Negative)) or any(uses(policy, Draw))


def _from(first: Month, end: Month) -> Iterator[Month]:
    while first < end:
        yield first
        first = first.shift(1)


def _earlier(payroll: Payroll) -> list[PastPay]:
    """The months before this one, oldest first."""
    return sorted((one for one in payroll.past if one.month < payroll.month), key=lambda one: one.month)
