"""Shifts, punches and leave: what counts as late, missing, absent, excused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from csctl.policy.keys import Names, Ref, Text, Whole
from csctl.policy.parts import Part

LeaveKind = Annotated[str, Ref("leave kind")]
ATTENDANCE_PREFIX = "attendance."
"""What the names of working-time measures begin with."""
BEGINNING = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
DAY_MINUTES = 24 * 60


def minute_of(clock: str) -> int:
    """Minutes since midnight of a time of day ``HH:MM``; 24:00 is 1440."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


class Meal(Part):
    """A break within a shift."""

    start: Text = Field(pattern=CLOCK, description="HH:MM")
    end: Text = Field(pattern=CLOCK, description="HH:MM")


class Shift(Part):
    """A working time that the attendance table may name. An end at or before the start lies on the next day."""

    id: Annotated[str, Names("shift", alike=True)] = Field(
        min_length=1, description="name in the attendance table's shift column (or part of it)"
    )
    start: Text = Field(pattern=BEGINNING, description="HH:MM")
    end: Text = Field(pattern=CLOCK, description="HH:MM; 24:00 is midnight")
    meal: list[Meal] = Field(default_factory=list, description="breaks that are not working time")
    rule: Text = Field("", description="rule it comes from")

    @property
    def span(self) -> tuple[int, int]:
        """Minutes since midnight of the day at which it starts and ends; beyond 1440 on the next day."""
        start, end = minute_of(self.start), minute_of(self.end)
        return start, end if end > start else end + DAY_MINUTES

    def meal_span(self, meal: Meal) -> tuple[int, int]:
        """Minutes since midnight of the shift's day between which a break lies."""
        start, end = minute_of(meal.start), minute_of(meal.end)
        end = end if end > start else end + DAY_MINUTES
        later = DAY_MINUTES if start < self.span[0] and end + DAY_MINUTES <= self.span[1] else 0
        return start + later, end + later


class PunchFixes(Part):
    """When a request to mend a missing punch is valid."""

    within_days: int = Field(ge=0, description="calendar days after the missing punch in which it must be filed")
    per_month: int = Field(ge=0, description="punches that may be mended in a calendar month, in order of filing")
    approvers: list[Text] = Field(default_factory=list, description="who may grant it; empty: anybody")
    reason_required: bool = Field(True, description="a request without a reason is not valid")
    rule: Text = Field("", description="rule it comes from")


class LeaveRules(Part):
    """When leave excuses an absence."""

    notice_days: int = Field(0, ge=0, description="days before its start on which leave must have been asked for")
    in_writing: bool = Field(
        False,
        description="only a form asks for leave; word by telephone counts as an emergency, until the form is there",
    )
    approval: bool = Field(True, description="leave must be granted")
    substitute: bool = Field(False, description="somebody who stands in must be named")
    emergency_hours: int | None = Field(
        None, ge=0, description="leave asked for up to so many hours after its start still excuses"
    )
    emergency_paperwork: bool = Field(True, description="… if the form is handed in by the day of return")
    kinds: list[Annotated[str, Names("leave kind")]] = Field(
        default_factory=list,
        description="kinds of leave there are, others are reported; empty: those of the lists below, if any",
    )
    statutory: list[LeaveKind] = Field(
        default_factory=list, description="kinds that do not break full attendance: annual, marriage, injury …"
    )
    unpaid: list[LeaveKind] = Field(
        default_factory=list, description="kinds that are not paid; their days are attendance.unpaid_leave_days"
    )
    late_if_came: bool = Field(True, description="without leave: came in = late, did not come = absent")
    rule: Text = Field("", description="rule it comes from")


class WorkingTime(Part):
    """All rules on working time. Results are measures named ``attendance.<name>``."""

    shift: Annotated[list[Shift], Whole()] = Field(default_factory=list, description="working times")
    grace_minutes: int = Field(0, ge=0, description="minutes late that do not count")
    punch_fixes: PunchFixes | None = Field(None, description="mending missing punches")
    leave: LeaveRules | None = Field(None, description="leave")
    meal_minutes: int | None = Field(None, ge=0, description="longest meal; longer ones are counted")
    rest_days: int | None = Field(None, ge=0, description="planned rest days in a month")
    rest_per: Literal["month", "week"] = Field("month", description="whether rest_days are meant per month or week")
    without_row: Literal["unknown", "absent", "worked"] = Field(
        "unknown",
        description="what a due day means of which no row tells anything; absent only where others have rows that day, "
        "on no public holiday, and not with rest days per month",
    )
    missed_punch_spoils: bool = Field(
        False, description="a missing punch that nothing mends counts among attendance.blemishes"
    )
    rule: Text = Field("", description="rule it comes from")


ATTENDANCE_MEASURES = {
    "late_count": "count",
    "early_count": "count",
    "missed_punches": "count",
    "valid_fixes": "count",
    "unfixed_punches": "count",
    "absent_days": "days",
    "absences": "count",
    "leave_days": "days",
    "statutory_leave_days": "days",
    "unpaid_leave_days": "days",
    "long_meals": "count",
    "rest_days_taken": "days",
    "rest_days_unused": "days",
    "full_month": "count",
    "blemishes": "count",
}
"""Measures that working-time rules give, with their units.

``absences`` counts the days with any absence, ``absent_days`` adds up their parts. ``full_month`` is 1 for who was
employed all month; ``blemishes`` is late + early + absences + leave that is not statutory, each begun day once, and
missing punches that nothing mends where ``missed_punch_spoils``.
"""

SAME_FACT = {f"{ATTENDANCE_PREFIX}absences": f"{ATTENDANCE_PREFIX}absent_days"}
"""Measures that rest on the same happening as another: who is charged for both is charged twice."""
