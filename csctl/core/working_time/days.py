"""Attendance rows as days: was somebody due, did they come, were they late, which punches are missing.

Where the file has punches and the shift is known, they decide; else the counts that the export gives. Punches of one
day in several rows are the first and the last of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType

from csctl.core.working_time.marks import Row
from csctl.core.working_time.one_sided import OneSided, one_sided_people
from csctl.core.working_time.rows import (
    DAY_LENGTHS,
    TELLING,
    distinct_day_rows,
    file_of,
    first_and_last,
    has_punches,
    is_sum,
    lists_of_punches,
    missing_punches_said,
    unreadable_punch,
)
from csctl.core.working_time.shifts import Hours, cannot_be, hours_on, named_shift
from csctl.core.working_time.verdicts import (
    is_away,
    is_off,
    is_open,
    says_there,
    unknown_verdict,
    unnamed_leave,
    with_verdict,
)
from csctl.policy.working_time import WorkingTime
from csctl.words import is_rest, is_rest_shift

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One attendance row. ``sums``: it holds a month's sums and stands for no single day.

    ``unknown``: a punch is there that could not be read, so that nothing about punches is held against anybody.
    ``due``: a shift was to be worked. ``came``: None where the row does not say. ``punched``: the file has punches, so
    empty ones mean that there were none. ``hours`` are the shift's, None if no known shift is named. ``counted``: the
    file counts who was late. ``explained``: the export says that the agent was out on business, had time off, or was on
    leave of some kind. ``lacks``: the column of punches that its file does not have at all, "" if it has both or lists
    punch by punch. ``lacks_alone``: its file has that column, and none of this person's days has anything in it.
    ``impossible``: the punches cannot be those of this day, and count as unknown. ``idle``: a
    second shift without punches on a day on which another row has some; unknown too. ``pending``: the verdict names a
    fault that waits for an answer; unknown as well.
    """

    row: Row
    date: date
    sums: bool
    due: bool
    resting: bool
    came: bool | None
    punched: bool
    hours: Hours | None
    in_at: datetime | None
    out_at: datetime | None
    unknown: bool = False
    counted: bool = True
    explained: bool = False
    lacks: str = ""
    lacks_alone: bool = False
    impossible: bool = False
    idle: bool = False
    pending: bool = False

    @property
    def blank(self) -> bool:
        """Whether the row says nothing of its day: neither that it was due or off, nor that anybody came or did not."""
        if self.sums or self.due or self.resting or self.unknown or self.came:
            return False
        return all(self.row[name] is None for name in TELLING if name != "worked_days")

    @property
    def proves_presence(self) -> bool:
        """Whether shift and both punches are known, so that lateness and leaving early are settled."""
        return self.hours is not None and self.in_at is not None and self.out_at is not None


def days_of(
    rows: Sequence[Row], rules: WorkingTime, one_sided: OneSided = MappingProxyType({})
) -> tuple[dict[str, list[Day]], list[Row]]:
    """Days by agent, in order of date and place; the same day read twice counts once. And the first row of each day
    of which several rows of one shift differ.

    ``rows`` are credited attendance rows of one month, in any order.
    """
    rows = [with_verdict(row, rules.leave) for row in rows]
    lists = lists_of_punches(rows)
    punched = {file_of(row) for row in rows if has_punches(row)}
    counting = {file_of(row) for row in rows if row["late_count"] is not None}
    summed = _files_of_sums(rows, punched)
    days: dict[str, list[Day]] = {}
    kept, odd = first_and_last(distinct_day_rows(rows, summed))
    alone = one_sided_people(row for row in kept if file_of(row) not in {*lists, *one_sided})
    for row in kept:
        file = file_of(row)
        sums = file in summed or is_sum(row)
        day = _day(row, rules, sums=sums, punched=file in punched, counted=file in counting)
        own_lack = alone.get((row["agent"], *file), "")
        lacks = "" if sums or file in lists else one_sided.get(file, own_lack)
        day = replace(day, lacks=lacks, lacks_alone=bool(own_lack))
        days.setdefault(row["agent"], []).append(day)
    return {agent: _with_idle(own) for agent, own in days.items()}, odd


def _with_idle(days: Sequence[Day]) -> list[Day]:
    """The days, with a due row without punches beside one with punches on the same date as idle."""
    there = {day.date for day in days if not day.sums and has_punches(day.row)}
    return [
        replace(day, unknown=True, idle=True)
        if day.date in there and day.due and not day.explained and _tells_only_a_shift(day.row)
        else day
        for day in days
    ]


def _tells_only_a_shift(row: Row) -> bool:
    return not has_punches(row) and all(row[name] is None for name in TELLING if name not in ("shift", "due_days"))


def _files_of_sums(rows: Sequence[Row], punched: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Files with one row per agent for the whole month: no shifts, no punches, and neither days due nor days worked.

    Elsewhere each row says by itself that it is one (see ``is_sum``).
    """
    by_file: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        by_file.setdefault(file_of(row), []).append(row)
    return {file for file, own in by_file.items() if file not in punched and _are_sums(own)}


def _are_sums(rows: Sequence[Row]) -> bool:
    if any(row["shift"] is not None for row in rows) or len({row["agent"] for row in rows}) < len(rows):
        return False
    lengths = [row[name] for row in rows for name in DAY_LENGTHS if row[name] is not None]
    return not lengths or max(lengths) > 1


def _day(row: Row, rules: WorkingTime, *, sums: bool, punched: bool, counted: bool) -> Day:
    shift = named_shift(rules.shift, row["shift"] or "")
    hours = hours_on(shift, row["date"]) if shift else None
    in_at, out_at = _punches(row, hours)
    impossible = hours is not None and not sums and cannot_be(in_at, out_at, hours)
    if impossible:
        in_at = out_at = None
    pending = not sums and is_open(row)
    resting = not sums and _is_resting(row, known=shift is not None)
    # Whoever was absent was due, whether or not the row names a shift.
    named = row["shift"] is not None or bool(row["due_days"]) or (row["absent_days"] or 0) > 0
    return Day(
        row=row,
        date=row["date"],
        sums=sums,
        due=not sums and named and not resting,
        resting=resting,
        came=None if sums else _came(row, punched=punched),
        punched=punched,
        hours=hours,
        in_at=in_at,
        out_at=out_at,
        unknown=unreadable_punch(row) or impossible or pending or (not sums and unknown_verdict(row)),
        counted=counted,
        explained=not sums and (is_away(row) or is_off(row) or unnamed_leave(row)),
        impossible=impossible,
        pending=pending,
    )


def _is_resting(row: Row, *, known: bool) -> bool:
    if row["due_days"] is not None and row["due_days"] == 0:
        return True
    if is_rest(row["result"] or "") and not is_off(row):
        return True
    return not known and row["shift"] is not None and is_rest_shift(row["shift"])


def _came(row: Row, *, punched: bool) -> bool | None:
    if row["in_at"] is not None or row["out_at"] is not None:
        return True
    if is_away(row) or says_there(row):
        return True
    if unknown_verdict(row) or is_open(row):
        return None
    if punched and not unreadable_punch(row):
        return False
    if row["worked_days"] is not None and row["worked_days"] > 0:
        return True
    if row["absent_days"] is not None and row["absent_days"] >= 1:
        return False
    # Of two punches one is missing: the other one is there.
    return None if row["worked_days"] is None else missing_punches_said(row) == 1


def _punches(row: Row, hours: Hours | None) -> tuple[datetime | None, datetime | None]:
    """First and last punch. One punch that stands as both belongs to the end of the shift it is nearer to.

    A clock time without a day, after midnight, at the end of a shift that ends on the next day is moved there.
    """
    in_at, out_at = _moment(row["in_at"]), _moment(row["out_at"])
    overnight = hours is not None and hours.end.date() > hours.start.date()
    if in_at is not None and in_at == out_at:
        return _the_only_punch(in_at, hours, overnight=overnight)
    if hours and overnight and out_at and out_at < (in_at or hours.start):
        out_at += ONE_DAY
    return in_at, out_at


def _the_only_punch(
    punch: datetime, hours: Hours | None, *, overnight: bool
) -> tuple[datetime | None, datetime | None]:
    if hours is None:
        return punch, None
    last = min((punch, punch + ONE_DAY), key=lambda at: abs(hours.end - at)) if overnight else punch
    at_the_end = abs(hours.end - last) < abs(hours.start - punch)
    return (None, last) if at_the_end else (punch, None)


def _moment(value: datetime | None) -> datetime | None:
    """To the minute, as the time clock shows it: 8:30:59 is 8:30."""
    return None if value is None else datetime(value.year, value.month, value.day, value.hour, value.minute)  # noqa: DTZ001 - local by definition


def by_date(days: Iterable[Day]) -> Mapping[date, list[Day]]:
    """Rows of single days by date, in order; rows of sums are left out."""
    found: dict[date, list[Day]] = {}
    for day in days:
        if not day.sums:
            found.setdefault(day.date, []).append(day)
    return found
