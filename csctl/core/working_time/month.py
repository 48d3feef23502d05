"""The working-time measures of a month, per agent, with the rows behind them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import narwhals as nw

from csctl.core.frames.frame import Frame, records
from csctl.core.people.called import name_and_id
from csctl.core.people.roster import row_place
from csctl.core.people.span_rows import span_key
from csctl.core.people.spans import days_here
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.agent import Agent
from csctl.core.records.evidence import Evidence
from csctl.core.records.lines import Measured
from csctl.core.working_time.attended import Span
from csctl.core.working_time.contradictions import contradictions, two_files_said
from csctl.core.working_time.cover import Files, days_by_file
from csctl.core.working_time.days import Day, by_date, days_of
from csctl.core.working_time.doubts import Doubts, doubts_of
from csctl.core.working_time.doubts_said import doubts_said, several_rows_said
from csctl.core.working_time.leave_days import Dues, last_day, with_last_day
from csctl.core.working_time.leave_doubts import leave_doubts_said
from csctl.core.working_time.marks import COUNTS, PUNCHES, Row, RowMark, evidence_of, place_key
from csctl.core.working_time.one_agent import SettledMonth, settle_agent_month
from csctl.core.working_time.one_sided import OneSided
from csctl.core.working_time.parts import alone_in_parts, figures_in_parts
from csctl.core.working_time.rows import file_of
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
    """Measures of all agents; by agent and measure (full names) the rows behind each, and its marks.

    ``attended``: by agent and column of sums, between which figures the rows of days place it. ``by_span``: by agent
    and measure the figure of each part of a month, where they come to its own; the rows behind a part go by its key.
    """

    measured: tuple[Measured, ...]
    evidence: Mapping[tuple[str, str], Sequence[Evidence]]
    problems: tuple[Problem, ...]
    marks: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    attended: Mapping[tuple[str, str], Span] = field(default_factory=dict)
    by_span: Mapping[tuple[str, str], tuple[Decimal, ...]] = field(default_factory=dict)


def working_time_of_month(
    rules: WorkingTime | None,
    tables: Mapping[str, Frame],
    agents: Sequence[Agent],
    month: Month,
    calendar: WorkCalendar | None = None,
    asked: Collection[str] = tuple(ATTENDANCE_MEASURES),
    one_sided: OneSided = MappingProxyType({}),
) -> WorkedMonth:
    """One record per agent and measure of ATTENDANCE_MEASURES, agents in the order given; none without rules.

    ``tables`` are credited: ``attendance``, and ``leave`` and ``punch_fixes`` where there are any; leave that began
    before the month counts as far as its rows are among them. Days on which an agent was not employed do not count.
    A measure is missing where no row can tell: without attendance rows nobody is said to have been on time. Which days
    were due the ``calendar`` tells; without it, only rows do. ``asked`` are the measures that somebody asks for;
    ``one_sided`` the sheets that have first punches or last ones alone, whose missing punches are missing figures.
    """
    if rules is None:
        return WorkedMonth((), {}, ())
    rows = _rows(tables, "attendance", month)
    days, odd = days_of(rows, rules, one_sided)
    files = days_by_file(days, calendar)
    leave = _by_agent(_leave_rows(tables.get("leave"), month))
    fixes = _by_agent(_rows(tables, "punch_fixes", month))
    known = _Known(rules, month, calendar, files, days, leave, fixes, "leave" in tables)
    people = [_of_agent(known, agent) for agent in agents]
    names = {agent.agent_id: name_and_id(agent) for agent in agents}
    problems = (
        *_unknown_shifts(days, rules),
        *several_rows_said(odd, names),
        *contradictions(days, rules, names),
        *two_files_said(rows, names),
        *(fault for one in people for fault in one.settled.problems),
        *doubts_said([one.doubts for one in people], files, asked),
        *leave_doubts_said([one.doubts for one in people]),
    )
    return _together(people, problems)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a month's tables tell, by agent, before anybody is judged."""

    rules: WorkingTime
    month: Month
    calendar: WorkCalendar | None
    files: Files
    days: Mapping[str, Sequence[Day]]
    leave: Mapping[str, Sequence[Row]]
    fixes: Mapping[str, Sequence[Row]]
    leave_known: bool


@dataclass(frozen=True, slots=True)
class _Person:
    """One agent's month, what it leaves open, and the measures; the same of its parts where it changes inside."""

    agent_id: str
    settled: SettledMonth
    doubts: Doubts
    measured: Sequence[Measured]
    parts: Sequence[_Person]


def _of_agent(known: _Known, agent: Agent) -> _Person:
    who, rules, month = agent.agent_id, known.rules, known.month
    window = days_here(agent, month)
    own = [day for day in known.days.get(who, ()) if day.sums or day.date in window]
    by_day = by_date(own)
    dues = Dues(by_day, known.calendar, rules.rest_days is not None, _rest_left(rules, by_day))
    requests = _touching(known.leave.get(who, []), dues, month)
    settled = settle_agent_month(rules, own, requests, known.fixes.get(who, []), window, known.files, dues)
    doubts = doubts_of(rules, agent, own, settled)
    measured = [
        replace(one, value=None) if doubts.leaves_open(one.measure, one.value) else one
        for one in _measures(rules, agent, own, settled, month, leave_known=known.leave_known)
    ]
    return _Person(who, settled, doubts, measured, [_of_agent(known, one) for one in alone_in_parts(agent)])


def _together(people: Sequence[_Person], problems: tuple[Problem, ...]) -> WorkedMonth:
    """The months of all agents as one."""
    evidence: dict[tuple[str, str], Sequence[Evidence]] = {}
    by_span: dict[tuple[str, str], tuple[Decimal, ...]] = {}
    for one in people:
        evidence |= _evidence(one.agent_id, one.settled.marks)
        for number, part in enumerate(one.parts):
            evidence |= _evidence(span_key(one.agent_id, number), part.settled.marks)
        by_span |= figures_in_parts(one.measured, [part.measured for part in one.parts])
    measured = tuple(row for one in people for row in one.measured)
    left_open = ((one.doubts.agent.agent_id, name, own) for one in people for name, own in one.doubts.marks.items())
    marks = {(who, ATTENDANCE_PREFIX + name): own for who, name, own in left_open}
    told = {(one.agent_id, name): span for one in people for name, span in one.settled.attended.items()}
    return WorkedMonth(measured, evidence, problems, marks, told, by_span)


def _rest_left(rules: WorkingTime, days: Mapping[date, Sequence[Day]]) -> int | None:
    """How many floating rest days of the month no row has taken; None where they are not planned by the month."""
    if rules.rest_days is None or rules.rest_per != "month":
        return None
    return max(0, rules.rest_days - sum(all(day.resting for day in own) for own in days.values()))


def away_all_month(leave: Frame | None, agents: Sequence[Agent], month: Month) -> frozenset[str]:
    """Those whose requests for leave, none of them refused, cover every day on which they are employed."""
    rows = _touching(_leave_rows(leave, month), Dues(), month)
    granted = [row for row in rows if row["approved"] is not False]
    off: dict[str, set[date]] = {}
    for who, rows in _by_agent(granted).items():
        off[who] = {day for day in month.days() for row in rows if row["date"] <= day <= last_day(row)}
    return frozenset(
        agent.agent_id
        for agent in agents
        if off.get(agent.agent_id, set()).issuperset(days_here(agent, month)) and agent.agent_id in off
    )


def _rows(tables: Mapping[str, Frame], name: str, month: Month) -> list[Row]:
    frame = tables.get(name)
    return [] if frame is None else list(records(frame.filter(nw.col("month") == str(month))))


def _leave_rows(frame: Frame | None, month: Month) -> list[Row]:
    """Requests that begin in the month or before it; ``answers``: whether its file has answers to any."""
    rows = [] if frame is None else [row for row in records(frame) if row["date"] <= month.last]
    answering = {file_of(row) for row in rows if row["approved"] is not None}
    return [{**row, "answers": file_of(row) in answering} for row in rows]


def _touching(rows: Iterable[Row], dues: Dues, month: Month) -> list[Row]:
    """Requests of one agent that touch the month, whichever month they began in, with their last days."""
    return [row for one in rows if last_day(row := with_last_day(one, dues)) >= month.first]


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
        problem("shift-unknown", row_place(min(rows, key=place_key)), name, known=known, rows=len(rows))
        for name, rows in sorted(found.items())
    ]


def _evidence(agent_id: str, marks: Sequence[RowMark]) -> dict[tuple[str, str], Sequence[Evidence]]:
    names = dict.fromkeys(mark.measure for mark in marks)
    return {
        (agent_id, ATTENDANCE_PREFIX + name): evidence_of([mark for mark in marks if mark.measure == name])
        for name in names
    }


def _measures(
    rules: WorkingTime, agent: Agent, days: Sequence[Day], settled: SettledMonth, month: Month, *, leave_known: bool
) -> list[Measured]:
    window = days_here(agent, month)
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
    rules: WorkingTime, name: str, marks: Sequence[RowMark], settled: SettledMonth, window: Sequence[date], month: Month
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


def _source(name: str, marks: Sequence[RowMark], days: Sequence[Day]) -> str:
    """What says so: punches or counts of the attendance table, or other tables; several joined by ``+``."""
    if name in OTHER_SOURCES:
        bases = [mark.basis for mark in marks] or [OTHER_SOURCES[name]]
    else:
        bases = [mark.basis for mark in marks] or [PUNCHES if any(day.punched for day in days) else COUNTS]
    return "+".join(dict.fromkeys(bases))
