"""From roster rows to the people of a month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from csctl.core.people.identity import Person
from csctl.core.people.spans import spans_of_month
from csctl.core.people.stays import Row as Row
from csctl.core.people.stays import Stay, of_month, overlapping, stay_faults, stays_of
from csctl.core.people.stays import row_place as row_place
from csctl.core.records.agent import Agent, Span
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.pay.receivers import Receivers
from csctl.policy.scoring import JobLevel
from csctl.problems import Problem

_BETWEEN_ACCOUNTS = re.compile(r"[、;；,，|/\s]+")


def people_on_roster(rows: Sequence[Row]) -> list[Person]:
    """Everybody on the roster, employed or not: rows of somebody who has left are still known.

    Several rows of one agent that each say their days are one person, with the accounts of all of them.
    """
    found: list[Person] = []
    for own in stays_of(rows).values():
        alone = overlapping(own) and not any(one.dated for one in own)
        persons = [_person(one.row) for one in own]
        found += persons if alone else [_together(persons)]
    return found


def _person(row: Row) -> Person:
    return Person(row["agent_id"], row["agent_name"] or "", _accounts(row["accounts"]), row_place(row))


def _together(persons: Sequence[Person]) -> Person:
    accounts = dict.fromkeys(account for one in persons for account in one.accounts)
    return replace(persons[-1], accounts=tuple(accounts))


def _accounts(text: str | None) -> tuple[str, ...]:
    return tuple(part for part in _BETWEEN_ACCOUNTS.split(text or "") if part)


def agents_of_month(rows: Sequence[Row], month: Month, policy: Policy) -> tuple[list[Agent], list[Problem]]:
    """The agents employed on at least one day of the month, by id; a level that the policy lacks is an error."""
    agents: dict[str, Agent] = {}
    problems: list[Problem] = []
    for agent_id, own in stays_of(rows).items():
        problems += stay_faults(own)
        here = of_month(own, month)
        problems += [fault for one in here for fault in (*_level_faults(one.row, policy), *_fte_faults(one.row))]
        if here:
            agents[agent_id] = _agent(here, month, policy, last=here[-1] is own[-1])
    return [agents[key] for key in sorted(agents)], problems


def _level_faults(row: Row, policy: Policy) -> list[Problem]:
    level = row["level"] or ""
    if not policy.level or rung_of(policy, level) is not None:
        return []
    known = tuple(rung.id for rung in policy.level)
    code = "level-unknown" if level else "level-missing"
    return [problem(code, row_place(row), level, known=known, agent=row["agent_id"])]


def _fte_faults(row: Row) -> list[Problem]:
    fte = row["fte"]
    if fte is None or 0 < fte <= 1:
        return []
    return [
        problem("fte-out-of-range", row_place(row).at(row=row["source_row"], column="fte"), fte, agent=row["agent_id"])
    ]


def not_employed(rows: Sequence[Row], employed: Iterable[str], month: Month) -> list[Agent]:
    """Everybody else on the roster, by id, as they stood when they left, or will stand first where they are not here
    yet. Levels are as written.
    """
    here = set(employed)
    stays = {agent_id: own for agent_id, own in stays_of(rows).items() if agent_id not in here}
    stood = {key: [one for one in own if one.end < month.first][-1:] or own[:1] for key, own in stays.items()}
    return [_plain_agent(own.row, own.row["level"] or "") for _, (own,) in sorted(stood.items())]


def rung_of(policy: Policy, level: str) -> JobLevel | None:
    """The rung of the ladder that a level names; none for an empty one, though a rung may have an empty label."""
    return policy.job_level(level) if level else None


def names_of_level(policy: Policy, level: str) -> set[str]:
    """What a level of the roster goes by in the policy: its id and its label."""
    rung = rung_of(policy, level)
    return {level, rung.id, rung.label} if rung else {level}


def is_meant(policy: Policy, component: Receivers, agent: Agent) -> bool:
    """Whether a component of pay is for somebody who stands so."""
    return component.include(names_of_level(policy, agent.level), agent.post, agent.group)


def competing(policy: Policy, agents: Iterable[Agent]) -> frozenset[str]:
    """The agents who are compared with each other: all but those on a level that is not scored."""
    rungs = {agent.agent_id: rung_of(policy, agent.level) for agent in agents}
    return frozenset(agent for agent, rung in rungs.items() if rung is None or rung.scored)


def _agent(here: Sequence[Stay], month: Month, policy: Policy, *, last: bool) -> Agent:
    """As things stand at the end; ``last``: no row comes after, so that its own end is when the agent leaves."""
    stay = here[-1]
    agent = _plain_agent(stay.row, _level_id(stay.row, policy))
    left = stay.end if last and stay.end < date.max else agent.left_on
    agent = replace(agent, hired_on=stay.hired_on, regular_on=stay.regular_on, left_on=left)
    return replace(agent, spans=spans_of_month(agent, [_span(one, month, policy) for one in here], month))


def _span(stay: Stay, month: Month, policy: Policy) -> Span:
    """The days of the month on which a row holds, and what holds on them."""
    return Span(
        since=max(stay.start, month.first),
        until=min(stay.end, month.last),
        level=_level_id(stay.row, policy),
        group=stay.row["group"] or "",
        post=stay.row["post"] or "",
        base_pay=stay.row["base_pay"],
        hired_on=stay.hired_on,
        regular_on=stay.regular_on,
        fte=stay.row["fte"],
    )


def _level_id(row: Row, policy: Policy) -> str:
    rung = rung_of(policy, row["level"] or "")
    return rung.id if rung else row["level"] or ""


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
        fte=row["fte"],
    )
