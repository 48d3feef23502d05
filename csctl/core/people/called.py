"""What people are called: who is meant by what somebody typed, and how several are named."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.records.agent import Agent
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem, shortened
from csctl.words import fold


def agent_called(agents: Sequence[Agent], who: str, month: Month) -> tuple[Agent | None, list[Problem]]:
    """The month's agent of that number or, if nobody has it, of that name; a problem for nobody or for several."""
    by_id = [agent for agent in agents if fold(agent.agent_id) == fold(who)]
    found = by_id or [agent for agent in agents if fold(agent.name) == fold(who)]
    if len(found) == 1:
        return found[0], []
    if found:
        return None, [problem("agent-not-unique", found=who, known=tuple(agent.agent_id for agent in found))]
    known = tuple(f"{agent.agent_id} {agent.name}" for agent in agents)
    return None, [problem("agent-not-found", found=who, month=month, known=known)]


def id_and_name(agent: Agent) -> str:
    """``0003 陆小曼``: where people are listed by number."""
    return f"{agent.agent_id} {agent.name}".strip()


def name_and_id(agent: Agent) -> str:
    """``陆小曼 0003``: two people may share a name."""
    return f"{agent.name} {agent.agent_id}".strip()


def people_named(agents: Sequence[Agent]) -> tuple[str, ...]:
    """Names with staff numbers, the first ones of many."""
    return shortened(list(map(name_and_id, agents)))
