"""Requests to mend a missing punch: which are valid, and which punches they mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from csctl.core.people.roster import row_place
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
    left = _Left({day: count - mended.get(day, 0) for day, count in missing.items()}, undated)
    found = _Judged([], [], {})
    # What was granted comes first: who waits for an answer takes no other request's place.
    for request in sorted(requests, key=lambda one: (one["approved"] is None, *_order(one))):
        fault = _fault(rules, request)
        if fault is not None:
            found.problems.append(fault)
        elif left.has(request["date"]) and found.judge(rules, request):
            left.take(request["date"])
    by_date = {day: count - left.by_date[day] for day, count in missing.items() if count > left.by_date[day]}
    return Mended(by_date, undated - left.undated, found.waiting, tuple(found.marks), tuple(found.problems))


@dataclass(slots=True)
class _Left:
    """Missing punches that nothing mends yet: by day, and those known only as a sum."""

    by_date: dict[date, int]
    undated: int

    def has(self, day: date) -> bool:
        """Whether anything is left that a request for a day may mend."""
        return self.by_date.get(day, 0) > 0 or bool(self.undated)

    def take(self, day: date) -> None:
        """One less of the day, if it has any left; else of the sum."""
        dated = self.by_date.get(day, 0) > 0
        self.by_date[day] = self.by_date.get(day, 0) - int(dated)
        self.undated -= int(not dated)


@dataclass(slots=True)
class _Judged:
    """Requests that are valid: what counts of them, what is said, and how many wait for an answer, by day."""

    marks: list[RowMark]
    problems: list[Problem]
    waiting: dict[date, int]

    def judge(self, rules: PunchFixes, request: Row) -> bool:
        """Let a request count, or wait; whether it takes up a missing punch."""
        day = request["date"]
        if len(self.marks) + sum(self.waiting.values()) >= rules.per_month:
            self.problems.append(problem("fix-over-limit", row_place(request), day, limit=rules.per_month))
            return False
        if request["approved"] is None:
            self.problems.append(problem("fix-without-answer", row_place(request), day))
            self.waiting[day] = self.waiting.get(day, 0) + 1
        else:
            self.marks.append(RowMark("valid_fixes", Fraction(1), "punch_fixes", request, "punch_fixes", COLUMNS))
        return True


def _order(request: Row) -> tuple[object, ...]:
    return request["filed_on"] or date.max, request["date"], place_key(request)


def _fault(rules: PunchFixes, request: Row) -> Problem | None:
    """Why a request is not valid; None if it is."""
    place, day, filed = row_place(request), request["date"], request["filed_on"]
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
