"""The workdays that a source is read with: a part of its mapping, so that another calendar reads its files anew."""

from __future__ import annotations

from datetime import date

from csctl.core.people.workdays import WorkCalendar
from csctl.policy.parts import Part
from csctl.readers.columns.hours import Workdays, workdays_of


class WorkdayList(Part):
    """Monday to Friday, less ``off``, plus ``work``, in the ``years`` that are known; each in order."""

    years: tuple[int, ...]
    off: tuple[date, ...]
    work: tuple[date, ...]

    @classmethod
    def of(cls, calendar: WorkCalendar) -> WorkdayList:
        """The workdays of a calendar; what its holidays are called makes no difference."""
        return cls(
            years=tuple(sorted(calendar.years)),
            off=tuple(sorted(calendar.off | calendar.statutory.keys())),
            work=tuple(sorted(calendar.work)),
        )

    @property
    def workdays(self) -> Workdays:
        """The same, ready to count on."""
        return workdays_of(frozenset(self.years), frozenset(self.off), frozenset(self.work))
