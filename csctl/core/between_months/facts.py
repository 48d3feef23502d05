"""What is behind a line in one month, and which of it is another fact in the other month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from csctl.core.between_months.records import Cause, CauseKind
from csctl.core.closing.comparing import staff_of_month
from csctl.core.explaining.claim_words import pool_rule
from csctl.core.explaining.nodes import trimmed_number
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PoolResult
from csctl.core.records.result import MonthResult
from csctl.policy.diff import Change, one_line_value
from csctl.policy.keys import Names
from csctl.policy.parts import Part
from csctl.policy.refs import NamedFigure, figures_named, named_figures
from csctl.policy.walk import texts

Named = tuple[CauseKind, str]
"""A fact's kind, and what it is about."""
Said = tuple[str, str]
"""A fact as text, and its unit."""
ALONE = frozenset({"value", "points", "quantity", "rate", "pool", "claim", "note"})
"""Facts that are told of a line that the other month lacks."""
MEASURED = frozenset({"measure", "event", "composite", "check"})
"""Parts of a policy that say how figures are counted."""


@dataclass(frozen=True)
class Side:
    """One month, looked at once for everybody."""

    result: MonthResult
    _named: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def agents(self) -> Mapping[str, Agent]:
        """Everybody in the month by id."""
        return {one.agent_id: one for one in self.result.agents}

    @cached_property
    def people(self) -> frozenset[str]:
        """Who is in the month for more than a late correction."""
        return frozenset(staff_of_month(self.result))

    @cached_property
    def pools(self) -> Mapping[str, PoolResult]:
        """The pools by the names that lines know them by."""
        return {one.pool: one for one in self.result.pools}

    @cached_property
    def figures(self) -> Mapping[str, NamedFigure]:
        """All figures of the policy."""
        return named_figures(self.result.policy)

    @cached_property
    def _entries(self) -> Mapping[tuple[str, str], Part]:
        """What the policy says of each line; the first that bears the name."""
        named = [met for met in texts(self.result.policy) if isinstance(met.mark, Names)]
        return {(met.mark.space, met.text): met.owners[-1] for met in reversed(named) if isinstance(met.mark, Names)}

    def entry(self, space: str, line: str) -> Part | None:
        """What the policy says of a line; of a pool's by its number."""
        pool = self.pools.get(line)
        if space == "pay line" and pool is not None:
            return pool_rule(self.result.policy, pool)
        return self._entries.get((space, line.split(".")[0]))

    def behind(self, space: str, line: str) -> tuple[str, ...]:
        """The figures that the rule of a line names."""
        key = (space, line)
        if key not in self._named:
            entry = self.entry(space, line)
            self._named[key] = tuple(figures_named(entry)) if entry is not None else ()
        return self._named[key]

    def level(self, agent_id: str) -> str:
        """What an agent's level is called; "" of somebody who is not there."""
        agent = self.agents.get(agent_id)
        rung = self.result.policy.job_level(agent.level) if agent else None
        return (rung.label or rung.id) if rung else agent.level if agent else ""

    def measure_facts(self, agent_id: str, names: Iterable[str]) -> Iterator[tuple[Named, Said]]:
        """An agent's figures of those names, each with what it was divided by where it is a ratio."""
        wanted = list(dict.fromkeys(names))
        own = {one.measure: one for one in self.result.own(agent_id).measures} if wanted else {}
        for name in wanted:
            found, figure = own.get(name), self.figures.get(name)
            if found is None:
                continue
            label, unit = (figure.label, figure.unit) if figure else (name, "")
            yield ("value", label), (trimmed_number(found.value), unit)
            if found.numerator is not None and found.denominator is not None and found.denominator != 1:
                yield ("ratio", label), (f"{trimmed_number(found.numerator)} ÷ {trimmed_number(found.denominator)}", "")


@dataclass(frozen=True, slots=True)
class FactsOfMonth:
    """All that is known behind the lines of one id in one month; empty where there is none."""

    there: bool
    said: dict[Named, Said] = field(default_factory=dict)


def causes(old: FactsOfMonth, new: FactsOfMonth) -> list[Cause]:
    """Every fact that differs, in the order of the line; of a line that comes or goes that it does, and what it is."""
    if old.there and new.there:
        keys = list(dict.fromkeys([*new.said, *old.said]))
    else:
        keys = [key for key in {**new.said, **old.said} if key[0] in ALONE]
    found = [] if old.there == new.there else [Cause("came" if new.there else "went")]
    for what, about in keys:
        before, now = (side.said.get((what, about), ("", "")) for side in (old, new))
        if before != now:
            found.append(Cause(what, before[0], now[0], about, before[1], now[1]))
    return found


def policy_causes(
    changes: Sequence[Change], parts: frozenset[str], names: Iterable[str], others: frozenset[str] = frozenset()
) -> list[Cause]:
    """The changes of these parts of the policy that speak of any of the names, and of none of the ``others``.

    A figure goes by its name alone in the part of the policy that declares it: ``event.late`` is ``late`` there.
    """
    wanted = {part for name in names for part in (name, name.rpartition(".")[2])}
    return [
        Cause("policy", one_line_value(one.old), one_line_value(one.new), ".".join(one.path))
        for one in changes
        if one.group in parts and wanted.intersection(one.path[1:]) and not others.intersection(one.path[2:])
    ]
