"""Rows that wait for a step, found by duty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw

from csctl.core.checking.deadlines import due_at
from csctl.core.frames.columns import cell_text, comparable, declared_column, where_expression
from csctl.core.frames.frame import Frame, collected, records
from csctl.core.people.identity import Identity
from csctl.core.people.roster import row_place
from csctl.core.worklist.duties import Duty
from csctl.core.worklist.todos import Todo, days_overdue
from csctl.tables import TABLES, Kind

Row = Mapping[str, Any]

AHEAD = frozenset({"plans", "tasks", "shift_plans", "leave"})
"""Tables whose rows are dated by what is to come."""
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "complaints": ("complaint_id", "category", "cause"),
    "interactions": ("interaction_id", "topic"),
    "reviews": ("product", "content"),
    "exams": ("kind", "score"),
    "leave": ("kind", "date"),
    "punch_fixes": ("date",),
    "quality": ("interaction_id", "item"),
}
"""Columns that tell which case it is; of other tables the first two texts."""
FEW = 3
QUOTED = 24
"""So many characters of each are quoted."""


@dataclass(frozen=True, slots=True)
class PeopleIndex:
    """Who is who: keys of exports, and the roster's names by staff number."""

    identity: Identity
    names: Mapping[str, str]

    def credited(self, row: Row) -> tuple[str, str]:
        """Number and name of whom a row is about; "" and what the row says where that is nobody on the roster."""
        written = row.get("agent_id") or "", row.get("agent_name") or ""
        number = self.identity.resolve(*written)
        return ("", written[1] or written[0]) if number is None else (number, self.names.get(number, written[1]))


def todos_of(duty: Duty, frame: Frame, people: PeopleIndex, on: date) -> list[Todo]:
    """The rows of one table that wait for a step, as seen on a day. The order of rows does not matter.

    ``frame`` holds canonical rows of the months looked at.
    """
    if duty.in_use and not _in_use(frame, duty.in_use):
        return []
    rows = [row for row in _waiting(duty, frame, on) if duty.deadline is None or row[duty.deadline.start] is not None]
    if duty.table == "exams":
        rows = _not_passed_since(rows, frame, people, on)
    return [todo(duty, row, people, on) for row in rows]


def todo(duty: Duty, row: Row, people: PeopleIndex, on: date) -> Todo:
    """What a duty asks for about one row."""
    due = None if duty.deadline is None else due_at(duty.deadline, row[duty.deadline.start])
    shown = due.date() if due is not None and due.time() == time.max else due
    number, name = people.credited(row)
    about = _case_text(duty.table, row)
    return Todo(
        shown,
        days_overdue(shown, on),
        number,
        name,
        duty.table,
        duty.label,
        about,
        row_place(row),
        duty.rule,
        duty.step,
    )


def _case_text(table: str, row: Row) -> str:
    """Which case a row is about, in a few words."""
    texts = [cell_text(table, name, row[name]).strip() for name in SUBJECTS.get(table) or _first_texts(table)]
    return " · ".join(text if len(text) <= QUOTED else text[: QUOTED - 1] + "…" for text in texts if text)


def _first_texts(table: str) -> list[str]:
    columns = [one for one in TABLES[table].columns if not one.name.startswith("agent_")]
    return [one.name for one in columns if one.kind in (Kind.ID, Kind.TEXT)][:2]


def _waiting(duty: Duty, frame: Frame, on: date) -> list[dict[str, Any]]:
    """Rows that meet the duty's tests, happened by that day, and whose step had not been taken by then."""
    tests = [test for test in (where_expression(duty.table, duty.where), _not_yet(duty, on)) if test is not None]
    dated = TABLES[duty.table].dated
    if dated is not None and duty.table not in AHEAD:
        tests.append(~_after(duty.table, dated, on))
    if duty.flag:
        tests.append(~nw.col(duty.flag).fill_null(False))
    return records(comparable(frame, duty.table, [duty.where]).filter(*tests))


def _not_yet(duty: Duty, on: date) -> nw.Expr:
    if declared_column(duty.table, duty.step).kind is Kind.FLAG:
        return nw.col(duty.step).is_null()
    return nw.col(duty.step).is_null() | _after(duty.table, duty.step, on)


def _after(table: str, column: str, on: date) -> nw.Expr:
    """A day or moment that had not come by the end of that day; an empty one is not after."""
    moment = declared_column(table, column).kind is Kind.MOMENT
    limit = datetime.combine(on, time.max) if moment else on
    return (nw.col(column) > limit).fill_null(False)


def _in_use(frame: Frame, columns: Sequence[str]) -> bool:
    """Whether any row fills in one of the columns; too few rows cannot tell, and count as if."""
    filled = reduce(or_, [~nw.col(column).is_null() for column in columns])
    return len(collected(frame.head(FEW))) < FEW or len(collected(frame.filter(filled).head(1))) > 0


def _not_passed_since(rows: list[dict[str, Any]], frame: Frame, people: PeopleIndex, on: date) -> list[dict[str, Any]]:
    """Failed exams that the same person has not passed on the same day or later."""
    passed: dict[tuple[str, object], date] = {}
    for row in records(frame.filter(nw.col("passed").fill_null(False), ~_after("exams", "date", on))):
        key = people.credited(row)[0], row["kind"]
        passed[key] = max(row["date"], passed.get(key, row["date"]))
    return [row for row in rows if passed.get((people.credited(row)[0], row["kind"]), date.min) < row["date"]]
