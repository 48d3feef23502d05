"""Attendance in the parts of a month that changes inside, each settled as if somebody were here in it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured


def alone_in_parts(agent: Agent) -> list[Agent]:
    """Somebody as here in each part of the month alone, in order; none where nothing changes inside."""
    return [replace(agent, spans=(one,)) for one in agent.spans] if len(agent.spans) > 1 else []


def figures_in_parts(
    whole: Sequence[Measured], parts: Sequence[Sequence[Measured]]
) -> dict[tuple[str, str], tuple[Decimal, ...]]:
    """By agent and measure the figure of each part, where they come to that of the month.

    What rests on sums of the month, or is asked of all of it, has no parts: theirs would come to something else.
    """
    found: dict[tuple[str, str], tuple[Decimal, ...]] = {}
    for number, one in enumerate(whole if parts else ()):
        values = tuple(part[number].value or Decimal(0) for part in parts)
        if sum(values, Decimal(0)) == one.value:
            found[one.agent_id, one.measure] = values
    return found
