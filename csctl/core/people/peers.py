"""People of the same group and post, and what is usual among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from csctl.core.records.agent import Agent


def by_peers(agents: Iterable[Agent]) -> list[list[Agent]]:
    """The agents of each group and post, in their order."""
    teams: dict[tuple[str, str], list[Agent]] = {}
    for one in agents:
        teams.setdefault((one.group, one.post), []).append(one)
    return list(teams.values())


def usual_of_others(in_order: Sequence[int], own: int) -> int:
    """The middle of the counts without one's own, the lower of two; 0 where there are no others."""
    if len(in_order) < 2:
        return 0
    middle = (len(in_order) - 2) // 2
    return in_order[middle if middle < bisect_left(in_order, own) else middle + 1]
