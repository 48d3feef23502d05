"""How a pool arises and where it goes, as steps that each begin where the one before ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from csctl.core.explaining.nodes import trimmed_number
from csctl.core.records.lines import PoolResult, TierPart
from csctl.money import from_cents
from csctl.reports.words import report_word

StepKind = Literal["tier", "total", "kept", "share"]
"""A tier of the scale, a sum, what does not go to the agents, an agent's share."""


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One step from ``start_cents`` to ``end_cents``; a total stands on zero. ``shown_cents`` is what it is worth."""

    label: str
    start_cents: int
    end_cents: int
    shown_cents: int
    kind: StepKind


def waterfall(pool: PoolResult, names: Mapping[str, str], language: str) -> list[WaterfallStep]:
    """Tier by tier up to the commission, down to the agents' part of it, and from there down to nothing by shares."""
    steps: list[WaterfallStep] = []
    at = 0
    for tier in pool.tiers:
        steps.append(WaterfallStep(_tier_label(tier, language), at, at + tier.amount_cents, tier.amount_cents, "tier"))
        at += tier.amount_cents
    kept = pool.pool_cents - pool.commission_cents
    if kept:
        steps.append(WaterfallStep(report_word("step-commission", language), 0, at, pool.commission_cents, "total"))
        steps.append(
            WaterfallStep(
                report_word("step-kept", language, share=trimmed_number(pool.share * 100)), at, at + kept, kept, "kept"
            )
        )
    steps.append(WaterfallStep(report_word("step-pool", language), 0, pool.pool_cents, pool.pool_cents, "total"))
    at = pool.pool_cents
    shares = sorted(pool.shares, key=lambda one: (-one.amount_cents, one.agent_id))
    for share in shares if not pool.undistributed else ():
        label = names.get(share.agent_id, share.agent_id)
        steps.append(WaterfallStep(label, at, at - share.amount_cents, share.amount_cents, "share"))
        at -= share.amount_cents
    return steps


def _tier_label(tier: TierPart, language: str) -> str:
    """From where to where, and at which rate."""
    low, rate = trimmed_number(from_cents(tier.from_cents)), trimmed_number(tier.rate * 100)
    if tier.to_cents is None:
        return report_word("tier-open", language, low=low, rate=rate)
    return report_word("tier", language, low=low, high=trimmed_number(from_cents(tier.to_cents)), rate=rate)
