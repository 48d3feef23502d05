"""Leave: which requests excuse an absence, and on which days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from csctl.core.working_time.leave_days import ONE_DAY, Dues, last_day, length_of
from csctl.core.working_time.leave_halves import part_of
from csctl.core.working_time.leave_rules import REFUSALS, is_unpaid, judge_leave, unanswered
from csctl.core.working_time.marks import Row, place_key
from csctl.money import round_half_up
from csctl.policy.working_time import LeaveRules
from csctl.problems import Problem
from csctl.words import same_word

TIMES = ("date", "ends_on", "days", "starts_at", "ends_at", "part")
COLUMNS = (*TIMES, "kind", "filed_at", "notified_at", "approved", "substitute")
ONE, HALF = Fraction(1), Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day of one request for leave. ``share`` is the part of the day; the flags say what it excuses.

    ``halves_known``: the request says which part of the day it is.
    """

    request: Row
    date: date
    share: Fraction
    covers_start: bool
    covers_end: bool
    halves_known: bool = True


@dataclass(frozen=True, slots=True)
class Doubt:
    """What one request for leave leaves open: the code of the message, and what is special about it."""

    code: str
    request: Row
    about: str


@dataclass(frozen=True, slots=True)
class Leave:
    """The leave of one agent in a month: days off that are excused, and days asked for that are not.

    ``waiting`` are days asked for of which nobody can say yet: the request has no answer, or does not say what kind of
    leave it is. ``taken`` are the requests that excuse, with their days in the month.
    """

    excused: Mapping[date, list[DayOff]]
    refused: Mapping[date, list[DayOff]]
    waiting: Mapping[date, list[DayOff]]
    taken: tuple[tuple[Row, Fraction], ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...] = ()

    def share(self, day: date) -> Fraction:
        """How much of a day is excused."""
        return min(sum((off.share for off in self.excused.get(day, ())), Fraction(0)), Fraction(1))


def settle_leave(rules: LeaveRules | None, requests: Sequence[Row], window: Collection[date], dues: Dues) -> Leave:
    """Judge every request of one agent and spread it over the days of ``window`` (the month, while employed).

    Days of rest inside a leave are none of its days. What two requests ask for is taken once, and of two kinds the one
    that costs nothing is.
    """
    found = _Found({day: Fraction(1) for day in window if dues.due(day) is not False}, window, dues)
    for request in sorted(requests, key=lambda one: (is_unpaid(rules, one), *_order(one))):
        _settle(rules, request, found)
    left = {day for day, room in found.left.items() if room > 0}
    refused, waiting = (
        {day: entries for day, entries in days.items() if day in left} for days in (found.refused, found.waiting)
    )
    return Leave(found.excused, refused, waiting, tuple(found.taken), tuple(found.problems), tuple(found.doubts))


@dataclass(slots=True)
class _Found:
    """What has become of the requests so far. ``left`` is what of each day nobody has taken yet."""

    left: dict[date, Fraction]
    window: Collection[date]
    dues: Dues
    excused: dict[date, list[DayOff]] = field(default_factory=dict)
    refused: dict[date, list[DayOff]] = field(default_factory=dict)
    waiting: dict[date, list[DayOff]] = field(default_factory=dict)
    taken: list[tuple[Row, Fraction]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def _settle(rules: LeaveRules | None, request: Row, found: _Found) -> None:
    faults = judge_leave(rules, request, found.dues.days)
    found.problems += faults
    off = _spread(request, found.left, found.dues)
    if any(fault.code in REFUSALS for fault in faults):
        _enter(found.refused, off)
        return
    open_ = unanswered(rules, request)
    if open_:
        _enter(found.waiting, off)
        if off:
            found.doubts.append(Doubt(open_, request, _dates(request)))
        return
    found.doubts += _clashes(request, found)
    _enter(found.excused, off)
    for one in off:
        found.left[one.date] -= one.share
    covered = sum((one.share for one in off), Fraction(0))
    length = length_of(request, covered, found.window, found.dues, unpaid=is_unpaid(rules, request))
    if length.doubt:
        said = "–" if request["days"] is None else number_text(Fraction(request["days"]))
        figures = f"{number_text(length.due)} ≠ {said} → {number_text(length.days)}"
        found.doubts.append(Doubt(length.doubt, request, f"{_dates(request)} {figures}"))
    if off:
        found.taken.append((request, length.days))


def _clashes(request: Row, found: _Found) -> list[Doubt]:
    """Requests for leave of another kind that have taken days of this one already."""
    alone = _alone(request)
    whole = min(Fraction(request["days"]), Fraction(1)) if alone else Fraction(1)
    others: list[Row] = []
    for day, entries in sorted(found.excused.items()):
        if request["date"] <= day <= last_day(request) and whole > found.left.get(day, Fraction(0)):
            others += [one.request for one in entries if one.request not in others]
    others = [one for one in others if same_word(one["kind"] or "") != same_word(request["kind"] or "")]
    texts = (f"{one['kind'] or '–'} {_dates(one)}" for one in others)
    return [Doubt("leave-twice", request, f"{text} + {request['kind']} {_dates(request)}") for text in texts][:1]


def _dates(request: Row) -> str:
    first, last = request["date"], last_day(request)
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d}…{last:%m-%d}"


def number_text(value: Fraction) -> str:
    """A number of days as it is shown, to two places at most."""
    return f"{round_half_up(value, 2).normalize():f}"


def _enter(found: dict[date, list[DayOff]], off: Sequence[DayOff]) -> None:
    for one in off:
        found.setdefault(one.date, []).append(one)


def _order(request: Row) -> tuple[object, ...]:
    return request["date"], last_day(request), request["kind"] or "", place_key(request)


def _alone(request: Row) -> bool:
    return request["date"] == last_day(request) and request["days"] is not None


def _spread(request: Row, left: Mapping[date, Fraction], dues: Dues) -> list[DayOff]:
    first, last = request["date"], last_day(request)
    said = min(Fraction(request["days"]), ONE) if _alone(request) else None
    halves = request["days"] is None or Fraction(request["days"]) < _dates_due(request, dues)
    off = []
    for day, room in sorted(left.items()):
        if not first <= day <= last or room <= 0:
            continue
        part = part_of(request, day, dues.days.get(day, ()))
        share = said if said is not None else HALF if part.halved and halves else ONE
        if share > 0 and not part.beside:
            # Half a day of which only the beginning is known, and that is the shift's, ends before the shift does.
            ends = request["ends_at"] is None and request["starts_at"] is not None
            until_end = part.covers_end and not (share < 1 and ends and part.covers_start)
            known = part.known or share == ONE
            off.append(DayOff(request, day, min(share, room), part.covers_start, until_end, known))
    return off


def _dates_due(request: Row, dues: Dues) -> int:
    """How many of the dates of a request may be due."""
    first, last = request["date"], last_day(request)
    dates = (first + step * ONE_DAY for step in range((last - first).days + 1))
    return sum(dues.due(day) is not False for day in dates)
