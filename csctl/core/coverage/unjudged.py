"""What was not judged for want of data: points, awards and fines without a line, said where the agent has lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from csctl.core.people.roster import is_meant
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, Score, ScoreLine
from csctl.core.records.marks import MONTHS, Figures
from csctl.core.scoring.conditions import SCORE, Facts
from csctl.messages.grammar import listed
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Condition
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.award import Award
from csctl.policy.pay.fine import Fine
from csctl.policy.pay.plan import Entry
from csctl.policy.pay.receivers import Receivers
from csctl.policy.refs import figures_named
from csctl.policy.scoring import Adjustment

UNJUDGED = "unjudged"
"""The mark that names what was not judged."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Who looks for what is not there: the figures, what marks them, and the months that rows of months lack.

    ``missing`` are, by award and agent, the months that might decide what a row of months pays; ``people``
    are agents by id.
    """

    policy: Policy
    figures: Figures
    facts: Facts
    missing: Mapping[str, Mapping[str, Sequence[Month]]]
    people: Mapping[str, Agent]

    def scores(self, scores: Iterable[Score], lines: Iterable[ScoreLine]) -> list[Score]:
        """The scores, each with a mark that names the adjustments nobody could judge."""
        there = {(line.agent_id, line.line) for line in lines}
        return [
            replace(one, marks=(*one.marks, *self._mark(self._adjustments(one.agent_id, there))))
            if one.score is not None
            else one
            for one in scores
        ]

    def pay(self, lines: Sequence[PayLine], agents: Iterable[str]) -> list[PayLine]:
        """The pay lines, the first one of base pay with a mark that names what was neither paid nor taken; a line of a
        row of months with those that are missing.
        """
        there = {(line.agent_id, line.line.split(".")[0]) for line in lines}
        marks = {who: self._mark(self._entries(who, there)) for who in agents}
        made: list[PayLine] = []
        done: set[str] = set()
        for line in lines:
            own = self._months(line)
            if line.kind == "base" and line.agent_id not in done:
                done.add(line.agent_id)
                own += marks.get(line.agent_id, ())
            made.append(replace(line, marks=tuple(dict.fromkeys((*line.marks, *own)))) if own else line)
        return made

    def _mark(self, labels: Iterable[str]) -> tuple[str, ...]:
        named = listed(dict.fromkeys(labels), self.policy.language)
        return (f"{UNJUDGED}:{named}",) if named else ()

    def _months(self, line: PayLine) -> tuple[str, ...]:
        months = self.missing.get(line.line, {}).get(line.agent_id, ())
        return (f"{MONTHS}:{' '.join(map(str, months))}",) if months else ()

    def _adjustments(self, who: str, there: Collection[tuple[str, str]]) -> Iterator[str]:
        for one in self.policy.adjustment:
            if (who, one.id) not in there and self._is_open(one, who):
                yield one.label

    def _entries(self, who: str, there: Collection[tuple[str, str]]) -> Iterator[str]:
        for entry in self.policy.pay.entries if self.policy.pay else ():
            if (who, entry.id) not in there and self._unpaid(entry, who):
                yield entry.label

    def _unpaid(self, entry: Entry, who: str) -> bool:
        """Whether a hole may be why somebody has no line of a component."""
        match entry:
            case Award():
                open_row = bool(self.missing.get(entry.id, {}).get(who))
                return who in self.facts.ranked and (open_row or self._is_open(entry, who))
            case Fine():
                return self._is_open(entry, who)
            case Receivers() if not self._meant(entry, who):
                return False
            case Allowance() if entry.when is not None and self._open(entry.when, who) is False:
                return False
        return any(self._lacks(who, name) for name in figures_named(entry))

    def _meant(self, entry: Receivers, who: str) -> bool:
        return is_meant(self.policy, entry, self.people[who])

    def _is_open(self, entry: Adjustment | Award | Fine, who: str) -> bool:
        if entry.each is not None:
            return any(self._lacks(who, name) for name in figures_named(entry.each))
        return entry.when is not None and self._open(entry.when, who) is None

    def _open(self, condition: Condition, who: str) -> bool | None:
        """Whether a condition holds; None where a figure that a hole left open decides it."""
        answers: list[bool | None] = [self._open(part, who) for part in condition.all or ()]
        if condition.measure is not None and self._lacks(who, condition.measure):
            answers.append(None)
        elif condition.measure is not None:
            value = self.facts.value(who, condition.measure)
            answers.append(value is not None and condition.holds(value))
        if condition.score is not None:
            score = self.facts.scores.get(who)
            answers.append(score is not None and condition.score.holds(score))
        if condition.first is not None:
            answers.append(who in self.facts.first(condition.first))
        return False if False in answers else None if None in answers else True

    def _lacks(self, who: str, name: str) -> bool:
        """Whether a figure is missing for a reason that is the agent's own: no row, or no day that tells."""
        known = self.facts.values.get(who, {}).get(name) is not None
        return name != SCORE and not known and bool(self.figures.of_one.get((who, name)))
