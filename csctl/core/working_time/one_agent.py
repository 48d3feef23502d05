"""One agent's month: attendance rows, leave and punch fixes become marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from csctl.core.working_time import leave as leaves
from csctl.core.working_time.attended import Span, attended
from csctl.core.working_time.cover import Cover, Files, cover_of, with_absences
from csctl.core.working_time.dates import ONE, Dated, dates_of
from csctl.core.working_time.day_faults import Counted, absence, leave_said, missing_punch_count
from csctl.core.working_time.days import Day, by_date
from csctl.core.working_time.fixes import Mended, mend
from csctl.core.working_time.leave import Doubt, Leave, settle_leave
from csctl.core.working_time.leave_days import Dues
from csctl.core.working_time.leave_rules import is_unpaid
from csctl.core.working_time.marks import COUNTS, PUNCHES, Row, RowMark, whole_days_mark
from csctl.core.working_time.present import halves_unknown, present_on_leave, there_all_day
from csctl.core.working_time.rows import missing_punches_said as said_missing
from csctl.policy.working_time import LeaveRules, WorkingTime
from csctl.problems import Problem
from csctl.words import same_word

LEAVE = "leave"
FAULTS = ("late_count", "early_count", "absent_days")
SAID_LEAVE = ("personal_leave_days", "sick_leave_days", "paid_leave_days")


@dataclass(frozen=True, slots=True)
class SettledMonth:
    """Every mark of one agent's month, in order of measure and day, what was odd, and the days nothing tells of.

    ``unasked`` are the days with rows for which nobody asked for leave; ``waiting`` those on which it is open whether
    leave excuses something, ``unanswered`` those with a punch fix of which that is open; ``doubts`` what requests for
    leave leave open; ``attended`` how many days were due and attended, by column of sums, if days tell; ``presumed``
    the days absent only because their rows have a shift and no punches.
    """

    marks: tuple[RowMark, ...]
    problems: tuple[Problem, ...]
    cover: Cover = field(default_factory=Cover)
    unasked: frozenset[date] = frozenset()
    waiting: tuple[date, ...] = ()
    unanswered: tuple[date, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    attended: Mapping[str, Span] = field(default_factory=dict)
    presumed: tuple[date, ...] = ()


def settle_agent_month(
    rules: WorkingTime,
    days: Sequence[Day],
    requests: Sequence[Row],
    fixes: Sequence[Row],
    window: Sequence[date],
    files: Files | None = None,
    dues: Dues | None = None,
) -> SettledMonth:
    """Judge one agent's month. ``days`` are in order; ``window`` are the days of the month while employed.

    Leave is settled first, since it excuses; then missing punches are mended, which shows that somebody came; what
    is left of lateness and absence follows from both. ``files`` tell which days they cover; without them no day is
    missed. ``dues`` tell which days are due; without them every day is that no row calls off.
    """
    leave = settle_leave(rules.leave, requests, window, dues or Dues(by_date(days)))
    cover = Cover()
    if files is not None and days:
        cover = cover_of(rules, days, _explained(rules, leave), window, files, days[0].row["agent"])
        days = with_absences(days, cover.absent)
    dates = dates_of(days, leave, rules.grace_minutes)
    sums = [day for day in days if day.sums]
    mended = _mended(rules, fixes, dates, sums)
    marks = _marks(rules, days, requests, dates, sums, leave, mended)
    told = attended(dates, mended.by_date, cover) if rules.without_row != "worked" else {}
    # A mended punch shows that somebody came after all.
    cover = replace(cover, absent=tuple(day for day in cover.absent if day not in mended.by_date))
    return SettledMonth(
        marks,
        (*leave.problems, *mended.problems),
        cover,
        frozenset(one.date for one in dates if not (one.excused or one.refused or one.waiting)),
        tuple(sorted(_waiting(dates, rules.grace_minutes))),
        tuple(mended.waiting),
        (*leave.doubts, *present_on_leave(dates, rules.grace_minutes), *halves_unknown(dates, rules.grace_minutes)),
        told,
        tuple(one.date for one in dates if _is_presumed(one, mended.by_date.get(one.date, 0), cover)),
    )


def _mended(rules: WorkingTime, fixes: Sequence[Row], dates: Sequence[Dated], sums: Sequence[Day]) -> Mended:
    """The missing punches of the days, and those of the sums, that requests mend."""
    gaps = {one.date: sum(one.gaps) for one in dates}
    return mend(
        rules.punch_fixes, fixes, gaps, sum(map(missing_punch_count, sums)), {one.date: one.corrected for one in dates}
    )


def _marks(
    rules: WorkingTime,
    days: Sequence[Day],
    requests: Sequence[Row],
    dates: Sequence[Dated],
    sums: Sequence[Day],
    leave: Leave,
    mended: Mended,
) -> tuple[RowMark, ...]:
    """Every mark of the month, and what each is besides."""
    marks = [
        *_missing(dates, mended.by_date),
        *_missing_in_sums(sums, mended.undated),
        *mended.marks,
        *(mark for one in dates for mark in _presence(one, rules.leave, mended.by_date.get(one.date, 0))),
        *_faults_in_sums(sums),
        *_leave(leave, rules.leave),
        *_said_leave(dates, sums, asked=bool(requests)),
        *_rest_and_meals(rules, dates, days),
    ]
    return (*marks, *_follow(marks, rules))


def _follow(marks: Sequence[RowMark], rules: WorkingTime) -> list[RowMark]:
    """What marks are besides: a fault spoils the month, a day absent is an absence."""
    spoiling = (*FAULTS, "unfixed_punches") if rules.missed_punch_spoils else FAULTS
    blemishes = [whole_days_mark(mark, "blemishes") for mark in marks if mark.measure in spoiling]
    return [*blemishes, *(whole_days_mark(mark, "absences") for mark in marks if mark.measure == "absent_days")]


def _waiting(dates: Iterable[Dated], grace: int) -> set[date]:
    """Days on which it is open whether leave excuses something."""
    return {one.date for one in dates if one.waiting and not one.resting and not there_all_day(one, grace)}


def _is_presumed(one: Dated, mended: int, cover: Cover) -> bool:
    """Whether nothing but empty cells of punches beside a shift makes a day one of absence."""
    said = any(day.row["absent_days"] for day in one.rows) or one.refused
    blank = any(day.punched and day.due for day in one.rows)
    return blank and one.absent(mended) > one.share and not said and one.date not in cover.absent


def _explained(rules: WorkingTime, leave: Leave) -> set[date]:
    """Days wholly on leave; days for which leave was asked in vain too, unless a day without a row is an absence."""
    refused = set() if rules.without_row == "absent" else set(leave.refused)
    return {day for day in leave.excused if leave.share(day) == ONE} | set(leave.waiting) | refused


def _on_row(measure: str, amount: int | Fraction, day: Day, basis: str, *columns: str) -> RowMark:
    return RowMark(measure, Fraction(amount), "attendance", day.row, basis, ("date", *columns))


def _missing(dates: Sequence[Dated], mended: Mapping[date, int]) -> Iterator[RowMark]:
    """Missing punches, and those that nothing mends. A day absent has none: the absence is the fault, not the clock."""
    for one in dates:
        fixed = mended.get(one.date, 0)
        if one.absent(fixed) < ONE:
            yield from _gap_marks(one.rows, one.gaps, fixed)


def _missing_in_sums(sums: Sequence[Day], mended: int) -> Iterator[RowMark]:
    yield from _gap_marks(sums, [missing_punch_count(day) for day in sums], mended)


def _gap_marks(days: Sequence[Day], gaps: Sequence[int], mended: int) -> Iterator[RowMark]:
    """Each row with a gap, and what is left of it when the first gaps are mended."""
    left = mended
    for day, gap in zip(days, gaps, strict=True):
        fixed = min(left, gap)
        left -= fixed
        basis = COUNTS if said_missing(day.row) else PUNCHES
        for name, count in (("missed_punches", gap), ("unfixed_punches", gap - fixed)):
            if count:
                counts = ("missed_count", "missed_in_count", "missed_out_count")
                yield _on_row(name, count, day, basis, "shift", "in_at", "out_at", *counts)


def _presence(one: Dated, rules: LeaveRules | None, mended: int) -> Iterator[RowMark]:
    """Late, early, absent on one date: what leave does not excuse."""
    came = one.came(mended)
    refused = [RowMark("", off.share, LEAVE, off.request, LEAVE, leaves.COLUMNS) for off in one.refused[:1]]
    if came and rules and not rules.late_if_came and not one.whole and refused:
        yield from (_as(mark, "absent_days") for mark in refused)
        return
    yield from _counted("late_count", one.rows, one.late, "shift", "in_at", "late_count")
    yield from _counted("early_count", one.rows, one.early, "shift", "out_at", "early_count")
    if came and not one.settled:
        yield from (_as(mark, "late_count", ONE) for mark in refused)
    absent = one.absent(mended) - one.share
    if absent > 0:
        worst = max(one.rows, key=absence)
        basis = PUNCHES if worst.punched else COUNTS
        yield _on_row("absent_days", absent, worst, basis, "shift", "worked_days", "absent_days")
    if came is None and not one.resting:
        # Nothing tells whether the agent came: leave that was asked for is leave, though it excuses nothing.
        yield from (_as(mark, name) for mark in refused for name in ("leave_days", "blemishes"))
        unpaid = (mark for mark in refused if mark.row["approved"] and is_unpaid(rules, mark.row))
        yield from (_as(mark, "unpaid_leave_days") for mark in unpaid)


def _as(mark: RowMark, measure: str, amount: Fraction | None = None) -> RowMark:
    if measure == "blemishes":
        return whole_days_mark(mark, measure)
    return RowMark(measure, mark.amount if amount is None else amount, mark.table, mark.row, mark.basis, mark.columns)


def _counted(name: str, days: Iterable[Day], counts: Iterable[Counted], *columns: str) -> Iterator[RowMark]:
    for day, counted in zip(days, counts, strict=True):
        if counted.times:
            yield _on_row(name, counted.times, day, counted.basis, *columns)


def _faults_in_sums(sums: Sequence[Day]) -> Iterator[RowMark]:
    for day in sums:
        for name in ("late_count", "early_count"):
            if day.row[name]:
                yield _on_row(name, day.row[name], day, COUNTS, name)
        if absence(day) > 0:
            yield _on_row("absent_days", absence(day), day, COUNTS, "absent_days")


def _leave(leave: Leave, rules: LeaveRules | None) -> Iterator[RowMark]:
    """Leave that excuses, one mark a request; statutory leave is no blemish (A-15)."""
    statutory = [same_word(kind) for kind in rules.statutory] if rules else []
    for request, length in leave.taken:
        mark = RowMark("leave_days", length, LEAVE, request, LEAVE, leaves.COLUMNS)
        yield mark
        if is_unpaid(rules, request):
            yield _as(mark, "unpaid_leave_days")
        yield _as(mark, "statutory_leave_days" if same_word(request["kind"] or "") in statutory else "blemishes")


def _said_leave(dates: Sequence[Dated], sums: Sequence[Day], *, asked: bool) -> Iterator[RowMark]:
    """Leave that only the attendance table names; sums count only where the agent has no request at all."""
    days = [day for one in dates if one.said for day in one.rows]
    for day in days if asked else [*days, *sums]:
        other, paid = leave_said(day)
        if other + paid:
            yield _on_row("leave_days", other + paid, day, COUNTS, *SAID_LEAVE)
        if day.row["personal_leave_days"]:
            yield _on_row("unpaid_leave_days", Fraction(day.row["personal_leave_days"]), day, COUNTS, *SAID_LEAVE)
        if paid:
            yield _on_row("statutory_leave_days", paid, day, COUNTS, *SAID_LEAVE)
        if other:
            yield whole_days_mark(_on_row("", other, day, COUNTS, *SAID_LEAVE), "blemishes")


def _rest_and_meals(rules: WorkingTime, dates: Sequence[Dated], days: Sequence[Day]) -> Iterator[RowMark]:
    for one in dates:
        if one.resting:
            yield _on_row("rest_days_taken", 1, one.rows[0], COUNTS, "shift", "due_days")
    if rules.meal_minutes is None:
        return
    for day in days:
        seconds = day.row["meal_seconds"]
        if not day.sums and seconds is not None and seconds > rules.meal_minutes * 60:
            yield _on_row("long_meals", 1, day, COUNTS, "meal_seconds")
