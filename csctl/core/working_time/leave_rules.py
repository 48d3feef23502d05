"""What the policy asks of a request for leave, so that it excuses: an answer, somebody who stands in, in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from csctl.core.people.roster import row_place
from csctl.core.working_time.days import Day
from csctl.core.working_time.leave_days import last_day
from csctl.core.working_time.marks import Row
from csctl.messages import problem
from csctl.policy.working_time import LeaveRules
from csctl.problems import Problem
from csctl.words import same_word, says_nothing

REFUSALS = frozenset(
    {
        "leave-not-granted",
        "leave-without-substitute",
        "leave-asked-too-late",
        "leave-without-filing-time",
        "leave-without-form",
    }
)
"""Codes of problems that make a request no excuse; others are only said."""


def judge_leave(rules: LeaveRules | None, request: Row, days: Mapping[date, Sequence[Day]]) -> list[Problem]:
    """What keeps a request from excusing, at most one of REFUSALS; and what is odd about it."""
    place, kind = row_place(request), request["kind"] or ""
    odd = []
    if request["ends_on"] is not None and request["ends_on"] < request["date"]:
        odd.append(problem("leave-ends-before-start", place, request["ends_on"], first=request["date"]))
    if rules is None:
        return [*odd, *([problem("leave-not-granted", place, kind)] if request["approved"] is False else [])]
    checks: tuple[Callable[[], Problem | None], ...] = (
        lambda: problem("leave-not-granted", place, kind) if rules.approval and request["approved"] is False else None,
        lambda: _without_substitute(rules, request),
        lambda: _asked_too_late(rules, request, days),
    )
    refusal = next((found for check in checks if (found := check()) is not None), None)
    return odd if refusal is None else [*odd, refusal]


def _without_substitute(rules: LeaveRules, request: Row) -> Problem | None:
    if not rules.substitute or not says_nothing(request["substitute"]):
        return None
    return problem("leave-without-substitute", row_place(request), request["kind"] or "")


def _asked_too_late(rules: LeaveRules, request: Row, days: Mapping[date, Sequence[Day]]) -> Problem | None:
    """Asked for in time, or an emergency that was told and put on paper in time (HO-F6)."""
    told = [moment for moment in (request["filed_at"], request["notified_at"]) if moment is not None]
    kind = request["kind"] or ""
    if not told:
        return problem("leave-without-filing-time", row_place(request), kind) if rules.notice_days else None
    asked = min(told)
    applied = _in_writing(request) if rules.in_writing else asked
    if applied is not None and _in_advance(rules, request, applied):
        return None
    if _is_emergency(rules, request, asked, days):
        return None
    if rules.in_writing and applied is None and request["paperwork_on"] is None:
        return problem("leave-without-form", row_place(request), kind, first=request["date"])
    text = asked.isoformat(" ", "minutes")
    return problem("leave-asked-too-late", row_place(request), kind, asked=text, first=request["date"])


def _in_writing(request: Row) -> datetime | None:
    """When the form was filed or handed in; None while there is only word of it."""
    paper = request["paperwork_on"]
    handed_in = datetime.combine(paper, time()) if paper is not None else None
    return min((moment for moment in (request["filed_at"], handed_in) if moment is not None), default=None)


def _in_advance(rules: LeaveRules, request: Row, asked: datetime) -> bool:
    """Whole calendar days before the first day; with a notice of 0 days, before the leave begins."""
    first: date = request["date"]
    if rules.notice_days or request["starts_at"] is None:
        return (first - asked.date()).days >= rules.notice_days
    return bool(asked <= request["starts_at"])


def _is_emergency(rules: LeaveRules, request: Row, asked: datetime, days: Mapping[date, Sequence[Day]]) -> bool:
    if rules.emergency_hours is None:
        return False
    if asked > _beginning(request, days) + timedelta(hours=rules.emergency_hours):
        return False
    paper = request["paperwork_on"]
    back = _day_of_return(request, days)
    return not rules.emergency_paperwork or (paper is not None and (back is None or paper <= back))


def _beginning(request: Row, days: Mapping[date, Sequence[Day]]) -> datetime:
    """When the leave began: as the request says, else with the shift of its first day, else at midnight."""
    if request["starts_at"] is not None:
        return datetime.combine(request["starts_at"].date(), request["starts_at"].time())
    first: date = request["date"]
    hours = next((day.hours for day in days.get(first, ()) if day.hours), None)
    return hours.start if hours else datetime.combine(first, time())


def _day_of_return(request: Row, days: Mapping[date, Sequence[Day]]) -> date | None:
    """The first day after the leave on which the agent came; None if the month does not show it."""
    after = (day for day in sorted(days) if day > last_day(request))
    return next((day for day in after if any(one.came for one in days[day])), None)


def unanswered(rules: LeaveRules | None, request: Row) -> str:
    """Why nobody can say what a request is worth: no answer, or no kind. An approver's name is no answer: exports name
    who is to decide, too. Without rules an answer is missed where others in the same file have one.
    """
    asked = rules.approval if rules is not None else request["answers"]
    if asked and request["approved"] is None:
        return "leave-without-answer"
    return "leave-without-kind" if says_nothing(request["kind"]) else ""


def is_unpaid(rules: LeaveRules | None, request: Row) -> bool:
    """Whether the policy takes something for leave of this kind."""
    return rules is not None and same_word(request["kind"] or "") in map(same_word, rules.unpaid)
