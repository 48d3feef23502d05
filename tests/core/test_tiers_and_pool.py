"""The commission scale, tier by tier, and the pool that is shared by score."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.paying.pool import Claim, split_pool, tier_parts
from csctl.core.records.lines import PoolResult
from csctl.policy.pay.pool import Pool
from csctl.policy.pay.tiers import Tier
from tests.drawn import drawn
from tests.workbench import D

EXAMPLE = [("0", "0"), ("50000", "0.008"), ("100000", "0.012"), ("150000", "0.015")]


def tiers(steps: list[tuple[str, str]]) -> list[Tier]:
    """A scale of (from, rate)."""
    return [Tier.model_validate({"from": D(edge), "rate": D(rate)}) for edge, rate in steps]


@st.composite
def scales(draw: st.DrawFn) -> list[Tier]:
    """One to four tiers from 0, edges within 20 yuan, so that a cent-by-cent integral stays small."""
    edges = sorted(draw(st.sets(st.integers(1, 2000), max_size=3)))
    rates = draw(st.lists(st.integers(0, 1000), min_size=len(edges) + 1, max_size=len(edges) + 1))
    return tiers([(str(D(edge) / 100), str(D(rate) / 1000)) for edge, rate in zip([0, *edges], rates, strict=True)])


def by_the_cent(base: int, scale: list[Tier]) -> list[Fraction]:
    """What each tier comes to if every cent looks up its own rate, exactly."""
    sums = [Fraction(0)] * len(scale)
    for cent in range(base):
        at = max(index for index, tier in enumerate(scale) if D(cent) / 100 >= tier.from_)
        sums[at] += Fraction(scale[at].rate)
    return sums


def half_up(value: Fraction) -> int:
    """Rounded by the decimal module: the terms here are short."""
    return int((D(value.numerator) / D(value.denominator)).quantize(D(1), ROUND_HALF_UP))


@settings(max_examples=drawn(60))
@given(scales(), st.integers(0, 2500))
def test_marginal_tiers_are_the_integral_cent_by_cent(scale: list[Tier], base: int) -> None:
    """Each tier's amount is what its own cents earn, rounded once."""
    parts = tier_parts(base, scale, "marginal")
    assert [part.amount_cents for part in parts] == [half_up(exact) for exact in by_the_cent(base, scale)]
    assert sum(part.base_cents for part in parts) == base


@given(scales(), st.integers(0, 3000), st.integers(0, 200))
def test_marginal_commission_grows_without_jumps(scale: list[Tier], base: int, more: int) -> None:
    """More sales never earn less, and never more than their own amount at the highest rate, to the cent per tier."""
    before, after = (
        sum(part.amount_cents for part in tier_parts(cents, scale, "marginal")) for cents in (base, base + more)
    )
    assert before <= after
    assert after - before <= more * max(Fraction(tier.rate) for tier in scale) + len(scale)


@given(scales(), st.integers(0, 3000))
def test_whole_mode_pays_the_rate_reached_on_everything(scale: list[Tier], base: int) -> None:
    """All of the amount at the rate of the highest tier whose edge is reached; the edge belongs to the upper tier."""
    (part,) = tier_parts(base, scale, "whole")
    reached = [tier for tier in scale if D(base) / 100 >= tier.from_][-1]
    assert part.rate == reached.rate
    assert part.base_cents == base
    assert part.amount_cents == half_up(base * Fraction(reached.rate))


@pytest.mark.parametrize("mode", ["marginal", "whole"])
@pytest.mark.parametrize("base", [0, -1, -100_000_00])
def test_nothing_sold_earns_nothing(mode: Literal["marginal", "whole"], base: int) -> None:
    """No sales, or more refunds than sales: no commission, and no claw-back."""
    result = split(base, {"a": ("80", 1)}, pool_rules(tiers=_scale(EXAMPLE), mode=mode))
    assert (result.commission_cents, result.pool_cents, shares(result)) == (0, 0, {"a": 0})


@pytest.mark.parametrize("mode", ["marginal", "whole"])
@given(scales(), st.integers(0, 3000))
def test_less_than_nothing_is_the_mirror_image(
    mode: Literal["marginal", "whole"], scale: list[Tier], base: int
) -> None:
    """Tier by tier, to the cent."""
    above, below = tier_parts(base, scale, mode), tier_parts(-base, scale, mode)
    assert [(-part.base_cents, -part.amount_cents) for part in below] == [
        (part.base_cents, part.amount_cents) for part in above
    ]


@pytest.mark.parametrize(
    ("base", "amounts"),
    [
        (180_000_00, [0, 400_00, 600_00, 450_00]),
        (50_000_00, [0, 0, 0, 0]),
        (50_000_01, [0, 0, 0, 0]),
        (100_000_00, [0, 400_00, 0, 0]),
        (149_999_99, [0, 400_00, 600_00, 0]),
        (62_345_67, [0, 98_77, 0, 0]),
    ],
)
def test_the_worked_scale(base: int, amounts: list[int]) -> None:
    """SA-082 with the example scale: 180,000 earns 400 + 600 + 450 = 1,450."""
    assert [part.amount_cents for part in tier_parts(base, tiers(EXAMPLE), "marginal")] == amounts


def test_the_worked_scale_as_a_whole() -> None:
    """180,000 at 1.5 %: 2,700; and at 150,000 sharp the upper tier is reached."""
    for base, commission in ((180_000_00, 2_700_00), (150_000_00, 2_250_00), (149_999_99, 1_800_00)):
        assert sum(part.amount_cents for part in tier_parts(base, tiers(EXAMPLE), "whole")) == commission


def test_more_taken_back_than_sold_stands_on_the_lowest_tier() -> None:
    """Nothing is reached: the whole scale shows its first step with nothing on it, also where it has but one."""
    for scale in (EXAMPLE, [("0", "0.01")]):
        [part] = split(-5_000_00, {}, pool_rules(tiers=_scale(scale), mode="whole")).tiers
        assert (part.from_cents, part.rate, part.base_cents, part.amount_cents) == (0, D(scale[0][1]), 0, 0)


# ---- sharing ---------------------------------------------------------------


def _scale(steps: list[tuple[str, str]]) -> list[dict[str, Decimal]]:
    return [{"from": D(edge), "rate": D(rate)} for edge, rate in steps]


def pool_rules(**changes: object) -> Pool:
    """A pool that is all of its base, unless told otherwise."""
    plain = {"label": "pool", "of": "sales", "mode": "marginal", "share": D(1)}
    scale = [{"from": D(0), "rate": D(1)}]
    return Pool.model_validate({**plain, "tiers": scale, **changes})


def split(cents: int, claims: dict[str, tuple[str, int]], rules: Pool | None = None) -> PoolResult:
    """A pool shared by (score, days), scores with two places."""
    made = [Claim(who, D(score), days, days) for who, (score, days) in claims.items()]
    return split_pool(rules or pool_rules(), "pool1", "pool", cents, made, 2, 0)


def shares(result: PoolResult) -> dict[str, int]:
    """Cents by agent."""
    return {share.agent_id: share.amount_cents for share in result.shares}


@pytest.mark.parametrize(
    ("cents", "claims", "expected"),
    [
        (3000_00, {"a": ("95", 1), "b": ("85", 1), "c": ("60", 1)}, {"a": 1187_50, "b": 1062_50, "c": 750_00}),
        (3000_00, {"a": ("90", 1), "b": ("80", 1), "c": ("77", 1)}, {"a": 1093_12, "b": 971_66, "c": 935_22}),
        (100_00, {"a": ("80", 22), "b": ("80", 11)}, {"a": 66_67, "b": 33_33}),
        (100_00, {"a": ("-5.00", 22), "b": ("80.55", 22)}, {"a": 0, "b": 100_00}),
        (1, {"a": ("0.01", 1), "b": ("0.01", 1)}, {"a": 1, "b": 0}),
        (0, {"a": ("80", 22), "b": ("60", 22)}, {"a": 0, "b": 0}),
    ],
)
def test_worked_pools(cents: int, claims: dict[str, tuple[str, int]], expected: dict[str, int]) -> None:
    """SA-093 and A-34: by score, with the additions and deductions, times the workdays that count."""
    result = split(cents, claims)
    assert shares(result) == expected
    assert not result.undistributed


claims_strategy = st.dictionaries(
    st.sampled_from([f"agent{number}" for number in range(12)]),
    st.tuples(st.integers(-500, 12000).map(lambda units: str(D(units) / 100)), st.integers(1, 23)),
    max_size=12,
)


@given(st.integers(0, 10**9), claims_strategy, st.randoms(use_true_random=False))
def test_shares_sum_to_the_pool_in_any_order(cents: int, claims: dict[str, tuple[str, int]], chance: object) -> None:
    """Σ shares = pool, or nothing at all is paid and it is said; the order of claims does not matter."""
    result = split(cents, claims)
    someone = any(D(score) > 0 for score, _ in claims.values())
    assert result.undistributed == (cents > 0 and not someone)
    assert sum(shares(result).values()) == (cents if someone else 0)
    keys = list(claims)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert split(cents, {key: claims[key] for key in keys}) == result


@given(st.integers(0, 10**9), claims_strategy)
def test_a_higher_score_for_the_same_days_never_gets_less(cents: int, claims: dict[str, tuple[str, int]]) -> None:
    """Order of claims is order of shares, and the same claim differs by a cent at most."""
    paid = shares(split(cents, claims))
    weights = {key: max(D(score), D(0)) * days for key, (score, days) in claims.items()}
    for one in claims:
        for other in claims:
            if weights[one] > weights[other]:
                assert paid[one] >= paid[other]
            if weights[one] == weights[other]:
                assert abs(paid[one] - paid[other]) <= 1


@pytest.mark.parametrize("claims", [{}, {"a": ("0.00", 20)}, {"a": ("-3.00", 20), "b": ("0.00", 5)}])
def test_a_pool_that_nobody_can_take_is_not_distributed(claims: dict[str, tuple[str, int]]) -> None:
    """No positive score: nothing is paid, and the result says so."""
    result = split(1000, claims)
    assert result.undistributed
    assert set(shares(result).values()) <= {0}
    assert result.pool_cents == 1000


def test_the_agents_part_of_the_commission_is_rounded_once() -> None:
    """A share of 70 % of 1,450.00 is 1,015.00; of 14.45 it is 10.115, so 10.12."""
    scale = [{"from": D(edge), "rate": D(rate)} for edge, rate in EXAMPLE]
    large = split(180_000_00, {"a": ("80", 1)}, pool_rules(tiers=scale, share=D("0.7")))
    assert (large.commission_cents, large.pool_cents) == (1450_00, 1015_00)
    small = split(14_45, {"a": ("80", 1)}, pool_rules(share=D("0.7")))
    assert (small.commission_cents, small.pool_cents) == (14_45, 10_12)


@pytest.mark.parametrize(("decimals", "weight"), [(0, 87), (1, 870), (2, 8700), (4, 870000)])
def test_weights_are_whole_numbers_of_the_shown_score(decimals: int, weight: int) -> None:
    """The score in its smallest unit times the days: what a spreadsheet can repeat exactly."""
    score = D(87).quantize(Decimal(1).scaleb(-decimals))
    result = split_pool(pool_rules(), "pool1", "pool", 100, [Claim("a", score, 3, 3)], decimals, 0)
    assert result.shares[0].weight == weight * 3
