"""Requests to mend a missing punch: which are valid, and which punches they mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from csctl.core.people.roster import place_of
from csctl.core.working_time.marks import Mark, Row, place_key
from csctl.messages import problem
from csctl.policy.working_time import PunchFixes
from csctl.problems import Problem
from csctl.words import fold, says_nothing

COLUMNS = ("date", "filed_on", "approved", "approver", "reason")


@dataclass(frozen=True, slots=True)
class Mended:
    """Missing punches of one agent that a valid request mends: by day, and on no known day (rows of sums)."""

    by_date: Mapping[date, int]
    undated: int
    marks: tuple[Mark, ...]
    problems: tuple[Problem, ...]


def mend(rules: PunchFixes | None, requests: Sequence[Row], missing: Mapping[date, int], undated: int) -> Mended:
    """Let the month's requests of one agent mend missing punches, one each, in the order of filing (T2-061 … 063).

    ``missing`` are missing punches by day, ``undated`` those known only as a sum. A request that is not valid, or for
    a day on which nothing is left to mend, uses up none of the month's number (A-20). The month is that of the
    missing punch.
    """
    if rules is None:
        return Mended({}, 0, (), ())
    left, left_undated = dict(missing), undated
    marks: list[Mark] = []
    problems: list[Problem] = []
    for request in sorted(requests, key=_order):
        fault = _fault(rules, request)
        dated = left.get(request["date"], 0) > 0
        if fault is not None:
            problems.append(fault)
        elif not dated and not left_undated:
            continue
        elif len(marks) >= rules.per_month:
            problems.append(problem("fix-over-limit", place_of(request), request["date"], limit=rules.per_month))
        else:
            marks.append(Mark("valid_fixes", Fraction(1), "punch_fixes", request, "punch_fixes", COLUMNS))
            left[request["date"]] = left.get(request["date"], 0) - int(dated)
            left_undated -= int(not dated)
    by_date = {day: count - left[day] for day, count in missing.items() if count > left[day]}
    return Mended(by_date, undated - left_undated, tuple(marks), tuple(problems))


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
    if not is_granted(request):
        return problem("fix-not-granted", place, day)
    if rules.approvers and not _named_in(rules.approvers, request["approver"] or ""):
        known = tuple(rules.approvers)
        return problem("fix-granted-by-another", place, day, approver=request["approver"] or "–", known=known)
    return None


def _named_in(approvers: Iterable[str], cell: str) -> bool:
    return any(fold(name) in fold(cell) for name in approvers)


def is_granted(request: Row) -> bool:
    """Whether somebody said yes: the result says so, or it is empty and an approver has signed."""
    if request["approved"] is None:
        return not says_nothing(request["approver"])
    return bool(request["approved"])
