"""The working days of 2026 from March to October, and what each agent did on each day."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sample.people import CHAT, TEAM, Person, dice, employed

HOLIDAYS = frozenset(
    date(2026, month, day)
    for month, days in {4: (6,), 5: (1, 4, 5), 6: (19,), 9: (25,), 10: (1, 2, 5, 6, 7)}.items()
    for day in days
)
MAKEUP_DAYS = frozenset({date(2026, 5, 9), date(2026, 9, 20), date(2026, 10, 10)})

SHIFTS = {
    "白班": (time(9, 0), time(18, 0)),
    "中班": (time(13, 0), time(22, 0)),
    "早班": (time(8, 30), time(17, 30)),
    "晚班": (time(15, 30), time(0, 0)),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One agent on one day. ``state``: work, rest, personal, sick, annual or absent; a punch of None is missing."""

    person: Person
    day: date
    state: str
    shift: str
    punch_in: datetime | None = None
    punch_out: datetime | None = None
    late_minutes: int = 0

    @property
    def present(self) -> bool:
        """Whether the agent was there at all."""
        return self.state == "work"


def days_of(year: int, month: int) -> list[date]:
    """All days of the month."""
    return [date(year, month, day + 1) for day in range(calendar.monthrange(year, month)[1])]


def is_workday(day: date) -> bool:
    """Whether the public calendar makes it a day of work."""
    return day in MAKEUP_DAYS or (day.weekday() < 5 and day not in HOLIDAYS)


def shift_times(shift: str, day: date) -> tuple[datetime, datetime]:
    """Start and end of a shift; an end at midnight lies on the next day."""
    start, end = (datetime.combine(day, clock) for clock in SHIFTS[shift])
    return start, end if end > start else end + timedelta(days=1)


def attendance(year: int, month: int) -> list[Day]:
    """Every employed agent on every day of the month."""
    return [entry for person in TEAM for entry in _month_of(person, year, month)]


def _month_of(person: Person, year: int, month: int) -> list[Day]:
    rng = dice(f"{year}-{month:02d}", f"days/{person.id}")
    days = [day for day in days_of(year, month) if employed(person, day)]
    due = [day for day in days if is_workday(day)]
    states = dict.fromkeys(due, "work")
    for state, chance in (("personal", 0.24), ("sick", 0.16), ("annual", 0.2)):
        if rng.random() < chance and due:
            states[rng.choice(due)] = state
    if (person.id, month) == ("0007", 5):
        states[due[7]] = "absent"
    evening = rng.randrange(2)
    return [_day(person, day, states.get(day, "rest"), evening, rng.random(), rng.randrange(1000)) for day in days]


def _day(person: Person, day: date, state: str, evening: int, luck: float, spread: int) -> Day:
    late_shift = (day.isocalendar().week + evening) % 2
    names = ("白班", "中班") if person.group == CHAT else ("早班", "晚班")
    shift = names[late_shift]
    if state != "work":
        return Day(person, day, state, shift)
    start, end = shift_times(shift, day)
    late = 3 + spread % 22 if luck < 0.03 * (1.3 - person.skill) else 0
    arrived = start + timedelta(minutes=late) if late else start - timedelta(minutes=2 + spread % 14)
    left = end + timedelta(minutes=1 + spread % 19)
    missing_out = luck > 0.985
    return Day(person, day, state, shift, arrived, None if missing_out else left, late)
