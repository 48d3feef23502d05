"""Base pay, and what is withheld for time not worked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.core.lines import PayKind, PayLine
from csctl.core.people.workdays import Attendance
from csctl.core.result import Agent
from csctl.messages import problem, say
from csctl.money import from_cents, to_cents
from csctl.policy.model import Policy
from csctl.policy.pay import Deduction, Pay
from csctl.problems import Problem

PROBATION_LINE = "base_probation"
REGULAR_LINE = "base"
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Amount:
    """quantity × rate ÷ divisor, in yuan, as a pay line shows it."""

    quantity: Decimal
    unit: str
    rate: Decimal
    divisor: Decimal = ONE

    @property
    def cents(self) -> int:
        """Rounded once, HALF_UP."""
        return to_cents(Fraction(self.quantity) * Fraction(self.rate) / Fraction(self.divisor))


def product_line(
    agent_id: str, line: str, label: str, kind: PayKind, amount: Amount, *, rule: str, note: str = ""
) -> PayLine:
    """A pay line whose amount is a product."""
    return PayLine(
        agent_id=agent_id,
        line=line,
        label=label,
        kind=kind,
        basis="product",
        source="",
        quantity=amount.quantity,
        unit=amount.unit,
        rate=amount.rate,
        divisor=amount.divisor,
        amount_cents=amount.cents,
        rule=rule,
        note=note,
    )


def monthly_base(pay: Pay, agent: Agent) -> Decimal | None:
    """The regular monthly amount in yuan; None if the policy or the roster gives none."""
    return pay.base.amounts.get(agent.level) if pay.base.by == "level" else agent.base_pay


def with_level_ids(policy: Policy, pay: Pay) -> Pay:
    """The same pay, amounts of levels keyed by the level's id: a policy may write the label."""
    amounts = {rung.id if (rung := policy.job_level(name)) else name: each for name, each in pay.base.amounts.items()}
    return pay.model_copy(update={"base": pay.base.model_copy(update={"amounts": amounts})})


def base_lines(pay: Pay, agent: Agent, attendance: Attendance, language: str) -> tuple[list[PayLine], list[Problem]]:
    """A line for the days on probation and one for the regular days; a whole month is one month, not its days."""
    lines = []
    if attendance.probation and pay.probation:
        amount = _for_days(pay.probation.amount, attendance.probation, attendance.due)
        label = say("pay-base-probation", language)
        lines.append(product_line(agent.agent_id, PROBATION_LINE, label, "base", amount, rule=pay.probation.rule))
    if attendance.regular:
        monthly = monthly_base(pay, agent)
        if monthly is None:
            return lines, [problem("no-base-pay", found=agent.level, agent=agent.agent_id)]
        amount = _for_days(monthly, attendance.regular, attendance.due)
        label = say("pay-base", language)
        lines.append(product_line(agent.agent_id, REGULAR_LINE, label, "base", amount, rule=pay.base.rule))
    return lines, []


def _for_days(monthly: Decimal, days: int, due: int) -> Amount:
    if days == due:
        return Amount(ONE, "month", monthly)
    return Amount(Decimal(days), "days", monthly, Decimal(due))


def unworked_lines(
    pay: Pay, agent: Agent, base: list[PayLine], values: Mapping[str, Decimal | None], language: str
) -> list[PayLine]:
    """What is withheld for time not worked: part of the pay of the time that the base lines pay for.

    Never more than the base pay of the month (a month may have more than 21.75 workdays).
    """
    regular = any(line.line == REGULAR_LINE for line in base)
    monthly = monthly_base(pay, agent) if regular or pay.probation is None else pay.probation.amount
    left = sum(line.amount_cents for line in base)
    lines = []
    for rule in pay.deduction:
        quantity = values.get(rule.quantity)
        if not quantity or quantity < 0 or monthly is None or left <= 0:
            continue
        line = _unworked(rule, agent.agent_id, quantity, monthly, left, language)
        left += line.amount_cents
        lines.append(line)
    return lines


def _unworked(rule: Deduction, agent_id: str, quantity: Decimal, monthly: Decimal, left: int, language: str) -> PayLine:
    amount = Amount(-quantity, rule.unit, monthly * rule.rate, rule.divisor)
    note = ""
    if -amount.cents > left:
        amount, note = Amount(-ONE, "month", from_cents(left)), say("pay-note-capped-at-base", language)
    return product_line(agent_id, rule.id, rule.label, "unworked", amount, rule=rule.rule, note=note)
