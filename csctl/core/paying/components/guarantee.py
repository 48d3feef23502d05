"""What tops pay up to its guarantee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from csctl.core.paying.amounts import ONE
from csctl.core.paying.components.base import is_probation
from csctl.core.paying.guarantee import GuaranteedMonth, guaranteed_cents, in_service_year, service_year, top_up
from csctl.core.paying.payroll import Paid, Payroll, by_agent
from csctl.core.paying.service_months import unknown_months, unknown_months_warning
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.core.records.marks import UNJUDGED, months_mark
from csctl.messages import say
from csctl.money import amount_text, from_cents
from csctl.month import Month
from csctl.policy.pay.guarantee import Guarantee


def guarantee(payroll: Payroll, made: Sequence[PayLine]) -> Paid:
    """A line for every regular whose guarantee adds or recovers something; whose year lacks months is said."""
    rules = payroll.pay.guarantee
    if rules is None:
        return Paid()
    lacking = _lacking_of_the_year(payroll, rules)
    lines = _guarantee_lines(payroll, rules, made, lacking)
    moved = {line.agent_id for line in lines}
    said = unknown_months_warning({who: own for who, own in lacking.items() if who in moved}, payroll.agents)
    return Paid(lines, problems=said)


def _lacking_of_the_year(payroll: Payroll, rules: Guarantee) -> dict[str, tuple[Month, ...]]:
    """Whose guarantee over the service year lacks which earlier months; of months on probation nothing is asked."""
    if rules.mode != "annual":
        return {}
    known = {past.month for past in payroll.past}
    found = {
        agent.agent_id: tuple(
            month
            for month in unknown_months(agent, payroll.month, known)
            if payroll.calendar.knows(month) and _regular_days(payroll, agent, month)
        )
        for agent in payroll.agents
        if payroll.days[agent.agent_id].regular
    }
    return {agent_id: months for agent_id, months in found.items() if months}


def _regular_days(payroll: Payroll, agent: Agent, month: Month) -> int:
    return payroll.days_in(month, [agent])[agent.agent_id].regular


def _guarantee_lines(
    payroll: Payroll,
    rules: Guarantee,
    lines: Sequence[PayLine],
    lacking: Mapping[str, Sequence[Month]],
) -> list[PayLine]:
    """A line for every regular whose guarantee adds or recovers something this month."""
    made, own = [], by_agent(lines)
    for agent in payroll.agents:
        attendance = payroll.days[agent.agent_id]
        if not attendance.regular:
            continue
        year = service_year(payroll.month, agent.hired_on)
        earlier = _earlier_months(payroll, rules, agent, year)
        earned = _earned(rules, own.get(agent.agent_id, []))
        guaranteed = guaranteed_cents(rules, year, attendance.regular, attendance.due)
        cents = top_up(rules, earlier, earned, guaranteed)
        if cents:
            months = [*earlier, GuaranteedMonth(earned, guaranteed, cents)]
            line = _guarantee_line(payroll, rules, agent.agent_id, cents, months)
            without = {*lacking.get(agent.agent_id, ()), *_months_unjudged(payroll, rules, agent, year)}
            made.append(replace(line, marks=months_mark(sorted(without))))
    return made


def _earned(rules: Guarantee, lines: Sequence[PayLine]) -> int:
    """What of somebody's lines counts towards the guarantee; pay on probation does not."""
    return sum(line.amount_cents for line in lines if line.counts_as in rules.counts and not is_probation(line))


def _earlier_months(payroll: Payroll, rules: Guarantee, agent: Agent, year: int) -> list[GuaranteedMonth]:
    """The agent's months of the same service year before this one, by the hiring date that is known now."""
    months, who = [], agent.agent_id
    for past in payroll.past:
        then = next((one for one in past.agents if one.agent_id == who), None)
        if then is None or past.month >= payroll.month or not payroll.calendar.knows(past.month):
            continue
        if not in_service_year(past.month, agent.hired_on, year):
            continue
        attendance = payroll.days_in(past.month, [then])[who]
        if attendance.regular:
            own = [line for line in past.lines if line.agent_id == who]
            months.append(
                GuaranteedMonth(
                    _earned(rules, own),
                    guaranteed_cents(rules, year, attendance.regular, attendance.due),
                    sum(line.amount_cents for line in own if line.kind == "guarantee"),
                )
            )
    return months


def _months_unjudged(payroll: Payroll, rules: Guarantee, agent: Agent, year: int) -> list[Month]:
    """The months of the service year before this one whose guarantee rests on what nobody judged for want of data."""
    return [
        past.month
        for past in (payroll.past if rules.mode == "annual" else ())
        if past.month < payroll.month and in_service_year(past.month, agent.hired_on, year)
        for line in past.lines
        if line.agent_id == agent.agent_id and line.kind == "guarantee"
        if any(mark.startswith(UNJUDGED) for mark in line.marks)
    ]


def _guarantee_line(
    payroll: Payroll, rules: Guarantee, agent_id: str, cents: int, months: Sequence[GuaranteedMonth]
) -> PayLine:
    note = say(
        f"pay-note-guarantee-{rules.mode}",
        payroll.policy.language,
        guaranteed=amount_text(sum(month.guaranteed for month in months)),
        earned=amount_text(sum(month.earned for month in months)),
        before=amount_text(sum(month.topped_up for month in months[:-1])),
        month_guaranteed=amount_text(months[-1].guaranteed),
        month_earned=amount_text(months[-1].earned),
    )
    return PayLine(
        agent_id=agent_id,
        line="guarantee",
        label=say("pay-guarantee", payroll.policy.language),
        kind="guarantee",
        basis="guarantee",
        source="",
        quantity=ONE,
        unit="month",
        rate=from_cents(cents),
        divisor=ONE,
        amount_cents=cents,
        rule=rules.rule,
        note=note,
    )
