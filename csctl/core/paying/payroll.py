"""What a month's pay is made from, and what a component makes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from csctl.core.paying.streaks import AwardStreaks
from csctl.core.people.employment import Counting, PartOfMonth, attendances, attended_parts, counting_of
from csctl.core.people.roster import is_meant
from csctl.core.people.workdays import Attendance, WorkCalendar
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, PayLine, PoolResult
from csctl.core.records.pay_item import PayItem
from csctl.core.scoring.conditions import Facts
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.pay.plan import Pay
from csctl.policy.pay.receivers import Receivers
from csctl.problems import Problem


@dataclass(frozen=True, slots=True)
class PastPay:
    """What pay needs of an earlier month: its agents, pay lines and pools."""

    month: Month
    agents: Sequence[Agent]
    lines: Sequence[PayLine]
    pools: Sequence[PoolResult] = ()


@dataclass(frozen=True, slots=True)
class Paid:
    """Pay lines, pools, and what went wrong: of one component, or of the month by agent id and in a slip's order."""

    lines: list[PayLine] = field(default_factory=list)
    pools: list[PoolResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def by_agent(lines: Iterable[PayLine]) -> Mapping[str, list[PayLine]]:
    """The lines of each agent that has any, in their order."""
    found: defaultdict[str, list[PayLine]] = defaultdict(list)
    for line in lines:
        found[line.agent_id].append(line)
    return found


@dataclass(frozen=True)
class Payroll:
    """The inputs of one month's pay."""

    policy: Policy
    pay: Pay
    month: Month
    agents: Sequence[Agent]
    facts: Facts
    calendar: WorkCalendar
    past: Sequence[PastPay]
    streaks: AwardStreaks
    beside: Sequence[tuple[str, Mapping[str, Decimal | None]]] = ()
    """Group and values of known people who are not employed: what they sold or took back is the team's."""
    repeated: Mapping[tuple[str, str], Sequence[Measured]] = field(default_factory=dict)
    """By whose figures are added up, what each team's shared rows count more than once; ``agent_id`` is the team."""
    items: Sequence[PayItem] = ()
    """One-off amounts that somebody entered."""
    by_span: Mapping[tuple[str, str], Sequence[Decimal | None]] = field(default_factory=dict)
    """By agent and measure the figure of each span of a month that changes inside, where the rows tell their days."""

    @property
    def decimals(self) -> int:
        """Places of the shown score."""
        return self.policy.score_decimals

    @property
    def language(self) -> str:
        """That of the words on lines."""
        return self.policy.language

    @cached_property
    def days(self) -> Mapping[str, Attendance]:
        """The paid days of each agent."""
        return self.days_in(self.month, self.agents)

    @cached_property
    def regulars(self) -> Facts:
        """The facts, in which those compete who may have a bonus or an award: at least a day as a regular."""
        ranked = frozenset(agent for agent in self.facts.ranked if self.days[agent].regular)
        return replace(self.facts, ranked=ranked)

    def receivers(self, component: Receivers) -> list[Agent]:
        """Who may get a component, in the order of the roster: whoever has a paid day and is meant by it."""
        return [agent for agent in self.agents if self.days_for(component, agent)]

    def earners(self, component: Receivers) -> list[Agent]:
        """Who may get what figures are paid by: whoever is meant on some day, also one of rest, and has a paid day in
        the month.
        """
        return [agent for agent in self.agents if self._earns(component, agent)]

    def _earns(self, component: Receivers, agent: Agent) -> bool:
        parts = self.parts(agent)
        paid = any(part.paid.employed if component.on_probation else part.paid.regular for part in parts)
        return paid and any(part.days and self.meant(component, part.agent) for part in parts)

    def days_for(self, component: Receivers, agent: Agent) -> int:
        """The paid days that count for a component: of the parts of the month in which it means somebody, all or those
        as a regular.
        """
        return sum(self.days_of(component, part) for part in self.parts(agent))

    def days_of(self, component: Receivers, part: PartOfMonth) -> int:
        """The paid days of a part that count for a component; none where it does not mean who stands so."""
        if not self.meant(component, part.agent):
            return 0
        return part.paid.employed if component.on_probation else part.paid.regular

    def parts(self, agent: Agent) -> list[PartOfMonth]:
        """The parts of the month, one where nothing changes inside. Nobody may change what it answers."""
        if agent not in self._parts:
            self._parts[agent] = attended_parts(agent, self.month, self.pay.probation, self.counting(self.month))
        return self._parts[agent]

    @cached_property
    def _parts(self) -> dict[Agent, list[PartOfMonth]]:
        """Those that were asked for: every component asks for everybody's."""
        return {}

    def parted(self, agent: Agent, measure: str) -> bool:
        """Whether it is known how much of a figure fell to which part of the month, as it is where nothing changes."""
        return len(agent.spans) < 2 or (agent.agent_id, measure) in self.by_span

    def value_on(self, agent: Agent, measure: str, counts: Callable[[PartOfMonth], bool]) -> Decimal | None:
        """A sum over the parts of the month that count; all of it where its rows tell no days, or where all count."""
        whole = self.facts.values[agent.agent_id].get(measure)
        own, parts = self.by_span.get((agent.agent_id, measure)), self.parts(agent)
        if whole is None or own is None or all(counts(part) for part in parts if part.days):
            return whole
        return sum((value or Decimal(0) for value, part in zip(own, parts, strict=True) if counts(part)), Decimal(0))

    def value_for(self, component: Receivers, agent: Agent, measure: str) -> Decimal | None:
        """A figure as far as it fell to the days on which a component meant somebody."""
        return self.value_on(agent, measure, lambda part: self.meant(component, part.agent))

    def meant(self, component: Receivers, agent: Agent) -> bool:
        """Whether a component is for somebody who stands so."""
        return is_meant(self.policy, component, agent)

    def days_in(self, month: Month, agents: Sequence[Agent]) -> Mapping[str, Attendance]:
        """Paid days in any month that the calendar knows, by agent id."""
        return attendances(agents, month, self.pay.probation, self.counting(month))

    def counting(self, month: Month) -> Counting:
        """How the paid days of a month are counted."""
        return counting_of(self.policy, month, self.calendar)
