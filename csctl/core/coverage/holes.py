"""People without a row in a table that rules look at: nobody is paid for what the files do not tell, and it is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from csctl.core.measuring.columns import Frame
from csctl.core.measuring.presence import people_by_table
from csctl.core.people.roster import competing
from csctl.core.result import Agent
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Term
from csctl.policy.walk import uses
from csctl.problems import Problem, shortened
from csctl.tables import TABLES, NoRow

NAMED = 12
"""So many people one line names."""


def people_named(agents: Sequence[Agent]) -> tuple[str, ...]:
    """Names with staff numbers, the first ones of many."""
    return shortened([f"{one.name} {one.agent_id}".strip() for one in agents], NAMED)


def holes_said(
    policy: Policy, tables: Mapping[str, Frame], agents: Sequence[Agent], month: Month, away: Collection[str] = ()
) -> list[Problem]:
    """A warning for each table that measures look at in which people lack rows who should have some.

    ``tables`` are credited; ``away`` are people on leave on every day of the month, of whom no row is due. Of a table
    of presence everybody should; of one of activity whoever is scored and of a group and post of which most others
    have some. A table of either without any row of the month is named itself.
    """
    due = [one for one in agents if one.agent_id not in away]
    used = sorted(_looked_at(policy) & tables.keys())
    there = people_by_table({name: tables[name] for name in used if TABLES[name].no_row is not NoRow.HAPPENING}, month)
    found: list[Problem] = []
    idle: dict[tuple[Agent, ...], list[str]] = {}
    scored = competing(policy, agents)
    empty = [table for table, having in there.items() if due and not any(one.agent_id in having for one in due)]
    for code, kind in (("table-without-rows", NoRow.PRESENCE), ("table-without-work", NoRow.ACTIVITY)):
        if named := [table for table in empty if TABLES[table].no_row is kind]:
            found.append(problem(code, found=named, month=month))
    for table, having in there.items():
        if table in empty:
            continue
        if TABLES[table].no_row is NoRow.PRESENCE:
            found += _absent_from(table, having, due, month)
        elif lacking := _idle(having, [one for one in due if one.agent_id in scored]):
            idle.setdefault(lacking, []).append(table)
    return found + [
        problem("people-without-work", found=people_named(who), table=names, month=month) for who, names in idle.items()
    ]


def untold(policy: Policy, tables: Mapping[str, Frame], agents: Sequence[Agent], month: Month) -> frozenset[str]:
    """The agents of whom no table tells anything but leave, where one of presence tells of others."""
    there = people_by_table({name: frame for name, frame in tables.items() if name != "leave"}, month)
    ids = {agent.agent_id for agent in agents}
    asked = [name for name in _looked_at(policy) & there.keys() if TABLES[name].no_row is NoRow.PRESENCE]
    return frozenset(ids.difference(*there.values())) if any(there[name] & ids for name in asked) else frozenset()


def _looked_at(policy: Policy) -> set[str]:
    """Tables of the measures; attendance too where working time has rules."""
    tables = {term.table for _, term in uses(policy, Term)}
    return tables | ({"attendance"} if policy.working_time else set())


def _absent_from(table: str, having: Collection[str], agents: Sequence[Agent], month: Month) -> list[Problem]:
    lacking = [one for one in agents if one.agent_id not in having]
    return [problem("people-without-rows", found=people_named(lacking), table=table, month=month)] if lacking else []


def _idle(having: Collection[str], agents: Sequence[Agent]) -> tuple[Agent, ...]:
    """Those of the scored agents who have no row where most of their likes have."""
    return tuple(
        one
        for one in agents
        if one.agent_id not in having
        and _most([other.agent_id in having for other in agents if other is not one and _alike(one, other)])
    )


def _alike(one: Agent, other: Agent) -> bool:
    return (one.group, one.post) == (other.group, other.post)


def _most(answers: Sequence[bool]) -> bool:
    return sum(answers) * 2 > len(answers)
