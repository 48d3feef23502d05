"""Money that is shared or won against others of whom something is not known: who is first because somebody has no
figure, whose share is larger because somebody has no score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from csctl.core.coverage.rests_on import tables_of_figures
from csctl.core.people.called import id_and_name
from csctl.core.people.spans import groups_of
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.core.scoring.conditions import SCORE, Facts
from csctl.messages import problem
from csctl.policy.model import Policy
from csctl.policy.parts import Condition
from csctl.policy.pay.award import Award
from csctl.policy.pay.pool import Pool
from csctl.policy.walk import uses
from csctl.problems import Problem, shortened

BESIDE = "beside"
"""The mark that counts the people of whom nothing is known and against whom something was won."""

Idle = Mapping[str, Collection[str]]
"""By table, who has no row where one is due."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Who looks for the others. ``idle``: without rows where rows are due; ``away``: on leave all month, of whom
    nothing is due.
    """

    policy: Policy
    agents: Sequence[Agent]
    facts: Facts
    idle: Idle
    away: Collection[str]

    def pay(self, lines: Iterable[PayLine]) -> tuple[list[PayLine], list[Problem]]:
        """The lines, those that others' holes decide with a mark; one warning that names them and the others."""
        made: list[PayLine] = []
        unknown: dict[str, set[str]] = {}
        won: dict[str, dict[str, str]] = {}
        for line in lines:
            contest = line.source if line.basis == "pool" else line.line
            if contest not in unknown:
                unknown[contest] = self._unknown(line)
            found = unknown[contest]
            count = len(found) - (line.agent_id in found)
            marked = bool(count) and line.amount_cents > 0
            if marked:
                won.setdefault(contest, {})[line.agent_id] = line.label
            made.append(replace(line, marks=(*line.marks, f"{BESIDE}:{count}")) if marked else line)
        return made, self._said(won, unknown)

    def _said(self, won: Mapping[str, Mapping[str, str]], unknown: Mapping[str, set[str]]) -> list[Problem]:
        """``won``: by contest, the labels of lines by agent; ``unknown``: of whom it lacks something."""
        if not won:
            return []
        labels: dict[str, list[str]] = {}
        others: set[str] = set()
        for contest, winners in won.items():
            for who, label in winners.items():
                labels.setdefault(label, []).append(who)
            others |= unknown[contest] if len(winners) > 1 else unknown[contest] - winners.keys()
        texts = [f"{label} ({' / '.join(shortened(who))})" for label, who in labels.items()]
        names = {one.agent_id: id_and_name(one) for one in self.agents}
        people = shortened([names[who] for who in sorted(others)])
        return [problem("won-beside-holes", found=shortened(texts), people=people)]

    def _unknown(self, line: PayLine) -> set[str]:
        """Of whom that is not known which decides lines like this one."""
        if line.basis == "pool":
            return self._unknown_of_pool(line.source)
        awards = self.policy.pay.award if self.policy.pay else []
        award = next((one for one in awards if one.id == line.line), None)
        return {who for name in (_contests(award) if award else ()) for who in self._open(name)}

    def _unknown_of_pool(self, source: str) -> set[str]:
        """Who could share the pool of that name, and of whom it is not known what it is shared by."""
        pools = self.policy.pay.pool if self.policy.pay else []
        number, _, group = source.partition(".")
        pool: Pool | None = next((one for at, one in enumerate(pools, 1) if number == f"pool{at}"), None)
        apart = pool is not None and pool.per == "group"
        members = {one.agent_id for one in self.agents if not apart or group in groups_of(one)}
        if pool is not None and pool.split_by != "score":
            return self._open(pool.measure) & members if pool.measure else set()
        return self._without_score(members)

    def _open(self, name: str) -> set[str]:
        """Who competes and has no figure of that name for want of data."""
        unknown = self._without_score(self.facts.ranked)
        if name == SCORE:
            return unknown
        idle = {who for table in tables_of_figures(self.policy, [name]) for who in self.idle.get(table, ())}
        return {who for who in (idle | unknown) & self.facts.ranked if not self.facts.value(who, name)}

    def _without_score(self, people: Collection[str]) -> set[str]:
        known = self.facts.scores
        return {who for who in self.facts.ranked.intersection(people) - set(self.away) if known.get(who) is None}


def _contests(award: Award) -> Iterator[str]:
    """What somebody must be first in."""
    own = [award.first, award.streak.first if award.streak else None]
    yield from (name for name in own if name)
    yield from (one.first for _, one in uses(award, Condition) if one.first)
