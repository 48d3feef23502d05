"""Months below the pass mark, and measures added up over months."""

from __future__ import annotations

from decimal import Decimal

from csctl.core.career.case import Case, Outcome
from csctl.core.records.lines import FindingState


def failed_months(case: Case) -> Outcome:
    """So many months below the pass mark (PR-017, SA-091)."""
    needed = case.requirement.failed_months or 1
    window = case.window(case.length, reserve=needed)
    periods = case.month_periods(window, lambda score: None if score.passed is None else not score.passed)
    counted = case.count(periods, window)
    rules = case.given.policy.score
    last = counted.low == needed - 1 and window.counts(case.next_month) and rules is not None
    mark = rules.pass_mark if rules else ""
    following = case.words("career-next-pass", month=case.next_month, score=mark) if last else ""
    return case.counted("career-need-failed", needed, periods, counted, following)


def measured_total(case: Case) -> Outcome:
    """A measure added up over the window, against bounds; without every month's value only a lower bound can be met.

    Who was not here for all of the window has not done too little in it.
    """
    requirement = case.requirement
    name = requirement.measure or ""
    window = case.window(case.length, reserve=1)
    months = case.employed_months(window)
    without = case.without_file(months, [name])
    known = {
        month: value
        for month in months
        if month not in without
        and not case.is_unknown(month, window)
        and (value := case.history.value(case.agent.agent_id, name, month)) is not None
    }
    total = sum(known.values(), Decimal(0))
    bounds = requirement.total
    holds = bounds is not None and bounds.holds(total)
    rising = bounds is not None and bounds.at_most is None and bounds.below is None and bounds.equals is None
    unknown = [month for month in (months if rising else window.months) if month not in known]
    state: FindingState = "met" if holds else "unmet"
    if not known or (unknown and not (holds and rising)):
        state = "no_data"
    evidence = tuple(case.figure_words(month, name, value) for month, value in known.items() if value)
    words = case.words("career-need-measure", label=case.label(name), bounds=_bounds_words(case))
    if without and state == "no_data":
        return case.nobody_says(words, without)
    found = str(total) if known else case.words("career-found-nothing")
    if known and state == "no_data":
        found = case.words("career-found-sum-without", total=total, months=case.listed(unknown))
    return Outcome(state, words, found, evidence)


def _bounds_words(case: Case) -> str:
    bounds = case.requirement.total
    signs = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<", "equals": "="}
    named = {sign: getattr(bounds, key) for key, sign in signs.items()} if bounds else {}
    return " ".join(f"{sign} {edge}" for sign, edge in named.items() if edge is not None)
