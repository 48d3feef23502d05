"""Base pay."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csctl.core.paying.amounts import for_days, product_line
from csctl.core.paying.parts import Held, held_amounts, with_fte
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.people.employment import PartOfMonth
from csctl.core.people.roster import rung_of
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.messages import problem, say
from csctl.policy.model import Policy
from csctl.policy.pay.plan import Pay
from csctl.problems import Problem

PROBATION_LINE = "base_probation"
REGULAR_LINE = "base"


def is_probation(line: PayLine) -> bool:
    """Whether it pays days on probation, which may be at several parts of full time."""
    return line.line.partition(".")[0] == PROBATION_LINE


def monthly_base(pay: Pay, agent: Agent) -> Decimal | None:
    """The regular monthly amount in yuan; None if the policy or the roster gives none."""
    return pay.base.amounts.get(agent.level) if pay.base.by == "level" else agent.base_pay


def with_level_ids(policy: Policy, pay: Pay) -> Pay:
    """The same pay, amounts of levels keyed by the level's id: a policy may write the label."""
    amounts = {rung.id if (rung := policy.job_level(name)) else name: each for name, each in pay.base.amounts.items()}
    return pay.model_copy(update={"base": pay.base.model_copy(update={"amounts": amounts})})


def base(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """The base pay of everybody; who has no amount is a problem."""
    paid = Paid()
    for agent in payroll.agents:
        parts = payroll.parts(agent)
        paid.lines.extend(base_lines(payroll.pay, parts, payroll.language))
        paid.problems.extend(_without_amount(payroll, parts))
    return paid


def _without_amount(payroll: Payroll, parts: Sequence[PartOfMonth]) -> list[Problem]:
    """Whoever has regular days and no amount for them, each level once.

    That the ladder lacks a level has been said of the roster: no amount for it would be the same fault again.
    """
    pay = payroll.pay
    lacking = [part.agent for part in parts if part.paid.regular and monthly_base(pay, part.agent) is None]
    found = {one.level: one for one in lacking if _on_the_ladder(payroll.policy, one)}
    if pay.base.by == "roster":
        return [problem("no-base-pay-on-roster", agent=one.agent_id) for one in found.values()]
    return [problem("no-base-pay", found=level, agent=one.agent_id) for level, one in found.items()]


def _on_the_ladder(policy: Policy, agent: Agent) -> bool:
    return not policy.level or rung_of(policy, agent.level) is not None


def base_lines(pay: Pay, parts: Sequence[PartOfMonth], language: str) -> list[PayLine]:
    """A line for the days on probation, and one for the regular days at each monthly amount.

    A whole month at one amount is one month, not its days.
    """
    lines, probation = [], pay.probation
    by_fte, divisor = pay.base.by_fte, _divisor(pay, parts)
    if probation:
        amount, rule = probation.amount, probation.rule
        on_trial = held_amounts(parts, lambda _: amount, lambda part: part.paid.probation, by_fte=by_fte)
        label = say("pay-base-probation", language)
        lines += [_line(parts, one, divisor, PROBATION_LINE, label, rule, language) for one in on_trial]
    regular = held_amounts(parts, lambda agent: monthly_base(pay, agent), lambda part: part.paid.regular, by_fte=by_fte)
    label = say("pay-base", language)
    return lines + [_line(parts, one, divisor, REGULAR_LINE, label, pay.base.rule, language) for one in regular]


def _divisor(pay: Pay, parts: Sequence[PartOfMonth]) -> Decimal:
    """What a day is a part of: the month's own days for whoever is here on all of them, else the days of a paid month,
    and never fewer than are paid.
    """
    due, paid = parts[0].paid.due, sum(part.paid.employed for part in parts)
    if pay.base.divisor is None or paid == due:
        return Decimal(due)
    return max(pay.base.divisor, Decimal(paid))


def _line(
    parts: Sequence[PartOfMonth], held: Held, divisor: Decimal, line: str, label: str, rule: str, language: str
) -> PayLine:
    amount = for_days(held.monthly, held.days, divisor, held.fte)
    note = with_fte(held.said, held.fte, language)
    return product_line(parts[0].agent.agent_id, held.line(line), label, "base", amount, rule=rule, note=note)
