"""What people say: yes or no to a requirement that no figure decides, and how colleagues voted about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csctl.core.career.case import Case, Outcome
from csctl.core.records.lines import FindingState
from csctl.core.scoring.ratings import Rating
from csctl.policy.career import Requirement
from csctl.words import RATERS, SELF, VOTE, fold, yes_or_no

JUDGES = tuple(role for role in RATERS if role != SELF)
"""Whose answers count; nobody answers for oneself."""


def judged(case: Case) -> Outcome:
    """A person's yes or no. Without an answer, or with two that differ, it needs a person.

    Votes are shown beside it, as numbers only; where the policy says how many percent are enough, they decide.
    """
    requirement = case.requirement
    votes = _votes(case) if requirement.vote else None
    if votes is not None and requirement.vote_percent is not None:
        return _by_vote(case, votes)
    found = [one for role in JUDGES for one in case.sheets.find(case.agent.agent_id, role, _names(requirement))]
    answers = {yes_or_no(one.value) for one in found}
    state: FindingState = "judge"
    if len(answers) == 1 and None not in answers:
        state = "met" if True in answers else "unmet"
    said = case.listed(dict.fromkeys(one.value for one in found))
    evidence = tuple(case.told(one.rater, one.value, one.reason) for one in found)
    following = case.words("career-next-judge", item=requirement.id) if state == "judge" else ""
    tally = votes.told(case) if votes is not None else ""
    if found and tally:
        evidence = (*evidence, tally)
    said = said or case.told(case.words("career-found-no-answer"), tally)
    return Outcome(state, case.words("career-need-judge"), said, evidence, following)


def _names(requirement: Requirement) -> tuple[str, str]:
    return requirement.id, requirement.label


@dataclass(frozen=True, slots=True)
class _Votes:
    """How many were for it, against it, and neither. Never who."""

    yes: int
    no: int
    neither: int

    def told(self, case: Case) -> str:
        if not self.yes + self.no + self.neither:
            return case.words("career-no-votes")
        return case.words("career-votes", yes=self.yes, no=self.no, neither=self.neither)


def _votes(case: Case) -> _Votes:
    """Of each voter the last vote; a word that is neither yes nor no is no vote for or against."""
    found = case.sheets.find(case.agent.agent_id, VOTE, _names(case.requirement))
    answers = [yes_or_no(one.value) for one in _once(found)]
    return _Votes(answers.count(True), answers.count(False), answers.count(None))


def _once(found: Sequence[Rating]) -> list[Rating]:
    named = {fold(one.rater): one for one in sorted(found, key=lambda one: str(one.day or "")) if one.rater}
    return [*named.values(), *(one for one in found if not one.rater)]


def _by_vote(case: Case, votes: _Votes) -> Outcome:
    """Enough of those who said yes or no said yes. Nobody's vote is nobody's no."""
    needed = case.requirement.vote_percent or 0
    cast = votes.yes + votes.no
    state: FindingState = "judge" if not cast else "met" if 100 * votes.yes >= needed * cast else "unmet"
    following = case.words("career-next-vote") if state == "judge" else ""
    said = case.words("career-need-votes", percent=f"{needed:f}" if needed else "")
    return Outcome(state, said, votes.told(case), next=following)
