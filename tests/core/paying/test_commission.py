"""Commission: own sales × a scale, whose edges may be parts of a target; piece pay likewise, on quantities."""

from __future__ import annotations

from decimal import ROUND_HALF_UP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.records.result import MonthResult
from tests.core.paying.plan import paid, plan
from tests.workbench import D, agent, codes, month_of, pay_lines

HEAD = "[[pay.commission]]\nid = 'own'\nlabel = 'commission'\nof = 'sold'\n"
TIERS = "tiers = [ { from = 0, rate = 0.01 }, { from = 10000, rate = 0.02 }, { from = 30000, rate = 0.05 } ]\n"
MARGINAL, WHOLE = HEAD + TIERS, HEAD + TIERS + "mode = 'whole'\n"
TARGET = HEAD + "target = 'target'\ntiers = [ { from = 0, rate = 0.01 }, { from = 1, rate = 0.03 } ]\n"
PIECE = (
    "[[pay.piece]]\nid = 'calls'\nlabel = 'calls'\nof = 'nights'\n"
    "tiers = [ { from = 0, rate = 0.5 }, { from = 100, rate = 0.8 } ]\n"
)


def _of(result: MonthResult, kind: str = "commission") -> int:
    return sum(line.amount_cents for line in pay_lines(result, "a") if line.kind == kind)


@pytest.mark.parametrize(
    ("sold", "marginal", "whole"),
    [
        (0, 0, 0),
        ("9999.99", 100_00, 100_00),
        (10000, 100_00, 200_00),
        ("10000.50", 100_01, 200_01),
        (30000, 500_00, 1500_00),
        (40000, 1000_00, 2000_00),
    ],
)
def test_each_part_at_its_rate_or_everything_at_the_rate_reached(sold: object, marginal: int, whole: int) -> None:
    """40,000: 100 + 400 + 500 in parts, 5 % of everything at once."""
    assert (_of(paid(MARGINAL, {"sold": sold})), _of(paid(WHOLE, {"sold": sold}))) == (marginal, whole)


def test_every_tier_is_a_line_that_shows_what_it_is_of() -> None:
    """So much of the sales, times the rate."""
    lines = [line for line in pay_lines(paid(MARGINAL, {"sold": 12000}), "a") if line.kind == "commission"]
    assert [(line.line, line.quantity, line.unit, line.rate) for line in lines] == [
        ("own.1", D("10000.00"), "yuan", D("0.01")),
        ("own.2", D("2000.00"), "yuan", D("0.02")),
    ]


@pytest.mark.parametrize(("sold", "expected"), [(7999, 79_99), (8000, 80_00), (9000, 110_00)])
def test_edges_may_be_parts_of_a_target(sold: int, expected: int) -> None:
    """Target 8,000: 1 % up to it, 3 % beyond."""
    assert _of(paid(TARGET, {"sold": sold, "target": 8000})) == expected


def test_without_a_target_there_is_none_and_it_is_said() -> None:
    """With the name of whoever lacks it."""
    result = paid(TARGET, {"sold": 9000, "target": None})
    assert _of(result) == 0
    (said,) = [one for one in result.problems if one.code == "commission-without-target"]
    assert said.found == "a name of a"


def test_a_target_of_a_few_fen_is_one() -> None:
    """0.50: 1 % of it, which is less than half a cent and none, and 3 % of the 8,999.50 beyond."""
    result = paid(TARGET, {"sold": 9000, "target": "0.5"})
    assert (_of(result), codes(result)) == (1 + 269_99, [])


@pytest.mark.parametrize("target", [0, -8000])
def test_a_target_of_nothing_is_none(target: int) -> None:
    """Every sale would be beyond it."""
    result = paid(TARGET, {"sold": 9000, "target": target})
    assert (_of(result), codes(result)) == (0, ["commission-without-target"])


@pytest.mark.parametrize(("sold", "said"), [(None, []), (0, []), ("0.01", ["commission-without-target"])])
def test_whoever_sold_nothing_needs_no_target(sold: object, said: list[str]) -> None:
    """A cent is enough to ask for one."""
    assert codes(paid(TARGET, {"sold": sold, "target": None})) == said


def test_with_a_target_nothing_is_said() -> None:
    """Everything is known."""
    assert codes(paid(TARGET, {"sold": 9000, "target": 8000})) == []


@pytest.mark.parametrize(("sold", "cents"), [(None, 0), (0, 0), ("0.01", 0), ("0.50", 1)])
def test_little_or_unknown_sales_are_no_refunds(sold: object, cents: int) -> None:
    """1 % of half a yuan is half a cent, rounded up; nothing is said."""
    result = paid(MARGINAL, {"sold": sold})
    assert (_of(result), codes(result)) == (cents, [])


@pytest.mark.parametrize(("people", "dots"), [(12, ""), (13, " …")])
def test_a_dozen_people_are_named(people: int, dots: str) -> None:
    """More are left to the dots."""
    names = [f"p{number:02d}" for number in range(people)]
    values = {who: {"x": 80, "sold": -1} for who in names}
    result = month_of(plan(MARGINAL), [agent(who, level="junior") for who in names], values)
    (said,) = [one for one in result.problems if one.code == "below-zero-zero"]
    told = said.found if isinstance(said.found, tuple) else (said.found,)
    assert told[-1] == f"p11 name of p11: -1.00{dots}"


def test_refunds_beyond_sales_earn_nothing_and_are_said() -> None:
    """Nothing is taken back, and nothing is silent."""
    result = paid(MARGINAL, {"sold": -500})
    assert (_of(result), codes(result)) == (0, ["below-zero-zero"])


@given(st.integers(0, 50_000_00), st.integers(0, 50_000_00))
def test_a_marginal_scale_is_monotone_and_has_no_jump(one: int, other: int) -> None:
    """Whoever sells more never gets less, and a cent more of sales is at most a cent more of pay."""
    low, high = sorted((one, other))
    few, many = (_of(paid(MARGINAL, {"sold": D(cents) / 100})) for cents in (low, high))
    assert few <= many <= few + (high - low) * D("0.05") + 2


@pytest.mark.parametrize(("count", "expected"), [(99, 49_50), (100, 50_00), (101, 50_80), (None, 0)])
def test_piece_pay_is_so_much_for_each(count: int | None, expected: int) -> None:
    """The hundred-and-first is paid 0.80."""
    assert _of(paid(PIECE, {"nights": count}), "piece") == expected


@pytest.mark.parametrize(("of", "unit"), [("nights", "times"), ("hours", "hours")])
def test_a_line_of_piece_pay_shows_how_many_of_what(of: str, unit: str) -> None:
    """What is counted is so many times; hours are hours. Each rate has a line of its own."""
    result = paid(PIECE.replace("'nights'", f"'{of}'"), {of: 101})
    lines = [line for line in pay_lines(result, "a") if line.kind == "piece"]
    assert [(line.line, line.quantity, line.unit, line.rate) for line in lines] == [
        ("calls.1", D(100), unit, D("0.5")),
        ("calls.2", D(1), unit, D("0.8")),
    ]


def test_one_piece_is_one_piece_in_whole_pay_too() -> None:
    """Not nothing, as less than none would be."""
    assert _of(paid(PIECE + "mode = 'whole'\n", {"nights": 1}), "piece") == 50


@given(st.integers(0, 400))
def test_whole_piece_pay_is_one_rate_for_all(count: int) -> None:
    """As somebody would multiply it by hand."""
    rate = D("0.5") if count < 100 else D("0.8")
    cents = (count * rate * 100).quantize(D(1), ROUND_HALF_UP)
    assert _of(paid(PIECE + "mode = 'whole'\n", {"nights": count}), "piece") == cents
