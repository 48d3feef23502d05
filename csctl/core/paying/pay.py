"""The month's pay: every component of every agent as a line of whole cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csctl.core.paying.carrying import carried_doubts
from csctl.core.paying.components.base import with_level_ids
from csctl.core.paying.components.registry import COMPONENTS
from csctl.core.paying.mid_month import paid_as_one
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.lines import PayLine
from csctl.policy.pay.kinds import PAY_KINDS


def pay_agents(payroll: Payroll) -> Paid:
    """All pay lines of the month. The calendar knows the month; whoever competes has a score, or None."""
    payroll = replace(payroll, pay=with_level_ids(payroll.policy, payroll.pay))
    paid = Paid()
    for component in COMPONENTS:
        made = component.make(payroll, paid.lines)
        paid = Paid(paid.lines + made.lines, paid.pools + made.pools, paid.problems + made.problems)
    said = [*paid_as_one(payroll, paid.lines), *carried_doubts(payroll, paid.lines, paid.pools)]
    return Paid(in_slip_order(paid.lines), paid.pools, paid.problems + said)


def in_slip_order(lines: Sequence[PayLine]) -> list[PayLine]:
    """By agent id, then by kind as on a slip; within a kind as they were made."""
    return sorted(lines, key=lambda line: (line.agent_id, PAY_KINDS.index(line.kind)))
