"""A small world for careers, from a table as a person would write it: scores by name, oldest month first.

The last score is that of the assessed month; ``"-"`` is a month without score. Ranks are worked out by counting.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from csctl.core.career.assess import Assessed, assess
from csctl.core.career.changes import LevelChange
from csctl.core.career.given import CareerInput, CareerMonth, Disciplined, ExamTaken, Honour
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Finding, Score
from csctl.core.scoring.ratings import Rating
from csctl.month import Month
from csctl.policy.model import Policy
from tests.workbench import agent, rating

HERE = Path(__file__).parent
Table = dict[str, Any]
Monthly = Mapping[str, Sequence[object]]
"""Something per agent and month, oldest first, the last of each in the assessed month."""


@cache
def policy_text(name: str) -> str:
    """A policy of this folder."""
    return (HERE / f"{name}.toml").read_text("utf-8")


def policy_with(name: str, requirement: str = "", **changes: Any) -> Policy:
    """A policy of this folder with keys of one requirement, or of ``career`` itself if none is named, changed."""
    return _policy(name, requirement, json.dumps(changes, ensure_ascii=False))


@cache
def _policy(name: str, requirement: str, changed: str) -> Policy:
    document = tomllib.loads(policy_text(name), parse_float=Decimal)
    changes = json.loads(changed)
    if not requirement:
        document["career"] |= changes
    for step in document["career"]["step"]:
        for one in step.get("all_of", []) + step.get("any_of", []):
            if one["id"] == requirement:
                one.update(changes)
    return Policy.model_validate(document)


@dataclass(frozen=True)
class World:
    """People, their scores and whatever else is known; the fields are those of a case in the tables."""

    policy: Policy
    month: Month
    scores: Monthly
    level: str
    levels: Monthly = field(default_factory=dict)
    hired: Mapping[str, str] = field(default_factory=dict)
    unclosed: Sequence[str] = ()
    values: Mapping[str, Monthly] = field(default_factory=dict)
    ratings: Sequence[Rating] = ()
    honours: Sequence[Honour] | None = ()
    exams: Sequence[ExamTaken] | None = ()
    discipline: Sequence[Disciplined] | None = ()
    changes: Sequence[LevelChange] = ()

    def months(self) -> list[Month]:
        """All months of the table, oldest first."""
        length = max(len(own) for own in self.scores.values())
        return [self.month.shift(step) for step in range(1 - length, 1)]

    def at(self, own: Sequence[object], month: Month, default: object) -> object:
        """What a list says of a month."""
        place = len(own) - 1 - (self.month.year - month.year) * 12 - self.month.number + month.number
        return own[place] if 0 <= place < len(own) else default

    def person(self, name: str, month: Month) -> Agent:
        """One agent as the roster of that month shows it."""
        level = self.at(self.levels.get(name, ()), month, self.level)
        hired = self.hired.get(name, "2020-01-01")
        return agent(name, level=str(level), hired_on=date.fromisoformat(hired) if hired else None)

    def closed(self, month: Month) -> CareerMonth:
        """One month as it was closed, everybody employed in it by name."""
        people = [self.person(name, month) for name in sorted(self.scores)]
        people = [one for one in people if one.hired_on is None or one.hired_on <= month.last]
        shown = {one.agent_id: self._score(one, month) for one in people}
        names = [f"event.{name}" for name in self.policy.event]
        values = {one.agent_id: {name: self._value(one.agent_id, name, month) for name in names} for one in people}
        return CareerMonth(month, people, [_score(name, shown, self.policy) for name in shown], values)

    def _score(self, one: Agent, month: Month) -> Decimal | None:
        rung = self.policy.job_level(one.level)
        text = self.at(self.scores[one.agent_id], month, "-")
        return None if text == "-" or (rung and not rung.scored) else Decimal(str(text))

    def _value(self, name: str, measure: str, month: Month) -> Decimal | None:
        text = self.at(self.values.get(name, {}).get(measure, ()), month, 0)
        return None if text == "-" else Decimal(str(text))

    def given(self) -> CareerInput:
        """The input for an assessment."""
        months = [self.closed(month) for month in self.months() if str(month) not in self.unclosed]
        return CareerInput(
            self.policy, self.month, months, self.ratings, self.honours, self.exams, self.discipline, self.changes
        )

    def assess(self) -> Assessed:
        """The assessment."""
        return assess(self.given())

    def findings(self, requirement: str) -> dict[str, Finding]:
        """The findings of one requirement by agent."""
        return {one.agent_id: one for one in self.assess().findings if one.requirement == requirement}

    def verdicts(self, step: str) -> dict[str, str]:
        """The verdicts on one step by agent."""
        return {one.agent_id: one.state for one in self.assess().verdicts if one.step == step}

    def later(self, month: str) -> World:
        """The same table looked at in an earlier or later month, without what comes after."""
        to = Month.parse(month)
        assert to is not None
        cut = len([one for one in self.months() if one > to])
        scores = {name: list(own)[: len(own) - cut] for name, own in self.scores.items()}
        levels = {name: list(own)[: len(own) - cut] for name, own in self.levels.items()}
        return replace(self, month=to, scores=scores, levels=levels)


def _score(name: str, shown: Mapping[str, Decimal | None], policy: Policy) -> Score:
    """A score with its rank: one more than there are better ones."""
    own = shown[name]
    rules = policy.score
    assert rules is not None
    if own is None:
        return Score(name, "excluded", None, None, None, None, None, "", None, None, None)
    rank = 1 + sum(other is not None and other > own for other in shown.values())
    return Score(name, "scored", None, own, own, Decimal(0), own, "", None, own >= rules.pass_mark, rank)


def world(case: Table) -> World:
    """The world of a case in the tables."""
    month = Month.parse(case["month"])
    assert month is not None
    own = case.get("scores", {})
    given: Table = {"honours": _honours(case), "exams": _exams(case), "discipline": _discipline(case)}
    answers = case.get("answers", {})
    known: Table = {name: None if name in case.get("without", ()) else records for name, records in given.items()}
    return World(
        policy=policy_with(case["policy"], case["requirement"] if "change" in case else "", **_changes(case)),
        month=month,
        scores=own,
        level=case["level"],
        levels=case.get("levels", {}),
        hired=case.get("hired", {}),
        unclosed=case.get("unclosed", ()),
        values=case.get("values", {}),
        ratings=[rating(who, item, value) for who, said in answers.items() for item, value in said.items()],
        **known,
    )


def _changes(case: Table) -> Table:
    changes: Table = case.get("change") or case.get("career") or {}
    return changes


def _records(case: Table, name: str) -> list[tuple[str, list[Any]]]:
    return [(who, row) for who, rows in case.get(name, {}).items() for row in rows]


def _honours(case: Table) -> list[Honour]:
    return [Honour(who, date.fromisoformat(row[0]), row[1]) for who, row in _records(case, "honours")]


def _discipline(case: Table) -> list[Disciplined]:
    return [Disciplined(who, date.fromisoformat(row[0]), row[1]) for who, row in _records(case, "discipline")]


def _exams(case: Table) -> list[ExamTaken]:
    """Rows of day, exam, points, points possible, and whether it was passed ("" if not said)."""
    said = {"yes": True, "no": False, "": None}
    return [
        ExamTaken(who, date.fromisoformat(day), kind, Decimal(points), Decimal(full), said[passed])
        for who, (day, kind, points, full, passed) in _records(case, "exams")
    ]
