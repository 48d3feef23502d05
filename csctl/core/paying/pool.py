"""The commission scale and the pool: how it arises tier by tier, and how it is shared to the cent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from csctl.core.paying.carrying import settled
from csctl.core.paying.scale import scale_parts
from csctl.core.records.lines import PoolResult, PoolShare, TierPart
from csctl.money import apportion, exact, round_half_up, to_cents
from csctl.policy.pay.pool import Pool
from csctl.policy.pay.tiers import Tier


@dataclass(frozen=True, slots=True)
class Claim:
    """One agent's claim on a pool: the shown score and the workdays that count."""

    agent_id: str
    score: Decimal
    days: int


def tier_parts(base_cents: int, tiers: Sequence[Tier], mode: Literal["marginal", "whole"]) -> tuple[TierPart, ...]:
    """The commission on an amount, step by step, each step rounded once to the cent (SA-082).

    ``marginal``: each part of the amount at its own tier's rate. ``whole``: all of it at the rate of the tier that
    it reaches. A negative amount is the mirror image.
    """
    edges = [to_cents(tier.from_) for tier in tiers]
    uppers: list[int | None] = [*edges[1:], None]
    return tuple(
        TierPart(edges[index], uppers[index], tiers[index].rate, cents, _share_of(cents, tiers[index].rate))
        for index, cents in scale_parts(base_cents, edges, mode)
    )


def _share_of(cents: int, rate: Decimal) -> int:
    return int(round_half_up(cents * exact(rate), 0))


def split_pool(
    pool: Pool, name: str, label: str, base_cents: int, claims: Sequence[Claim], decimals: int, brought_cents: int = 0
) -> PoolResult:
    """The pool of one team: commission, the agents' part of it, and each agent's share (SA-093, A-34).

    ``brought_cents`` are what earlier months carried. What is taken back is shared as it would be paid.

    A claim weighs score × days; scores below 0 count as 0. ``decimals`` are those of the score, so that weights are
    whole numbers. If no claim weighs anything, nothing is paid and ``undistributed`` says so.
    """
    counted, carried = settled(pool, base_cents, brought_cents)
    parts = tier_parts(counted, pool.tiers, pool.mode)
    commission = sum(part.amount_cents for part in parts)
    amount = _share_of(commission, pool.share)
    weights = {claim.agent_id: _weight(claim, decimals) for claim in claims}
    nobody = amount != 0 and not any(weights.values())
    shares: Mapping[str, int] = dict.fromkeys(weights, 0) if nobody else apportion(amount, weights)
    return PoolResult(
        pool=name,
        label=label,
        mode=pool.mode,
        base_cents=base_cents,
        tiers=parts,
        commission_cents=commission,
        share=pool.share,
        pool_cents=amount,
        undistributed=nobody,
        shares=tuple(
            PoolShare(claim.agent_id, claim.score, claim.days, weights[claim.agent_id], shares[claim.agent_id])
            for claim in sorted(claims, key=lambda one: one.agent_id)
        ),
        rule=pool.rule,
        negative=pool.negative,
        brought_cents=brought_cents,
        carried_cents=carried,
    )


def _weight(claim: Claim, decimals: int) -> int:
    return int(max(claim.score, Decimal(0)).scaleb(decimals)) * claim.days
