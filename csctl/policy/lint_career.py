"""Careers: steps go the way they say, and no requirement is one that nobody can meet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from csctl.messages import problem
from csctl.policy.career import ANY_LEVEL, WAYS, CareerStep, Requirement
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.problems import Problem

ON_SCORES = ("average_rank", "ranks_missed", "quarters", "failed_months")
_WAY_OF_KEY = {key: [way for way, keys in WAYS.items() if key in keys] for keys in WAYS.values() for key in keys}


def lint_career(policy: Policy, where: Locate) -> Iterator[Problem]:
    """All about promotion, demotion and dismissal. Names are looked at with all others."""
    if policy.career is None:
        return
    yield from _quarter_grades(policy, where)
    for path, step in uses(policy, CareerStep):
        yield from _target(policy, step, path, where)
        if step.promotion_months and not step.after_promotion:
            yield problem("career-promotion-months-alone", where((*path, "promotion_months")))
        for inner, requirement in uses(step, Requirement, path):
            yield from _requirement(policy, step, requirement, inner, where)


def _quarter_grades(policy: Policy, where: Locate) -> Iterator[Problem]:
    grades = policy.career.quarter_grade if policy.career else []
    for index, grade in enumerate(grades):
        path: Path = ("career", "quarter_grade", index)
        last = index == len(grades) - 1
        if last and grade.at_least is not None:
            yield problem("policy-last-grade-open", where((*path, "at_least")), grade.label)
        if not last and grade.at_least is None:
            yield problem("policy-grade-without-edge", where(path), grade.label)
    for index, (above, below) in enumerate(pairwise(grades), start=1):
        if above.at_least is not None and below.at_least is not None and below.at_least >= above.at_least:
            at = where(("career", "quarter_grade", index, "at_least"))
            yield problem("policy-grades-not-descending", at, below.label, above=above.label)


def _target(policy: Policy, step: CareerStep, path: Path, where: Locate) -> Iterator[Problem]:
    if step.kind == "dismissal":
        if step.target:
            key = "to_level" if step.to_level else "leads_to"
            yield problem("career-dismissal-with-target", where((*path, key)), step.id)
        return
    if step.to_level and step.leads_to:
        yield problem("career-two-targets", where((*path, "leads_to")), step.id)
    if not step.target:
        yield problem("career-step-without-target", where(path), step.id)
        return
    ladder = [level.id for level in policy.level]
    start = policy.job_level(step.from_level)
    target = policy.job_level(step.to_level) if step.to_level else None
    if start is None or target is None:
        return
    rise = ladder.index(target.id) - ladder.index(start.id)
    if rise == 0 or (rise > 0) != (step.kind == "promotion"):
        at = where((*path, "to_level"))
        yield problem("career-step-direction", at, step.id, kind=step.kind, below=start.id, above=target.id)


def _requirement(
    policy: Policy, step: CareerStep, requirement: Requirement, path: Path, where: Locate
) -> Iterator[Problem]:
    way = requirement.way
    for key in sorted(requirement.model_fields_set & _WAY_OF_KEY.keys()):
        if key not in WAYS[way]:
            ways = ", ".join(_WAY_OF_KEY[key])
            yield problem("career-key-without-use", where((*path, key)), key, ways=ways, way=way)
    if way in ON_SCORES and not policy.dimension:
        yield problem("policy-score-not-made", where(path))
    if way == "quarters" and (requirement.grade is None) == (requirement.grade_below is None):
        yield problem("career-grade-one", where(path), requirement.id)
    if way == "level_months" and step.from_level == ANY_LEVEL and not requirement.since_levels:
        yield problem("career-levels-missing", where(path), requirement.id)
    if requirement.vote_percent is not None and not requirement.vote:
        yield problem("career-vote-percent-alone", where((*path, "vote_percent")))
    if way == "measure" and (requirement.total is None or not requirement.total.edges):
        yield problem("career-total-missing", where((*path, "measure")), requirement.id)
    yield from _window(step, requirement, path, where)


def _window(step: CareerStep, requirement: Requirement, path: Path, where: Locate) -> Iterator[Problem]:
    """An average needs a window, and a window must have room for what is counted in it."""
    length = requirement.window_months or step.window_months
    if requirement.average_rank is not None and length is None:
        yield problem("career-window-missing", where(path), requirement.id)
    needed = requirement.ranks_missed or requirement.failed_months or 1
    if requirement.quarters is not None:
        needed = 3 * (requirement.quarters - 1) + 1
    if length is not None and length < needed:
        yield problem("career-window-too-short", where(path), requirement.id, months=needed)
