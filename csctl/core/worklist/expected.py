"""What must be handed in and is in no row: reports, plans, approvals that a policy expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from csctl.core.checking.expected import Due, Expecting, not_there
from csctl.core.frames.frame import Frame
from csctl.core.worklist.todos import Todo, days_overdue
from csctl.month import Month
from csctl.policy.checks import Check
from csctl.policy.model import Policy
from csctl.problems import NOWHERE


def rows_to_come(
    policy: Policy, frames: Mapping[str, Frame], given: Expecting, month: Month, on: date, names: Mapping[str, str]
) -> list[Todo]:
    """Of each thing that a month's rows must show, the last one that was due by a day and is not there, and the next.

    What was due before the last one nobody can make up for: it stands among the findings of the month.
    """
    return [
        _todo(check, due, on, names)
        for check in policy.check
        for due in _last_and_next(not_there(check, frames, given, month), on)
    ]


def _last_and_next(dues: Iterable[Due], on: date) -> list[Due]:
    """By whom it is due and what is asked for: the last of those that were due, the first of those to come."""
    last: dict[tuple[str, str], Due] = {}
    coming: dict[tuple[str, str], Due] = {}
    for one in dues:
        key = (one.agent_id, one.text)
        if one.by <= on:
            last[key] = one
        else:
            coming.setdefault(key, one)
    return [*last.values(), *coming.values()]


def _todo(check: Check, due: Due, on: date, names: Mapping[str, str]) -> Todo:
    late, name = days_overdue(due.by, on), names.get(due.agent_id, "")
    return Todo(due.by, late, due.agent_id, name, check.table, check.label, due.about, NOWHERE, check.rule, "")
