"""What of a month that changes inside is still paid as if it were one: whom and what that concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from csctl.core.paying.claims import weight_of
from csctl.core.paying.components.base import monthly_base
from csctl.core.paying.payroll import Payroll
from csctl.core.people.called import numbered
from csctl.core.people.roster import competing
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import problem
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.receivers import Receivers
from csctl.problems import Problem, shortened


def paid_as_one(payroll: Payroll, lines: Sequence[PayLine]) -> list[Problem]:
    """A warning for each component that takes the end of the month for all of it, with whom that concerns."""
    concerned: defaultdict[str, list[Agent]] = defaultdict(list)
    for agent in payroll.agents:
        for label in dict.fromkeys(_of_one(payroll, agent, lines)) if len(agent.spans) > 1 else ():
            concerned[label].append(agent)
    return [
        problem("spans-counted-as-one", found=shortened([numbered(one) for one in who]), component=label)
        for label, who in concerned.items()
    ]


def _of_one(payroll: Payroll, agent: Agent, lines: Sequence[PayLine]) -> Iterator[str]:
    """The labels of the components that do not part this agent's month though it makes a difference to them."""
    states = [part.agent for part in payroll.parts(agent) if part.days]
    pay, own = payroll.pay, {line.line for line in lines if line.agent_id == agent.agent_id}
    at_rates = {one.id: one.label for one in pay.overtime} | {one.id: one.label for one in pay.deduction}
    if len({monthly_base(pay, one) for one in states}) > 1:
        yield from (label for name, label in at_rates.items() if name in own)
    for entry in pay.entries:
        if isinstance(entry, Receivers) and not _by_days(entry):
            meant = {payroll.meant(entry, one) for one in states}
            yield from [entry.label] if len(meant) > 1 else []
    for pool in pay.pool:
        moved = pool.per == "group" and len({one.group for one in states}) > 1
        moved = moved or len({weight_of(payroll, pool, one) for one in states}) > 1
        yield from [pool.label] if moved or _comes_to_compete(payroll, states) else []
    if _comes_to_compete(payroll, states):
        yield from (one.label for one in pay.award)


def _by_days(entry: Receivers) -> bool:
    """Whether a component pays for the days on which it meant somebody, and for no others."""
    whole = isinstance(entry, Allowance) and entry.quantity is not None
    return isinstance(entry, Allowance | Performance) and entry.prorate and not whole


def _comes_to_compete(payroll: Payroll, states: Sequence[Agent]) -> bool:
    """Whether somebody is on a scored level on some days of the month and on one that is not on others."""
    return len({bool(competing(payroll.policy, [one])) for one in states}) > 1
