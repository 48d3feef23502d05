"""Two months, beside each other: a view of the lines that each of them has."""

from __future__ import annotations

from csctl.core.between_months.facts import Side
from csctl.core.between_months.pay import pay_moves
from csctl.core.between_months.people import people_between
from csctl.core.between_months.records import AgentMoves, MonthDiff, Presence
from csctl.core.between_months.scores import score_moves
from csctl.core.closing.comparing import shown_scores, staff_of_month
from csctl.core.closing.corrections import pay_totals
from csctl.core.records.result import MonthResult
from csctl.policy.diff import Change, policy_changes
from csctl.policy.model import Policy


def between(old: MonthResult, new: MonthResult) -> MonthDiff:
    """Everything that moved from one month to the other.

    For every agent the differences of the lines add up to the difference of the score and to that of the pay, and
    those of all agents to that of all pay.
    """
    changes = policy_changes(old.policy, new.policy)
    sides = Side(old), Side(new)
    moves = [_agent(one, *sides, changes) for one in _everybody(old, new)]
    pay = new.policy.pay or old.policy.pay
    return MonthDiff(
        old.month,
        new.month,
        (len(staff_of_month(old)), len(staff_of_month(new))),
        (len(shown_scores(old)), len(shown_scores(new))),
        tuple(people_between(old, new)),
        tuple(one for one in moves if _moved(one)),
        (_called(old.policy), _called(new.policy)),
        changes,
        sum(pay_totals(old).values()),
        sum(pay_totals(new).values()),
        pay.currency if pay else "",
    )


def _called(policy: Policy) -> str:
    return f"{policy.label} {policy.version}".strip()


def _everybody(old: MonthResult, new: MonthResult) -> list[str]:
    """Whoever is in either month or has a line there, by id."""
    frames = [getattr(one, name) for one in (old, new) for name in ("scores", "score_lines", "pay_lines")]
    return sorted(
        {key for frame in frames for key in frame["agent_id"]} | {one.agent_id for one in (*old.agents, *new.agents)}
    )


def _moved(one: AgentMoves) -> bool:
    return bool(one.score_lines or one.pay_lines) or one.old_score != one.new_score or one.old_grade != one.new_grade


def _agent(agent_id: str, old: Side, new: Side, changes: tuple[Change, ...]) -> AgentMoves:
    scores = [side.result.own(agent_id).score for side in (old, new)]
    names = [side.agents[agent_id].name for side in (new, old) if agent_id in side.agents]
    presence = _presence(agent_id in old.people, agent_id in new.people)
    caused = changes if presence == "both" else ()  # what the policy says otherwise made nobody come or leave
    cents = [sum(line.amount_cents for line in side.result.own(agent_id).pay_lines) for side in (old, new)]
    return AgentMoves(
        agent_id,
        next((name for name in names if name), ""),
        presence,
        scores[0].score if scores[0] else None,
        scores[1].score if scores[1] else None,
        scores[0].grade if scores[0] else "",
        scores[1].grade if scores[1] else "",
        score_moves(agent_id, old, new, caused),
        cents[0],
        cents[1],
        pay_moves(agent_id, old, new, caused),
    )


def _presence(before: bool, now: bool) -> Presence:
    """In which of the months somebody is among the people, late corrections aside."""
    return "both" if before == now else "joined" if now else "left"
