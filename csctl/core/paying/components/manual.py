"""One-off amounts: paid or taken as they are written, each a line with its reason and who approved it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from csctl.core.paying.amounts import ONE, Amount, product_line
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.people.called import id_and_name
from csctl.core.records.lines import PayLine
from csctl.core.records.pay_item import PayItem
from csctl.messages import problem, say
from csctl.money import from_cents, to_cents
from csctl.policy.pay.manual import Manual
from csctl.policy.pay.plan import Pay
from csctl.problems import NOWHERE, Problem, shortened


def manual(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """A line for each row, and one for what lies above a limit; rows of no component and with a sign are said."""
    paid, names = Paid(), {one.agent_id: id_and_name(one) for one in payroll.agents}
    own = [one for one in payroll.items if one.agent_id in names]
    by_rule = {
        rule.id: [one for one in own if _rule_of_item(payroll.pay, one.item) is rule] for rule in payroll.pay.manual
    }
    for rule in payroll.pay.manual:
        for agent_id in names:
            rows = [one for one in by_rule[rule.id] if one.agent_id == agent_id and one.amount > 0]
            paid.lines.extend(_lines(payroll, rule, agent_id, rows))
    paid.problems.extend(_said(payroll.pay, own, names))
    return paid


def _rule_of_item(pay: Pay, item: str) -> Manual | None:
    """The component an item belongs to: the one that names it, else the first that names none."""
    named = (rule for rule in pay.manual if rule.names(item))
    return next(named, next((rule for rule in pay.manual if not rule.items), None))


def _lines(payroll: Payroll, rule: Manual, agent_id: str, rows: Sequence[PayItem]) -> Iterator[PayLine]:
    sign, total = -ONE if rule.takes else ONE, 0
    for number, one in enumerate(rows, 1):
        amount = Amount(sign, "times", one.amount)
        note = say("pay-note-manual", payroll.language, item=one.item, reason=one.reason, by=one.approved_by)
        line = product_line(agent_id, f"{rule.id}.{number}", rule.label, "manual", amount, rule=rule.rule, note=note)
        yield replace(line, source=one.source)
        total += abs(amount.cents)
    if rule.at_most is not None and total > to_cents(rule.at_most):
        over = Amount(-sign, "times", from_cents(total - to_cents(rule.at_most)))
        note = say("pay-note-above-limit", payroll.language, most=rule.at_most)
        yield product_line(agent_id, f"{rule.id}.limit", rule.label, "manual", over, rule=rule.rule, note=note)


def _said(pay: Pay, own: Sequence[PayItem], names: Mapping[str, str]) -> Iterator[Problem]:
    """What is not paid: items that no component is for, and amounts that are nothing or have a sign."""
    unknown: dict[str, list[PayItem]] = {}
    for one in own:
        if _rule_of_item(pay, one.item) is None:
            unknown.setdefault(one.item, []).append(one)
    for item, rows in unknown.items():
        total = sum((one.amount for one in rows), Decimal(0))
        yield problem("pay-item-unknown", rows[0].place, item, count=len(rows), total=f"{total:,.2f}")
    signed = [one for one in own if one.amount <= 0 and _rule_of_item(pay, one.item) is not None]
    if signed:
        texts = [f"{names[one.agent_id]}: {one.amount:,.2f}" for one in signed]
        yield problem("pay-item-signed", signed[0].place if len(signed) == 1 else NOWHERE, shortened(texts))
