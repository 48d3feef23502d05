"""Which due days of an agent the files tell nothing of, and what that means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from csctl.core.people.workdays import WorkCalendar
from csctl.core.working_time.days import Day
from csctl.core.working_time.marks import Row
from csctl.core.working_time.rows import FACTS
from csctl.policy.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Files:
    """What a month's files of days cover: for each day the agents who have a row that tells something of it."""

    told: Mapping[date, frozenset[str]]
    calendar: WorkCalendar | None

    def cover(self, day: date) -> bool:
        """Whether the day lies between the first and the last one of which anything is told."""
        return bool(self.told) and min(self.told) <= day <= max(self.told)

    def kind_of(self, day: date) -> str:
        """What kind of day the calendar calls it; "" where it does not know the year."""
        known = self.calendar is not None and day.year in self.calendar.years
        return self.calendar.kind_of(day) if self.calendar and known else ""

    def on_holiday(self, day: date) -> bool:
        """Whether the calendar knows the day as a public holiday, or as a day off beside one."""
        return self.kind_of(day) in ("statutory", "holiday_rest")

    def tell_of_others(self, day: date, agent_id: str) -> bool:
        """Whether somebody else was there or due on the day."""
        return bool(self.told.get(day, frozenset()) - {agent_id})


@dataclass(frozen=True, slots=True)
class Cover:
    """Due days of one agent without a row that tells of them and without leave.

    ``absent`` are those that count as absence, ``unknown`` lie inside the days that the files cover, ``outside`` do
    not. ``bare`` are all days without leave that no row tells of, due or not: any of them may have been a day of rest.
    """

    absent: tuple[date, ...] = ()
    unknown: tuple[date, ...] = ()
    outside: tuple[date, ...] = ()
    bare: tuple[date, ...] = ()


def days_by_file(days: Mapping[str, Sequence[Day]], calendar: WorkCalendar | None) -> Files:
    """What rows of single days tell, whoever they are about; rows of rest and blank ones tell of nobody else's day."""
    told: dict[date, set[str]] = {}
    for agent, own in days.items():
        for day in own:
            if not day.sums:
                told.setdefault(day.date, set()).update({agent} if not day.blank and not day.resting else ())
    return Files({day: frozenset(who) for day, who in told.items()}, calendar)


def cover_of(
    rules: WorkingTime,
    days: Sequence[Day],
    explained: Collection[date],
    window: Sequence[date],
    files: Files,
    agent_id: str,
) -> Cover:
    """The due days of one agent that nothing tells of.

    A day is due by the calendar; with rest days that float, every day but those. ``window`` are the days of the month
    on which the agent was employed, ``explained`` those on leave. Who has no rows of days at all is not judged by days.
    """
    dated = [day for day in days if not day.sums]
    if not dated or rules.without_row == "worked":
        return Cover()
    told = {day.date for day in dated if not day.blank} | set(explained)
    bare = [day for day in window if day not in told]
    rested = {day.date for day in dated if day.resting}
    due = _without_rest(rules, bare, rested, files, agent_id) if rules.rest_days is not None else _worked(bare, files)
    covered = [day for day in due if files.cover(day)]
    absent = [day for day in covered if _is_absence(rules, day, files, agent_id)]
    return Cover(
        tuple(absent),
        tuple(day for day in covered if day not in absent),
        tuple(day for day in due if not files.cover(day)),
        tuple(bare),
    )


def _worked(bare: Sequence[date], files: Files) -> list[date]:
    return [day for day in bare if files.kind_of(day) in ("workday", "makeup_workday")]


def _is_absence(rules: WorkingTime, day: date, files: Files, agent_id: str) -> bool:
    """Rest that floats over a month may be any day of it: then no single day is known to have been due. Nor is a
    public holiday, even if somebody works on it.
    """
    if rules.without_row != "absent" or (rules.rest_days is not None and rules.rest_per == "month"):
        return False
    return files.tell_of_others(day, agent_id) and not files.on_holiday(day)


def _without_rest(
    rules: WorkingTime, bare: Sequence[date], rested: Collection[date], files: Files, agent_id: str
) -> list[date]:
    """The bare days less the rest days of the month, or of each week, that no row has taken yet.

    Rest is laid first on covered days on which nobody was there, then on covered ones from the last backwards.
    """
    due: list[date] = []
    for period in sorted({_period(rules, day) for day in bare}):
        own = [day for day in bare if _period(rules, day) == period]
        left = max(0, (rules.rest_days or 0) - sum(_period(rules, day) == period for day in rested))
        own.sort(key=lambda day: (not files.cover(day), files.tell_of_others(day, agent_id), -day.toordinal()))
        due += own[left:]
    return sorted(due)


def _period(rules: WorkingTime, day: date) -> date:
    """The Monday of its week, or the first of its month."""
    return day - timedelta(days=day.weekday()) if rules.rest_per == "week" else day.replace(day=1)


def with_absences(days: Sequence[Day], absent: Sequence[date]) -> list[Day]:
    """The days, those that count as absence due and not come to: blank rows, or made where there is none."""
    blank = {day.date for day in days if day.blank and day.date in absent}
    kept = [replace(day, due=True, came=False, punched=True) if day.date in blank else day for day in days]
    made = [_absence(day, days) for day in absent if day not in blank]
    return sorted([*kept, *made], key=lambda day: day.date)


def _absence(day: date, days: Sequence[Day]) -> Day:
    """A day without a row: it is shown as standing in the agent's own file, in no row of it."""
    own = days[0].row
    row: Row = {
        **dict.fromkeys(FACTS),
        **{name: own[name] for name in ("agent", "source_file", "source_sheet")},
        "source_row": None,
        "date": day,
    }
    return Day(
        row=row,
        date=day,
        sums=False,
        due=True,
        resting=False,
        came=False,
        punched=True,
        hours=None,
        in_at=None,
        out_at=None,
    )
