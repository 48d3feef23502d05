"""How everybody stands in a month: days, scores, grades, figures. Worked out day by day and one by one."""

from __future__ import annotations

import calendar
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from csctl.core.records.agent import Agent, Span
from tests.core.paying.oracle.case import Case, MonthCase
from tests.core.paying.oracle.exact import half_up

Keys = Mapping[str, Any]
BOUNDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge, "above": operator.gt, "at_most": operator.le, "below": operator.lt, "equals": operator.eq,
}  # fmt: skip


@dataclass
class Stay:
    """A part of the month in which nothing changes: its paid days on probation and as a regular."""

    base: Fraction | None
    level: str
    post: str
    group: str
    probation: int = 0
    regular: int = 0


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
    """By component and person, or pool: what is below nothing and later months set off."""
    pools: dict[str, int] = field(default_factory=dict)
    floors: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By person what was earned and what was guaranteed."""
    said: set[str] = field(default_factory=set)
    parts: dict[str, list[Stay]] = field(default_factory=dict)
    """By person, once they have been asked for."""

    @property
    def pay(self) -> Keys:
        pay: Keys = self.case.plan["pay"]
        return pay

    @property
    def people(self) -> list[Agent]:
        return sorted(self.given.agents, key=lambda one: one.agent_id)

    def add(self, who: str, name: str, kind: str, amount: int, part: str = "", trial: bool = False) -> None:
        self.lines.append(Line(who, name, kind, amount, part, trial))

    # ---- days -------------------------------------------------------------------------------------------------------

    def counts(self, day: date) -> bool:
        """Whether the day is paid: a workday; where the plan says so also a public holiday on a weekday, or all but
        the last days of each week.
        """
        days = self.case.calendar
        if self.pay["days"] == "due":
            return day.weekday() < 7 - int(self.rest["rest_days"])
        if day in days.statutory:
            return bool(self.pay["days"] == "paid") and day.weekday() < 5
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

    def stays(self, one: Agent) -> list[Stay]:
        """Each part of the month with its days, in order."""
        if one.agent_id not in self.parts:
            self.parts[one.agent_id] = self._stays(one)
        return self.parts[one.agent_id]

    def _stays(self, one: Agent) -> list[Stay]:
        month = self.given.month
        spans: list[tuple[date, date, Agent | Span]] = [(span.since, span.until, span) for span in one.spans]
        spans = spans or [(one.hired_on or month.first, one.left_on or month.last, one)]
        here = [day for day in month.days() if any(since <= day <= until for since, until, _ in spans)]
        paid, found = self.paid(here), []
        for since, until, own in spans:
            trials = [self._on_trial(one, day) for day in paid if since <= day <= until]
            stay = Stay(self._monthly(own.level, own.base_pay), own.level, own.post, own.group)
            found.append(replace(stay, probation=sum(trials), regular=len(trials) - sum(trials)))
        return found

    def _monthly(self, level: str, base: object) -> Fraction | None:
        if self.pay["base"]["by"] == "level":
            base = self.pay["base"]["amounts"].get(level)
        return None if base is None else Fraction(str(base))

    def base(self, one: Agent) -> Fraction | None:
        """The regular monthly pay at the end."""
        return self.stays(one)[-1].base

    def _on_trial(self, one: Agent, day: date) -> bool:
        rule = self.pay.get("probation")
        if not rule:
            return False
        if one.regular_on:
            return day < one.regular_on
        if not one.hired_on:
            return False
        months = one.hired_on.month - 1 + rule["months"]
        year, number = one.hired_on.year + months // 12, months % 12 + 1
        last = calendar.monthrange(year, number)[1]
        return day < date(year, number, min(one.hired_on.day, last))

    def regular(self, one: Agent) -> int:
        return sum(stay.regular for stay in self.stays(one))

    def days(self, keys: Keys, one: Agent) -> int:
        """Paid days that count for a component."""
        return sum(self.days_of(keys, stay) for stay in self.stays(one))

    def days_of(self, keys: Keys, stay: Stay) -> int:
        """Those of a part of the month; none where the component is not meant for whoever stands so."""
        for key, own in (("levels", stay.level), ("posts", stay.post), ("groups", stay.group)):
            if keys.get(key) and own not in keys[key]:
                return 0
        return stay.regular + (stay.probation if keys.get("on_probation", True) else 0)

    # ---- figures ----------------------------------------------------------------------------------------------------

    def value(self, who: str, name: str) -> Fraction | None:
        found = self.given.values.get(who, {}).get(name)
        return None if found is None else Fraction(found)

    def competes(self, one: Agent) -> bool:
        """A regular, for a day at the least, of a scored level."""
        return one.level != "lead" and self.regular(one) > 0

    def score(self, one: Agent) -> Fraction | None:
        """The one indicator, out of 100."""
        return None if one.level == "lead" else self.value(one.agent_id, "x")

    def holds(self, rule: Keys, one: Agent) -> bool:
        """Whether all that is named holds; what is not known never does."""
        asked = [(self.value(one.agent_id, rule["measure"]), rule)] if "measure" in rule else []
        asked += [(self.score(one), rule["score"])] if "score" in rule else []
        for figure, bounds in asked:
            edges = [(test, bounds[name]) for name, test in BOUNDS.items() if name in bounds]
            if figure is None or not all(test(figure, edge) for test, edge in edges):
                return False
        if "first" in rule and one.agent_id not in self.leading(rule["first"]):
            return False
        return all(self.holds(part, one) for part in rule.get("all", []))

    def figure(self, name: str, one: Agent) -> Fraction | None:
        return self.score(one) if name == "score" else self.value(one.agent_id, name)

    def leading(self, name: str) -> set[str]:
        """Who has the highest figure above nothing, of all who are ranked."""
        ranked = {one.agent_id: self.figure(name, one) for one in self.people if one.level != "lead"}
        best = max([figure for figure in ranked.values() if figure] or [Fraction(0)])
        return {who for who, figure in ranked.items() if figure == best and best > 0}

    def happened(self, each: Keys, one: Agent) -> int:
        name = each.get("measure") or f"event.{each['event']}"
        return max(0, int(self.value(one.agent_id, name) or 0))

    def coefficient(self, one: Agent) -> Fraction | None:
        """That of the grade that holds once places are given."""
        grades = self.case.plan["grade"]
        place = self._places().get(one.agent_id)
        return None if place is None or "coefficient" not in grades[place] else Fraction(grades[place]["coefficient"])

    def _places(self) -> dict[str, int]:
        """The grade of everybody with a score, by number: each takes the best one reached that has a place left."""
        grades, rule = self.case.plan["grade"], self.case.plan["score"]["quotas"]
        scores = {one.agent_id: score for one in self.people if (score := self.score(one)) is not None}
        found: dict[str, int] = {}
        for number, grade in enumerate(grades):
            reached = {
                who: score for who, score in scores.items()
                if who not in found and ("at_least" not in grade or score >= grade["at_least"])
            }  # fmt: skip
            inside = set(reached)
            if "quota" in grade and len(scores) >= rule["from"]:
                places = max(rule["at_least"], int(len(scores) * Fraction(grade["quota"])))
                inside = _inside(reached, places, rule["ties"])
            found |= dict.fromkeys(inside, number)
        return found


def _inside(reached: Mapping[str, Fraction], places: int, ties: str) -> set[str]:
    """The best have the places; where those who are tied need more than are left, all of them or none has one."""
    inside: set[str] = set()
    for score in sorted(set(reached.values()), reverse=True):
        tied = {who for who, own in reached.items() if own == score}
        if len(inside) >= places:
            break
        if len(inside) + len(tied) > places:
            return inside | (tied if ties == "all" else set())
        inside |= tied
    return inside
