"""Scores: grades descend, and nothing needs a score that is not made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Condition
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import references
from csctl.policy.scoring import Adjustment
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem


def lint_scores(policy: Policy, where: Locate) -> Iterator[Problem]:
    """All about the score as a whole."""
    yield from _grades(policy, where)
    yield from _coefficients(policy, where)
    yield from _rules(policy, where)
    yield from _self_reference(policy, where)
    yield from _score_wanted(policy, where)


def _grades(policy: Policy, where: Locate) -> Iterator[Problem]:
    for index, grade in enumerate(policy.grade):
        last = index == len(policy.grade) - 1
        if last and grade.at_least is not None:
            yield problem("policy-last-grade-open", where(("grade", index, "at_least")), grade.label)
        if not last and grade.at_least is None:
            yield problem("policy-grade-without-edge", where(("grade", index)), grade.label)
    for index, (above, below) in enumerate(pairwise(policy.grade), start=1):
        if above.at_least is not None and below.at_least is not None and below.at_least >= above.at_least:
            at = where(("grade", index, "at_least"))
            yield problem("policy-grades-not-descending", at, below.label, above=above.label)


def _coefficients(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Coefficients of grades by which no component of pay multiplies anything: whoever wrote one is told, once."""
    paid = any(part.by == "grade" for _, part in uses(policy, Performance))
    if paid or (policy.score is not None and policy.score.coefficient_paid == "outside"):
        return
    code = "policy-coefficient-unpaid" if policy.pay else "policy-coefficient-shown"
    index = next((index for index, grade in enumerate(policy.grade) if grade.coefficient is not None), None)
    if index is not None:
        yield problem(code, where(("grade", index, "coefficient")), policy.grade[index].label)


def _rules(policy: Policy, where: Locate) -> Iterator[Problem]:
    rules = policy.score
    if rules is None:
        return
    if rules.floor is not None and rules.cap is not None and rules.floor > rules.cap:
        yield problem("policy-floor-above-cap", where(("score", "floor")), rules.floor, cap=rules.cap)


def _self_reference(policy: Policy, where: Locate) -> Iterator[Problem]:
    """An adjustment is part of the score, so nothing in its condition may look at the score."""
    for path, adjustment in uses(policy, Adjustment):
        for inner, condition in uses(adjustment, Condition, path):
            if condition.first == "score" or condition.score is not None:
                yield problem("policy-adjustment-on-score", where(inner))


def _score_wanted(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Whatever needs a score needs dimensions, and dimensions need the rules of the score."""
    if policy.dimension:
        if policy.score is None:
            yield problem("policy-score-rules-missing", where(("dimension", 0)))
        return
    for path in _score_users(policy):
        yield problem("policy-score-not-made", where(path))


def _score_users(policy: Policy) -> Iterator[Path]:
    if policy.adjustment:
        yield ("adjustment", 0)
    if policy.grade:
        yield ("grade", 0)
    yield from (path for path, pool in uses(policy, Pool) if pool.on_score)
    yield from (path for path, part in uses(policy, Performance) if part.by != "attainment")
    yield from (met.path for met, ref in references(policy) if "score" in ref.also and met.text == "score")
    yield from (path for path, condition in uses(policy, Condition) if condition.score is not None)
