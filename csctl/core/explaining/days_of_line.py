"""Which parts of a month that changes inside a pay line counts the figures of."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.explaining.claim_words import pool_rule
from csctl.core.explaining.nodes import Explained
from csctl.core.paying.components.base import monthly_base
from csctl.core.people.roster import competing, is_meant
from csctl.core.people.spans import parts_of_month
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.policy.pay.deduction import Deduction
from csctl.policy.pay.overtime import Overtime
from csctl.policy.pay.plan import Pay
from csctl.policy.pay.receivers import Receivers
from csctl.policy.walk import entry_named


def spans_counted(given: Explained, line: PayLine) -> Sequence[int] | None:
    """Numbers of the agent's spans; None where the line counts the whole month."""
    pay = given.result.policy.pay
    if pay is None or len(given.agent.spans) < 2:
        return None
    stood = [one for one, _ in parts_of_month(given.agent, given.result.month)]
    kept = [number for number, one in enumerate(stood) if _counts(given, pay, line, one)]
    return kept if len(kept) < len(stood) else None


def spans_meant(given: Explained, component: Receivers) -> Sequence[int] | None:
    """Numbers of the spans in which a component means the agent; None where it means all of the month, or none."""
    stood = [one for one, _ in parts_of_month(given.agent, given.result.month)]
    meant = [at for at, one in enumerate(stood) if is_meant(given.result.policy, component, one)]
    return meant if 0 < len(meant) < len(stood) else None


def _counts(given: Explained, pay: Pay, line: PayLine, stood: Agent) -> bool:
    policy = given.result.policy
    if line.basis == "pool":
        pool = next((one for one in given.result.pools if one.pool == line.source), None)
        rule = pool_rule(policy, pool) if pool else None
        of_group = rule is None or rule.per == "team" or stood.group == line.source.partition(".")[2]
        return of_group and bool(competing(policy, [stood]))
    entry = entry_named(policy, "pay line", line.line.split(".")[0])
    if isinstance(entry, Receivers):
        return is_meant(policy, entry, stood) and (not isinstance(entry, Overtime) or _at_rate(pay, entry, line, stood))
    return not isinstance(entry, Deduction) or _at_rate(pay, entry, line, stood)


def _at_rate(pay: Pay, entry: Overtime | Deduction, line: PayLine, stood: Agent) -> bool:
    """Whether a line pays by what somebody had then; what is cut at the base pay is at no rate."""
    monthly = monthly_base(pay, stood)
    if monthly is None or line.unit == "month":
        return True
    if isinstance(entry, Overtime):
        return line.rate == monthly * entry.multiple
    shorter = stood.share_of_full_time if pay.base.by_fte and entry.unit == "days" else 1
    return line.rate == monthly * shorter * entry.rate
