"""Law checks on a month: what a lawyer or an inspector would ask about, with the article (W-01 … W-08).

They look at finished pay lines and at the policy, and never change either. Amounts are cents. What the law leaves to
places (minimum wages) comes from the policy; where it is not given, the advice says that nothing was checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.law.hours import working_hours
from csctl.core.law.overtime import overtime_hours
from csctl.core.law.twice import charged_twice
from csctl.core.paying.components.base import is_probation, monthly_base, with_level_ids
from csctl.core.people.employment import counting_of
from csctl.core.people.spans import days_here
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.advice import Advice, in_order_of_checks
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.money import exact, from_cents, round_half_up, to_cents
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.pay.plan import Pay
from csctl.problems import Text, blank_text

DEDUCTED = ("fine", "compensation")
"""Kinds of pay lines that take money away from wages earned."""
REST_DAYS = "attendance.rest_days_taken"


@dataclass(frozen=True, slots=True)
class LawInput:
    """What the checks look at: a month's people, pay lines and values (agent → measure → value).

    Without pay lines only the policy is checked; with them, the calendar knows the month. ``open_rest`` are the agents
    with days that no row tells of, any of which may have been one of rest.
    """

    policy: Policy
    month: Month
    agents: Sequence[Agent]
    lines: Sequence[PayLine]
    calendar: WorkCalendar
    values: Mapping[str, Mapping[str, Decimal | None]]
    open_rest: frozenset[str] = frozenset()

    def own(self, agent: Agent) -> list[PayLine]:
        """One agent's pay lines for this month; corrections settle others and are judged in none."""
        return [line for line in self.lines if line.agent_id == agent.agent_id and line.kind != "correction"]


def law_advice(given: LawInput) -> tuple[Advice, ...]:
    """Every hint on the month, by check, kind and agent; none where the policy is under no law that is known here."""
    if not given.policy.under_law:
        return ()
    found = [advice for check in _CHECKS for advice in check(given)]
    return tuple(in_order_of_checks(found))


def _fines(given: LawInput) -> Iterator[Advice]:
    """W-01: fines at all, more than the cap of a month's wage, and what remains below the minimum wage."""
    pay = given.policy.pay
    fines = [fine for fine in pay.fine if fine.kind == "fine"] if pay else []
    if fines:
        labels, rules = blank_text([fine.label for fine in fines]), _joined(fine.rule for fine in fines)
        yield Advice("law-fines-in-policy", found=labels, limit="0", rule=rules)
    for agent in given.agents:
        own = given.own(agent)
        # An appeal that revoked a fine leaves its line, at 0.
        fined = [line for line in own if line.kind == "fine" and line.amount_cents]
        if fined:
            labels, rules = _joined(line.label for line in fined), _joined(line.rule for line in fined)
            yield Advice("law-fine", agent.agent_id, -_cents(fined), labels, "0", rules)
        deducted = [line for line in own if line.kind in DEDUCTED]
        if _cents(deducted) < 0:
            yield from _after_deductions(given, agent, own, deducted)


def _after_deductions(
    given: LawInput, agent: Agent, own: Sequence[PayLine], deducted: Sequence[PayLine]
) -> Iterator[Advice]:
    taken, wage = -_cents(deducted), _cents(line for line in own if line.kind not in DEDUCTED)
    rules = _joined(line.rule for line in deducted)
    # Rounded down: a cap is never exceeded by rounding.
    cap = max(0, wage) * exact(given.policy.law.deduction_cap) // 1
    if taken > cap:
        yield Advice("law-deduction-over-cap", agent.agent_id, taken - cap, _yuan(taken), _yuan(cap), rules)
    lowest = _minimum_cents(given, agent)
    if lowest is not None and wage - taken < lowest:
        lacking = min(taken, lowest - (wage - taken))
        found = _yuan(wage - taken)
        yield Advice("law-remainder-below-minimum", agent.agent_id, lacking, found, _yuan(lowest), rules)


def _minimum_wages(given: LawInput) -> Iterator[Advice]:
    """W-02: less than the local minimum wage for the days employed; time not worked does not count against pay."""
    unknown: set[str] = set()
    for agent in given.agents:
        own = given.own(agent)
        if not own:
            continue
        lowest = _minimum_cents(given, agent)
        if lowest is None:
            unknown.add(agent.region)
            continue
        earned = [line for line in own if line.counts_as in given.policy.law.minimum_wage_counts]
        if _cents(earned) < lowest:
            short, rules = lowest - _cents(earned), _joined(line.rule for line in earned)
            yield Advice("law-below-minimum", agent.agent_id, short, _yuan(_cents(earned)), _yuan(lowest), rules)
    for region in sorted(unknown):
        yield Advice("law-minimum-not-given" if region else "law-region-not-given", found=region)


def _minimum_cents(given: LawInput, agent: Agent) -> int | None:
    """The minimum wage for the part of the month in which the agent was employed, HALF_UP; None if not given."""
    monthly = given.policy.law.minimum_wage_of(agent.region, str(given.month))
    count = counting_of(given.policy, given.month, given.calendar)
    due = count(given.month.days())
    if monthly is None or not due:
        return None
    employed = count(days_here(agent, given.month))
    return int(round_half_up(exact(monthly) * 100 * employed / due, 0))


def _probation(given: LawInput) -> Iterator[Advice]:
    """W-03: pay on probation below its share of regular pay, or of the lowest regular pay at the same level."""
    if given.policy.pay is None:
        return
    pay, share = with_level_ids(given.policy, given.policy.pay), exact(given.policy.law.probation_share)
    for agent in given.agents:
        rates = [line for line in given.own(agent) if is_probation(line)]
        regular = _lowest_regular(pay, agent, given.agents)
        if rates and regular is not None and exact(rates[0].rate) < exact(regular) * share:
            limit = to_cents(exact(regular) * share)
            lacking, found = limit - to_cents(rates[0].rate), _yuan(to_cents(rates[0].rate))
            yield Advice("law-probation-low", agent.agent_id, lacking, found, _yuan(limit), rates[0].rule)


def _lowest_regular(pay: Pay, agent: Agent, agents: Sequence[Agent]) -> Decimal | None:
    same = [agent, *(one for one in agents if one.level == agent.level)]
    return min((amount for one in same if (amount := monthly_base(pay, one)) is not None), default=None)


def _absence_twice(given: LawInput) -> Iterator[Advice]:
    """W-04: one absence that costs both the pay of the time and a fine."""
    pairs = list(charged_twice(given.policy))
    for agent in given.agents:
        own = given.own(agent)
        for deduction, fine in pairs:
            unworked = [line for line in own if line.kind == "unworked" and line.line == deduction.id]
            fined = [line for line in own if line.kind == fine.kind and line.line.partition(".")[0] == fine.id]
            if unworked and _cents(fined):
                rules = _joined([deduction.rule, fine.rule])
                amount, both = -_cents(fined), f"{deduction.label} + {fine.label}"
                yield Advice("law-absence-twice", agent.agent_id, amount, both, "", rules)


def _dismissals(given: LawInput) -> Iterator[Advice]:
    """W-05: the policy names grounds for dismissal; each is a candidate with a checklist, never a decision."""
    for step in given.policy.career.step if given.policy.career else []:
        if step.kind == "dismissal":
            grounds = step.requirements
            rules = _joined([step.rule, *(ground.rule for ground in grounds)])
            yield Advice("law-dismissal", found=blank_text([ground.label for ground in grounds]), rule=rules)


def _hours(given: LawInput) -> Iterator[Advice]:
    """W-06: rest days and hours, as planned and as taken."""
    yield from working_hours(given.policy, given.month)
    yield from overtime_hours(given.policy, given.agents, given.values)
    weeks = len(given.month.days()) // 7
    due = given.policy.law.weekly_rest_days * weeks
    rule = given.policy.working_time.rule if given.policy.working_time else ""
    taken = {agent.agent_id: given.values.get(agent.agent_id, {}).get(REST_DAYS) for agent in given.agents}
    # An export that lists nobody's days of rest says nothing about them.
    listed = any(taken.values())
    for agent in given.agents:
        days = taken[agent.agent_id]
        all_month = days_here(agent, given.month) == given.month.days()
        known = all_month and agent.agent_id not in given.open_rest
        if listed and known and days is not None and days < due:
            yield Advice("law-rest-days-taken", agent.agent_id, None, f"{days.normalize():f}", str(due), rule)


def _cents(lines: Iterable[PayLine]) -> int:
    return sum(line.amount_cents for line in lines)


def _yuan(cents: int) -> str:
    return str(from_cents(cents))


def _joined(texts: Iterable[str]) -> Text:
    """Different texts, in order, each once."""
    return blank_text(list(dict.fromkeys(text for text in texts if text)))


def _conduct(given: LawInput) -> Iterator[Advice]:
    """W-07 and W-08: penalties on leaving, and results shown to everybody."""
    law = given.policy.law
    if law.resignation_penalty:
        yield Advice("law-resignation-penalty", rule=law.resignation_rule)
    if law.publishes_results:
        yield Advice("law-publication", rule=law.publication_rule)


_CHECKS: tuple[Callable[[LawInput], Iterator[Advice]], ...] = (
    _fines,
    _minimum_wages,
    _probation,
    _absence_twice,
    _dismissals,
    _hours,
    _conduct,
)
