"""The working-time measures of a month, per agent, with the rows behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

import narwhals as nw

from csctl.core.lines import Measured
from csctl.core.measuring.columns import Frame, records
from csctl.core.measuring.evidence import Evidence
from csctl.core.people.roster import place_of
from csctl.core.people.workdays import WorkCalendar, employed_days
from csctl.core.result import Agent
from csctl.core.working_time.cover import files_of
from csctl.core.working_time.days import Day, days_of
from csctl.core.working_time.doubts import Doubts, doubts_of, doubts_said, several_rows_said
from csctl.core.working_time.leave import last_day
from csctl.core.working_time.marks import COUNTS, PUNCHES, Mark, Row, evidence_of, place_key
from csctl.core.working_time.one_agent import Settled, settle
from csctl.messages import problem
from csctl.money import round_half_up
from csctl.month import Month
from csctl.policy.parts import UNIT_DECIMALS
from csctl.policy.working_time import ATTENDANCE_MEASURES, ATTENDANCE_PREFIX, WorkingTime
from csctl.problems import Problem

FROM_LEAVE = frozenset({"leave_days", "statutory_leave_days", "unpaid_leave_days"})
"""Measures that the table of leave gives even without attendance rows."""
FROM_SHIFTS = frozenset({"rest_days_taken", "rest_days_unused"})
"""Measures that only rows of single days give."""
SUNDAY = 6
OTHER_SOURCES = {
    "valid_fixes": "punch_fixes",
    "leave_days": "leave",
    "statutory_leave_days": "leave",
    "unpaid_leave_days": "leave",
    "rest_days_taken": COUNTS,
    "rest_days_unused": COUNTS,
    "full_month": "roster",
    "long_meals": COUNTS,
}
"""What gives a measure that neither punches nor counts of faults give."""


@dataclass(frozen=True, slots=True)
class WorkedMonth:
    """Measures of all agents; by agent and measure (full names) the rows behind each, and its marks."""

    measured: tuple[Measured, ...]
    evidence: Mapping[tuple[str, str], Sequence[Evidence]]
    problems: tuple[Problem, ...]
    marks: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


def working_time_of_month(
    rules: WorkingTime | None,
    tables: Mapping[str, Frame],
    agents: Sequence[Agent],
    month: Month,
    calendar: WorkCalendar | None = None,
    asked: Collection[str] = tuple(ATTENDANCE_MEASURES),
) -> WorkedMonth:
    """One record per agent and measure of ATTENDANCE_MEASURES, agents in the order given; none without rules.

    ``tables`` are credited: ``attendance``, and ``leave`` and ``punch_fixes`` where there are any; leave that began
    before the month counts as far as its rows are among them. Days on which an agent was not employed do not count.
    A measure is missing where no row can tell: without attendance rows nobody is said to have been on time. Which days
    were due the ``calendar`` tells; without it, only rows do. ``asked`` are the measures that somebody asks for.
    """
    if rules is None:
        return WorkedMonth((), {}, ())
    days, odd = days_of(_rows(tables, "attendance", month), rules)
    files = files_of(days, calendar)
    leave = _by_agent(_leave_rows(tables.get("leave"), month))
    fixes = _by_agent(_rows(tables, "punch_fixes", month))
    measured: list[Measured] = []
    evidence: dict[tuple[str, str], Sequence[Evidence]] = {}
    problems = [*_unknown_shifts(days, rules), *several_rows_said(odd)]
    doubts: list[Doubts] = []
    for agent in agents:
        who = agent.agent_id
        window = employed_days(month, agent.hired_on, agent.left_on)
        own = [day for day in days.get(who, ()) if day.sums or day.date in window]
        settled = settle(rules, own, leave.get(who, []), fixes.get(who, []), window, files)
        problems += settled.problems
        open_questions = doubts_of(rules, agent, own, settled)
        doubts.append(open_questions)
        measured += [
            replace(one, value=None) if one.measure.removeprefix(ATTENDANCE_PREFIX) in open_questions.missing else one
            for one in _measures(rules, agent, own, settled, month, leave_known="leave" in tables)
        ]
        evidence |= _evidence(who, settled.marks)
    problems += doubts_said(doubts, files, asked)
    marks = {(one.agent.agent_id, ATTENDANCE_PREFIX + name): own for one in doubts for name, own in one.marks.items()}
    return WorkedMonth(tuple(measured), evidence, tuple(problems), marks)


def away_all_month(leave: Frame | None, agents: Sequence[Agent], month: Month) -> frozenset[str]:
    """Those whose requests for leave, none of them refused, cover every day on which they are employed."""
    granted = [row for row in _leave_rows(leave, month) if row["approved"] is not False]
    off: dict[str, set[date]] = {}
    for who, rows in _by_agent(granted).items():
        off[who] = {day for day in month.days() for row in rows if row["date"] <= day <= last_day(row)}
    return frozenset(
        agent.agent_id
        for agent in agents
        if off.get(agent.agent_id, set()).issuperset(employed_days(month, agent.hired_on, agent.left_on))
        and agent.agent_id in off
    )


def _rows(tables: Mapping[str, Frame], name: str, month: Month) -> list[Row]:
    frame = tables.get(name)
    return [] if frame is None else list(records(frame.filter(nw.col("month") == str(month))))


def _leave_rows(frame: Frame | None, month: Month) -> list[Row]:
    """Requests that touch the month, whichever month they began in."""
    rows = [] if frame is None else records(frame)
    return [row for row in rows if row["date"] <= month.last and last_day(row) >= month.first]


def _by_agent(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["agent"], []).append(row)
    return found


def _unknown_shifts(days: Mapping[str, Sequence[Day]], rules: WorkingTime) -> list[Problem]:
    """Each name of a shift that the policy does not declare, once, with the number of its rows."""
    if not rules.shift:
        return []
    found: dict[str, list[Row]] = {}
    for own in days.values():
        for day in own:
            if day.due and day.hours is None and day.row["shift"] is not None:
                found.setdefault(day.row["shift"], []).append(day.row)
    known = tuple(shift.id for shift in rules.shift)
    return [
        problem("shift-unknown", place_of(min(rows, key=place_key)), name, known=known, rows=len(rows))
        for name, rows in sorted(found.items())
    ]


def _evidence(agent_id: str, marks: Sequence[Mark]) -> dict[tuple[str, str], Sequence[Evidence]]:
    names = dict.fromkeys(mark.measure for mark in marks)
    return {
        (agent_id, ATTENDANCE_PREFIX + name): evidence_of([mark for mark in marks if mark.measure == name])
        for name in names
    }


def _measures(
    rules: WorkingTime, agent: Agent, days: Sequence[Day], settled: Settled, month: Month, *, leave_known: bool
) -> list[Measured]:
    window = employed_days(month, agent.hired_on, agent.left_on)
    found = []
    for name, unit in ATTENDANCE_MEASURES.items():
        marks = [mark for mark in settled.marks if mark.measure == name]
        known = name == "full_month" or (bool(days) or (leave_known and name in FROM_LEAVE))
        if name in FROM_SHIFTS:
            known = any(day.due or day.resting for day in days)
        value = _value(rules, name, marks, settled, window, month) if known else None
        shown = None if value is None else round_half_up(value, UNIT_DECIMALS[unit])
        source = _source(name, marks, days)
        found.append(Measured(agent.agent_id, ATTENDANCE_PREFIX + name, shown, len(marks), None, None, source))
    return found


def _value(
    rules: WorkingTime, name: str, marks: Sequence[Mark], settled: Settled, window: Sequence[date], month: Month
) -> Fraction | None:
    if name == "full_month":
        return Fraction(int(len(window) == len(month.days())))
    if name == "long_meals" and rules.meal_minutes is None:
        return None
    if name == "rest_days_unused":
        planned = planned_rest(rules, window, month)
        taken = sum(mark.measure == "rest_days_taken" for mark in settled.marks)
        return None if planned is None else Fraction(max(0, planned - taken))
    return sum((mark.amount for mark in marks), Fraction(0))


def planned_rest(rules: WorkingTime, window: Sequence[date], month: Month) -> int | None:
    """Planned rest days: the month's, for who is employed all of it; or the week's for each week.

    A week belongs to the month in which its Sunday lies, and counts if the agent is employed on that day.
    """
    if rules.rest_days is None:
        return None
    if rules.rest_per == "week":
        return rules.rest_days * sum(day.weekday() == SUNDAY for day in window)
    return rules.rest_days if len(window) == len(month.days()) else None


def _source(name: str, marks: Sequence[Mark], days: Sequence[Day]) -> str:
    """What says so: punches or counts of the attendance table, or other tables; several joined by ``+``."""
    if name in OTHER_SOURCES:
        bases = [mark.basis for mark in marks] or [OTHER_SOURCES[name]]
    else:
        bases = [mark.basis for mark in marks] or [PUNCHES if any(day.punched for day in days) else COUNTS]
    return "+".join(dict.fromkeys(bases))
