"""Limits: of a component for one person, its budget for all together, and of somebody's variable pay."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.closing.standing import arithmetic_topic
from csctl.core.paying.limits import above_each, above_together
from csctl.core.records.result import MonthResult
from tests.core.paying.plan import plan
from tests.drawn import drawn
from tests.workbench import D, agent, cents_by_line, codes, month_of, pay_lines

OWN = "[[pay.commission]]\nid = 'own'\nlabel = 'commission'\nof = 'sold'\ntiers = [ { from = 0, rate = 0.01 } ]\n"
TIERED = OWN.replace("{ from = 0, rate = 0.01 }", "{ from = 0, rate = 0.01 }, { from = 10000, rate = 0.02 }")
PIECE = "[[pay.piece]]\nid = 'calls'\nlabel = 'calls'\nof = 'nights'\ntiers = [ { from = 0, rate = 0.5 } ]\n"
PERFORMANCE = "[[pay.performance]]\nid = 'perf'\nlabel = 'performance'\namount = 1000\nby = 'score'\n"
AWARD = "[[pay.award]]\nid = 'win'\nlabel = 'award'\namount = 300\nwhen = { measure = 'nights', at_least = 3 }\n"
POOL = "[[pay.pool]]\nlabel = 'pool'\nof = 'sold'\nmode = 'marginal'\nshare = 1\ntiers = [ { from = 0, rate = 0.1 } ]\n"
CUT = "[pay.cap]\namount = 500\n"


def month(text: str, values: Mapping[str, Mapping[str, object]], **about: Mapping[str, str]) -> MonthResult:
    """October of junior agents with 80 points."""
    people = [agent(who, level="junior", **about.get(who, {})) for who in values]
    return month_of(plan(text), people, {who: {"x": 80, **own} for who, own in values.items()})


def cuts(result: MonthResult, who: str = "a") -> dict[str, int]:
    """Cents of the cuts by line."""
    return {line.line: line.amount_cents for line in pay_lines(result, who) if line.kind == "cut"}


@pytest.mark.parametrize(
    ("sold", "cut", "said"),
    [(10000, {}, []), ("10000.50", {"own.cap": -1}, ["pay-cut-cap"]), (25000, {"own.cap": -150_00}, ["pay-cut-cap"])],
)
def test_what_lies_above_a_cap_is_a_line_of_its_own(sold: object, cut: dict[str, int], said: list[str]) -> None:
    """1 % of the sales, at most 100 yuan."""
    result = month(OWN + "cap = 100\n", {"a": {"sold": sold}})
    assert (cuts(result), codes(result)) == (cut, said)


def test_a_cut_says_what_it_is_of() -> None:
    """A product, so that it is a live formula; and the kind of pay that is less by it."""
    result = month(TIERED + "cap = 120.50\nrule = 'SA-1'\n", {"a": {"sold": 12000}})
    (line,) = [one for one in pay_lines(result) if one.kind == "cut"]
    assert (line.line, line.label, line.source, line.counts_as) == ("own.cap", "commission", "commission", "commission")
    assert (line.quantity, line.unit, line.rate, line.divisor) == (D(-1), "month", D("19.50"), D(1))
    assert (line.rule, line.note) == ("SA-1", "每人每月最多 120.50 元，超出部分不发")
    (said,) = result.problems
    assert (said.found, said.parameters["component"], said.parameters["most"]) == (
        "a name of a: -19.50",
        "commission",
        "120.50",
    )
    assert [one.code for one in arithmetic_topic(result)] == ["closing-sums-right"]


@pytest.mark.parametrize(
    ("text", "line", "rest"),
    [
        (PERFORMANCE, "perf.cap", 800_00 - 250_00),
        (PIECE, "calls.cap", 700_00 - 250_00),
        (AWARD, "win.cap", 300_00 - 250_00),
        (POOL, "pool1.cap", 4000_00 - 250_00),
    ],
)
def test_every_component_of_variable_pay_may_have_one(text: str, line: str, rest: int) -> None:
    """250 of performance pay, of pieces, of an award, of a share."""
    assert cuts(month(text + "cap = 250\n", {"a": {"sold": 40000, "nights": 1400}})) == {line: -rest}


def test_what_is_cut_of_a_share_goes_to_nobody() -> None:
    """The pool is shared as ever; of each pool by itself."""
    text = POOL + "per = 'group'\ncap = 30\n"
    result = month(
        text,
        {"a": {"sold": 500}, "b": {"sold": 0}, "c": {"sold": 900}},
        a={"group": "x"},
        b={"group": "x"},
        c={"group": "y"},
    )
    assert [cents_by_line(result, who) for who in "abc"] == [
        {"base": 2175_00, "pool1.x": 25_00},
        {"base": 2175_00, "pool1.x": 25_00},
        {"base": 2175_00, "pool1.y": 90_00, "pool1.cap": -60_00},
    ]


def test_a_limit_looks_at_no_line_of_another_kind() -> None:
    """An allowance that somebody called as the lines of the first pool are called."""
    other = "[[pay.allowance]]\nid = 'pool1'\nlabel = 'x'\namount = 500\n"
    assert cuts(month(POOL + "cap = 250\n" + other, {"a": {"sold": 2500}})) == {}


@pytest.mark.parametrize(
    ("sold", "cut", "said"),
    [
        ((6000, 4000), ({}, {}), []),
        ((6000, "4000.50"), ({"own.budget": -1}, {}), ["pay-cut-budget"]),
        ((9000, 6000), ({"own.budget": -30_00}, {"own.budget": -20_00}), ["pay-cut-budget"]),
        ((20000, 0), ({"own.budget": -100_00}, {}), ["pay-cut-budget"]),
    ],
)
def test_beyond_the_budget_everybody_is_cut_in_proportion(
    sold: tuple[object, object], cut: tuple[object, object], said: list[str]
) -> None:
    """100 yuan for both together."""
    result = month(OWN + "budget = 100\n", {"a": {"sold": sold[0]}, "b": {"sold": sold[1]}})
    assert ((cuts(result), cuts(result, "b")), codes(result)) == (cut, said)


def test_a_cap_comes_before_the_budget() -> None:
    """200 and 60: the 200 are 100 by the cap, and 160 are 80 by the budget."""
    result = month(OWN + "cap = 100\nbudget = 80\n", {"a": {"sold": 20000}, "b": {"sold": 6000}})
    assert (cuts(result), cuts(result, "b")) == ({"own.cap": -100_00, "own.budget": -50_00}, {"own.budget": -30_00})
    notes = {line.line: line.note for line in pay_lines(result, "a")}
    assert notes["own.budget"] == "全体共 160.00 元，预算 80 元，按比例减到预算"
    said = {one.code: one for one in result.problems}
    assert said["pay-cut-budget"].found == ("a name of a: -50.00", "b name of b: -30.00")
    assert said["pay-cut-budget"].parameters["total"] == "160.00"


def test_what_is_taken_back_leaves_as_much_more_to_the_others() -> None:
    """−20 and 150 are 130: with a budget of 100 the 150 become 120."""
    result = month(OWN + "negative = 'deduct'\nbudget = 100\n", {"a": {"sold": -2000}, "b": {"sold": 15000}})
    assert (cuts(result), cuts(result, "b")) == ({}, {"own.budget": -30_00})


@pytest.mark.parametrize(
    ("sold", "nights", "cut"),
    [
        (30000, 400, {}),
        (30000, "401", {"pay_cap.commission": -30, "pay_cap.piece": -20}),
        (60000, 800, {"pay_cap.commission": -300_00, "pay_cap.piece": -200_00}),
        (60000, 0, {"pay_cap.commission": -100_00}),
    ],
)
def test_all_variable_pay_has_a_limit_of_its_own(sold: object, nights: object, cut: dict[str, int]) -> None:
    """500 yuan, cut in proportion to what each kind comes to."""
    result = month(OWN + PIECE + CUT, {"a": {"sold": sold, "nights": nights}})
    assert (cuts(result), codes(result)) == (cut, ["pay-cut-all"] if cut else [])


def test_it_holds_for_what_is_left_after_the_limits_of_components() -> None:
    """600 and 400: the pieces are capped at 200, and 800 are 500."""
    result = month(OWN + PIECE + "cap = 200\n" + CUT, {"a": {"sold": 60000, "nights": 800}})
    assert cuts(result) == {"calls.cap": -200_00, "pay_cap.commission": -225_00, "pay_cap.piece": -75_00}
    notes = {line.line: (line.label, line.note, line.source) for line in pay_lines(result)}
    assert notes["pay_cap.piece"] == (
        "浮动工资封顶：计件工资", "浮动工资共 800.00 元，每月最多 500 元，各项按比例减", "piece"
    )  # fmt: skip
    (said,) = [one for one in result.problems if one.code == "pay-cut-all"]
    assert said.found == "a name of a: -300.00"


def test_it_holds_for_the_kinds_that_it_counts() -> None:
    """Awards and pieces beside it stay; base pay never counts."""
    text = OWN + PIECE + AWARD + CUT + "counts = ['commission', 'award']\nrule = 'SA-2'\n"
    result = month(text, {"a": {"sold": 60000, "nights": 800}})
    assert cuts(result) == {"pay_cap.commission": -266_67, "pay_cap.award": -133_33}
    assert {line.rule for line in pay_lines(result) if line.kind == "cut"} == {"SA-2"}


def test_a_guarantee_looks_at_what_is_left_of_the_kinds_it_counts() -> None:
    """2,175 and 300 of commission, capped at 100: 25 are topped up to 2,300, as if 100 had been earned."""
    floor = "[pay.guarantee]\nmode = 'monthly'\namounts = [2300]\n"
    for counts, line in (("", 25_00), ("counts = ['base']\n", 125_00)):
        result = month(OWN + "cap = 100\n" + floor + counts, {"a": {"sold": 30000}})
        assert cents_by_line(result, "a")["guarantee"] == line


def test_the_hint_on_minimum_wages_looks_at_what_is_paid() -> None:
    """2,200 are due: 2,175 and 300 of commission, of which 290 are cut."""
    law = "[law]\nminimum_wage = [ { region = '', since = '2026-01', amount = 2200 } ]\n"
    for cap, hints in (("cap = 10\n", ["law-below-minimum"]), ("", [])):
        result = month(OWN + cap + law, {"a": {"sold": 30000}})
        assert [one.code for one in result.advice if one.code == "law-below-minimum"] == hints


# ---- laws -----------------------------------------------------------------------------------------------------------

amounts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-500_00, 5_000_00), max_size=8)


@given(amounts, st.integers(1, 9_000_00), st.randoms(use_true_random=False))
def test_together_they_come_to_the_limit_to_the_cent(cents: dict[str, int], most: int, chance: object) -> None:
    """Σ = the limit, or less where there was less; nobody is cut below nothing; in any order."""
    cut = above_together(cents, most)
    left = {key: own - cut.get(key, 0) for key, own in cents.items()}
    assert sum(left.values()) == min(sum(cents.values()), most)
    assert all(0 < part <= cents[key] for key, part in cut.items())
    keys = list(cents)
    chance.shuffle(keys)  # type: ignore[attr-defined]
    assert above_together({key: cents[key] for key in keys}, most) == cut


def test_a_single_cent_is_cut_like_any_other() -> None:
    """Of two that are one too many the later one goes; what is nothing or less is left alone."""
    assert above_together({"a": 1, "b": 1, "c": 0, "d": -1}, 0) == {"b": 1}
    assert above_together({"a": 1, "b": 1}, 2) == {}


@given(amounts, st.integers(1, 9_000_00))
def test_the_cut_is_in_proportion_and_keeps_the_order(cents: dict[str, int], most: int) -> None:
    """Each keeps its part within a cent; who has more never keeps less."""
    cut = above_together(cents, most)
    there = {key: own for key, own in cents.items() if own > 0}
    if cut:
        part = Fraction(sum(there.values()) - sum(cut.values()), sum(there.values()))
        assert all(abs(own - cut.get(key, 0) - own * part) < 1 for key, own in there.items())
    for one, own in there.items():
        for other, theirs in there.items():
            if own > theirs:
                assert own - cut.get(one, 0) >= theirs - cut.get(other, 0)


@given(amounts, st.integers(1, 9_000_00))
def test_nobody_has_more_than_one_may(cents: dict[str, int], most: int) -> None:
    """And who has no more is left alone."""
    cut = above_each(cents, most)
    assert {key: own - cut.get(key, 0) for key, own in cents.items()} == {
        key: min(own, most) for key, own in cents.items()
    }
    assert 0 not in cut.values()


@settings(max_examples=drawn(40))
@given(
    st.lists(st.tuples(st.integers(0, 90_000_00), st.integers(0, 900)), min_size=1, max_size=4),
    st.integers(1, 900),
    st.integers(1, 900),
    st.integers(1, 900),
)
def test_all_limits_hold_at_once_and_the_lines_add_up(
    people: list[tuple[int, int]], cap: int, budget: int, most: int
) -> None:
    """Whatever is sold: no person above a cap, no team above a budget, nobody's variable pay above its limit."""
    text = f"{OWN}cap = {cap}\nbudget = {budget}\n{PIECE}[pay.cap]\namount = {most}\n"
    values = {f"p{at}": {"sold": D(sold) / 100, "nights": nights} for at, (sold, nights) in enumerate(people)}
    result = month(text, values)
    own = {
        who: sum(cents for line, cents in cents_by_line(result, who).items() if line.startswith("own"))
        for who in values
    }
    assert all(cents <= cap * 100 for cents in own.values())
    assert sum(own.values()) <= budget * 100
    for who in values:
        lines = cents_by_line(result, who)
        assert 0 <= sum(lines.values()) - lines["base"] <= most * 100
    assert [one.code for one in arithmetic_topic(result)] == ["closing-sums-right"]
