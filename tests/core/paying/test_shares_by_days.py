"""Shares of pools of people whose level changes inside the month."""

from __future__ import annotations

import pytest

from tests.core.paying.test_spans import BY_LEVEL, LADDER, october, paid
from tests.workbench import SCORED, D, cents_by_line, counted_as_one, pay_lines


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        ("", {"pool1": 100_00}),
        ("weights = { C1 = 2, C2 = 2 }\n", {"pool1": 100_00}),
        ("weights = { C2 = 2 }\n", {"pool1": 33_33, "pool1.2": 66_67}),
        ("weights = { C2 = 2 }\nprorate = false\n", {"pool1": 100_00}),
        ("weights = { C1 = 2, C2 = 2 }\nprorate = false\n", {"pool1": 100_00}),
    ],
)
def test_a_share_weighs_as_the_level_of_its_days_does(weights: str, shares: dict[str, int]) -> None:
    """11 workdays × 1 and 11 × 2; where part of a month is as good as all of it, the level at its end, which is said
    where the weights differ.
    """
    pool = '[[pay.pool]]\nlabel = "pool"\namount = 100\nsplit_by = "equal"\n' + weights
    rows = {"level": "C1", "valid_to": october(15)}, {"level": "C2", "valid_from": october(16)}
    result = paid(BY_LEVEL + pool, *rows)
    assert {line.line: line.amount_cents for line in pay_lines(result, "a") if line.kind == "bonus"} == shares
    assert [one.code for one in result.problems] == ["spans-paid-whole"] * (
        weights == "weights = { C2 = 2 }\nprorate = false\n"
    )


def test_shares_of_several_weights_are_in_the_order_of_the_month() -> None:
    """A C1 for five workdays at 1, a C2 for seven at 2, a C3 for ten at 4: 5, 14 and 40 of 59 parts of 590."""
    ladder = BY_LEVEL.replace('"C2"\n', '"C2"\n[[level]]\nid = "C3"\n').replace("C2 = 3000", "C2 = 3000, C3 = 4000")
    pool = '[[pay.pool]]\nlabel = "pool"\namount = 590\nsplit_by = "equal"\nweights = { C2 = 2, C3 = 4 }\n'
    rows = [
        {"level": "C1", "valid_to": october(7)},
        {"level": "C2", "valid_from": october(8), "valid_to": october(16)},
        {"level": "C3", "valid_from": october(17)},
    ]
    result = paid(ladder + pool, *rows)
    shares = [(one.agent_id, one.number, one.amount_cents) for one in result.pools[0].shares]
    assert shares == [("a", 1, 50_00), ("a", 2, 140_00), ("a", 3, 400_00)]


def test_who_comes_to_take_part_in_a_pool_that_does_not_go_by_days_has_the_whole_share_and_it_is_said() -> None:
    """On a level that is not scored until the 15th. By days nothing is said: the share is for those that are scored."""
    rules = SCORED + LADDER + '[[level]]\nid = "M"\nscored = false\n' + '[pay.base]\nby = "roster"\n'
    pool = '[[pay.pool]]\nlabel = "pool"\namount = 100\nsplit_by = "equal"\n'
    rows = [{"base_pay": D(2200), "level": "M", "valid_to": october(15)}]
    rows.append({"base_pay": D(2200), "level": "C1", "valid_from": october(16)})
    whole, by_days = (paid(rules + pool + more, *rows) for more in ("prorate = false\n", ""))
    assert [cents_by_line(one, "a")["pool1"] for one in (whole, by_days)] == [100_00, 100_00]
    assert counted_as_one(whole) == [("pool", "spans-paid-whole")]
    assert counted_as_one(by_days) == []


@pytest.mark.parametrize(("more", "code"), [("", "spans-without-days"), ("prorate = false\n", "spans-paid-whole")])
def test_why_a_pool_is_shared_by_a_figure_as_one_is_said(more: str, code: str) -> None:
    """Hours that tell no days; or a policy that does not have the pool go by days, whatever they tell."""
    hours = '[measure.hours]\nlabel = "hours"\nunit = "hours"\ntable = "kpis"\nsum = "value"\n'
    pool = '[[pay.pool]]\nlabel = "pool"\namount = 100\nsplit_by = "measure"\nmeasure = "hours"\nweights = { C2 = 2 }\n'
    rows = {"level": "C1", "valid_to": october(15)}, {"level": "C2", "valid_from": october(16)}
    result = paid(BY_LEVEL + hours + pool + more, *rows, hours=5)
    assert (cents_by_line(result, "a")["pool1"], counted_as_one(result)) == (100_00, [("pool", code)])
