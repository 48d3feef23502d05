"""Closed months by month and agent: scores, ranks, and when which level was reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from csctl.core.career.given import CareerMonth
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Score
from csctl.month import Month


@dataclass(frozen=True, slots=True)
class Since:
    """When something began: at some time between two days, which are equal if the day is certain.

    ``earliest`` is None if it may have begun at any time before ``latest``.
    """

    earliest: date | None
    latest: date

    @property
    def certain(self) -> bool:
        """Whether the day is known."""
        return self.earliest == self.latest


class History:
    """All closed months up to the assessed one. Raises ValueError if a month comes twice."""

    def __init__(self, month: Month, months: Iterable[CareerMonth]) -> None:
        """Index the months; their order and that of their rows do not matter."""
        self.month = month
        self._agents: dict[Month, dict[str, Agent]] = {}
        self._scores: dict[Month, dict[str, Score]] = {}
        self._values: dict[Month, Mapping[str, Mapping[str, Decimal | None]]] = {}
        self._tables: dict[Month, frozenset[str] | None] = {}
        for one in sorted(months, key=lambda each: each.month):
            if one.month in self._agents:
                raise ValueError(f"month {one.month} comes twice")
            if one.month <= month:
                self._agents[one.month] = {agent.agent_id: agent for agent in one.agents}
                self._scores[one.month] = {score.agent_id: score for score in one.scores}
                self._values[one.month] = one.values
                self._tables[one.month] = one.tables

    @property
    def first(self) -> Month:
        """The earliest closed month; the assessed one if there is none."""
        return min(self._agents, default=self.month)

    def knows(self, month: Month) -> bool:
        """Whether that month is closed."""
        return month in self._agents

    def missing(self, months: Iterable[Month]) -> list[Month]:
        """Those of the months that are not closed although an earlier one is."""
        return [month for month in months if self.first < month < self.month and not self.knows(month)]

    def agents(self) -> list[Agent]:
        """The people of the assessed month, by id."""
        people = self._agents.get(self.month, {})
        return [people[agent_id] for agent_id in sorted(people)]

    def score(self, agent_id: str, month: Month) -> Score | None:
        """The agent's score of a month; None without one."""
        found = self._scores.get(month, {}).get(agent_id)
        return found if found is not None and found.score is not None else None

    def value(self, agent_id: str, measure: str, month: Month) -> Decimal | None:
        """A measure's value in a month; None if it is missing."""
        return self._values.get(month, {}).get(agent_id, {}).get(measure)

    def without_file(self, month: Month, tables: Iterable[str]) -> list[str]:
        """Those of the tables that had no file in a closed month, by name; none where nobody knows."""
        there = self._tables.get(month)
        return [] if there is None else sorted(set(tables) - there)

    def unscored(self, month: Month) -> list[Agent]:
        """Who was on the roster of a closed month and has no score in it."""
        people = self._agents.get(month, {})
        return [people[who] for who, one in self._scores.get(month, {}).items() if one.score is None and who in people]

    def scores(self, agent_id: str, months: Iterable[Month]) -> list[Decimal]:
        """The agent's scores of those of the months that have one."""
        found = (self.score(agent_id, month) for month in months)
        return [one.score for one in found if one is not None and one.score is not None]

    def was_there(self, agent_id: str, month: Month) -> bool:
        """Whether the agent stood on the roster of a closed month."""
        return agent_id in self._agents.get(month, {})

    def levels(self, agent_id: str) -> list[tuple[Month, str]]:
        """The agent's level in every closed month, in order."""
        return [(month, people[agent_id].level) for month, people in self._agents.items() if agent_id in people]

    def present_level_since(self, agent: Agent, lowest: str | None) -> Since:
        """When the agent came to the present level for the last time. A level holds for the whole month it stands in.

        If the first closed month already shows it, it was reached between hiring and that month; at hiring, if it is
        the ``lowest`` level of the ladder.
        """
        levels = self.levels(agent.agent_id)
        changes = [month for (_, before), (month, after) in pairwise(levels) if before != after]
        if changes:
            return Since(changes[-1].first, changes[-1].first)
        return self._before_the_first(agent, levels, at_hiring=agent.level == lowest)

    def reached(self, agent: Agent, wanted: frozenset[str], ladder: list[str]) -> Since | None:
        """When the agent first reached one of these levels; None if never so far as is known.

        If the first closed month already shows one, it was reached between hiring and that month; at hiring, if the
        agent cannot have been at any other level before.
        """
        levels = self.levels(agent.agent_id)
        month = next((month for month, level in levels if level in wanted), None)
        if month is None:
            return None
        first, level = levels[0]
        if month > first:
            return Since(month.first, month.first)
        at_hiring = level in ladder and wanted >= {*ladder[: ladder.index(level)]}
        return self._before_the_first(agent, levels, at_hiring=at_hiring)

    def _before_the_first(self, agent: Agent, levels: list[tuple[Month, str]], *, at_hiring: bool) -> Since:
        first = levels[0][0]
        if agent.hired_on is None:
            return Since(None, first.first)
        if at_hiring or Month.of(agent.hired_on) >= first:
            return Since(agent.hired_on, agent.hired_on)
        return Since(agent.hired_on, first.first)


def months_until_the_end(since: date, month: Month) -> int:
    """Complete months from a day to the end of a month: 3 from 1 January, 2 from 2 January to the end of March."""
    end = month.shift(1)
    start = Month.of(since)
    months = (end.year - start.year) * 12 + end.number - start.number
    return max(0, months if since.day == 1 else months - 1)


def complete_on(since: date, months: int) -> date:
    """The day on which so many months are complete: 31 January and one month make 28 or 29 February."""
    month = Month.of(since).shift(months)
    return month.first.replace(day=min(since.day, month.last.day))
