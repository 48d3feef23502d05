"""What people say: yes or no to a requirement that no figure decides."""

from __future__ import annotations

from csctl.core.career.case import Case, Outcome
from csctl.core.lines import FindingState
from csctl.core.people.identity import fold

RATERS = ("superior", "panel")
"""Whose answers count; nobody answers for oneself."""

YES = frozenset({"是", "有", "通过", "符合", "合格", "yes", "y", "true", "1", "✓", "√"})
NO = frozenset({"否", "无", "不通过", "未通过", "不符合", "不合格", "no", "n", "false", "0", "✗", "×"})
"""What a person may write as an answer, in small letters."""


def judged(case: Case) -> Outcome:
    """A person's yes or no. Without an answer, or with two that differ, it needs a person."""
    requirement = case.requirement
    names = (requirement.id, requirement.label)
    found = [one for role in RATERS for one in case.sheets.find(case.agent.agent_id, role, names)]
    answers = {answer_of(one.value) for one in found}
    state: FindingState = "judge"
    if len(answers) == 1 and None not in answers:
        state = "met" if True in answers else "unmet"
    said = case.listed(dict.fromkeys(one.value for one in found))
    evidence = tuple(case.told(one.rater, one.value, one.reason) for one in found)
    following = case.words("career-next-judge", item=requirement.id) if state == "judge" else ""
    return Outcome(
        state, case.words("career-need-judge"), said or case.words("career-found-no-answer"), evidence, following
    )


def answer_of(text: str) -> bool | None:
    """Yes, no, or None for anything else."""
    word = fold(text)
    return True if word in YES else False if word in NO else None
