"""Tallies: conditions that data alone decide."""

from __future__ import annotations

from collections.abc import Iterator

from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.parts import Condition
from csctl.policy.scoring import TallyMark
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem


def lint_marks(policy: Policy, where: Locate) -> Iterator[Problem]:
    """A mark is part of the score and cannot hang on it."""
    for path, mark in uses(policy, TallyMark):
        for inner, condition in uses(mark, Condition, path):
            if condition.score is not None or condition.first is not None:
                yield problem("mark-needs-measure", where(inner), condition.first or "score")
