"""What of a policy rests on which table: scores and pay, steps of the ladder, checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from csctl.policy.career import Requirement
from csctl.policy.checks import CHECK_PREFIX
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.refs import COMPOSITE_PREFIX, EVENT_PREFIX, figures_named, tables_named
from csctl.policy.scoring import Indicator
from csctl.policy.working_time import ATTENDANCE_PREFIX

WORKING_TIME = ("attendance", "leave", "punch_fixes")
"""What rules on working time look at."""
RECORDS = {
    "judge": "ratings",
    "titles": "titles",
    "exam": "exams",
    "warnings": "discipline",
    "clean": "discipline",
}
"""The table that a way of a requirement looks at by itself."""


@dataclass(frozen=True, slots=True)
class Resting:
    """An entry of the policy with the tables it rests on. ``counts``: it makes a score, or pay."""

    label: str
    tables: frozenset[str]
    counts: bool


def resting(policy: Policy) -> list[Resting]:
    """Every entry that decides something, in the order: score, pay, ladder, checks."""
    return [Resting(label, frozenset(tables), counts) for label, tables, counts in _entries(policy)]


def _entries(policy: Policy) -> Iterator[tuple[str, set[str], bool]]:
    for indicator in (one for dimension in policy.dimension for one in dimension.indicator):
        yield indicator.label, _of_indicator(policy, indicator), True
    for adjustment in policy.adjustment:
        yield adjustment.label, tables_under(policy, adjustment), True
    pay = policy.pay
    for entry in (*pay.entries, *pay.pool) if pay else ():
        yield entry.label, tables_under(policy, entry), True
    for step in policy.career.step if policy.career else ():
        for requirement in step.requirements:
            yield requirement.label, _of_requirement(policy, requirement), False
    for check in policy.check:
        yield check.label, {table.name for table in tables_named(check)}, False


def _of_indicator(policy: Policy, indicator: Indicator) -> set[str]:
    return tables_under(policy, indicator) | ({"ratings"} if indicator.rated_items else set())


def _of_requirement(policy: Policy, requirement: Requirement) -> set[str]:
    own = RECORDS.get(requirement.way)
    return tables_under(policy, requirement) | ({own} if own else set())


def tables_under(policy: Policy, part: Part) -> set[str]:
    """The tables that a part looks at, itself and through the figures that it names."""
    return {table.name for table in tables_named(part)} | tables_of_figures(policy, figures_named(part))


def tables_of_figures(policy: Policy, names: Iterable[str]) -> set[str]:
    """The tables that these figures look at, and those that they are made of."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            tables, further = _of_figure(policy, name)
            found.update(tables)
            waiting += further
    return found


def _of_figure(policy: Policy, name: str) -> tuple[Iterable[str], list[str]]:
    """The tables of a figure, and the figures that it is made of."""
    if name.startswith(EVENT_PREFIX):
        return {"events"}, []
    if name.startswith(ATTENDANCE_PREFIX):
        return WORKING_TIME, []
    if name.startswith(CHECK_PREFIX):
        named = (one for one in policy.check if name.startswith(f"{CHECK_PREFIX}{one.id}."))
        return {table.name for one in named for table in tables_named(one)}, []
    if name.startswith(COMPOSITE_PREFIX):
        composite = policy.composite.get(name.removeprefix(COMPOSITE_PREFIX))
        return (), [part.measure for part in composite.of] if composite else []
    measure = policy.measure.get(name)
    return ({table.name for table in tables_named(measure)}, figures_named(measure)) if measure else ((), [])
