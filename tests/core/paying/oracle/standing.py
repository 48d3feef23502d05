"""How everybody stands in a month: days and figures. Worked out day by day and one by one."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from tests.core.paying.oracle.case import Case, MonthCase
from tests.core.paying.oracle.exact import half_up
from tests.core.paying.oracle.people import Person, Stay, group_of_absent, people_here, unchanged

Keys = Mapping[str, Any]
MEANS = ("x", "y")
"""Figures of which the mean counts; of all others the sum does."""


@dataclass
class Line:
    """An amount of one person. ``part`` is the component; ``trial``: paid for days on probation."""

    who: str
    name: str
    kind: str
    cents: int
    part: str = ""
    trial: bool = False


@dataclass
class Standing:
    """A month with what the earlier ones left; ``lines`` and ``said`` grow as it is worked out."""

    case: Case
    given: MonthCase
    earlier: list[Standing]
    lines: list[Line] = field(default_factory=list)
    left: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    """By component and person, or pool: what is below nothing, or owed, and later months set off."""
    pools: dict[str, int] = field(default_factory=dict)
    floors: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By person what was earned and what was guaranteed."""
    said: set[str] = field(default_factory=set)

    @property
    def pay(self) -> Keys:
        pay: Keys = self.case.plan["pay"]
        return pay

    @cached_property
    def people(self) -> list[Person]:
        """Whoever has a day in the month, with the paid days of each part."""
        found = people_here(self.given.roster, self.given.month)
        for one in found:
            self._count(one)
        return found

    @cached_property
    def others(self) -> list[tuple[str, str]]:
        """The others on the roster, each with the group that their figures count for; so do figures of days on which
        somebody who is here was not.
        """
        here, month = {one.agent_id for one in self.people}, self.given.month
        absent = sorted({row.agent_id for row in self.given.roster} - here)
        found = [(who, group_of_absent(self.given.roster, who, month)) for who in absent]
        return found + [(one.agent_id, one.group) for one in self.people]

    def add(self, who: str, name: str, kind: str, amount: int, part: str = "", trial: bool = False) -> None:
        self.lines.append(Line(who, name, kind, amount, part, trial))

    # ---- days -------------------------------------------------------------------------------------------------------

    def counts(self, day: date) -> bool:
        """Whether the day is paid: a workday; where the plan says so also a public holiday on a weekday, all but the
        last days of each week, or every day.
        """
        days, word = self.case.calendar, self.pay["days"]
        if word == "calendar":
            return True
        if word == "due":
            return day.weekday() < 7 - int(self.rest["rest_days"])
        if day in days.statutory:
            return bool(word == "paid") and day.weekday() < 5
        return day in days.work or (day.weekday() < 5 and day not in days.off)

    @property
    def rest(self) -> Keys:
        rest: Keys = self.case.plan["working_time"]
        return rest

    def paid(self, days: Sequence[date]) -> list[date]:
        """The paid ones of days in a row; of rest days that float over the month they have their part."""
        if self.pay["days"] != "due" or self.rest["rest_per"] == "week":
            return [day for day in days if self.counts(day)]
        all_days = len(self.given.month.days())
        rests = [half_up(Fraction(self.rest["rest_days"] * count, all_days)) for count in range(len(days) + 1)]
        return [day for day, before, after in zip(days, rests, rests[1:], strict=False) if before == after]

    @cached_property
    def due(self) -> int:
        return len(self.paid(self.given.month.days()))

    def _count(self, one: Person) -> None:
        """The paid days of each part, on probation and after it."""
        here = [day for day in self.given.month.days() if any(stay.has(day) for stay in one.stays)]
        paid = self.paid(here)
        for stay in one.stays:
            trials = [self._on_trial(stay, day) for day in paid if stay.has(day)]
            stay.probation, stay.regular = sum(trials), len(trials) - sum(trials)

    def _on_trial(self, stay: Stay, day: date) -> bool:
        rule = self.pay.get("probation")
        if not rule:
            return False
        if stay.regular_on:
            return day < stay.regular_on
        if not stay.hired_on:
            return False
        months = stay.hired_on.month - 1 + rule["months"]
        year, number = stay.hired_on.year + months // 12, months % 12 + 1
        last = calendar.monthrange(year, number)[1]
        return day < date(year, number, min(stay.hired_on.day, last))

    def monthly(self, stay: Stay) -> Fraction | None:
        """The regular monthly pay of a part of the month."""
        if self.pay["base"]["by"] == "level":
            amount = self.pay["base"]["amounts"].get(stay.level)
            return None if amount is None else Fraction(amount)
        return stay.base

    def regular(self, one: Person) -> int:
        return sum(stay.regular for stay in one.stays)

    def days(self, keys: Keys, one: Person) -> int:
        """Paid days that count for a component."""
        return sum(self.days_of(keys, stay) for stay in one.stays)

    def days_of(self, keys: Keys, stay: Stay) -> int:
        """Those of a part of the month; none where the component is not meant for whoever stands so."""
        return self.days_paid(keys, stay) if self.meant(keys, stay) else 0

    def days_paid(self, keys: Keys, stay: Stay) -> int:
        return stay.regular + (stay.probation if keys.get("on_probation", True) else 0)

    def meant(self, keys: Keys, stay: Stay) -> bool:
        """Whether a component is for whoever stands so."""
        held = (("levels", stay.level), ("posts", stay.post), ("groups", stay.group))
        return all(own in keys[key] for key, own in held if keys.get(key))

    def earns(self, keys: Keys, one: Person) -> bool:
        """Whether somebody may have what figures are paid by: meant on some day, also one of rest, of a month with a
        paid day.
        """
        paid = any(self.days_paid(keys, stay) for stay in one.stays)
        return paid and any(self.meant(keys, stay) for stay in one.stays)

    # ---- figures ----------------------------------------------------------------------------------------------------

    @cached_property
    def _figures(self) -> dict[tuple[str, str], list[tuple[date | None, Fraction]]]:
        found: dict[tuple[str, str], list[tuple[date | None, Fraction]]] = {}
        for one in self.given.facts:
            found.setdefault((one.agent_id, one.name), []).append((one.day, Fraction(one.amount)))
        return found

    def own(self, who: str, name: str, here: bool = True) -> list[tuple[date | None, Fraction]]:
        """What is known of somebody on the days on which they were here, or on the others."""
        stays = [stay for one in self.people if one.agent_id == who for stay in one.stays]
        own = self._figures.get((who, name), [])
        if not stays:
            return [] if here else own
        return [(day, each) for day, each in own if (day is None or any(stay.has(day) for stay in stays)) == here]

    def value(self, who: str, name: str) -> Fraction | None:
        """The figure of the month."""
        return _together(name, (each for _, each in self.own(who, name)))

    def value_beside(self, who: str, name: str) -> Fraction | None:
        """That of the days on which somebody was not here."""
        return _together(name, (each for _, each in self.own(who, name, here=False)))

    def moves(self, one: Person) -> bool:
        """Whether anything changes inside the month."""
        return any(not unchanged(*both) for both in pairwise(one.stays))

    def dated(self, one: Person, name: str) -> bool:
        """Whether it is known which days a figure is of."""
        own = self.own(one.agent_id, name)
        return bool(own) and all(day is not None for day, _ in own)

    def parted(self, one: Person, name: str) -> bool:
        """Whether the parts of a month have figures of their own."""
        return not self.moves(one) or self.dated(one, name)

    def value_on(self, one: Person, name: str, test: Callable[[Stay], bool]) -> Fraction | None:
        """The figure of those parts of the month; all of it where nothing tells its days."""
        whole = self.value(one.agent_id, name)
        if whole is None or not self.parted(one, name) or all(test(stay) for stay in one.stays):
            return whole
        stays = [stay for stay in one.stays if test(stay)]
        own = [(day, each) for day, each in self.own(one.agent_id, name) if day is not None]
        return sum((each for day, each in own if any(stay.has(day) for stay in stays)), Fraction(0))

    def value_for(self, keys: Keys, one: Person, name: str) -> Fraction | None:
        """The figure of the days on which a component meant somebody."""
        return self.value_on(one, name, lambda stay: self.meant(keys, stay))

    def happened(self, each: Keys, one: Person) -> int:
        name = each.get("measure") or f"event.{each['event']}"
        return max(0, int(self.value(one.agent_id, name) or 0))

    def competes(self, one: Person) -> bool:
        """A regular, for a day at the least, of a scored level."""
        return one.level != "lead" and self.regular(one) > 0


def _together(name: str, amounts: Iterable[Fraction]) -> Fraction | None:
    known = list(amounts)
    if not known:
        return None
    return sum(known, Fraction(0)) / (len(known) if name in MEANS else 1)
