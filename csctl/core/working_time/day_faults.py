"""What one row of attendance holds against somebody: late, gone early, missing punches, absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from csctl.core.working_time.corrections import is_corrected
from csctl.core.working_time.days import Day
from csctl.core.working_time.marks import COUNTS, PUNCHES
from csctl.core.working_time.rows import missing_punches_said
from csctl.core.working_time.verdicts import names_part_of_absence
from csctl.words import ABSENT_WORDS

ONE_MINUTE = timedelta(minutes=1)
PUNCHES_A_DAY = 2


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened on a day, and what says so (PUNCHES or COUNTS)."""

    times: int
    basis: str


def missing_punch_count(day: Day) -> int:
    """Missing punches of a row: the export's count, else those that the punches leave open.

    A punch that could not be read may be both punches of the day, or leave in words: none is missing beside it. Nor is
    one of which the file has no column.
    """
    said = missing_punches_said(day.row)
    if day.pending:
        return 0
    if day.sums or said:
        return said or 0
    if day.resting or not day.punched or day.unknown:
        return 0
    if day.came is False:
        # Of a day of which a part is absence the fault is that, as of a whole one.
        return PUNCHES_A_DAY if day.due and not names_part_of_absence(day.row) else 0
    return int((day.in_at is None) != (day.out_at is None)) if said is None and not day.lacks else 0


def lateness(day: Day, grace_minutes: int) -> Counted:
    """Late or not, by whole minutes of the punch; the export's count where the punch or the shift is not known."""
    if day.hours and day.in_at and not day.row["missed_in_count"]:
        return Counted(int(day.in_at - day.hours.start > grace_minutes * ONE_MINUTE), PUNCHES)
    return Counted(day.row["late_count"] or 0, COUNTS)


def leaving_early(day: Day) -> Counted:
    """Gone before the end or not, in the same way."""
    if day.hours and day.out_at and not day.row["missed_out_count"]:
        return Counted(int(day.out_at < day.hours.end), PUNCHES)
    return Counted(day.row["early_count"] or 0, COUNTS)


def absence(day: Day) -> Fraction:
    """Days absent as far as the row alone can tell; leave and mended punches come later."""
    said = day.row["absent_days"]
    if day.sums:
        return Fraction(said or 0)
    if not day.due or day.pending or is_corrected(day.row, ABSENT_WORDS):
        return Fraction(0)
    if (day.punched and not day.unknown and not names_part_of_absence(day.row)) or said is None:
        return Fraction(int(day.came is False))
    return min(Fraction(said), Fraction(1))


def leave_said(day: Day) -> tuple[Fraction, Fraction]:
    """Days of leave that the attendance table itself names: unpaid and sick leave, and paid leave."""
    unpaid, sick, paid = (
        Fraction(day.row[name] or 0) for name in ("personal_leave_days", "sick_leave_days", "paid_leave_days")
    )
    return unpaid + sick, paid
