"""Things that are still to be done, and their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from csctl.core.checking.deadlines import calendar_day
from csctl.problems import Place


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to be done. ``due`` is its last allowed day or moment, None where nothing sets one.

    ``agent_id`` is "" where nobody on the roster is meant; ``name`` is then as the export writes it. ``kind`` is the
    canonical table it comes from, ``what`` the duty, ``about`` which case. ``step`` is the column that would show it
    done. ``overdue_days``: whole days since the day it was due; 0 on that day and before.
    """

    due: date | datetime | None
    overdue_days: int
    agent_id: str
    name: str
    kind: str
    what: str
    about: str
    place: Place
    rule: str
    step: str


def days_overdue(due: date | datetime | None, on: date) -> int:
    """Whole days between the day something was due and the day one looks; what is due today is not overdue."""
    return max(0, (on - calendar_day(due)).days) if due is not None else 0


def in_turn(todos: Iterable[Todo]) -> list[Todo]:
    """Overdue ones first, longest ago before all; then by due day; last what has none."""

    def key(one: Todo) -> tuple[object, ...]:
        where = (one.place.file, one.place.sheet, one.place.row or 0)
        return (*_limit(one), one.kind, one.agent_id, one.name, where, one.step, one.what, one.about)

    return sorted(todos, key=key)


def distinct_todos(todos: Iterable[Todo]) -> list[Todo]:
    """One step of one row is one thing to be done: by the earliest day that anything sets.

    Of equal days the first given wins.
    """
    found: dict[tuple[Place, str], Todo] = {}
    for one in todos:
        known = found.setdefault((one.place, one.step), one)
        if _limit(one) < _limit(known):
            found[one.place, one.step] = one
    return list(found.values())


def _limit(todo: Todo) -> tuple[bool, str]:
    """The last allowed moment, to compare; none is later than any."""
    due = todo.due
    text = "" if due is None else due.isoformat() if isinstance(due, datetime) else f"{due.isoformat()}T23:59:59.999999"
    return due is None, text


def wanted(todos: Iterable[Todo], agent_id: str | None, kind: str | None, *, overdue: bool) -> list[Todo]:
    """Those of one agent, of one kind, or only what is overdue; None and False for all."""
    return [
        one
        for one in todos
        if agent_id in (None, one.agent_id) and kind in (None, one.kind) and (one.overdue_days > 0 or not overdue)
    ]
