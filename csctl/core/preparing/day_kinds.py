"""On what kind of day a row lies, a workday, a day of rest or a public holiday, and what says so.

The row itself comes first: the name of its figure (休息日加班), or the shift of that day. Then the rota, the plan of
shifts of that person, then the calendar with its working weekends. A public holiday of the calendar is one whatever was
planned for it; only a figure that names its days goes by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import narwhals as nw

from csctl.core.frames.columns import comparable, where_expression
from csctl.core.frames.frame import Frame, collected, looked_up, records
from csctl.core.measuring.derived import derived_columns
from csctl.core.people.workdays import WorkCalendar
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Term, Where
from csctl.policy.walk import uses
from csctl.problems import Place, Problem
from csctl.tables import DAY_BY, DAY_FLAGS
from csctl.words import day_kind_named, is_rest_shift

Kind = Literal["workday", "rest_day", "statutory"]
By = Literal["row", "rota", "calendar"]
ROTA = "shift_plans"
SAYS = {"kpis": "metric", "attendance": "shift"}
"""The column of a table in which a row may say what kind of day it is about."""
_KIND, _KEY, _SEPARATOR = "day_kind", "day_key", "\x1f"


@dataclass(frozen=True, slots=True)
class Days:
    """What is known of days: the calendar, and by staff number and day whether the rota has the person work."""

    calendar: WorkCalendar
    planned: Mapping[tuple[str, date], bool]

    def kind_of(self, table: str, agent: str, day: date | None, word: str) -> tuple[Kind, By] | None:
        """The kind of a day and what says so; None where nothing does."""
        named = day_kind_named(word) if table == "kpis" else None
        if named is not None:
            return named, "row"
        if day is None:
            return None
        if day in self.calendar.statutory:
            return "statutory", "calendar"
        if table == "attendance" and word:
            return _worked(not is_rest_shift(word)), "row"
        if (agent, day) in self.planned:
            return _worked(self.planned[agent, day]), "rota"
        return (_worked(self.calendar.is_workday(day)), "calendar") if day.year in self.calendar.years else None


def _worked(works: bool) -> Kind:
    return "workday" if works else "rest_day"


def with_day_kinds(policy: Policy, tables: Mapping[str, Frame], calendar: WorkCalendar) -> dict[str, Frame]:
    """The credited tables, in those whose kinds of day the policy asks for each row with the kind of its day."""
    asked = [name for name, columns in derived_columns(policy).items() if name in tables and _of_days(columns)]
    if not asked:
        return dict(tables)
    days = Days(calendar, _planned(tables.get(ROTA)))
    return {**tables, **{name: _with_kinds(name, tables[name], days) for name in asked}}


def _of_days(columns: set[str]) -> bool:
    return not columns.isdisjoint({*DAY_FLAGS, DAY_BY})


def _planned(rota: Frame | None) -> dict[tuple[str, date], bool]:
    """Whether somebody is to work on a day: one shift among several rows of it is enough, and so is a row without any
    word, which stands in the plan of a duty.
    """
    found: dict[tuple[str, date], bool] = {}
    for row in records(rota.select("agent", "date", "shift")) if rota is not None else ():
        key = (row["agent"], row["date"])
        works = not row["shift"] or not is_rest_shift(row["shift"])
        found[key] = found.get(key, False) or works
    return found


def _with_kinds(table: str, frame: Frame, days: Days) -> Frame:
    word = nw.col(SAYS[table]).fill_null("") if table in SAYS else nw.lit("")
    key = nw.concat_str(nw.col("agent"), nw.col("date").cast(nw.String()).fill_null(""), word, separator=_SEPARATOR)
    keyed = frame.with_columns(key.alias(_KEY))
    keys = sorted(collected(keyed.select(_KEY).unique())[_KEY].to_list())
    known = {one: kind for one in keys if (kind := days.kind_of(table, *_parts(one))) is not None}
    kinds = looked_up(keyed, _KEY, {one: kind for one, (kind, _) in known.items()}, _KIND)
    complete = looked_up(kinds, _KEY, {one: by for one, (_, by) in known.items()}, DAY_BY)
    flags = ((nw.col(_KIND) == kind).alias(flag) for flag, kind in DAY_FLAGS.items())
    return complete.with_columns(*flags).drop(_KEY, _KIND)


def _parts(key: str) -> tuple[str, date | None, str]:
    agent, day, word = key.split(_SEPARATOR, 2)
    return agent, date.fromisoformat(day[:10]) if day else None, word


def days_unknown(policy: Policy, tables: Mapping[str, Frame], month: Month) -> list[Problem]:
    """The rows that a measure would count on some kind of day, of which nothing says what kind their day is; measures
    that part the same rows by kinds of day are said once.
    """
    found: dict[str, Problem] = {}
    for path, term in uses(policy, Term):
        if not _of_days(set(term.where)) or term.table not in tables:
            continue
        tests = {column: test for column, test in term.where.items() if column not in DAY_FLAGS}
        rows = _unknown(term.table, tables[term.table], tests, month)
        if rows:
            place = Place(rows[0]["source_file"] or "", rows[0]["source_sheet"] or "", rows[0]["source_row"])
            label = policy.measure[str(path[1])].label
            found.setdefault(f"{term.table} {tests}", problem("day-kind-unknown", place, len(rows), measure=label))
    return list(found.values())


def _unknown(table: str, frame: Frame, tests: Where, month: Month) -> list[dict[str, Any]]:
    own = comparable(frame, table, [tests]).filter(nw.col("month") == str(month), nw.col(DAY_BY).is_null())
    test = where_expression(table, tests)
    kept = own if test is None else own.filter(test)
    place = ("source_file", "source_sheet", "source_row")
    return records(kept.select(*place).sort(*place))
