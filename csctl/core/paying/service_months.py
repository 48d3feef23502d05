"""Months of a service year that nothing is known of: what is guaranteed over the year rests on the others alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from csctl.core.paying.guarantee import service_year
from csctl.core.result import Agent
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem


def unknown_months(agent: Agent, month: Month, known: Collection[Month]) -> tuple[Month, ...]:
    """Earlier months of the agent's service year, in order, that are not known; none without a hiring date."""
    found: list[Month] = []
    at = month.shift(-1)
    year = service_year(month, agent.hired_on)
    while agent.hired_on is not None and at.last >= agent.hired_on and service_year(at, agent.hired_on) == year:
        found += [] if at in known else [at]
        at = at.shift(-1)
    return tuple(reversed(found))


def unknown_said(lacking: Mapping[str, Sequence[Month]], agents: Sequence[Agent]) -> list[Problem]:
    """One warning for each set of months, naming whose guarantee lacks them. The amounts stay."""
    names = {one.agent_id: f"{one.agent_id} {one.name}".strip() for one in agents}
    by_months: dict[tuple[str, ...], list[str]] = {}
    for agent_id, months in lacking.items():
        by_months.setdefault(tuple(map(str, months)), []).append(names[agent_id])
    return [
        problem("guarantee-of-fewer-months", found=months, agents=tuple(sorted(who)))
        for months, who in sorted(by_months.items())
    ]
