"""The commission scale and the pool: how it arises tier by tier, and how it is shared to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from csctl.core.paying.carrying import settled
from csctl.core.paying.scale import scale_parts
from csctl.core.records.lines import PoolResult, PoolShare, TierPart
from csctl.money import apportion, exact, round_half_up, to_cents
from csctl.policy.pay.pool import Pool
from csctl.policy.pay.tiers import Tier

ONE = Decimal(1)
ALL_OF_IT = Tier(from_=Decimal(0), rate=ONE)
"""The scale of a fixed amount."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One agent's claim on a pool: the shown score or a figure, the workdays that count, the weight of the level.

    Several claims of one agent, of other parts of the month, are numbered from 1, and ``said`` names their days.
    ``heads`` are the workdays that somebody takes part for, where a figure is shared by as well.
    """

    agent_id: str
    score: Decimal
    days: int
    heads: int
    level_weight: Decimal = ONE
    number: int = 1
    said: str = ""

    @property
    def key(self) -> str:
        """Claims in the order of people, and of one person in that of the month."""
        return f"{self.agent_id}\x1f{self.number:02}"


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
    pool: Pool, name: str, label: str, base_cents: int, claims: Sequence[Claim], decimals: int, brought_cents: int
) -> PoolResult:
    """The pool of one team: commission, the agents' part of it, and each agent's share (SA-093, A-34).

    ``brought_cents`` are what earlier months carried. What is taken back is shared as it would be paid.

    A claim weighs score × days × the weight of the level; scores below 0 count as 0. ``decimals`` are those of the
    score, or of the figure it is shared by, so that weights are whole numbers. A fixed amount is all of itself. If no
    claim weighs anything, nothing is paid and ``undistributed`` says so.
    """
    counted, carried = settled(pool, base_cents, brought_cents)
    parts = tier_parts(counted, pool.tiers or [ALL_OF_IT], pool.mode)
    commission = sum(part.amount_cents for part in parts)
    amount = _share_of(commission, pool.share)
    places = _places_of([*pool.weights.values(), *(one.level_weight for one in claims if pool.by_fte)])
    weights = {claim.key: _weight(claim, decimals, places) for claim in claims}
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
        shares=tuple(_share(one, weights, shares) for one in sorted(claims, key=lambda one: one.key)),
        rule=pool.rule,
        negative=pool.negative,
        brought_cents=brought_cents,
        carried_cents=carried,
        split_by=pool.split_by,
        places=None if pool.split_by == "score" else decimals,
        weight_places=places,
    )


def _share(claim: Claim, weights: Mapping[str, int], cents: Mapping[str, int]) -> PoolShare:
    own = (weights[claim.key], cents[claim.key], claim.level_weight)
    return PoolShare(claim.agent_id, claim.score, claim.days, *own, claim.number, claim.said)


def _weight(claim: Claim, decimals: int, weight_places: int) -> int:
    whole = int(max(claim.score, Decimal(0)).scaleb(decimals)) * claim.days
    return whole * int(claim.level_weight.scaleb(weight_places))


def _places_of(numbers: Iterable[Decimal]) -> int:
    """Decimal places with which all of them are whole numbers of the smallest unit."""
    return max([0, *(-int(one.as_tuple().exponent) for one in numbers)])
