"""What was not judged for want of data: points, awards and fines without a line, said where the agent has lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from csctl.core.coverage.beside import Idle
from csctl.core.coverage.counted import Open, unjudged_mark, with_counted, with_marks
from csctl.core.coverage.rests_on import tables_of_figures
from csctl.core.paying.components.base import is_probation
from csctl.core.paying.components.registry import entries_of
from csctl.core.people.roster import is_meant
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, Score, ScoreLine
from csctl.core.records.marks import Figures, months_mark
from csctl.core.scoring.conditions import SCORE, Facts
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Condition
from csctl.policy.pay.allowance import Allowance
from csctl.policy.pay.award import Award
from csctl.policy.pay.fine import Fine
from csctl.policy.pay.performance import Performance
from csctl.policy.pay.plan import Entry
from csctl.policy.pay.pool import Pool
from csctl.policy.pay.receivers import Receivers
from csctl.policy.refs import figures_named
from csctl.policy.scoring import Adjustment


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Who looks for what is not there: the figures, what marks them, and the months that rows of months lack.

    ``missing`` are, by award and agent, the months that might decide what a row of months pays; ``people``
    are agents by id. ``scoreless`` have no score for want of data; ``idle`` are, by table, those without a row where
    one is due, of whom a count of 0 says nothing.
    """

    policy: Policy
    figures: Figures
    facts: Facts
    missing: Mapping[str, Mapping[str, Sequence[Month]]]
    people: Mapping[str, Agent]
    scoreless: Collection[str] = ()
    idle: Idle = field(default_factory=dict)

    def scores(self, scores: Iterable[Score], lines: Iterable[ScoreLine]) -> list[Score]:
        """The scores, each with a mark that names the adjustments nobody could judge."""
        there = {(line.agent_id, line.line) for line in lines}
        return [
            replace(one, marks=(*one.marks, *unjudged_mark(self.policy, self._adjustments(one.agent_id, there))))
            if one.score is not None
            else one
            for one in scores
        ]

    def pay(self, lines: Sequence[PayLine], agents: Iterable[str]) -> list[PayLine]:
        """The pay lines, the first one of base pay with a mark that names what was neither paid nor taken; a line of a
        row of months with those that are missing, one that counts other lines with what these rest on and lack.
        """
        there = {(line.agent_id, line.line.split(".")[0]) for line in lines}
        on_trial = _on_trial(lines)
        open_ = {who: list(self._entries(who, there, competes=who not in on_trial)) for who in agents}
        made = with_counted([self._with_months(line) for line in lines], self.policy, open_)
        first = {line.agent_id: at for at, line in reversed(list(enumerate(made))) if line.kind == "base"}
        for who, at in first.items():
            made[at] = with_marks(made[at], unjudged_mark(self.policy, [one.label for one in open_.get(who, ())]))
        return made

    def _with_months(self, line: PayLine) -> PayLine:
        return with_marks(line, months_mark(self.missing.get(line.line, {}).get(line.agent_id, ())))

    def _adjustments(self, who: str, there: Collection[tuple[str, str]]) -> Iterator[str]:
        for one in self.policy.adjustment:
            if (who, one.id) not in there and self._is_open(one, who):
                yield one.label

    def _entries(self, who: str, there: Collection[tuple[str, str]], *, competes: bool) -> Iterator[Open]:
        """What of pay has no line for want of data; ``competes``: takes part in awards and pools."""
        for kind, line, entry in entries_of(self.policy.pay) if self.policy.pay else ():
            if (who, line) in there or (isinstance(entry, Award | Pool) and not competes):
                continue
            if self._unpaid(entry, line, who):
                yield Open(kind, entry.label)

    def _unpaid(self, entry: Entry | Pool, line: str, who: str) -> bool:
        """Whether a hole may be why somebody has no line of a component."""
        match entry:
            case Award():
                open_row = bool(self.missing.get(line, {}).get(who))
                return who in self.facts.ranked and (open_row or self._is_open(entry, who))
            case Pool():
                asked = [*([SCORE] if entry.on_score else []), *([entry.measure] if entry.measure else [])]
                return who in self.facts.ranked and any(self._lacks(who, name) for name in asked)
            case Fine():
                return self._is_open(entry, who)
            case Receivers() if not self._meant(entry, who):
                return False
            case Allowance() if entry.when is not None and self._open(entry.when, who) is not True:
                return self._open(entry.when, who) is None
            case Performance() if entry.by != "attainment":
                return self._lacks(who, SCORE)
        return any(self._lacks(who, name) for name in figures_named(entry))

    def _meant(self, entry: Receivers, who: str) -> bool:
        return is_meant(self.policy, entry, self.people[who])

    def _is_open(self, entry: Adjustment | Award | Fine, who: str) -> bool:
        if entry.each is not None:
            return any(self._lacks(who, name) for name in figures_named(entry.each))
        if isinstance(entry, Award) and entry.first is not None:
            return self._lacks(who, entry.first)
        return entry.when is not None and self._open(entry.when, who) is None

    def _open(self, condition: Condition, who: str) -> bool | None:
        """Whether a condition holds; None where a figure that a hole left open decides it."""
        answers: list[bool | None] = [self._open(part, who) for part in condition.all or ()]
        if condition.measure is not None and self._lacks(who, condition.measure):
            answers.append(None)
        elif condition.measure is not None:
            value = self.facts.value(who, condition.measure)
            answers.append(value is not None and condition.holds(value))
        if condition.score is not None and self._lacks(who, SCORE):
            answers.append(None)
        elif condition.score is not None:
            score = self.facts.scores.get(who)
            answers.append(score is not None and condition.score.holds(score))
        if condition.first is not None:
            lacks = self._lacks(who, condition.first)
            answers.append(None if lacks else who in self.facts.first(condition.first))
        return False if False in answers else None if None in answers else True

    def _lacks(self, who: str, name: str) -> bool:
        """Whether a figure is missing for a reason that is the agent's own: no row, or no day that tells; a count of
        nothing too, where a row is due.
        """
        if name == SCORE:
            return who in self.scoreless
        value = self.facts.values.get(who, {}).get(name)
        if value:
            return False
        if value is None and self.figures.of_one.get((who, name)):
            return True
        idle = [table for table, people in self.idle.items() if who in people]
        return bool(idle) and not tables_of_figures(self.policy, [name]).isdisjoint(idle)


def _on_trial(lines: Iterable[PayLine]) -> set[str]:
    """Who has no base pay but that of probation."""
    base = [line for line in lines if line.kind == "base"]
    regular = {line.agent_id for line in base if not is_probation(line)}
    return {line.agent_id for line in base} - regular
