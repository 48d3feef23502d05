"""Points added and taken: the adjustments that apply, and the floor and cap of the score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from csctl.core.lines import ScoreLine
from csctl.core.scoring.conditions import Facts, times
from csctl.messages import say
from csctl.money import round_half_up
from csctl.policy.model import Policy
from csctl.policy.scoring import Adjustment


def applying(policy: Policy, agent_id: str, facts: Facts) -> list[tuple[Adjustment, int]]:
    """The adjustments that apply to an agent, and how often."""
    counted = [(one, times(one.each, one.when, agent_id, facts)) for one in policy.adjustment]
    return [(one, min(count, one.at_most or count)) for one, count in counted if count]


def adjustment_line(agent_id: str, adjustment: Adjustment, count: int, contribution: Decimal) -> ScoreLine:
    """The line of an adjustment that applies ``count`` times and adds ``contribution``."""
    each = adjustment.each
    source = (each.event or each.measure or "") if each else "condition"
    return _plain_line(
        agent_id, adjustment.id, "adjustment", adjustment.label, contribution, source, count, adjustment.rule
    )


def limit_lines(policy: Policy, agent_id: str, lines: Sequence[ScoreLine]) -> list[ScoreLine]:
    """A line that lifts the score to the floor or cuts it to the cap, where the policy has them."""
    rules = policy.score
    if rules is None:
        return []
    total = sum((line.contribution for line in lines), Decimal(0))
    floor, cap = (None if edge is None else round_half_up(edge, rules.decimals) for edge in (rules.floor, rules.cap))
    if floor is not None and total < floor:
        label = say("score-floor", policy.language)
        return [_plain_line(agent_id, "floor", "limit", label, floor - total, "", None, rules.rule)]
    if cap is not None and total > cap:
        label = say("score-cap", policy.language)
        return [_plain_line(agent_id, "cap", "limit", label, cap - total, "", None, rules.rule)]
    return []


def _plain_line(
    agent_id: str,
    line: str,
    kind: Literal["adjustment", "limit"],
    label: str,
    contribution: Decimal,
    source: str,
    count: int | None,
    rule: str,
) -> ScoreLine:
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
