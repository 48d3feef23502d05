"""Months in which more is taken back than sold: forgotten, set off against later months, or taken back at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.preparing.looking_back import history_months
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.model import Policy
from tests.core.paying.plan import plan
from tests.drawn import drawn
from tests.workbench import OCTOBER, D, agent, codes, month_of, pay_lines

SCALE = "tiers = [ { from = 0, rate = 0.01 }, { from = 10000, rate = 0.02 }, { from = 30000, rate = 0.05 } ]\n"
ONE_RATE = "tiers = [ { from = 0, rate = 0.0125 } ]\n"
HEAD = "[[pay.commission]]\nid = 'own'\nlabel = 'commission'\nof = 'sold'\n"
TARGET = "target = 'target'\ntiers = [ { from = 0, rate = 0.01 }, { from = 1, rate = 0.03 } ]\n"
PIECE = "[[pay.piece]]\nid = 'calls'\nlabel = 'calls'\nof = 'nights'\ntiers = [ { from = 0, rate = 0.5 } ]\n"
POOL = "[[pay.pool]]\nlabel = 'pool'\nof = 'sold'\nmode = 'marginal'\nshare = 0.5\n"
CARRY, DEDUCT, ZERO = ("negative = 'carry'\n", "negative = 'deduct'\n", "negative = 'zero'\n")
ANN = agent("a", level="junior")


def months_of(
    rules: Policy, figures: Sequence[Mapping[str, object] | None], agents: Sequence[Agent] = (ANN,)
) -> list[MonthResult]:
    """Consecutive months, October last; each agent has the same figures. None: a month that is not there."""
    made: list[MonthResult] = []
    for step, own in enumerate(figures, start=1 - len(figures)):
        if own is not None:
            values = {one.agent_id: {"x": 80, **own} for one in agents}
            made.append(month_of(rules, agents, values, month=OCTOBER.shift(step), past=made))
    return made


def sold(rules: Policy, *amounts: object) -> list[MonthResult]:
    """Consecutive months by what was sold."""
    return months_of(rules, [{"sold": one} for one in amounts])


def paid(result: MonthResult, kind: str = "commission", who: str = "a") -> int:
    """Cents of a kind."""
    return sum(line.amount_cents for line in pay_lines(result, who) if line.kind == kind)


def left(result: MonthResult, who: str = "a") -> Decimal | None:
    """What is left to later months; None if nothing is said of it."""
    return next((line.quantity for line in pay_lines(result, who) if line.basis == "carried"), None)


def test_without_a_word_a_month_below_nothing_is_forgotten() -> None:
    """As before there was a word for it: 500 back in September, and October's 2,000 earn 20."""
    for text in (HEAD + SCALE, HEAD + SCALE + ZERO):
        first, second = sold(plan(text), -500, 2000)
        assert (paid(first), codes(first), left(first)) == (0, ["below-zero-zero"], None)
        assert (paid(second), codes(second)) == (20_00, [])


@pytest.mark.parametrize(
    ("later", "cents", "rest", "said"),
    [
        (2000, 15_00, D("0.00"), ["carried-from-earlier"]),
        ("500.01", 0, D("0.00"), ["carried-from-earlier"]),
        (500, 0, D("0.00"), ["carried-from-earlier"]),
        ("499.99", 0, D("-0.01"), ["carried-from-earlier"]),
        (0, 0, D("-500.00"), ["carried-from-earlier"]),
        (None, 0, D("-500.00"), ["carried-from-earlier"]),
        (-1, 0, D("-501.00"), ["below-zero-carry", "carried-from-earlier"]),
    ],
)
def test_what_is_carried_is_set_off_first(later: object, cents: int, rest: object, said: list[str]) -> None:
    """500 back in September; what October sells beyond them earns, and the rest stays open."""
    first, second = sold(plan(HEAD + SCALE + CARRY), -500, later)
    assert (paid(first), left(first), codes(first)) == (0, D("-500.00"), ["below-zero-carry"])
    assert (paid(second), left(second), codes(second)) == (cents, rest, said)


def test_the_line_says_what_was_brought_and_what_is_left() -> None:
    """It pays nothing, and stands with the commission."""
    _, second = sold(plan(HEAD + SCALE + CARRY), -500, 200)
    (line,) = [one for one in pay_lines(second) if one.basis == "carried"]
    assert (line.line, line.label, line.kind, line.unit) == ("own.carried", "commission", "commission", "yuan")
    assert (line.rate, line.divisor, line.amount_cents) == (D(0), D(1), 0)
    assert line.note == "本月 200.00，以前转来 -500.00，转到以后 -300.00"


def test_a_month_that_owes_nothing_has_no_such_line() -> None:
    """Nor the one after the rest was set off."""
    *_, last = sold(plan(HEAD + SCALE + CARRY), -500, 500, 700)
    assert ([line.line for line in pay_lines(last)], codes(last)) == (["base", "own.1"], [])


def test_what_is_carried_passes_months_without_the_person() -> None:
    """September without Ann on the roster: October sets off what August left."""
    rules = plan(HEAD + SCALE + CARRY)
    august = month_of(rules, [ANN], {"a": {"x": 80, "sold": -500}}, month=OCTOBER.shift(-2))
    september = month_of(rules, [agent("b", level="junior")], {"b": {"x": 80}}, month=OCTOBER.shift(-1), past=[august])
    october = month_of(rules, [ANN], {"a": {"x": 80, "sold": 800}}, past=[august, september])
    assert (codes(september), codes(october)) == (["carried-to-nothing"], ["carried-from-earlier"])
    assert (paid(october), left(october)) == (3_00, D("0.00"))


def test_each_component_sets_off_its_own() -> None:
    """500 of sales and three calls are open: neither takes up what the other left."""
    rules = plan(HEAD + SCALE + CARRY + PIECE + CARRY)
    last = months_of(rules, [{"sold": -500, "nights": -3}, {"sold": 700, "nights": 5}])[-1]
    lines = {line.line: line.quantity for line in pay_lines(last) if line.kind != "base"}
    assert lines == {"own.1": D("200.00"), "own.carried": D("0.00"), "calls.1": D(2), "calls.carried": D(0)}


def test_it_stays_open_for_somebody_whom_the_component_no_longer_means() -> None:
    """Another post in October: nothing is sold for it, and nothing is forgotten."""
    rules = plan(HEAD + SCALE + CARRY + "posts = ['phone']\n")
    phone, chat = (agent("a", level="junior", post=post) for post in ("phone", "chat"))
    september = month_of(rules, [phone], {"a": {"x": 80, "sold": -500}}, month=OCTOBER.shift(-1))
    october = month_of(rules, [chat], {"a": {"x": 80, "sold": 900}}, past=[september])
    assert (paid(october), left(october)) == (0, D("-500.00"))


def test_a_later_month_tells_nothing_of_this_one() -> None:
    """However the months are handed over, those before this one count, in their order."""
    rules = plan(HEAD + SCALE + CARRY)
    august, september, _ = sold(rules, -500, -20, 0)
    shifted = month_of(rules, [ANN], {"a": {"x": 80, "sold": 1000}}, past=[september, august])
    assert (paid(shifted), left(shifted)) == (4_80, D("0.00"))
    first = month_of(rules, [ANN], {"a": {"x": 80, "sold": 1000}}, month=OCTOBER.shift(-2), past=[september, shifted])
    assert (paid(first), codes(first)) == (10_00, [])


def test_what_nothing_sets_off_any_more_is_said() -> None:
    """The component goes by another name in October: whose 500 that were, and of what."""
    september = sold(plan(HEAD + SCALE + CARRY), -500, 0)[:1]
    renamed = plan((HEAD + SCALE + CARRY).replace("'own'", "'mine'"))
    october = month_of(renamed, [ANN], {"a": {"x": 80, "sold": 100}}, past=september)
    (said,) = [one for one in october.problems if one.code == "carried-to-nothing"]
    assert said.found == "commission a name of a: -500.00"
    assert said.parameters["month"] == "2026-09"
    assert codes(month_of(renamed, [ANN], {"a": {"x": 80, "sold": 100}}, past=sold(renamed, 5, 0)[:1])) == []


def test_months_that_are_not_there_are_said() -> None:
    """August is known and September is not: what it left is not known either."""
    rules = plan(HEAD + SCALE + CARRY)
    last = months_of(rules, [{"sold": 5}, None, {"sold": 9}])[-1]
    (said,) = last.problems
    assert (said.code, said.found) == ("carried-over-a-gap", "2026-09")
    assert codes(months_of(plan(HEAD + SCALE), [{"sold": 5}, None, {"sold": 9}])[-1]) == []
    assert codes(months_of(rules, [{"sold": 5}, {"sold": 7}, {"sold": 9}])[-1]) == []


@pytest.mark.parametrize(
    ("net", "cents"), [("-0.49", 0), ("-0.50", -1), (-500, -5_00), (-10000, -100_00), (-12000, -140_00)]
)
def test_what_is_taken_back_is_what_it_would_have_earned(net: object, cents: int) -> None:
    """1 % of what lies below 10,000, 2 % of what lies above: refunds stand on the same tiers."""
    (month,) = sold(plan(HEAD + SCALE + DEDUCT), net)
    assert (paid(month), codes(month), left(month)) == (cents, ["below-zero-deduct"], None)
    notes = {line.note for line in pay_lines(month) if line.kind == "commission"}
    assert notes <= {"退款多于销售，同样数额应得的扣回"}


def test_a_month_above_nothing_has_no_note() -> None:
    """Whatever the component says of others."""
    for word in (ZERO, CARRY, DEDUCT):
        (month,) = sold(plan(HEAD + SCALE + word), 12000)
        assert (paid(month), codes(month)) == (140_00, [])
        assert [(line.line, line.note) for line in pay_lines(month)][1:] == [("own.1", ""), ("own.2", "")]
        (little,) = sold(plan(HEAD + SCALE + word), "0.50")
        assert [(line.amount_cents, line.note) for line in pay_lines(little)][1:] == [(1, "")]


@pytest.mark.parametrize(
    ("word", "figures", "codes_", "cents", "rest"),
    [
        (ZERO, {"sold": -500}, ["below-zero-zero"], 0, None),
        (DEDUCT, {"sold": -500}, ["below-zero-deduct", "commission-without-target"], 0, None),
        (DEDUCT, {"sold": -500, "target": 400}, ["below-zero-deduct"], -7_00, None),
        (CARRY, {"sold": -500}, ["below-zero-carry", "carried-from-earlier"], 0, D("-600.00")),
        (CARRY, {"sold": 100}, ["carried-from-earlier"], 0, D("0.00")),
        (CARRY, {"sold": "100.01"}, ["carried-from-earlier", "commission-without-target"], 0, D("-100.00")),
        (CARRY, {"sold": 700, "target": 400}, ["carried-from-earlier"], 10_00, D("0.00")),
    ],
)
def test_without_a_target_nothing_that_earns_is_set_off(
    word: str, figures: Mapping[str, object], codes_: list[str], cents: int, rest: object
) -> None:
    """100 back in September: what lies below nothing needs no target to be carried, and one to be taken back."""
    month = months_of(plan(HEAD + TARGET + word), [{"sold": -100, "target": 400}, figures])[-1]
    assert (codes(month), paid(month), left(month)) == (codes_, cents, rest)


@pytest.mark.parametrize(
    ("word", "cents", "rest"),
    [(ZERO, [0, 3_50], [None, None]), (CARRY, [0, 2_00], [D(-3), D(0)]), (DEDUCT, [-1_50, 3_50], [None, None])],
)
def test_pieces_go_the_same_way(word: str, cents: list[int], rest: list[object]) -> None:
    """Three more calls taken out than handled, then seven at half a yuan."""
    found = months_of(plan(PIECE + word), [{"nights": -3}, {"nights": 7}])
    assert [paid(one, "piece") for one in found] == cents
    assert [left(one) for one in found] == rest
    assert codes(found[0])[0].startswith("below-zero-")


# ---- pools ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "pools", "rests"),
    [(ZERO, [0, 12_50], [0, 0]), (CARRY, [0, 9_38], [-500_00, 0]), (DEDUCT, [-3_13, 12_50], [0, 0])],
)
def test_a_pool_below_nothing_goes_the_same_way(word: str, pools: list[int], rests: list[int]) -> None:
    """−500 and then 2,000 at 1.25 %, of which half is shared."""
    found = sold(plan(POOL + ONE_RATE + word), -500, 2000)
    assert [one.pools[0].pool_cents for one in found] == pools
    assert [one.pools[0].carried_cents for one in found] == rests
    assert [paid(one, "bonus") for one in found] == pools


def test_a_pool_says_what_it_brought_on_every_share() -> None:
    """On the line of whoever shares it, in the month that leaves something and in the one that sets it off."""
    found = sold(plan(POOL + ONE_RATE + CARRY), -500, 2000, 3000)
    notes = [line.note for one in found for line in pay_lines(one) if line.kind == "bonus"]
    assert notes == [
        "本月 -500.00，以前转来 0.00，转到以后 -500.00", "本月 2,000.00，以前转来 -500.00，转到以后 0.00", "",
    ]  # fmt: skip
    assert [codes(one) for one in found] == [["below-zero-carry"], ["carried-from-earlier"], []]
    (back,) = sold(plan(POOL + ONE_RATE + DEDUCT), -500)
    assert [line.note for line in pay_lines(back) if line.kind == "bonus"] == ["退款多于销售，同样数额应得的扣回"]


def test_each_group_carries_its_own() -> None:
    """The early shift is 100 below nothing and then empty; the late shift owes nothing and sells on."""
    rules = plan(POOL + ONE_RATE + CARRY + "per = 'group'\n")
    early, late = agent("a", level="junior", group="early"), agent("b", level="junior", group="late")
    september = month_of(
        rules, [early, late], {"a": {"x": 80, "sold": -100}, "b": {"x": 80, "sold": 50}}, month=OCTOBER.shift(-1)
    )
    october = month_of(rules, [late], {"b": {"x": 80, "sold": 400}}, past=[september])
    assert [(one.label, one.brought_cents, one.carried_cents, one.pool_cents) for one in october.pools] == [
        ("pool · early", -100_00, -100_00, 0), ("pool · late", 0, 0, 2_50),
    ]  # fmt: skip
    (said,) = october.problems
    assert (said.code, said.found) == ("carried-from-earlier", "early: -100.00")


def test_a_pool_that_carries_no_more_is_said() -> None:
    """October's policy forgets what September left; another component still looks back."""
    september = sold(plan(POOL + ONE_RATE + CARRY), -500, 0)[:1]
    october = month_of(plan(POOL + ONE_RATE), [ANN], {"a": {"x": 80, "sold": 100}}, past=september)
    (said,) = october.problems
    assert (said.code, said.found) == ("carried-to-nothing", "pool: -500.00")
    assert codes(sold(plan(POOL + ONE_RATE), 500, 100)[-1]) == []


def test_nobody_to_take_back_from_is_said() -> None:
    """Without a score above 0 the −3.13 go to nobody."""
    rules = plan(POOL + ONE_RATE + DEDUCT)
    month = month_of(rules, [ANN], {"a": {"x": 0, "sold": -500}})
    assert (paid(month, "bonus"), codes(month)) == (0, ["pool-undistributed", "below-zero-deduct"])


# ---- laws -----------------------------------------------------------------------------------------------------------

nets = st.lists(st.integers(-40_000_00, 40_000_00), min_size=1, max_size=5)


@settings(max_examples=drawn(40))
@given(nets, st.sampled_from(["", "mode = 'whole'\n"]))
def test_carried_to_the_end_all_that_counts_is_the_net(amounts: list[int], mode: str) -> None:
    """Σ of what stands on the tiers + what is left = Σ net, to the cent, on any scale; nothing is ever taken."""
    found = sold(plan(HEAD + SCALE + CARRY + mode), *(D(cents) / 100 for cents in amounts))
    lines = [line for one in found for line in pay_lines(one) if line.kind == "commission"]
    counted = sum(line.quantity for line in lines if line.basis == "product")
    assert counted + (left(found[-1]) or D(0)) == D(sum(amounts)) / 100
    assert all(line.amount_cents >= 0 for line in lines)


@settings(max_examples=drawn(40))
@given(nets)
def test_at_one_rate_what_is_paid_is_the_rate_on_the_net(amounts: list[int]) -> None:
    """Carried to the end, or taken back at once: the same sum, but for half a cent of rounding a month."""
    exactly = Fraction(sum(amounts)) * Fraction("0.0125")
    carried = sold(plan(HEAD + ONE_RATE + CARRY), *(D(cents) / 100 for cents in amounts))
    open_cents = Fraction(left(carried[-1]) or 0) * 100
    taken = sold(plan(HEAD + ONE_RATE + DEDUCT), *(D(cents) / 100 for cents in amounts))
    most = Fraction(len(amounts), 2)
    assert abs(sum(map(paid, carried)) + open_cents * Fraction("0.0125") - exactly) <= most
    assert abs(sum(map(paid, taken)) - exactly) <= most


@settings(max_examples=drawn(40))
@given(st.integers(0, 50_000_00), st.sampled_from(["", "mode = 'whole'\n"]))
def test_a_month_and_its_mirror_image_cancel_out(cents: int, mode: str) -> None:
    """On any scale what was earned on a sale is what is taken back when all of it is returned."""
    up, down = sold(plan(HEAD + SCALE + DEDUCT + mode), D(cents) / 100, -D(cents) / 100)
    assert paid(up) + paid(down) == 0


@settings(max_examples=drawn(30))
@given(
    st.lists(st.integers(-9_000_00, 9_000_00), min_size=1, max_size=4),
    st.lists(st.integers(1, 100), min_size=1, max_size=4),
    st.sampled_from([CARRY, DEDUCT]),
)
def test_shares_add_up_to_the_pool_also_below_nothing(amounts: list[int], points: list[int], word: str) -> None:
    """To the cent, every month; who gets more of what is earned has more of it taken back."""
    people = [agent(f"p{number}", level="junior") for number in range(len(points))]
    made: list[MonthResult] = []
    for step, cents in enumerate(amounts):
        values = {one.agent_id: {"x": score, "sold": 0} for one, score in zip(people, points, strict=True)}
        values["p0"]["sold"] = D(cents) / 100  # type: ignore[assignment]
        made.append(month_of(plan(POOL + SCALE + word), people, values, month=Month(2026, 1).shift(step), past=made))
        (pool,) = made[-1].pools
        assert sum(paid(made[-1], "bonus", one.agent_id) for one in people) == pool.pool_cents
        sizes = {score: abs(paid(made[-1], "bonus", one.agent_id)) for one, score in zip(people, points, strict=True)}
        assert [sizes[score] for score in sorted(sizes)] == sorted(sizes.values())
    counted = sum(one.pools[0].counted_cents for one in made)
    assert counted + made[-1].pools[0].carried_cents == sum(amounts)


def test_the_months_before_are_asked_for_where_something_is_carried() -> None:
    """By whatever component."""
    known = [OCTOBER.shift(-2), OCTOBER.shift(-1)]
    for text in (HEAD + SCALE, PIECE, POOL + ONE_RATE):
        assert history_months(plan(text + CARRY), OCTOBER, known) == known
        assert history_months(plan(text + DEDUCT), OCTOBER, known) == []


def test_a_month_brings_nothing_to_itself_and_later_ones_nothing_to_it() -> None:
    """October once more with all that is known: it sets off what September left, not what it or November leaves."""
    rules = plan(HEAD + SCALE + CARRY)
    september, october = sold(rules, -500, -300)
    november = month_of(rules, [ANN], {"a": {"x": 80, "sold": -90}}, month=OCTOBER.shift(1), past=[september, october])
    again = month_of(rules, [ANN], {"a": {"x": 80, "sold": -300}}, past=[september, october, november])
    assert (left(october), left(november), left(again)) == (D("-800.00"), D("-890.00"), D("-800.00"))
