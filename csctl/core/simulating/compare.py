"""Months as they were beside the same months under other rules: cost, winners and losers, levels and grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.records.lines import PayLine, Score, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.pay.kinds import PAY_KINDS, PayKind

CORRECTION = "correction"
"""Kind of pay lines that settle other months: they belong to neither side."""

Pair = tuple[MonthResult, MonthResult]
"""A month as it was, and simulated."""


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number as it was and as simulated: cents of pay, or a count."""

    actual: int
    simulated: int

    @property
    def difference(self) -> int:
        """What the other rules add; negative: take away."""
        return self.simulated - self.actual


@dataclass(frozen=True, slots=True)
class AgentMonth:
    """One agent in one month; pay in cents. Score None and grade "": not scored on that side."""

    agent_id: str
    name: str
    month: Month
    pay: NumberChange
    actual_score: Decimal | None
    simulated_score: Decimal | None
    actual_grade: str
    simulated_grade: str


@dataclass(frozen=True, slots=True)
class AgentTotal:
    """One agent over all months; the name is that of the last month."""

    agent_id: str
    name: str
    months: int
    pay: NumberChange


@dataclass(frozen=True, slots=True)
class MonthTotal:
    """One month: whole cost by kind of pay, and how many of the agents have no score."""

    month: Month
    pay: NumberChange
    kinds: tuple[tuple[PayKind, NumberChange], ...]
    unscored: NumberChange


@dataclass(frozen=True, slots=True)
class PoolTotal:
    """One pool of one month in cents; 0 on the side that has no such pool, or nobody to take it."""

    month: Month
    label: str
    pay: NumberChange


@dataclass(frozen=True, slots=True)
class Simulation:
    """Everything that differs.

    ``agents`` by id, ``cells`` by month, then id. ``grades`` count agent-months, ``levels`` indicators of
    agent-months, best first as the policies list them. ``currency`` is an ISO code.
    """

    months: tuple[MonthTotal, ...]
    agents: tuple[AgentTotal, ...]
    cells: tuple[AgentMonth, ...]
    pools: tuple[PoolTotal, ...]
    grades: tuple[tuple[str, NumberChange], ...]
    levels: tuple[tuple[str, NumberChange], ...]
    currency: str = "CNY"

    @property
    def pay(self) -> NumberChange:
        """The whole cost of all months."""
        return _summed(month.pay for month in self.months)

    @property
    def pool(self) -> NumberChange:
        """What all pools of all months came to."""
        return _summed(pool.pay for pool in self.pools)

    @property
    def unscored(self) -> NumberChange:
        """Agent-months without a score."""
        return _summed(month.unscored for month in self.months)

    @property
    def winners(self) -> tuple[AgentTotal, ...]:
        """Who has more over all months."""
        return tuple(agent for agent in self.agents if agent.pay.difference > 0)

    @property
    def losers(self) -> tuple[AgentTotal, ...]:
        """Who has less over all months."""
        return tuple(agent for agent in self.agents if agent.pay.difference < 0)

    @property
    def unchanged(self) -> tuple[AgentTotal, ...]:
        """Whose pay over all months stays, to the cent."""
        return tuple(agent for agent in self.agents if agent.pay.difference == 0)

    def kind(self, kind: PayKind) -> NumberChange:
        """One kind of pay over all months."""
        return _summed(change for month in self.months for name, change in month.kinds if name == kind)


def compare(months: Sequence[Pair]) -> Simulation:
    """Actual months beside the simulated ones, by month. Corrections, which settle other months, are left out.

    Raises ValueError if two results of a pair are of different months (a bug).
    """
    pairs = sorted(months, key=lambda pair: pair[0].month)
    cells = tuple(cell for pair in pairs for cell in _cells(pair))
    return Simulation(
        months=tuple(_month(pair) for pair in pairs),
        agents=_agents(cells),
        cells=cells,
        pools=tuple(pool for pair in pairs for pool in _pools(pair)),
        grades=_mix(pairs, _grade_names, _grades),
        levels=_mix(pairs, _level_names, _levels),
        currency=next((one.policy.pay.currency for pair in pairs for one in pair if one.policy.pay), "CNY"),
    )


def _summed(changes: Iterable[NumberChange]) -> NumberChange:
    listed = list(changes)
    return NumberChange(sum(one.actual for one in listed), sum(one.simulated for one in listed))


def _lines(result: MonthResult) -> list[PayLine]:
    return [line for line in as_records(result.pay_lines, PayLine) if line.kind != CORRECTION]


def _cells(pair: Pair) -> list[AgentMonth]:
    """Everybody who is in the month on either side."""
    actual, simulated = pair
    if actual.month != simulated.month:
        raise ValueError(f"{actual.month} was simulated as {simulated.month}")
    names = {agent.agent_id: agent.name for result in (simulated, actual) for agent in result.agents}
    scores = [{one.agent_id: one for one in as_records(result.scores, Score)} for result in pair]
    paid = [_by_agent(result) for result in pair]
    cells = []
    for agent_id in sorted(names.keys() | paid[0].keys() | paid[1].keys()):
        was, then = (side.get(agent_id) for side in scores)
        pay = NumberChange(paid[0][agent_id], paid[1][agent_id])
        cells.append(
            AgentMonth(
                agent_id,
                names.get(agent_id, ""),
                actual.month,
                pay,
                was.score if was else None,
                then.score if then else None,
                was.grade if was else "",
                then.grade if then else "",
            )
        )
    return cells


def _by_agent(result: MonthResult) -> Counter[str]:
    """Cents by agent; 0 for anybody else."""
    cents: Counter[str] = Counter()
    for line in _lines(result):
        cents[line.agent_id] += line.amount_cents
    return cents


def _agents(cells: Sequence[AgentMonth]) -> tuple[AgentTotal, ...]:
    own: dict[str, list[AgentMonth]] = {}
    for cell in cells:
        own.setdefault(cell.agent_id, []).append(cell)
    return tuple(
        AgentTotal(agent_id, listed[-1].name, len(listed), _summed(cell.pay for cell in listed))
        for agent_id, listed in sorted(own.items())
    )


def _month(pair: Pair) -> MonthTotal:
    kinds = [kind for kind in PAY_KINDS if kind != CORRECTION]
    by_kind = [(kind, NumberChange(*(_of_kind(result, kind) for result in pair))) for kind in kinds]
    unscored = NumberChange(*(_unscored(result) for result in pair))
    return MonthTotal(pair[0].month, _summed(change for _, change in by_kind), tuple(by_kind), unscored)


def _of_kind(result: MonthResult, kind: PayKind) -> int:
    return sum(line.amount_cents for line in _lines(result) if line.kind == kind)


def _unscored(result: MonthResult) -> int:
    scored = {one.agent_id for one in as_records(result.scores, Score) if one.score is not None}
    return sum(agent.agent_id not in scored for agent in result.agents)


def _pools(pair: Pair) -> list[PoolTotal]:
    """Pools by their label, those of the actual month first."""
    sides: list[Counter[str]] = []
    for result in pair:
        sides.append(Counter())
        for pool in result.pools:
            sides[-1][pool.label] += 0 if pool.undistributed else pool.pool_cents
    labels = dict.fromkeys([*sides[0], *sides[1]])
    return [PoolTotal(pair[0].month, label, NumberChange(sides[0][label], sides[1][label])) for label in labels]


def _mix(
    pairs: Sequence[Pair],
    names: Callable[[MonthResult], list[str]],
    found: Callable[[MonthResult], list[str]],
) -> tuple[tuple[str, NumberChange], ...]:
    """How often each name is found on each side; those that the policies list and nobody has count 0."""
    listed = dict.fromkeys(name for side in (0, 1) for pair in pairs for name in names(pair[side]))
    actual, simulated = (Counter(name for pair in pairs for name in found(pair[side])) for side in (0, 1))
    order = [*listed, *sorted((actual.keys() | simulated.keys()) - listed.keys())]
    return tuple((name, NumberChange(actual[name], simulated[name])) for name in order)


def _grade_names(result: MonthResult) -> list[str]:
    return [grade.label for grade in result.policy.grade]


def _grades(result: MonthResult) -> list[str]:
    return [one.grade for one in as_records(result.scores, Score) if one.grade]


def _level_names(result: MonthResult) -> list[str]:
    return list(result.policy.scale)


def _levels(result: MonthResult) -> list[str]:
    return [line.band for line in as_records(result.score_lines, ScoreLine) if line.band]
