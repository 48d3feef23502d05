"""What somebody's claim on a pool is made of, in words."""

from __future__ import annotations

from csctl.core.records.lines import PoolResult, PoolShare
from csctl.messages import say
from csctl.policy.model import Policy
from csctl.policy.pay.pool import Pool
from csctl.policy.refs import named_figures


def claim_said(policy: Policy, pool: PoolResult, share: PoolShare, language: str) -> str:
    """The score or figure, the days where they count, the weight of the level where it is not 1."""
    rule = pool_rule(policy, pool)
    named = named_figures(policy).get(rule.measure) if rule is not None and rule.measure else None
    measure = named.label if named else ""
    figure = say(f"explain-claim-{pool.split_by}", language, score=share.score, days=share.days, measure=measure)
    code = "explain-claim-weight" if rule is not None and rule.by_fte else "explain-claim-level"
    level = say(code, language, weight=share.level_weight) if share.level_weight != 1 else ""
    return f"{figure} {level}".strip()


def pool_rule(policy: Policy, pool: PoolResult) -> Pool | None:
    """What the policy says of a pool: results are named after its number, then the group."""
    pools = policy.pay.pool if policy.pay else []
    number = pool.pool.partition(".")[0]
    return next((one for at, one in enumerate(pools, 1) if number == f"pool{at}"), None)
