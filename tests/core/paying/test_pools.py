"""Pools of a fixed amount or of so much per head, shared by score, by a figure or alike, with weights by level."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from csctl.core.closing.standing import arithmetic_topic
from csctl.core.explaining.describe import as_tree
from csctl.core.explaining.explain import explanation_tree, own_line
from csctl.core.explaining.nodes import Explained, Node
from csctl.core.explaining.why_not import why_not
from csctl.core.records.result import MonthResult
from csctl.policy.pay.pool import Pool
from tests.core.paying.plan import plan
from tests.drawn import drawn
from tests.workbench import D, agent, cents_by_line, codes, month_of, pay_lines

HEAD = "[[pay.pool]]\nlabel = 'pool'\n"
SOLD = "of = 'sold'\nmode = 'marginal'\nshare = 1\ntiers = [ { from = 0, rate = 0.1 } ]\n"
FIXED, PER_HEAD = HEAD + "amount = 900\n", HEAD + "per_head = 220\n"
HOURS, ALIKE = "split_by = 'measure'\nmeasure = 'hours'\n", "split_by = 'equal'\n"
WEIGHTS = "weights = { senior = 1.5, 'Junior agent' = 0.75 }\n"


def month(text: str, values: Mapping[str, Mapping[str, object]], **about: Mapping[str, object]) -> MonthResult:
    """October 2026, 22 workdays, of junior agents unless told otherwise."""
    people = [agent(who, **{"level": "junior", **about.get(who, {})}) for who in values]
    return month_of(plan(text), people, values)


def shares(result: MonthResult, line: str = "pool1") -> dict[str, int]:
    """Cents of the shares by agent."""
    return {one.agent_id: one.amount_cents for one in pay_lines(result) if one.line == line}


def of_pools(result: MonthResult) -> list[str]:
    """What is said of pools."""
    return [code for code in codes(result) if code.startswith("pool-")]


@pytest.mark.parametrize(
    ("text", "a", "b", "expected"),
    [
        (FIXED, {"x": 80}, {"x": 40}, {"a": 600_00, "b": 300_00}),
        (FIXED, {"x": 80}, {"x": None}, {"a": 900_00}),
        (FIXED, {"x": 80}, {"x": 0}, {"a": 900_00, "b": 0}),
        (FIXED + HOURS, {"x": 80, "hours": "7.5"}, {"x": 10, "hours": 15}, {"a": 300_00, "b": 600_00}),
        (FIXED + HOURS, {"x": 80, "hours": None}, {"x": None, "hours": 15}, {"b": 900_00}),
        (FIXED + HOURS, {"x": 80, "hours": -1}, {"x": None, "hours": "0.01"}, {"a": 0, "b": 900_00}),
        (FIXED + ALIKE, {"x": 80}, {"x": None}, {"a": 450_00, "b": 450_00}),
        (PER_HEAD, {"x": 80}, {"x": 40}, {"a": 293_33, "b": 146_67}),
        (PER_HEAD, {"x": 80}, {"x": None}, {"a": 220_00}),
        (PER_HEAD + ALIKE, {"x": 80}, {"x": None}, {"a": 220_00, "b": 220_00}),
        (HEAD + SOLD + ALIKE, {"x": 80, "sold": 90}, {"x": 70, "sold": 10}, {"a": 5_00, "b": 5_00}),
    ],
)
def test_what_is_shared_and_by_what(
    text: str, a: Mapping[str, object], b: Mapping[str, object], expected: dict[str, int]
) -> None:
    """900, or 220 for each who takes part: who has a score, a figure, or works here as a regular."""
    result = month(text, {"a": a, "b": b})
    assert (shares(result), of_pools(result)) == (expected, [])
    assert [one.code for one in arithmetic_topic(result)] == ["closing-sums-right"]


@pytest.mark.parametrize(
    ("text", "pool", "expected"),
    [
        (PER_HEAD + ALIKE, 330_00, {"a": 220_00, "b": 110_00}),
        (PER_HEAD + ALIKE + "prorate = false\n", 440_00, {"a": 220_00, "b": 220_00}),
        (FIXED + ALIKE, 900_00, {"a": 600_00, "b": 300_00}),
        (FIXED, 900_00, {"a": 600_00, "b": 300_00}),
        (FIXED + HOURS, 900_00, {"a": 450_00, "b": 450_00}),
        (PER_HEAD + HOURS, 330_00, {"a": 165_00, "b": 165_00}),
    ],
)
def test_part_of_a_month_is_part_of_a_head_and_of_a_claim(text: str, pool: int, expected: dict[str, int]) -> None:
    """b leaves in the middle, after 11 of 22 workdays; hours are what they are."""
    values = {who: {"x": 80, "hours": 40} for who in "ab"}
    result = month(text, values, b={"left_on": date(2026, 10, 15)})
    assert (result.pools[0].pool_cents, shares(result)) == (pool, expected)


def test_a_figure_weighs_what_it_is() -> None:
    """7.5 hours in hundredths, whatever days somebody was here; a score times its days, in the places of all scores."""
    values = {"a": {"x": 80, "hours": "7.5"}}
    of_hours, of_scores, alike = (750, 1, 2), (8000 * 22, 22, None), (22, 22, 0)
    for text, claim in ((FIXED + HOURS, of_hours), (FIXED, of_scores), (FIXED + ALIKE, alike)):
        (pool,) = month(text, values).pools
        assert (pool.shares[0].weight, pool.shares[0].days, pool.places) == claim


@pytest.mark.parametrize("by", [ALIKE, HOURS])
def test_nobody_takes_part_who_has_no_regular_day_or_is_on_a_level_that_is_not_scored(by: str) -> None:
    """And nobody counts as a head who does not take part, whatever hours somebody worked."""
    text = PER_HEAD + by + "[[level]]\nid = 'chief'\nscored = false\n"
    values = {who: {"x": 80, "hours": 40} for who in "abc"}
    result = month(text, values, b={"hired_on": date(2026, 10, 8)}, c={"level": "chief"})
    assert (shares(result), result.pools[0].heads, result.pools[0].due) == ({"a": 220_00}, 22, 22)


def test_a_pool_per_group_is_so_much_for_each_group() -> None:
    """900 for the two of x, 900 for the one of y."""
    result = month(
        FIXED + ALIKE + "per = 'group'\n",
        {who: {"x": 80} for who in "abc"},
        a={"group": "x"}, b={"group": "x"}, c={"group": "y"},
    )  # fmt: skip
    assert [(one.label, one.pool_cents) for one in result.pools] == [("pool · x", 900_00), ("pool · y", 900_00)]
    assert cents_by_line(result, "c")["pool1.y"] == 900_00


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIXED + WEIGHTS, {"a": 300_00, "b": 600_00}),
        (FIXED + ALIKE + WEIGHTS, {"a": 300_00, "b": 600_00}),
        (FIXED + ALIKE + "weights = { senior = 2 }\n", {"a": 300_00, "b": 600_00}),
        (FIXED + ALIKE + "weights = { senior = 0 }\n", {"a": 900_00, "b": 0}),
        (FIXED + ALIKE + "weights = { junior = 0.125, senior = 0.25 }\n", {"a": 300_00, "b": 600_00}),
        (FIXED + ALIKE + "weights = { junior = 10, senior = 20.0 }\n", {"a": 300_00, "b": 600_00}),
    ],
)
def test_a_level_may_weigh_more(text: str, expected: dict[str, int]) -> None:
    """By id or label of the level; one that is not named weighs 1."""
    assert shares(month(text, {"a": {"x": 80}, "b": {"x": 80}}, b={"level": "senior"})) == expected


def test_a_pool_of_sales_that_nobody_knows_of_names_them() -> None:
    """And one that is fixed asks for none."""
    (said,) = [one for one in month(HEAD + SOLD, {"a": {"x": 80, "sold": None}}).problems if "pool" in one.code]
    assert (said.code, said.found) == ("pool-without-sales", "net sales")
    assert of_pools(month(FIXED, {"a": {"x": 80, "sold": None}})) == []


def test_a_pool_of_which_nobody_has_a_claim_is_said() -> None:
    """No hours at all: nothing is paid. It is not said that there are no sales."""
    result = month(FIXED + HOURS, {"a": {"x": 80, "hours": 0}})
    assert (shares(result), of_pools(result)) == ({"a": 0}, ["pool-undistributed"])
    nobody = month(PER_HEAD, {"a": {"x": None}})
    assert (of_pools(nobody), nobody.pools[0].heads, nobody.pools[0].due) == ([], 0, 22)


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({}, "policy-pool-of-what"),
        ({"amount": D(1), "per_head": D(1)}, "policy-pool-of-what"),
        ({"amount": D(1), "of": "sold"}, "policy-pool-of-what"),
        ({"of": "sold"}, "policy-pool-without-scale"),
        ({"of": "sold", "mode": "whole", "share": D(1)}, "policy-pool-without-scale"),
        ({"of": "sold", "mode": "whole", "tiers": [{"from": 0, "rate": 1}]}, "policy-pool-without-scale"),
        ({"of": "sold", "share": D(1), "tiers": [{"from": 0, "rate": 1}]}, "policy-pool-without-scale"),
        ({"amount": D(1), "share": D(1)}, "policy-pool-needs-no-scale"),
        ({"per_head": D(1), "mode": "whole"}, "policy-pool-needs-no-scale"),
        ({"amount": D(1), "negative": "carry"}, "policy-pool-needs-no-scale"),
        ({"amount": D(1), "split_by": "measure"}, "policy-pool-split-by-what"),
        ({"amount": D(1), "measure": "hours"}, "policy-pool-split-by-what"),
        ({"amount": D(1), "split_by": "equal", "measure": "hours"}, "policy-pool-split-by-what"),
    ],
)
def test_a_pool_is_of_one_thing_and_shared_by_one(keys: Mapping[str, object], code: str) -> None:
    """With what it needs for that, and nothing else."""
    with pytest.raises(ValidationError, match=code):
        Pool.model_validate({"label": "pool", **keys})


# ---- words ----------------------------------------------------------------------------------------------------------


def _texts(node: Node) -> str:
    return " | ".join(f"{one.label} {one.value} {one.note}".strip() for one, _ in node.walk())


def _explained(result: MonthResult) -> Explained:
    return Explained(result, result.agents[0], (), lambda _: (), "en")


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        (FIXED, ["pool 900.00 a fixed amount a month", "score 80.00 × 22 regular workdays"], ["the part from"]),
        (FIXED + HOURS + WEIGHTS, ["overtime 7.5 × 0.75 for the level", "overtime 7.5 h"], ["score 80"]),
        (PER_HEAD + ALIKE, ["220 yuan per head × 22 ÷ 22", "alike for all, 22 parts"], ["team sales"]),
        (HEAD + SOLD, ["team sales 50.00", "the part from 0"], ["for the level"]),
    ],
)
def test_a_share_says_what_it_is_made_of(text: str, said: list[str], unsaid: list[str]) -> None:
    """How the pool arose, and what the own claim is."""
    result = month(text, {"a": {"x": 80, "hours": "7.5", "sold": 50}})
    node = own_line(explanation_tree(_explained(result)), "pool1")
    assert node is not None
    assert [one for one in said if one not in _texts(node)] == []
    assert [one for one in unsaid if one in _texts(node)] == []


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [(FIXED, "no score this month", "overtime"), (FIXED + HOURS, "overtime missing", "no score this month")],
)
def test_whoever_has_no_share_is_told_why(text: str, said: str, unsaid: str) -> None:
    """What the pool is shared by is not known."""
    node = why_not(_explained(month(text, {"a": {"x": None, "hours": None}})), "pool1")
    assert node is not None
    assert said in _texts(node)
    assert unsaid not in _texts(node)


def test_the_policy_in_words_says_of_what_and_by_what() -> None:
    """The amount, per head or not; what shares are proportional to; weights of levels."""
    assert "pool 900 ÷ hours | senior × 1.5" in _texts(as_tree(plan(FIXED + HOURS + WEIGHTS)))
    assert "pool 220 × n ÷ equal" in _texts(as_tree(plan(PER_HEAD + ALIKE)))
    assert "pool sold marginal, × 1 | ≥ 0" in _texts(as_tree(plan(HEAD + SOLD)))


# ---- laws -----------------------------------------------------------------------------------------------------------


@settings(max_examples=drawn(60))
@given(
    st.sampled_from([FIXED, PER_HEAD, HEAD + SOLD]),
    st.sampled_from(["", HOURS, ALIKE]),
    st.sampled_from(["", WEIGHTS]),
    st.lists(st.tuples(st.integers(0, 10000), st.integers(0, 2000), st.booleans()), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
)
def test_shares_sum_to_the_pool_and_a_higher_claim_never_gets_less(
    of: str, by: str, weights: str, people: list[tuple[int, int, bool]], chance: object
) -> None:
    """To the cent, in any order of people; the claim is the figure × the weight of the level."""
    rules = plan(of + by + weights)
    team = [agent(f"p{at}", level="senior" if one[2] else "junior") for at, one in enumerate(people)]
    values = {
        f"p{at}": {"x": D(points) / 100, "hours": D(hours) / 100, "sold": 77}
        for at, (points, hours, _) in enumerate(people)
    }
    result = month_of(rules, team, values)
    (pool,) = result.pools
    got = shares(result)
    assert sum(got.values()) == (0 if pool.undistributed else pool.pool_cents)
    claims = {}
    for who, (points, hours, senior) in zip(values, people, strict=True):
        figure = {"": points, HOURS: hours, ALIKE: 1}[by]
        claims[who] = figure * ((D("1.5") if senior else D("0.75")) if weights else 1)
    order = sorted(claims, key=lambda who: claims[who])
    for low, high in pairwise(order):
        assert got[low] <= got[high] or claims[low] == claims[high]
        assert abs(got[low] - got[high]) <= 1 or claims[low] != claims[high]
    chance.shuffle(team)  # type: ignore[attr-defined]
    assert shares(month_of(rules, team, values)) == got
