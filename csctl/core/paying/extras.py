"""Awards and fines: money for results and happenings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from csctl.core.lines import PayLine
from csctl.core.paying.base_pay import ONE, Amount, product_line
from csctl.core.scoring.conditions import SCORE, Facts, holds, times
from csctl.messages import say
from csctl.money import apportion, from_cents, to_cents
from csctl.policy.pay import Award, Fine, Pay
from csctl.problems import Problem, error

MOST_DOUBLINGS = 20


def award_lines(pay: Pay, facts: Facts, streaks: Mapping[str, int], language: str) -> list[PayLine]:
    """Every award of the month. ``facts.ranked`` may win; ``streaks`` are months in a row at rank 1."""
    return [line for award in pay.award for line in _award(award, facts, streaks, language)]


def _award(award: Award, facts: Facts, streaks: Mapping[str, int], language: str) -> list[PayLine]:
    if award.streak is not None:
        return _streak(award, facts, streaks, language)
    if award.when is not None:
        winners = sorted(agent for agent in facts.ranked if holds(award.when, agent, facts))
        return [_award_line(award, agent, Amount(ONE, "times", award.amount)) for agent in winners]
    winners = facts.first(award.first or SCORE)
    if len(winners) > 1 and award.ties == "none":
        return []
    note = say("pay-note-tied", language, count=len(winners)) if len(winners) > 1 else ""
    amounts = dict.fromkeys(winners, award.amount)
    if award.ties == "split" and winners:
        parts = apportion(to_cents(award.amount), dict.fromkeys(winners, 1))
        amounts = {agent: from_cents(cents) for agent, cents in parts.items()}
    return [_award_line(award, agent, Amount(ONE, "times", amount), note) for agent, amount in amounts.items()]


def _streak(award: Award, facts: Facts, streaks: Mapping[str, int], language: str) -> list[PayLine]:
    """Every n-th month of a streak pays the amount times the n-folds reached: 3 → 1×, 6 → 2× (A-31)."""
    every = award.streak.every if award.streak else 1
    lines = []
    for agent in sorted(facts.ranked):
        length = streaks.get(agent, 0)
        if length and length % every == 0:
            note = say("pay-note-streak", language, months=length)
            lines.append(_award_line(award, agent, Amount(Decimal(length // every), "times", award.amount), note))
    return lines


def _award_line(award: Award, agent: str, amount: Amount, note: str = "") -> PayLine:
    return product_line(agent, award.id, award.label, "award", amount, rule=award.rule, note=note)


def fine_lines(pay: Pay, agents: Sequence[str], facts: Facts) -> tuple[list[PayLine], list[Problem]]:
    """Every fine and compensation of the month, agents in the order given.

    A doubling fine that would double more often than anybody means (a mistyped count) is an error.
    """
    lines: list[PayLine] = []
    problems: list[Problem] = []
    for agent in agents:
        for fine in pay.fine:
            count = times(fine.each, fine.when, agent, facts)
            if fine.escalate == "double" and not fine.once and count > MOST_DOUBLINGS:
                problems.append(error("fine-runs-away", found=count, agent=agent, fine=fine.label, most=MOST_DOUBLINGS))
            else:
                lines += _fine(fine, agent, count)
    return lines, problems


def _fine(fine: Fine, agent: str, happened: int) -> list[PayLine]:
    """Doubling gives a line for each happening: 50, 100, 200 (A-18); else one line for all of them."""
    count = happened - (fine.from_count - 1)
    if count <= 0:
        return []
    if fine.once:
        count = 1
    if fine.escalate == "none":
        return [_fine_line(fine, fine.id, agent, Amount(Decimal(-count), "times", fine.amount))]
    return [
        _fine_line(fine, f"{fine.id}.{step + 1}", agent, Amount(-ONE, "times", fine.amount * 2**step))
        for step in range(count)
    ]


def _fine_line(fine: Fine, line: str, agent: str, amount: Amount) -> PayLine:
    return product_line(agent, line, fine.label, fine.kind, amount, rule=fine.rule)
