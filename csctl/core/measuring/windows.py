"""Figures over several months that rest on fewer months than their rule means."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from csctl.core.measuring.terms import window_months
from csctl.core.people.called import id_and_name
from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Term
from csctl.policy.walk import uses
from csctl.problems import Problem

Short = Mapping[tuple[str, str], tuple[str, ...]]
"""By agent and measure, the earlier months of its window that nothing was brought of."""


def short_windows(
    policy: Policy, month: Month, agents: Sequence[Agent], read: Collection[tuple[str, str]], expected: Collection[str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Which earlier months a measure lacks, of those in which the agent worked here.

    ``read`` are the tables of which a file was brought, each with its month, "" for a file of no month: that may hold
    any. ``expected`` are the tables that a month may not be without. Of the others too a month is lacking of which
    nothing at all was brought, where so many last months count or something was brought of an earlier month: no file
    tells that nothing happened in it.
    """
    known = {month for _, month in read if month}
    begun = min(known, default=str(month))
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, measure in policy.measure.items():
        if measure.whole_window:
            # It has no value then, which is said of itself.
            continue
        lacking = {
            one
            for _, term in uses(measure, Term)
            if (term.table, "") not in read
            for one in window_months(term, month)
            if one != str(month)
            and (term.table, one) not in read
            and (term.table in expected or (one not in known and (term.last_months or one > begun)))
        }
        for agent in agents if lacking else ():
            months = tuple(one for one in sorted(lacking) if _worked(agent, one))
            if months:
                found[agent.agent_id, name] = months
    return found


def _worked(agent: Agent, text: str) -> bool:
    month = Month.parse(text)
    return month is not None and (agent.hired_on is None or agent.hired_on <= month.last)


def windows_said(policy: Policy, short: Short, agents: Sequence[Agent]) -> list[Problem]:
    """One warning for each set of months: which figures lack them, and of whom. The values stay."""
    names = {one.agent_id: id_and_name(one) for one in agents}
    by_months: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for key, months in short.items():
        by_months.setdefault(months, []).append(key)
    return [
        problem(
            "figures-of-fewer-months",
            found=months,
            measures=tuple(dict.fromkeys(policy.measure[name].label for _, name in keys)),
            agents=tuple(names[agent] for agent in sorted({agent for agent, _ in keys})),
        )
        for months, keys in sorted(by_months.items())
    ]
