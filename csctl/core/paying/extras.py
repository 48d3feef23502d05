"""Awards and fines: money for results and happenings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from csctl.core.deciding.decision import said
from csctl.core.lines import PayLine
from csctl.core.paying.base_pay import ONE, Amount, product_line
from csctl.core.scoring.conditions import SCORE, Facts, holds, times
from csctl.messages import problem, say
from csctl.money import apportion, from_cents, to_cents
from csctl.policy.parts import Condition
from csctl.policy.pay import Award, Fine, Pay, Streak
from csctl.problems import Problem

MOST_DOUBLINGS = 20


def award_lines(pay: Pay, facts: Facts, streaks: Mapping[str, Mapping[str, int]], language: str) -> list[PayLine]:
    """Every award of the month. ``facts.ranked`` may win; ``streaks`` are months in a row by award and agent."""
    return [line for award in pay.award for line in _award(award, facts, streaks, language)]


def _award(award: Award, facts: Facts, streaks: Mapping[str, Mapping[str, int]], language: str) -> list[PayLine]:
    if award.streak is not None:
        return _streak(award, award.streak, facts, streaks.get(award.id, {}), language)
    if award.when is not None:
        return _conditional(award, award.when, facts, language)
    winners = facts.first(award.first or SCORE)
    if len(winners) > 1 and award.ties == "none":
        return []
    note = say("pay-note-tied", language, count=len(winners)) if len(winners) > 1 else ""
    amounts = dict.fromkeys(winners, award.amount)
    if award.ties == "split" and winners:
        parts = apportion(to_cents(award.amount), dict.fromkeys(winners, 1))
        amounts = {agent: from_cents(cents) for agent, cents in parts.items()}
    return [_award_line(award, agent, Amount(ONE, "times", amount), note) for agent, amount in amounts.items()]


def _conditional(award: Award, condition: Condition, facts: Facts, language: str) -> list[PayLine]:
    """Everybody for whom the condition holds; what was decided about somebody stands instead."""
    decided = {agent: one for (agent, kind, item), one in facts.decided.items() if (kind, item) == ("award", award.id)}
    winners = {agent for agent in facts.ranked if agent not in decided and holds(condition, agent, facts)}
    lines = [_award_line(award, agent, Amount(ONE, "times", award.amount)) for agent in winners]
    for agent, decision in decided.items():
        amount = Amount(Decimal(decision.value), "times", award.amount)
        lines.append(_award_line(award, agent, amount, said(decision, language)))
    return sorted(lines, key=lambda line: line.agent_id)


def _streak(award: Award, streak: Streak, facts: Facts, lengths: Mapping[str, int], language: str) -> list[PayLine]:
    """Every n-th month of a streak pays the amount times the n-folds reached: 3 → 1×, 6 → 2× (A-31)."""
    lines = []
    for agent in sorted(facts.ranked):
        length = lengths.get(agent, 0)
        if length and length % streak.every == 0:
            note = say("pay-note-streak" if streak.first else "pay-note-streak-won", language, months=length)
            amount = Amount(Decimal(length // streak.every), "times", award.amount)
            lines.append(_award_line(award, agent, amount, note))
    return lines


def _award_line(award: Award, agent: str, amount: Amount, note: str = "") -> PayLine:
    return product_line(agent, award.id, award.label, "award", amount, rule=award.rule, note=note)


def fine_lines(pay: Pay, agents: Sequence[str], facts: Facts, language: str) -> tuple[list[PayLine], list[Problem]]:
    """Every fine and compensation of the month, agents in the order given; a revoked one is a line of nothing.

    A doubling fine that would double more often than anybody means (a mistyped count) is an error.
    """
    lines: list[PayLine] = []
    problems: list[Problem] = []
    for agent in agents:
        for fine in pay.fine:
            decision = facts.decision(agent, "fine", fine.id)
            count = int(decision.value) if decision else _costing(fine, times(fine.each, fine.when, agent, facts))
            if fine.escalate == "double" and count > MOST_DOUBLINGS:
                problems.append(
                    problem("fine-runs-away", found=count, agent=agent, fine=fine.label, most=MOST_DOUBLINGS)
                )
            elif count or decision:
                lines += _fine(fine, agent, count, said(decision, language) if decision else "")
    return lines, problems


def _costing(fine: Fine, happened: int) -> int:
    """How many of the happenings cost."""
    count = max(0, happened - (fine.from_count - 1))
    return min(count, 1) if fine.once else count


def _fine(fine: Fine, agent: str, count: int, note: str) -> list[PayLine]:
    """Doubling gives a line for each happening: 50, 100, 200 (A-18); else one line for all of them."""
    if fine.escalate == "none" or not count:
        return [_fine_line(fine, fine.id, agent, Amount(Decimal(-count), "times", fine.amount), note)]
    return [
        _fine_line(fine, f"{fine.id}.{step + 1}", agent, Amount(-ONE, "times", fine.amount * 2**step), note)
        for step in range(count)
    ]


def _fine_line(fine: Fine, line: str, agent: str, amount: Amount, note: str) -> PayLine:
    return product_line(agent, line, fine.label, fine.kind, amount, rule=fine.rule, note=note)
