"""Working time: shifts that can be told apart, meals inside them, kinds of leave, and what the measures need."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from csctl.messages import problem
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.refs import measure_uses
from csctl.policy.tree import Locate
from csctl.policy.working_time import ATTENDANCE_PREFIX, DAY_MINUTES, LeaveRules, Shift, WorkingTime
from csctl.problems import Problem

NEEDED = {"long_meals": "meal_minutes", "rest_days_unused": "rest_days", "valid_fixes": "punch_fixes"}
"""Measures that make sense only with a key of ``working_time``."""
MOST_REST_DAYS = {"week": 7, "month": 31}


def lint_working_time(policy: Policy, where: Locate) -> Iterator[Problem]:
    """Everything about shifts, leave and rest; nothing for a policy without working time."""
    rules = policy.working_time
    if rules is None:
        return
    yield from _names(rules, where)
    for index, shift in enumerate(rules.shift):
        yield from _shift(shift, ("working_time", "shift", index), where)
    if rules.leave:
        yield from _kinds(rules.leave, where)
    limit = MOST_REST_DAYS[rules.rest_per]
    if rules.rest_days is not None and rules.rest_days > limit:
        yield problem("rest-days-too-many", where(("working_time", "rest_days")), rules.rest_days, limit=limit)
    for path, name in measure_uses(policy):
        key = NEEDED.get(name.removeprefix(ATTENDANCE_PREFIX)) if name.startswith(ATTENDANCE_PREFIX) else None
        if key and getattr(rules, key) is None:
            yield problem("attendance-measure-without-rule", where(path), name, key=key)


def _kinds(leave: LeaveRules, where: Locate) -> Iterator[Problem]:
    """Statutory and unpaid kinds of leave are among those there are."""
    for key in ("statutory", "unpaid") if leave.kinds else ():
        for index, kind in enumerate(getattr(leave, key)):
            if kind not in leave.kinds:
                path: Path = ("working_time", "leave", key, index)
                yield problem("leave-statutory-not-a-kind", where(path), kind, known="、".join(leave.kinds))


def _names(rules: WorkingTime, where: Locate) -> Iterator[Problem]:
    """Two shifts whose names the attendance table cannot tell apart: width and case do not count."""
    seen: dict[str, str] = {}
    for index, shift in enumerate(rules.shift):
        key = unicodedata.normalize("NFKC", shift.id).strip().casefold()
        if key in seen:
            yield problem("shift-names-alike", where(("working_time", "shift", index, "id")), shift.id, first=seen[key])
        seen.setdefault(key, shift.id)


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
