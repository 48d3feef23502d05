"""What of a month that changes inside is still paid as if it were one: whom and what that concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.paying.amounts import ONE
from csctl.core.paying.claims import claims_by_days, weight_of
from csctl.core.paying.components.base import monthly_base
from csctl.core.paying.components.performance import monthly_performance
from csctl.core.paying.payroll import Payroll
from csctl.core.people.called import id_and_name
from csctl.core.people.roster import competing
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import problem
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.commission import Commission
from csctl.policy.pay.deduction import Deduction
from csctl.policy.pay.draw import Draw
from csctl.policy.pay.overtime import Overtime
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.piece import Piece
from csctl.policy.pay.pool import Pool
from csctl.policy.pay.receivers import Receivers
from csctl.policy.refs import named_figures
from csctl.problems import Problem, shortened

_WHOLE = "spans-paid-whole"
_Received = Allowance | Commission | Draw | Overtime | Performance | Piece
"""Components that are for some people only."""


@dataclass(frozen=True, slots=True)
class AsOne:
    """A component that takes the end of the month for all of it, and the problem that says why; ``measure`` is that
    which tells no days.
    """

    label: str
    code: str = "spans-counted-as-one"
    measure: str = ""


def paid_as_one(payroll: Payroll, lines: Sequence[PayLine]) -> list[Problem]:
    """A warning for the components that take the end of the month for all of it: those of the same people, for the same
    reason, are one.
    """
    concerned: defaultdict[AsOne, list[Agent]] = defaultdict(list)
    for agent in payroll.agents:
        for one in dict.fromkeys(_of_one(payroll, agent, lines)) if len(agent.spans) > 1 else ():
            concerned[one].append(agent)
    together: defaultdict[tuple[str, str, tuple[Agent, ...]], list[str]] = defaultdict(list)
    for one, who in concerned.items():
        together[one.code, one.measure, tuple(who)].append(f"“{one.label}”")
    return [_said(code, measure, who, labels) for (code, measure, who), labels in together.items()]


def _said(code: str, measure: str, who: Sequence[Agent], labels: Sequence[str]) -> Problem:
    people, named = shortened([id_and_name(one) for one in who]), shortened(labels)
    if measure:
        return problem(code, found=people, component=named, measure=measure)
    return problem(code, found=people, component=named)


def _of_one(payroll: Payroll, agent: Agent, lines: Sequence[PayLine]) -> Iterator[AsOne]:
    """The components that do not part this agent's month though it makes a difference to them."""
    states = [part.agent for part in payroll.parts(agent) if part.days]
    pay, own = payroll.pay, {line.line for line in lines if line.agent_id == agent.agent_id}
    if len({monthly_base(pay, one) for one in states}) > 1:
        by_rates: list[Overtime | Deduction] = [*pay.overtime, *pay.deduction]
        found = (_at_one_rate(payroll, one, agent) for one in by_rates if one.id in own)
        yield from (one for one in found if one)
    for entry in pay.entries:
        if isinstance(entry, Receivers) and len({_stands(payroll, entry, one) for one in states}) > 1:
            why = _not_by_days(payroll, entry, agent)
            yield from [why] if why else []
    shared = (_shared_as_one(payroll, pool, agent, states) for pool in pay.pool)
    yield from (one for one in shared if one)
    if _comes_to_compete(payroll, states):
        yield from (AsOne(one.label) for one in pay.award)


def _at_one_rate(payroll: Payroll, entry: Overtime | Deduction, agent: Agent) -> AsOne | None:
    """Why time is paid at one rate though the pay of an hour changes: there was time off for it, or its figure tells no
    days.
    """
    if isinstance(entry, Overtime) and entry.in_lieu and payroll.value_for(entry, agent, entry.in_lieu):
        return AsOne(entry.label)
    return _without_days(payroll, agent, entry.label, entry.quantity)


def _without_days(payroll: Payroll, agent: Agent, label: str, measure: str) -> AsOne | None:
    """That it is not known what of a figure fell to which part of the month."""
    if payroll.parted(agent, measure):
        return None
    return AsOne(label, "spans-without-days", named_figures(payroll.policy)[measure].label)


def _stands(payroll: Payroll, entry: Receivers, agent: Agent) -> tuple[Decimal | None, Decimal] | None:
    """Of what monthly amount a component pays how much of full time to somebody who stands so; None for nobody."""
    if not payroll.meant(entry, agent):
        return None
    amount = monthly_performance(payroll.policy, entry, agent) if isinstance(entry, Performance) else None
    by_fte = isinstance(entry, Allowance | Performance) and entry.by_fte
    return amount, agent.share_of_full_time if by_fte else ONE


def _not_by_days(payroll: Payroll, entry: _Received, agent: Agent) -> AsOne | None:
    """Why a component does not go by the days on which it means somebody; None where it does."""
    match entry:
        case Allowance(quantity=str(name)) | Overtime(quantity=name) | Piece(of=name):
            return _without_days(payroll, agent, entry.label, name)
        case Commission(of=name, target=target, prorate=prorate):
            whole = None if target is None or prorate else AsOne(entry.label, _WHOLE)
            return _without_days(payroll, agent, entry.label, name) or whole
        case Allowance() | Performance() | Draw():
            return None if entry.prorate else AsOne(entry.label, _WHOLE)


def _shared_as_one(payroll: Payroll, pool: Pool, agent: Agent, states: Sequence[Agent]) -> AsOne | None:
    """Why a pool takes the month as one though somebody moves between its groups, weights or who takes part."""
    groups = pool.per == "group" and len({one.group for one in states}) > 1
    competes = _comes_to_compete(payroll, states)
    moved = groups or len({weight_of(payroll, pool, one) for one in states}) > 1
    if (moved or competes) and not claims_by_days(payroll, pool, agent):
        if pool.prorate and pool.measure:
            return _without_days(payroll, agent, pool.label, pool.measure)
        return AsOne(pool.label, _WHOLE)
    if groups and pool.of is not None and not payroll.parted(agent, pool.of):
        return _without_days(payroll, agent, pool.label, pool.of)
    ends_apart = pool.split_by == "score" and competes and not competing(payroll.policy, [agent])
    return AsOne(pool.label) if ends_apart else None


def _comes_to_compete(payroll: Payroll, states: Sequence[Agent]) -> bool:
    """Whether somebody is on a scored level on some days of the month and on one that is not on others."""
    return len({bool(competing(payroll.policy, [one])) for one in states}) > 1
