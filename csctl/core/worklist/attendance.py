"""Missing punches that may still be mended, and forms for leave that was asked for in an emergency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import narwhals as nw

from csctl.core.frames.frame import Frame, records
from csctl.core.people.roster import row_place
from csctl.core.people.spans import days_here
from csctl.core.records.agent import Agent
from csctl.core.working_time.days import days_of
from csctl.core.working_time.marks import Row
from csctl.core.working_time.one_agent import settle_agent_month
from csctl.core.worklist.duties import Duty
from csctl.core.worklist.rows import PeopleIndex, todo
from csctl.core.worklist.todos import Todo, days_overdue
from csctl.messages import say
from csctl.month import Month
from csctl.policy.model import Policy

STEP = "filed_on"


def missing_punch_todos(
    policy: Policy, tables: Mapping[str, Frame], agents: Sequence[Agent], month: Month, on: date, language: str
) -> list[Todo]:
    """Missing punches of a month that no valid request mends, each with the last day for filing one.

    ``tables`` are credited. None where the policy has no rule on mending, or where the export gives only sums.
    """
    rules = policy.working_time
    fixes = rules.punch_fixes if rules else None
    if rules is None or fixes is None or "attendance" not in tables:
        return []
    days, _ = days_of(_of_month(tables, "attendance", month), rules)
    requests, leave = (_by_agent(_of_month(tables, name, month)) for name in ("punch_fixes", "leave"))
    words = say("worklist-do-punch", language)
    found = []
    for agent in agents:
        window = days_here(agent, month)
        own = [day for day in days.get(agent.agent_id, ()) if not day.sums and day.date in window and day.date <= on]
        settled = settle_agent_month(
            rules, own, leave.get(agent.agent_id, []), requests.get(agent.agent_id, []), window
        )
        for mark in settled.marks:
            if mark.measure == "unfixed_punches":
                day = mark.row["date"]
                due = day + timedelta(days=fixes.within_days)
                late, place = days_overdue(due, on), row_place(mark.row)
                found.append(
                    Todo(due, late, agent.agent_id, agent.name, "punch_fixes", words, str(day), place, fixes.rule, STEP)
                )
    return found


def leave_forms(policy: Policy, leave: Frame, people: PeopleIndex, on: date, language: str) -> list[Todo]:
    """Leave asked for only when it had begun, whose form is not handed in yet.

    The policy wants it by the day of return; which day that is, attendance tells later, so there is no day here.
    """
    rules = policy.working_time.leave if policy.working_time else None
    if rules is None or rules.emergency_hours is None or not rules.emergency_paperwork:
        return []
    duty = Duty(say("worklist-do-paperwork", language), "leave", "paperwork_on", rule=rules.rule)
    return [todo(duty, row, people, on) for row in records(leave) if _in_emergency(row, on)]


def _in_emergency(row: Row, on: date) -> bool:
    told = [moment for moment in (row["filed_at"], row["notified_at"]) if moment is not None]
    begun = row["starts_at"] or row["date"]
    late = bool(told) and (min(told) > begun if isinstance(begun, datetime) else min(told).date() >= begun)
    handed_in = row["paperwork_on"] is not None and row["paperwork_on"] <= on
    return late and not handed_in and row["date"] <= on and row["approved"] is not False


def _of_month(tables: Mapping[str, Frame], name: str, month: Month) -> list[Row]:
    frame = tables.get(name)
    return [] if frame is None else list(records(frame.filter(nw.col("month") == str(month))))


def _by_agent(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["agent"], []).append(row)
    return found
