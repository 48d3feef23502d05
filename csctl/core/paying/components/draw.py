"""Draws: advances on what results earn, and what later months pay back of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from csctl.core.paying.amounts import ONE, Amount, for_days, product_line
from csctl.core.paying.carrying import brought_to, carried_id, carried_line, carried_note, months_unjudged
from csctl.core.paying.payroll import Paid, Payroll, by_agent
from csctl.core.people.called import id_and_name
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.core.records.marks import months_mark
from csctl.messages import problem, say
from csctl.money import amount_text, from_cents, round_half_up, to_cents
from csctl.policy.pay.draw import Draw
from csctl.problems import Problem, shortened


@dataclass(frozen=True, slots=True)
class DrawnMonth:
    """One agent's month, in cents: what was earned of the amount (0: nothing is advanced), what was owed before, and
    what is advanced, or paid back where it is below nothing.
    """

    agent: Agent
    earned: int
    amount: int
    owed: int
    cents: int

    @property
    def left(self) -> int:
        """What is owed after the month."""
        return self.owed + self.cents


def draw(payroll: Payroll, made: Sequence[PayLine]) -> Paid:
    """A line for each advance and each repayment, one for what is owed, and who owes what."""
    paid, own = Paid(), by_agent(made)
    for rule in payroll.pay.draw:
        owed = {who: -to_cents(open_) for who, open_ in brought_to(payroll, carried_id(rule.id)).items()}
        months = [
            _month(payroll, rule, agent, owed.get(agent.agent_id, 0), own.get(agent.agent_id, []))
            for agent in payroll.agents
        ]
        lacking = months_unjudged(payroll, carried_id(rule.id))
        for one in months:
            marks = months_mark(lacking.get(one.agent.agent_id, ()))
            paid.lines.extend(replace(line, marks=marks) for line in _lines(payroll, rule, one))
        paid.problems.extend(_said(payroll, rule, months))
    return paid


def advanced(rule: Draw, *, earned: int, amount: int, owed: int) -> int:
    """What a month advances, in cents, never more than the amount; below nothing what it pays back of what is owed."""
    if earned < amount:
        return amount - max(0, earned)
    above = int(round_half_up(Fraction(earned - amount) * Fraction(rule.recovers), 0))
    return -min(owed, above)


def _month(payroll: Payroll, rule: Draw, agent: Agent, owed: int, lines: Sequence[PayLine]) -> DrawnMonth:
    """Whom it is not for this month is advanced nothing and pays nothing back; what is owed stays."""
    earned = sum(line.amount_cents for line in lines if line.counts_as in rule.counts)
    days, due = payroll.days_for(rule, agent), payroll.days[agent.agent_id].due
    if not days:
        return DrawnMonth(agent, earned, 0, owed, 0)
    amount = for_days(rule.amount, days, due).cents if rule.prorate else to_cents(rule.amount)
    return DrawnMonth(agent, earned, amount, owed, advanced(rule, earned=earned, amount=amount, owed=owed))


def _lines(payroll: Payroll, rule: Draw, one: DrawnMonth) -> Iterator[PayLine]:
    who = one.agent.agent_id
    if one.cents:
        sign, code = (-ONE, "pay-note-draw-back") if one.cents < 0 else (ONE, "pay-note-draw")
        shown = {"amount": one.amount, "earned": one.earned, "owed": one.owed}
        note = say(code, payroll.language, **{name: amount_text(cents) for name, cents in shown.items()})
        amount = Amount(sign, "month", from_cents(abs(one.cents)))
        yield product_line(who, rule.id, rule.label, "draw", amount, rule=rule.rule, note=note)
    if one.owed or one.left:
        change, before, after = (from_cents(-cents) for cents in (one.cents, one.owed, one.left))
        note = carried_note(change, before, after, language=payroll.language)
        yield carried_line(who, rule, "draw", "yuan", after, note)


def _said(payroll: Payroll, rule: Draw, months: Sequence[DrawnMonth]) -> Iterator[Problem]:
    """Who owes what; of whom no later month can have it back."""
    leavers = [one for one in months if one.left and _leaves(payroll, one.agent)]
    staying = [one for one in months if one.left and one not in leavers]
    if staying:
        yield problem("draw-owed", found=_shown(staying), component=rule.label)
    if leavers:
        yield problem("draw-owed-by-leavers", found=_shown(leavers), component=rule.label)


def _leaves(payroll: Payroll, agent: Agent) -> bool:
    return agent.left_on is not None and agent.left_on <= payroll.month.last


def _shown(months: Sequence[DrawnMonth]) -> tuple[str, ...]:
    return shortened([f"{id_and_name(one.agent)}: {amount_text(one.left)}" for one in months])
