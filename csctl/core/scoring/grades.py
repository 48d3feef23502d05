"""The grade of a score, and how it is written where a quota gave another."""

from __future__ import annotations

from decimal import Decimal

from csctl.core.records.lines import Score
from csctl.messages import say
from csctl.messages.grammar import with_aside
from csctl.policy.model import Policy
from csctl.policy.scoring import Grade


def grade_reached(policy: Policy, score: Decimal) -> Grade | None:
    """The best grade that the shown score reaches; the last one has no edge. None where the policy has none."""
    return next((one for one in policy.grade if one.at_least is None or score >= one.at_least), None)


def percent_text(share: Decimal) -> str:
    """A share in percent as people write it: ``20`` of 0.2."""
    return f"{(share * 100).normalize():f}"


def grade_text(score: Score, language: str) -> str:
    """The grade that holds, with the one that the score alone reaches beside it where a quota gave another."""
    by_score = say("grade-by-score", language, grade=score.grade_by_score) if score.grade_by_score else ""
    return with_aside(score.grade, by_score, language)
