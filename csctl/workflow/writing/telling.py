"""Telling how far the making of workbooks is: a large team's take a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from csctl.core.records.agent import Agent
from csctl.workflow.month.compute import Computed

Whom = TypeVar("Whom", str, Agent)


def telling(computed: Computed, whom: Sequence[Whom]) -> Iterator[Whom]:
    """Each of them in order; who watches is told after each that a workbook more is made."""
    for done, one in enumerate(whom, 1):
        yield one
        if computed.making is not None:
            computed.making(done, len(whom), one.agent_id if isinstance(one, Agent) else one)
