"""From roster rows to the people of a month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from csctl.core.people.identity import Person
from csctl.core.people.workdays import employed_days
from csctl.core.result import Agent
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.scoring import JobLevel
from csctl.problems import Place, Problem

Row = Mapping[str, Any]
"""A canonical roster row: column name → typed value or None."""

_BETWEEN_ACCOUNTS = re.compile(r"[、;；,，|/\s]+")


def place_of(row: Row) -> Place:
    """Where a canonical row was read."""
    return Place(row["source_file"] or "", row["source_sheet"] or "", row["source_row"])


def people(rows: Sequence[Row]) -> list[Person]:
    """Everybody on the roster, employed or not: rows of somebody who has left are still known."""
    return [
        Person(row["agent_id"], row["agent_name"] or "", _accounts(row["accounts"]), place_of(row))
        for row in rows
        if row["agent_id"]
    ]


def _accounts(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in _BETWEEN_ACCOUNTS.split(text or "") if part)


def agents_of_month(rows: Sequence[Row], month: Month, policy: Policy) -> tuple[list[Agent], list[Problem]]:
    """The agents employed on at least one day of the month, by id; a level that the policy lacks is an error."""
    agents: dict[str, Agent] = {}
    problems: list[Problem] = []
    for row in rows:
        if not row["agent_id"] or not employed_days(month, row["hired_on"], row["left_on"]):
            continue
        level = row["level"] or ""
        if policy.level and rung_of(policy, level) is None:
            known = tuple(rung.id for rung in policy.level)
            code = "level-unknown" if level else "level-missing"
            problems.append(problem(code, place_of(row), level, known=known, agent=row["agent_id"]))
        agents.setdefault(row["agent_id"], _agent(row, level, policy))
    return [agents[key] for key in sorted(agents)], problems


def not_employed(rows: Sequence[Row], employed: Iterable[str]) -> list[Agent]:
    """Everybody else on the roster, by id: those who have left or are not here yet. Levels are as written."""
    here = set(employed)
    found: dict[str, Agent] = {}
    for row in rows:
        if row["agent_id"] and row["agent_id"] not in here:
            found.setdefault(row["agent_id"], _plain_agent(row, row["level"] or ""))
    return [found[key] for key in sorted(found)]


def rung_of(policy: Policy, level: str) -> JobLevel | None:
    """The rung of the ladder that a level names; none for an empty one, though a rung may have an empty label."""
    return policy.job_level(level) if level else None


def competing(policy: Policy, agents: Iterable[Agent]) -> frozenset[str]:
    """The agents who are compared with each other: all but those on a level that is not scored."""
    rungs = {agent.agent_id: rung_of(policy, agent.level) for agent in agents}
    return frozenset(agent for agent, rung in rungs.items() if rung is None or rung.scored)


def _agent(row: Row, level: str, policy: Policy) -> Agent:
    rung = rung_of(policy, level)
    return _plain_agent(row, rung.id if rung else level)


def _plain_agent(row: Row, level: str) -> Agent:
    return Agent(
        agent_id=row["agent_id"],
        name=row["agent_name"] or "",
        group=row["group"] or "",
        post=row["post"] or "",
        level=level,
        supervisor=row["supervisor"] or "",
        hired_on=row["hired_on"],
        regular_on=row["regular_on"],
        left_on=row["left_on"],
        base_pay=row["base_pay"],
        region=(row["region"] or "").strip(),
        contract=(row["contract"] or "").strip(),
    )
