"""Corrections: what a closed month owes, paid or taken back as lines of an open month.

A closed month is never rewritten. What it should have been, less what it was, becomes a pay line of the open month,
so that the lines of all months always add up to what everybody should have been paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csctl.core.paying.amounts import ONE, Amount, product_line
from csctl.core.paying.pay import in_slip_order
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, Score, as_frame, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.money import amount_text, from_cents
from csctl.month import Month


@dataclass(frozen=True, slots=True)
class BookedDelta:
    """One pay line of a closed month as it was and as it should have been.

    ``name`` is the agent's, ``label`` and ``rule`` are the line's. ``entry`` is the correction's number in the ledger.
    """

    of: Month
    agent_id: str
    name: str
    line: str
    label: str
    old_cents: int
    new_cents: int
    reason: str
    entry: int
    rule: str


def correction_lines(deltas: Sequence[BookedDelta], language: str) -> list[PayLine]:
    """A pay line for each delta, worth exactly the new amount less the old one; in order of agent, month and entry."""
    ordered = sorted(deltas, key=lambda delta: (delta.agent_id, delta.of, delta.entry))
    return [_correction_line(delta, language) for delta in ordered]


def _correction_line(delta: BookedDelta, language: str) -> PayLine:
    change = delta.new_cents - delta.old_cents
    old, new = (amount_text(cents) for cents in (delta.old_cents, delta.new_cents))
    line = product_line(
        delta.agent_id,
        f"correction.{delta.of}.{delta.line}.{delta.entry}",
        say("closing-correction-label", language, of=delta.of, label=delta.label),
        "correction",
        Amount(-ONE if change < 0 else ONE, "", from_cents(abs(change))),
        rule=delta.rule,
        note=say("closing-correction-note", language, of=delta.of, old=old, new=new, reason=delta.reason),
    )
    return replace(line, source=str(delta.entry))


def with_corrections(result: MonthResult, deltas: Sequence[BookedDelta], former: Sequence[Agent]) -> MonthResult:
    """The month with a line for each delta, in the order of the slips.

    Somebody who is not in the month any more is added to its people, unscored: the line is paid and explained, and
    changes neither ranks nor pools. ``former`` says who that was; of several records of one agent the last holds.
    """
    lines = [*as_records(result.pay_lines, PayLine), *correction_lines(deltas, result.policy.language)]
    known = {agent.agent_id for agent in result.agents}
    names = {delta.agent_id: delta.name for delta in deltas if delta.agent_id not in known}
    remembered = {agent.agent_id: agent for agent in former}
    added = [remembered.get(agent_id) or _stranger(agent_id, name) for agent_id, name in names.items()]
    scores = [*as_records(result.scores, Score), *(_unscored(agent_id) for agent_id in names)]
    return replace(
        result,
        agents=tuple(sorted([*result.agents, *added], key=lambda agent: agent.agent_id)),
        scores=as_frame(sorted(scores, key=lambda score: score.agent_id), Score),
        pay_lines=as_frame(in_slip_order(lines), PayLine),
    )


def paid_late(result: MonthResult) -> frozenset[str]:
    """Those who are among the month's people for corrections alone: nothing was measured, scored or paid otherwise."""
    lines = as_records(result.pay_lines, PayLine)
    corrected = {line.agent_id for line in lines if line.kind == "correction"}
    present = {line.agent_id for line in lines if line.kind != "correction"}
    scored = {score.agent_id for score in as_records(result.scores, Score) if score.score is not None}
    return frozenset(corrected - present - scored - set(result.measures["agent_id"]))


def pay_totals(result: MonthResult) -> dict[str, int]:
    """What each agent with pay lines is paid, in cents."""
    totals: dict[str, int] = {}
    for line in as_records(result.pay_lines, PayLine):
        totals[line.agent_id] = totals.get(line.agent_id, 0) + line.amount_cents
    return totals


def _stranger(agent_id: str, name: str) -> Agent:
    return Agent(agent_id, name, "", "", "", "", None, None, None, None)


def _unscored(agent_id: str) -> Score:
    return Score(agent_id, "excluded", None, None, None, None, None, "", None, None, None)
