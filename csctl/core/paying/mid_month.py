"""What of a month that changes inside is still paid as if it were one: whom and what that concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from csctl.core.paying.claims import claims_by_days, weight_of
from csctl.core.paying.components.base import monthly_base
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
from csctl.problems import Problem, shortened


def paid_as_one(payroll: Payroll, lines: Sequence[PayLine]) -> list[Problem]:
    """A warning for each component that takes the end of the month for all of it, with whom that concerns."""
    concerned: defaultdict[str, list[Agent]] = defaultdict(list)
    for agent in payroll.agents:
        for label in dict.fromkeys(_of_one(payroll, agent, lines)) if len(agent.spans) > 1 else ():
            concerned[label].append(agent)
    return [
        problem("spans-counted-as-one", found=shortened([id_and_name(one) for one in who]), component=label)
        for label, who in concerned.items()
    ]


def _of_one(payroll: Payroll, agent: Agent, lines: Sequence[PayLine]) -> Iterator[str]:
    """The labels of the components that do not part this agent's month though it makes a difference to them."""
    states = [part.agent for part in payroll.parts(agent) if part.days]
    pay, own = payroll.pay, {line.line for line in lines if line.agent_id == agent.agent_id}
    if len({monthly_base(pay, one) for one in states}) > 1:
        by_rates: list[Overtime | Deduction] = [*pay.overtime, *pay.deduction]
        yield from (one.label for one in by_rates if one.id in own and _at_one_rate(payroll, one, agent))
    for entry in pay.entries:
        if isinstance(entry, Receivers) and not _by_days(payroll, entry, agent):
            meant = {payroll.meant(entry, one) for one in states}
            yield from [entry.label] if len(meant) > 1 else []
    yield from (pool.label for pool in pay.pool if _shared_as_one(payroll, pool, agent, states))
    if _comes_to_compete(payroll, states):
        yield from (one.label for one in pay.award)


def _at_one_rate(payroll: Payroll, entry: Overtime | Deduction, agent: Agent) -> bool:
    """Whether time is paid at one rate though the pay of an hour changes: its figure tells no days, or there was time
    off for it.
    """
    off = payroll.value_for(entry, agent, entry.in_lieu) if isinstance(entry, Overtime) and entry.in_lieu else None
    return bool(off) or not payroll.parted(agent, entry.quantity)


def _by_days(payroll: Payroll, entry: Receivers, agent: Agent) -> bool:
    """Whether a component pays for the days on which it meant somebody, and for no others."""
    match entry:
        case Allowance(quantity=str(name)) | Overtime(quantity=name) | Commission(of=name) | Piece(of=name):
            return payroll.parted(agent, name)
        case Allowance() | Performance() | Draw():
            return entry.prorate
    return False


def _shared_as_one(payroll: Payroll, pool: Pool, agent: Agent, states: Sequence[Agent]) -> bool:
    """Whether a pool takes the month as one though somebody moves between its groups, weights or who takes part."""
    groups = pool.per == "group" and len({one.group for one in states}) > 1
    moved = groups or len({weight_of(payroll, pool, one) for one in states}) > 1
    if (moved or _comes_to_compete(payroll, states)) and not claims_by_days(payroll, pool, agent):
        return True
    if groups and pool.of is not None and not payroll.parted(agent, pool.of):
        return True
    return pool.split_by == "score" and _comes_to_compete(payroll, states) and not competing(payroll.policy, [agent])


def _comes_to_compete(payroll: Payroll, states: Sequence[Agent]) -> bool:
    """Whether somebody is on a scored level on some days of the month and on one that is not on others."""
    return len({bool(competing(payroll.policy, [one])) for one in states}) > 1
