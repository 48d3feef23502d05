"""What people say: yes or no to a requirement that no figure decides."""

from __future__ import annotations

from csctl.core.career.case import Case, Outcome
from csctl.core.lines import FindingState
from csctl.words import RATERS, SELF, yes_or_no

JUDGES = tuple(role for role in RATERS if role != SELF)
"""Whose answers count; nobody answers for oneself."""


def judged(case: Case) -> Outcome:
    """A person's yes or no. Without an answer, or with two that differ, it needs a person."""
    requirement = case.requirement
    names = (requirement.id, requirement.label)
    found = [one for role in JUDGES for one in case.sheets.find(case.agent.agent_id, role, names)]
    answers = {yes_or_no(one.value) for one in found}
    state: FindingState = "judge"
    if len(answers) == 1 and None not in answers:
        state = "met" if True in answers else "unmet"
    said = case.listed(dict.fromkeys(one.value for one in found))
    evidence = tuple(case.told(one.rater, one.value, one.reason) for one in found)
    following = case.words("career-next-judge", item=requirement.id) if state == "judge" else ""
    return Outcome(
        state, case.words("career-need-judge"), said or case.words("career-found-no-answer"), evidence, following
    )
