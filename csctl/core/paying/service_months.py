"""Months of a service year that nothing is known of: what is guaranteed over the year rests on the others alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from csctl.core.paying.guarantee import in_service_year, service_year
from csctl.core.people.called import id_and_name
from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem, shortened


def unknown_months(agent: Agent, month: Month, known: Collection[Month]) -> tuple[Month, ...]:
    """Earlier months of the agent's service year, in order, that are not known; none without a hiring date."""
    found: list[Month] = []
    at = month.shift(-1)
    year = service_year(month, agent.hired_on)
    while agent.hired_on is not None and in_service_year(at, agent.hired_on, year):
        found += [] if at in known else [at]
        at = at.shift(-1)
    return tuple(reversed(found))


def unknown_months_warning(lacking: Mapping[str, Sequence[Month]], agents: Sequence[Agent]) -> list[Problem]:
    """One warning that names whose guarantee lacks which months, the first people of many. The amounts stay."""
    names = {one.agent_id: id_and_name(one) for one in agents}
    texts = [f"{names[agent_id]}: {_shown(months)}" for agent_id, months in sorted(lacking.items())]
    return [problem("guarantee-of-fewer-months", found=shortened(texts))] if texts else []


def _shown(months: Sequence[Month]) -> str:
    """Months in a row by the first and the last of them."""
    rows: list[list[Month]] = []
    for month in months:
        if rows and rows[-1][-1].shift(1) == month:
            rows[-1].append(month)
        else:
            rows.append([month])
    return " ".join(str(row[0]) if len(row) == 1 else f"{row[0]} – {row[-1]}" for row in rows)
