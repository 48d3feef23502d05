"""Who moved against the month before, and which lines moved them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, ScoreLine, as_records
from csctl.core.records.result import MonthResult
from csctl.reports.view import board

MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """A line that changed: what it added before and what it adds now, as decimals (amounts in currency units).

    ``before`` and ``now`` are the measured values beside it, in words; empty where it has none.
    """

    label: str
    change: Decimal
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class AgentChange:
    """One agent in both months: the score then and now, the pay then and now, and the lines that changed most."""

    agent: Agent
    score_before: Decimal | None
    score: Decimal | None
    score_reasons: tuple[Reason, ...]
    pay_before_cents: int | None
    pay_cents: int | None
    pay_reasons: tuple[Reason, ...]

    @property
    def score_change(self) -> Decimal:
        """By how much; 0 where one of them is missing."""
        if self.score is None or self.score_before is None:
            return Decimal(0)
        return self.score - self.score_before


def agent_changes(result: MonthResult, previous: MonthResult | None) -> list[AgentChange]:
    """Everybody whose score or pay is not what it was, the largest change of score first."""
    if previous is None:
        return []
    before = {one.row.agent.agent_id: one.row for one in board(previous, None)}
    score_lines, old_score_lines = _score_lines(result), _score_lines(previous)
    pay_lines, old_pay_lines = _pay_lines(result), _pay_lines(previous)
    found = []
    for one in board(result, previous):
        key = one.row.agent.agent_id
        if one.score_change or one.pay_change_cents:
            then = before[key]
            found.append(
                AgentChange(
                    one.row.agent,
                    then.score.score,
                    one.row.score.score,
                    _score_reasons(score_lines.get(key, {}), old_score_lines.get(key, {})) if one.score_change else (),
                    then.pay_cents,
                    one.row.pay_cents,
                    _pay_reasons(pay_lines.get(key, {}), old_pay_lines.get(key, {})) if one.pay_change_cents else (),
                )
            )
    return sorted(found, key=lambda one: (-abs(one.score_change), one.agent.agent_id))


def _score_lines(result: MonthResult) -> dict[str, dict[str, ScoreLine]]:
    found: dict[str, dict[str, ScoreLine]] = {}
    for line in as_records(result.score_lines, ScoreLine):
        found.setdefault(line.agent_id, {})[line.line] = line
    return found


def _pay_lines(result: MonthResult) -> dict[str, dict[str, list[PayLine]]]:
    found: dict[str, dict[str, list[PayLine]]] = {}
    for line in as_records(result.pay_lines, PayLine):
        found.setdefault(line.agent_id, {}).setdefault(line.line, []).append(line)
    return found


def _score_reasons(now: Mapping[str, ScoreLine], before: Mapping[str, ScoreLine]) -> tuple[Reason, ...]:
    reasons = []
    for key in dict.fromkeys([*now, *before]):
        line, old = now.get(key), before.get(key)
        change = (line.contribution if line else Decimal(0)) - (old.contribution if old else Decimal(0))
        label = line.label if line else old.label if old else ""
        reasons.append(Reason(label, change, _value(old), _value(line)))
    return _largest(reasons)


def _value(line: ScoreLine | None) -> str:
    """The measured value of an indicator with its percent sign; empty for what happened a number of times."""
    if line is None or line.kind != "indicator":
        return ""
    if line.value is None:
        return line.text
    return f"{line.value:,f}{'%' if line.unit == '%' else ''}"


def _pay_reasons(now: Mapping[str, list[PayLine]], before: Mapping[str, list[PayLine]]) -> tuple[Reason, ...]:
    reasons = []
    for key in dict.fromkeys([*now, *before]):
        lines, old = now.get(key, []), before.get(key, [])
        cents = sum(line.amount_cents for line in lines) - sum(line.amount_cents for line in old)
        reasons.append(Reason((lines or old)[0].label, Decimal(cents).scaleb(-2), "", ""))
    return _largest(reasons)


def _largest(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Those that changed anything, the largest first, so many of them."""
    changed = [reason for reason in reasons if reason.change]
    return tuple(sorted(changed, key=lambda one: (-abs(one.change), one.label))[:MOST_REASONS])
