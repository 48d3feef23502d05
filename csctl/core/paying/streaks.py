"""How many months in a row an agent has been at the top, or has won what an award asks for (SA-088, SA-089)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from csctl.core.lines import Measured, Score, as_records
from csctl.core.result import MonthResult
from csctl.core.scoring.scores import values_by_agent
from csctl.month import Month
from csctl.policy.pay import Pay, Streak

Values = Mapping[str, Mapping[str, Decimal | None]]


def streaks_of(
    pay: Pay, past: Sequence[MonthResult], month: Month, scores: Sequence[Score], values: Values
) -> dict[str, dict[str, int]]:
    """By award and agent: months in a row, up to this one, in which all that the streak asks for held.

    A month without data ends every streak. ``scores`` and ``values`` are this month's.
    """
    wanted = {award.id: award.streak for award in pay.award if award.streak is not None}
    if not wanted:
        return {}
    known = {
        one.month: (as_records(one.scores, Score), values_by_agent(as_records(one.measures, Measured))) for one in past
    }
    known[month] = (list(scores), {agent: dict(own) for agent, own in values.items()})
    return {award: _lengths(streak, known, month) for award, streak in wanted.items()}


def _lengths(streak: Streak, known: Mapping[Month, tuple[Sequence[Score], Values]], month: Month) -> dict[str, int]:
    held = {
        one: {score.agent_id for score in scores if _holds(streak, score, values)}
        for one, (scores, values) in known.items()
    }
    lengths = {}
    for score in known[month][0]:
        length = 0
        while score.agent_id in held.get(month.shift(-length), set()):
            length += 1
        lengths[score.agent_id] = length
    return lengths


def _holds(streak: Streak, score: Score, values: Values) -> bool:
    """Whether one agent's month counts: rank 1 where that is asked for, and something counted where that is."""
    count = values.get(score.agent_id, {}).get(streak.measure or "")
    return (streak.first is None or score.rank == 1) and (streak.measure is None or (count is not None and count > 0))
