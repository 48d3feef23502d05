"""How many months in a row an agent has been at the top, or has won what an award asks for (SA-088, SA-089)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from csctl.core.people.called import id_and_name
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, Score, as_records
from csctl.core.records.result import MonthResult
from csctl.core.scoring.scores import values_by_agent
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.pay.award import Streak
from csctl.policy.pay.plan import Pay
from csctl.problems import Problem, shortened

_NO_SCORE = ("unscored", "thin")
"""Of whoever competes and is not known well enough."""
Values = Mapping[str, Mapping[str, Decimal | None]]


@dataclass(frozen=True, slots=True)
class AwardStreaks:
    """Months in a row, up to the reviewed one, in which all that an award asks for held: by award and agent.

    ``missing`` are, by award and agent, the months that are not there and might decide what the award pays; ``ended``
    the month that ended the row because the agent has no score in it, though others have.
    """

    lengths: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    missing: Mapping[str, Mapping[str, Sequence[Month]]] = field(default_factory=dict)
    ended: Mapping[str, Mapping[str, Month]] = field(default_factory=dict)


def streaks_of(
    pay: Pay,
    past: Sequence[MonthResult],
    month: Month,
    scores: Sequence[Score],
    values: Values,
    agents: Sequence[Agent] = (),
) -> AwardStreaks:
    """The rows of all awards that ask for some. A month without data ends every row.

    ``scores`` and ``values`` are this month's; ``agents`` tell who was not there yet in a month that is missing.
    """
    wanted = {award.id: award.streak for award in pay.award if award.streak is not None}
    if not wanted:
        return AwardStreaks()
    known = {
        one.month: (as_records(one.scores, Score), values_by_agent(as_records(one.measures, Measured))) for one in past
    }
    known[month] = (list(scores), {agent: dict(own) for agent, own in values.items()})
    held = {award: _held(streak, known) for award, streak in wanted.items()}
    people = [score.agent_id for score in scores]
    lengths = {award: {who: _length(own, who, month) for who in people} for award, own in held.items()}
    hired = {agent.agent_id: agent.hired_on for agent in agents}
    missing = {
        award: {who: gap for who in people if (gap := _missing(held[award], who, month, streak.every, hired.get(who)))}
        for award, streak in wanted.items()
    }
    missing = {award: own for award, own in missing.items() if own}
    return AwardStreaks(lengths, missing, _ended(wanted, lengths, month, known))


def _ended(
    wanted: Mapping[str, Streak],
    lengths: Mapping[str, Mapping[str, int]],
    month: Month,
    known: Mapping[Month, tuple[Sequence[Score], Values]],
) -> dict[str, dict[str, Month]]:
    """The months without a score that ended rows for which one must be first."""
    unscored = {(score.agent_id, at) for at, (own, _) in known.items() for score in own if score.status in _NO_SCORE}
    firsts = [award for award, streak in wanted.items() if streak.first is not None]
    found = {
        award: {who: at for who, length in lengths[award].items() if (who, at := month.shift(-length)) in unscored}
        for award in firsts
    }
    return {award: own for award, own in found.items() if own}


Held = Mapping[Month, Collection[str]]
"""Of each month that is known, for whom all that the streak asks for held."""


def _held(streak: Streak, known: Mapping[Month, tuple[Sequence[Score], Values]]) -> Held:
    return {
        one: {score.agent_id for score in scores if _holds(streak, score, values)}
        for one, (scores, values) in known.items()
    }


def _length(held: Held, who: str, month: Month) -> int:
    length = 0
    while who in held.get(month.shift(-length), ()):
        length += 1
    return length


def _missing(held: Held, who: str, month: Month, every: int, hired_on: date | None) -> list[Month]:
    """The months in between that are not there and, had they counted, would pay something else for this row."""
    length = _length(held, who, month)
    paid, first = _paid(length, every), min(held)
    gaps: list[Month] = []
    differs = False
    while length and (at := month.shift(-length)) >= first and (hired_on is None or hired_on <= at.last):
        if at in held and who not in held[at]:
            break
        gaps += [] if at in held else [at]
        length += 1
        differs = differs or _paid(length, every) != paid
    return sorted(gaps) if differs else []


def _paid(length: int, every: int) -> int:
    return length // every if length % every == 0 else 0


def streak_gap_warnings(pay: Pay, rows: AwardStreaks, agents: Sequence[Agent]) -> list[Problem]:
    """One warning for each award, naming the months and whose row may be longer. What is paid stays."""
    names = {one.agent_id: id_and_name(one) for one in agents}
    return [
        problem(
            "streak-months-missing",
            found=shortened([str(month) for month in sorted(set().union(*own.values()))]),
            award=award.label,
            people=shortened([names.get(who, who) for who in sorted(own)]),
        )
        for award in pay.award
        if (own := rows.missing.get(award.id))
    ]


def _holds(streak: Streak, score: Score, values: Values) -> bool:
    """Whether one agent's month counts: rank 1 where that is asked for, and something counted where that is."""
    count = values.get(score.agent_id, {}).get(streak.measure or "")
    return (streak.first is None or score.rank == 1) and (streak.measure is None or (count is not None and count > 0))
