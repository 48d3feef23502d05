"""Time served: months since hiring, and months since a level was reached."""

from __future__ import annotations

from csctl.core.career.case import Case, Outcome
from csctl.core.career.history import Since, complete_on, months_until_the_end
from csctl.core.records.lines import FindingState


def tenure(case: Case) -> Outcome:
    """Complete months since hiring, at the end of the assessed month; the number itself is enough."""
    needed = case.requirement.tenure_months or 0
    hired = case.agent.hired_on
    since = Since(hired, hired) if hired else None
    return _served(case, case.words("career-need-tenure", months=needed), needed, since)


def level_time(case: Case) -> Outcome:
    """Complete months since first reaching one of the levels (A-27).

    Where it is only known between which days that was, both must give the same answer.
    """
    needed = case.requirement.level_months or 0
    names = [case.level_id(name) for name in case.requirement.since_levels or [case.step.from_level]]
    since = case.history.reached(case.agent, frozenset(names), case.ladder)
    words = case.words("career-need-level", levels=case.listed(names), months=needed)
    return _served(case, words, needed, since)


def _served(case: Case, words: str, needed: int, since: Since | None) -> Outcome:
    if since is None:
        return Outcome("no_data", words, case.words("career-found-no-start"))
    least = months_until_the_end(since.latest, case.month)
    most = months_until_the_end(since.earliest, case.month) if since.earliest else max(least, needed)
    day = case.words("career-since", day=since.latest)
    if since.certain or least >= needed:
        following = case.words("career-next-day", day=complete_on(since.latest, needed))
        found = case.words("career-found-months" if since.certain else "career-found-months-at-least", months=least)
        met = least >= needed
        return Outcome("met" if met else "unmet", words, found, (day,), "" if met else following)
    state: FindingState = "unmet" if most < needed else "no_data"
    found = case.words("career-found-months-between", least=least, most=most if since.earliest else "?")
    return Outcome(state, words, found, (case.words("career-since-before", day=since.latest),))
