"""Which sources are read with a calendar, and the calendar that they are read with."""

from __future__ import annotations

from csctl.core.people.workdays import WorkCalendar
from csctl.readers.columns.hours import Workdays
from csctl.readers.columns.profile import Resolved
from csctl.readers.columns.source import Source
from csctl.readers.columns.workday_list import WorkdayList


def asks_workdays(source: Source) -> bool:
    """Whether a column of the source is a length of time of which only workdays count."""
    return any(rule.within is not None and rule.within.days is not None for rule in source.columns.values())


def with_calendar(source: Source, calendar: WorkCalendar) -> Source:
    """A source with the workdays that it asks for; one that asks for none is what it was."""
    if not isinstance(source, Resolved) or not asks_workdays(source):
        return source
    return source.model_copy(update={"calendar": WorkdayList.of(calendar)})


def workdays_known(source: Source) -> Workdays | None:
    """The workdays that a source was given."""
    return source.calendar.workdays if isinstance(source, Resolved) and source.calendar else None
