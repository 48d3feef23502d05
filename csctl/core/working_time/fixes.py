"""Requests to mend a missing punch: which are valid, and which punches they mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from csctl.core.people.roster import place_of
from csctl.core.working_time.marks import Row, RowMark, place_key
from csctl.messages import problem
from csctl.policy.working_time import PunchFixes
from csctl.problems import Problem
from csctl.words import fold, says_nothing

COLUMNS = ("date", "filed_on", "approved", "approver", "reason")


@dataclass(frozen=True, slots=True)
class Mended:
    """Missing punches of one agent that a valid request mends: by day, and on no known day (rows of sums).

    ``waiting`` are those, by day, of requests that nobody has answered: they count neither as mended nor against
    anybody.
    """

    by_date: Mapping[date, int]
    undated: int
    waiting: Mapping[date, int]
    marks: tuple[RowMark, ...]
    problems: tuple[Problem, ...]


def mend(
    rules: PunchFixes | None,
    requests: Sequence[Row],
    missing: Mapping[date, int],
    undated: int,
    corrected: Mapping[date, int] | None = None,
) -> Mended:
    """Let the month's requests of one agent mend missing punches, one each, in the order of filing (T2-061 … 063).

    ``missing`` are missing punches by day, ``undated`` those known only as a sum. A request that is not valid, or for
    a day on which nothing is left to mend, uses up none of the month's number (A-20). The month is that of the
    missing punch. ``corrected`` are those by day that the export calls put right: they are, unless a request of that
    day is judged here.
    """
    asked = {request["date"] for request in requests} if rules else set()
    mended = {day: count for day, count in (corrected or {}).items() if count and day not in asked}
    if rules is None:
        return Mended(mended, 0, {}, (), ())
    left, left_undated = {day: count - mended.get(day, 0) for day, count in missing.items()}, undated
    marks: list[RowMark] = []
    problems: list[Problem] = []
    waiting: dict[date, int] = {}
    # What was granted comes first: who waits for an answer takes no other request's place.
    for request in sorted(requests, key=lambda one: (one["approved"] is None, *_order(one))):
        fault = _fault(rules, request)
        dated = left.get(request["date"], 0) > 0
        if fault is not None:
            problems.append(fault)
        elif not dated and not left_undated:
            continue
        elif len(marks) + sum(waiting.values()) >= rules.per_month:
            problems.append(problem("fix-over-limit", place_of(request), request["date"], limit=rules.per_month))
        elif request["approved"] is None:
            problems.append(problem("fix-without-answer", place_of(request), request["date"]))
            waiting[request["date"]] = waiting.get(request["date"], 0) + 1
            left[request["date"]] = left.get(request["date"], 0) - int(dated)
            left_undated -= int(not dated)
        else:
            marks.append(RowMark("valid_fixes", Fraction(1), "punch_fixes", request, "punch_fixes", COLUMNS))
            left[request["date"]] = left.get(request["date"], 0) - int(dated)
            left_undated -= int(not dated)
    by_date = {day: count - left[day] for day, count in missing.items() if count > left[day]}
    return Mended(by_date, undated - left_undated, waiting, tuple(marks), tuple(problems))


def _order(request: Row) -> tuple[object, ...]:
    return request["filed_on"] or date.max, request["date"], place_key(request)


def _fault(rules: PunchFixes, request: Row) -> Problem | None:
    """Why a request is not valid; None if it is."""
    place, day, filed = place_of(request), request["date"], request["filed_on"]
    if filed is None:
        return problem("fix-without-filing-day", place, day)
    if (filed - day).days > rules.within_days:
        return problem("fix-filed-late", place, day, filed=filed, days=rules.within_days)
    if rules.reason_required and says_nothing(request["reason"]):
        return problem("fix-without-reason", place, day)
    if request["approved"] is False:
        return problem("fix-not-granted", place, day)
    if rules.approvers and not _named_in(rules.approvers, request["approver"] or ""):
        known = tuple(rules.approvers)
        return problem("fix-granted-by-another", place, day, approver=request["approver"] or "–", known=known)
    return None


def _named_in(approvers: Iterable[str], cell: str) -> bool:
    return any(fold(name) in fold(cell) for name in approvers)
