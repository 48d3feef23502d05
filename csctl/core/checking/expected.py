"""Rows that must be there: what had to be handed in by somebody by a day, and was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import narwhals as nw

from csctl.core.checking.deadlines import calendar_day
from csctl.core.frames.columns import comparable, where_expression
from csctl.core.frames.frame import Frame, collected, records
from csctl.core.measuring.whole_windows import MonthsRead, was_read
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.agent import Agent
from csctl.core.records.findings import CheckFinding
from csctl.messages import problem, say
from csctl.month import Month
from csctl.policy.checks import Check, ExpectedRows
from csctl.policy.parts import Where, compared_texts
from csctl.problems import Place, Problem
from csctl.tables import TABLES
from csctl.words import same_word

WEEK = 7


@dataclass(frozen=True, slots=True)
class Expecting:
    """Who could have had to hand something in, on which days there is work, and what was read."""

    agents: Sequence[Agent]
    calendar: WorkCalendar
    read: MonthsRead


@dataclass(frozen=True, slots=True)
class Due:
    """One row that must be there: of whom ("" for anybody), dated from ``first`` to ``last``; ``text`` as asked.

    ``by`` is the day on which it had to be there. ``unplanned``: it was to be somebody's turn and was nobody's, which
    no row makes up for.
    """

    agent_id: str
    first: date
    last: date
    by: date
    text: str = ""
    unplanned: bool = False

    @property
    def about(self) -> str:
        """What is asked for, and of which day or days."""
        period = str(self.last) if self.first == self.last else f"{self.first} – {self.last}"
        return f"{self.text} · {period}" if self.text else period


@dataclass(frozen=True, slots=True)
class _Row:
    agent_id: str
    day: date | None
    text: str

    def settles(self, due: Due) -> bool:
        if due.unplanned:
            return False
        inside = self.day is None or due.first <= self.day <= due.last
        return (
            inside
            and due.agent_id in ("", self.agent_id)
            and (not due.text or same_word(due.text) == same_word(self.text))
        )


def missing_row_findings(
    check: Check, frames: Mapping[str, Frame], given: Expecting, language: str, month: Month, as_of: date
) -> tuple[list[CheckFinding], list[Problem]]:
    """A finding for each row that was due by ``as_of`` and is not there; a warning where that cannot be known, a note
    where it cannot be known yet.
    """
    unread = _unread(check, frames, given, month)
    if unread:
        code = "check-not-yet-known" if check.ahead else "check-table-not-read"
        told = check.month_of_rows(month)
        return [], [problem(code, found=check.label, table=tuple(unread), month=told, rule=check.rule)]
    due = [one for one in _not_settled(check, frames, given, month) if one.by <= as_of]
    return [_finding(check, one, language) for one in due], []


def not_there(check: Check, frames: Mapping[str, Frame], given: Expecting, month: Month) -> list[Due]:
    """The rows of a month that must be there and are not, whether their day has come or not, in order of their day;
    none where the check expects none or a table that would tell was not read. What is to be made ready for the month
    after is not there as long as nothing was read for that month.
    """
    unread = _unread(check, frames, given, month)
    to_come = check.ahead and unread == [check.table] and check.table in frames
    return [] if unread and not to_come else _not_settled(check, frames, given, month)


def not_yet_known(check: Check, frames: Mapping[str, Frame], given: Expecting, month: Month) -> bool:
    """Whether a month's rows will tell only when those of the month after have been read."""
    return check.ahead and bool(_unread(check, frames, given, month))


def _not_settled(check: Check, frames: Mapping[str, Frame], given: Expecting, month: Month) -> list[Due]:
    if check.expected is None:
        return []
    told = check.month_of_rows(month)
    rows = list(_rows(check.table, check.where, frames[check.table], told, check.expected.each_of))
    return [one for one in _due(check, frames, given, month) if not any(row.settles(one) for row in rows)]


def _unread(check: Check, frames: Mapping[str, Frame], given: Expecting, month: Month) -> list[str]:
    """The tables that would tell and were not read."""
    if check.expected is None and not check.ahead:
        return []
    rota = check.expected.rota if check.expected else None
    asked = [check.table, *([rota.table] if rota else [])]
    read = _read_ahead if check.ahead else _read
    told = check.month_of_rows(month)
    return [name for name in asked if name not in frames or not read(name, frames[name], told, given.read)]


def _read(table: str, frame: Frame, month: Month, read: MonthsRead) -> bool:
    return TABLES[table].dated is None or was_read(table, frame, month, read)


def _read_ahead(table: str, frame: Frame, month: Month, read: MonthsRead) -> bool:
    """A file that names no month tells of a month to come only where it has a row of that month, or of a later one."""
    if TABLES[table].dated is None or table in read:
        return _read(table, frame, month, read)
    last = collected(frame.select(nw.col("month").max())).item()
    return last is not None and last >= str(month)


def _rows(table: str, where: Where, frame: Frame, month: Month, text: str | None) -> Iterator[_Row]:
    """Rows of the month and the one before it; of an undated table those of the year."""
    declared = TABLES[table]
    if declared.dated is not None:
        frame = frame.filter(nw.col("month").is_in([str(month.shift(-1)), str(month)]))
    elif declared.column("year"):
        frame = frame.filter(nw.col("year") == month.year)
    test = where_expression(table, where)
    kept = comparable(frame, table, [where])
    for row in records(kept if test is None else kept.filter(test)):
        moment = row[declared.dated] if declared.dated else None
        yield _Row(row.get("agent") or "", calendar_day(moment) if moment else None, row[text] or "" if text else "")


def _due(check: Check, frames: Mapping[str, Frame], given: Expecting, month: Month) -> Iterator[Due]:
    expected = check.expected
    assert expected is not None  # noqa: S101 - asked for by the caller
    texts = compared_texts(check.where.get(expected.each_of)) if expected.each_of else [""]
    for first, last in _periods(expected, given.calendar, check.month_of_rows(month)):
        people = _people(expected, frames, given, first, last)
        by = min(last, month.last)
        if not people and expected.rota is not None and expected.rota.required:
            yield Due("", first, last, by, unplanned=True)
        for agent_id in people:
            yield from (Due(agent_id, first, last, by, text) for text in texts)


def _periods(expected: ExpectedRows, calendar: WorkCalendar, month: Month) -> Iterator[tuple[date, date]]:
    """First and last day of each period that ends in the month."""
    if expected.every in ("month", "year"):
        yield (month.first if expected.every == "month" else date(month.year, 1, 1)), month.last
        return
    length = WEEK if expected.every == "week" else 1
    for day in month.days():
        off = expected.workdays and calendar.knows(month) and not calendar.is_workday(day)
        if not off and (expected.every == "day" or day.isoweekday() == expected.weekday):
            yield day - timedelta(days=length - 1), day


def _people(
    expected: ExpectedRows, frames: Mapping[str, Frame], given: Expecting, first: date, last: date
) -> Sequence[str]:
    """Whose row is due: of the planned ones, of each who was here for all of the period, or of anybody."""
    if expected.rota is not None:
        plan = _rows(expected.rota.table, expected.rota.where, frames[expected.rota.table], Month.of(last), None)
        return sorted({row.agent_id for row in plan if row.agent_id and row.day and first <= row.day <= last})
    if expected.who == "anybody":
        return [""]
    posts = {same_word(post) for post in expected.posts}
    return [
        agent.agent_id
        for agent in given.agents
        if (not posts or same_word(agent.post) in posts)
        and (agent.hired_on is None or agent.hired_on <= first)
        and (agent.left_on is None or agent.left_on >= last)
    ]


def _finding(check: Check, due: Due, language: str) -> CheckFinding:
    text = say("check-nobody-planned" if due.unplanned else "check-no-row", language, about=due.about)
    return CheckFinding(check.id, due.agent_id, Place(), text, datetime.combine(due.by, time.max), overdue=True)
