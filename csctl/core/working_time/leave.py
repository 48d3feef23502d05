"""Leave: which requests excuse an absence, and on which days."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from csctl.core.people.roster import place_of
from csctl.core.working_time.days import Day
from csctl.core.working_time.fixes import is_granted
from csctl.core.working_time.marks import Row, place_key
from csctl.messages import problem
from csctl.policy.working_time import LeaveRules
from csctl.problems import Problem
from csctl.words import says_nothing

COLUMNS = ("date", "ends_on", "days", "kind", "filed_at", "notified_at", "approved", "substitute")


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day of one request for leave. ``share`` is the part of the day; the flags say what it excuses."""

    request: Row
    date: date
    share: Fraction
    covers_start: bool
    covers_end: bool


@dataclass(frozen=True, slots=True)
class Leave:
    """The leave of one agent in a month: days off that are excused, and days asked for that are not.

    ``taken`` are the requests that excuse, with their days in the month.
    """

    excused: Mapping[date, list[DayOff]]
    refused: Mapping[date, list[DayOff]]
    taken: tuple[tuple[Row, Fraction], ...]
    problems: tuple[Problem, ...]

    def share(self, day: date) -> Fraction:
        """How much of a day is excused."""
        return min(sum((off.share for off in self.excused.get(day, ())), Fraction(0)), Fraction(1))


def settle_leave(
    rules: LeaveRules | None, requests: Sequence[Row], window: Collection[date], days: Mapping[date, list[Day]]
) -> Leave:
    """Judge every request of one agent and spread it over the days of ``window`` (the month, while employed).

    Days of rest inside a leave are none of its days. ``days`` are the agent's attendance rows by date. What two
    requests ask for is taken once.
    """
    excused: dict[date, list[DayOff]] = {}
    refused: dict[date, list[DayOff]] = {}
    taken: list[tuple[Row, Fraction]] = []
    problems: list[Problem] = []
    left = {day: Fraction(1) for day in window if not _rests(days.get(day, ()))}
    for request in sorted(requests, key=_order):
        faults = judge(rules, request, days)
        problems += faults
        off = _spread(request, left, days)
        if any(fault.code in REFUSALS for fault in faults):
            _enter(refused, off)
            continue
        _enter(excused, off)
        for one in off:
            left[one.date] -= one.share
        if off:
            taken.append((request, _length(request, off)))
    kept = {day: entries for day, entries in refused.items() if left[day] > 0}
    return Leave(excused, kept, tuple(taken), tuple(problems))


def _enter(found: dict[date, list[DayOff]], off: Sequence[DayOff]) -> None:
    for one in off:
        found.setdefault(one.date, []).append(one)


def _order(request: Row) -> tuple[object, ...]:
    return request["date"], last_day(request), request["kind"], place_key(request)


def last_day(request: Row) -> date:
    """The last day of leave; the first where no other is given, or where the end lies before the beginning."""
    first: date = request["date"]
    return max(request["ends_on"] or first, first)


def _rests(days: Sequence[Day]) -> bool:
    return bool(days) and all(day.resting for day in days)


def _spread(request: Row, left: Mapping[date, Fraction], days: Mapping[date, list[Day]]) -> list[DayOff]:
    first, last = request["date"], last_day(request)
    alone = first == last and request["days"] is not None
    whole = min(Fraction(request["days"]), Fraction(1)) if alone else Fraction(1)
    off = []
    for day, room in sorted(left.items()):
        if first <= day <= last and room > 0 and whole > 0:
            from_start = _begins_by(request, day, days)
            until_end = not (whole < 1 and request["starts_at"] is not None and from_start)
            off.append(DayOff(request, day, min(whole, room), from_start, until_end))
    return off


def _begins_by(request: Row, day: date, days: Mapping[date, list[Day]]) -> bool:
    """Whether the leave covers the start of the day's shift."""
    began = request["starts_at"]
    if began is None or began.date() != day:
        return True
    hours = next((one.hours for one in days.get(day, ()) if one.hours), None)
    return hours is None or bool(began <= hours.start)


def _length(request: Row, off: Sequence[DayOff]) -> Fraction:
    """Days of leave in the month: the days covered, but no more than the request says."""
    covered = sum((one.share for one in off), Fraction(0))
    return covered if request["days"] is None else min(covered, Fraction(request["days"]))


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


def judge(rules: LeaveRules | None, request: Row, days: Mapping[date, list[Day]]) -> list[Problem]:
    """What keeps a request from excusing, at most one of REFUSALS; and what is odd about it."""
    place, kind = place_of(request), request["kind"] or ""
    odd = []
    if request["ends_on"] is not None and request["ends_on"] < request["date"]:
        odd.append(problem("leave-ends-before-start", place, request["ends_on"], first=request["date"]))
    if rules is None:
        return [*odd, *([problem("leave-not-granted", place, kind)] if request["approved"] is False else [])]
    checks: tuple[Callable[[], Problem | None], ...] = (
        lambda: None if not rules.approval or is_granted(request) else problem("leave-not-granted", place, kind),
        lambda: _without_substitute(rules, request),
        lambda: _asked_too_late(rules, request, days),
    )
    refusal = next((found for check in checks if (found := check()) is not None), None)
    return odd if refusal is None else [*odd, refusal]


def _without_substitute(rules: LeaveRules, request: Row) -> Problem | None:
    if not rules.substitute or not says_nothing(request["substitute"]):
        return None
    return problem("leave-without-substitute", place_of(request), request["kind"] or "")


def _asked_too_late(rules: LeaveRules, request: Row, days: Mapping[date, list[Day]]) -> Problem | None:
    """Asked for in time, or an emergency that was told and put on paper in time (HO-F6)."""
    told = [moment for moment in (request["filed_at"], request["notified_at"]) if moment is not None]
    kind = request["kind"] or ""
    if not told:
        return problem("leave-without-filing-time", place_of(request), kind) if rules.notice_days else None
    asked = min(told)
    applied = _in_writing(request) if rules.in_writing else asked
    if applied is not None and _in_advance(rules, request, applied):
        return None
    if _is_emergency(rules, request, asked, days):
        return None
    if rules.in_writing and applied is None and request["paperwork_on"] is None:
        return problem("leave-without-form", place_of(request), kind, first=request["date"])
    text = asked.isoformat(" ", "minutes")
    return problem("leave-asked-too-late", place_of(request), kind, asked=text, first=request["date"])


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


def _is_emergency(rules: LeaveRules, request: Row, asked: datetime, days: Mapping[date, list[Day]]) -> bool:
    if rules.emergency_hours is None:
        return False
    if asked > _beginning(request, days) + timedelta(hours=rules.emergency_hours):
        return False
    paper = request["paperwork_on"]
    back = _day_of_return(request, days)
    return not rules.emergency_paperwork or (paper is not None and (back is None or paper <= back))


def _beginning(request: Row, days: Mapping[date, list[Day]]) -> datetime:
    """When the leave began: as the request says, else with the shift of its first day, else at midnight."""
    if request["starts_at"] is not None:
        return datetime.combine(request["starts_at"].date(), request["starts_at"].time())
    first: date = request["date"]
    hours = next((day.hours for day in days.get(first, ()) if day.hours), None)
    return hours.start if hours else datetime.combine(first, time())


def _day_of_return(request: Row, days: Mapping[date, list[Day]]) -> date | None:
    """The first day after the leave on which the agent came; None if the month does not show it."""
    after = (day for day in sorted(days) if day > last_day(request))
    return next((day for day in after if any(one.came for one in days[day])), None)
