"""Working time: meals inside their shifts, and what the measures need."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.refs import measures_named
from csctl.policy.tree import Locate
from csctl.policy.walk import uses
from csctl.policy.working_time import ATTENDANCE_PREFIX, DAY_MINUTES, Shift
from csctl.problems import Problem

NEEDED = {
    f"{ATTENDANCE_PREFIX}long_meals": "meal_minutes",
    f"{ATTENDANCE_PREFIX}rest_days_unused": "rest_days",
    f"{ATTENDANCE_PREFIX}valid_fixes": "punch_fixes",
}
"""Measures that make sense only with a key of ``working_time``."""
MOST_REST_DAYS = {"week": 7, "month": 31}


def lint_working_time(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Everything about shifts, leave and rest; nothing for a policy without working time."""
    rules = policy.working_time
    if rules is None:
        return
    for path, shift in uses(policy, Shift):
        yield from _shift(shift, path, where)
    limit = MOST_REST_DAYS[rules.rest_per]
    if rules.rest_days is not None and rules.rest_days > limit:
        yield problem("rest-days-too-many", where(("working_time", "rest_days")), rules.rest_days, limit=limit)
    for met in measures_named(policy):
        key = NEEDED.get(met.text)
        if key and getattr(rules, key) is None:
            yield problem("attendance-measure-without-rule", where(met.path), met.text, key=key)


def _shift(shift: Shift, path: Path, where: Locate) -> Iterator[Problem]:
    start, end = shift.span
    if end - start == DAY_MINUTES:
        yield problem("shift-whole-day", where((*path, "end")), shift.id)
    spans = []
    for index, meal in enumerate(shift.meal):
        first, last = shift.meal_span(meal)
        spans.append((first, last, index))
        if first < start or last > end:
            span = f"{shift.start}–{shift.end}"
            yield problem("shift-meal-outside", where((*path, "meal", index)), f"{meal.start}–{meal.end}", span=span)
    for before, after in pairwise(sorted(spans)):
        if after[0] < before[1]:
            meal = shift.meal[after[2]]
            at = where((*path, "meal", after[2]))
            yield problem("shift-meals-overlap", at, f"{meal.start}–{meal.end}")
