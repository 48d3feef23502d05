"""Awards: money for results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from csctl.core.paying.amounts import ONE, Amount, product_line
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.decision import decision_text
from csctl.core.records.lines import PayLine
from csctl.core.records.marks import months_mark
from csctl.core.scoring.conditions import Facts, times_applied
from csctl.messages import say
from csctl.money import apportion, from_cents, to_cents
from csctl.policy.pay.award import Award, Streak
from csctl.policy.pay.plan import Pay


def award(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """Every award of the month; regulars may win."""
    lines = award_lines(payroll.pay, payroll.regulars, payroll.streaks.lengths, payroll.language)
    gaps = payroll.streaks.missing
    return Paid([replace(one, marks=months_mark(gaps.get(one.line, {}).get(one.agent_id, ()))) for one in lines])


def award_lines(pay: Pay, facts: Facts, streaks: Mapping[str, Mapping[str, int]], language: str) -> list[PayLine]:
    """``facts.ranked`` may win; ``streaks`` are months in a row by award and agent."""
    return [line for one in pay.award for line in _award(one, facts, streaks, language)]


def _award(award: Award, facts: Facts, streaks: Mapping[str, Mapping[str, int]], language: str) -> list[PayLine]:
    if award.streak is not None:
        return _streak(award, award.streak, facts, streaks.get(award.id, {}), language)
    if award.first is not None:
        return _ranked(award, award.first, facts, language)
    return _earned(award, facts, language)


def _ranked(award: Award, measure: str, facts: Facts, language: str) -> list[PayLine]:
    """The first, or the first few, in a measure or in the score; who is tied is paid as the policy says."""
    amounts = award.top or [award.amount or Decimal(0)]
    lines = []
    for place, tied in (one for contest in facts.contests(measure) for one in _places(contest)):
        own = amounts[place : place + len(tied)]
        if not own or (len(tied) > 1 and award.ties == "none"):
            continue
        note = _note(award, place + 1, len(tied), language)
        each = dict.fromkeys(tied, own[0])
        if award.ties == "split":
            parts = apportion(to_cents(sum(own, Decimal(0))), dict.fromkeys(tied, 1))
            each = {agent: from_cents(cents) for agent, cents in parts.items()}
        lines += [_award_line(award, agent, Amount(ONE, "times", amount), note) for agent, amount in each.items()]
    return sorted(lines, key=lambda line: line.agent_id)


def _note(award: Award, place: int, tied: int, language: str) -> str:
    """The place where there are several, and with how many it is shared."""
    if award.top:
        code = "pay-note-place" if tied == 1 else "pay-note-place-tied"
        return say(code, language, place=place, count=tied)
    return say("pay-note-tied", language, count=tied) if tied > 1 else ""


def _places(groups: Sequence[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Who shares a place, with the number of people before them: after two who are first comes the third place."""
    place = 0
    for tied in groups:
        yield place, tied
        place += len(tied)


def _earned(award: Award, facts: Facts, language: str) -> list[PayLine]:
    """Everybody for whom it happened, as often as it did; what was decided about somebody stands instead."""
    decided = {agent: one for (agent, kind, item), one in facts.decided.items() if (kind, item) == ("award", award.id)}
    counts = {
        agent: times_applied(award.each, award.when, agent, facts) for agent in facts.ranked if agent not in decided
    }
    each = award.amount or Decimal(0)
    lines = [_award_line(award, who, Amount(Decimal(count), "times", each)) for who, count in counts.items() if count]
    for agent, decision in decided.items():
        amount = Amount(Decimal(decision.value), "times", each)
        lines.append(_award_line(award, agent, amount, decision_text(decision, language)))
    return sorted(lines, key=lambda line: line.agent_id)


def _streak(award: Award, streak: Streak, facts: Facts, lengths: Mapping[str, int], language: str) -> list[PayLine]:
    """Every n-th month of a streak pays the amount times the n-folds reached: 3 → 1×, 6 → 2× (A-31)."""
    lines = []
    for agent in sorted(facts.ranked):
        length = lengths.get(agent, 0)
        if length and length % streak.every == 0:
            note = say("pay-note-streak" if streak.first else "pay-note-streak-won", language, months=length)
            amount = Amount(Decimal(length // streak.every), "times", award.amount or Decimal(0))
            lines.append(_award_line(award, agent, amount, note))
    return lines


def _award_line(award: Award, agent: str, amount: Amount, note: str = "") -> PayLine:
    return product_line(agent, award.id, award.label, "award", amount, rule=award.rule, note=note)
