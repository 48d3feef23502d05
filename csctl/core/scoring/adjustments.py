"""Points added and taken: the adjustments that apply, and the floor and cap of the score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from csctl.core.records.decision import Decision, decision_text
from csctl.core.records.lines import ScoreLine
from csctl.core.scoring.conditions import SCORE, Facts, times_applied
from csctl.messages import say
from csctl.money import round_half_up
from csctl.policy.model import Policy
from csctl.policy.refs import figures_named
from csctl.policy.scoring import Adjustment


@dataclass(frozen=True, slots=True)
class Applied:
    """An adjustment and how often it counts; ``decision`` is what settled that, if anything did."""

    adjustment: Adjustment
    count: int
    decision: Decision | None = None


def applying(policy: Policy, agent_id: str, facts: Facts) -> list[Applied]:
    """The adjustments that apply to an agent, and those that somebody decided about, revoked ones included."""
    applied = [_applied(one, agent_id, facts) for one in policy.adjustment]
    return [one for one in applied if one.count or one.decision]


def unknown_deductions(policy: Policy, agent_id: str, facts: Facts) -> list[Adjustment]:
    """What would take points if it happened: it takes none, for the agent's figure is missing that others have."""
    return [
        one
        for one in policy.adjustment
        if one.points < 0
        and facts.decision(agent_id, "adjustment", one.id) is None
        and _is_unknown(one, agent_id, facts)
    ]


def _is_unknown(adjustment: Adjustment, agent_id: str, facts: Facts) -> bool:
    names = [name for name in figures_named(adjustment) if name != SCORE]
    return any(
        facts.value(agent_id, name) is None and any(own.get(name) is not None for own in facts.values.values())
        for name in names
    )


def _applied(adjustment: Adjustment, agent_id: str, facts: Facts) -> Applied:
    decision = facts.decision(agent_id, "adjustment", adjustment.id)
    if decision is not None:
        return Applied(adjustment, int(decision.value), decision)
    count = times_applied(adjustment.each, adjustment.when, agent_id, facts)
    return Applied(adjustment, min(count, adjustment.at_most or count))


def adjustment_line(agent_id: str, applied: Applied, contribution: Decimal, language: str) -> ScoreLine:
    """The line of an adjustment that adds ``contribution``."""
    adjustment, each = applied.adjustment, applied.adjustment.each
    source = (each.event or each.measure or "") if each else "condition"
    line = plain_line(
        agent_id, adjustment.id, "adjustment", adjustment.label, contribution, source, applied.count, adjustment.rule
    )
    return replace(line, note=decision_text(applied.decision, language)) if applied.decision else line


def limit_lines(policy: Policy, agent_id: str, lines: Sequence[ScoreLine]) -> list[ScoreLine]:
    """A line that lifts the score to the floor or cuts it to the cap, where the policy has them."""
    rules = policy.score
    if rules is None:
        return []
    total = sum((line.contribution for line in lines), Decimal(0))
    floor, cap = (None if edge is None else round_half_up(edge, rules.decimals) for edge in (rules.floor, rules.cap))
    if floor is not None and total < floor:
        label = say("score-floor", policy.language)
        return [plain_line(agent_id, "floor", "limit", label, floor - total, "", None, rules.rule)]
    if cap is not None and total > cap:
        label = say("score-cap", policy.language)
        return [plain_line(agent_id, "cap", "limit", label, cap - total, "", None, rules.rule)]
    return []


def plain_line(
    agent_id: str,
    line: str,
    kind: Literal["adjustment", "limit", "quota"],
    label: str,
    contribution: Decimal,
    source: str,
    count: int | None,
    rule: str,
) -> ScoreLine:
    """A line that nothing is weighed in; ``count``: how often it counts, None where that says nothing."""
    return ScoreLine(
        agent_id=agent_id,
        line=line,
        kind=kind,
        dimension="",
        label=label,
        source=source,
        value=None if count is None else Decimal(count),
        text="",
        unit="" if count is None else "count",
        n=count or 0,
        band="",
        points=None,
        out_of=None,
        self_points=None,
        superior_points=None,
        weight=Decimal(0),
        contribution=contribution,
        missing="",
        rule=rule,
        note="",
    )
