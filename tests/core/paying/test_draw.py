"""Draws: what a thin month is advanced, and what later months pay back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.explaining.nodes import Explained
from csctl.core.explaining.why_not import why_not
from csctl.core.people.roster import agents_of_month
from csctl.core.preparing.looking_back import history_months
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.model import Policy
from tests.core.paying.plan import plan
from tests.drawn import drawn
from tests.workbench import OCTOBER, D, agent, canonical_rows, codes, counted_as_one, month_of, pay_lines

COMMISSION = """
[[pay.commission]]
id = "own"
label = "commission"
of = "sold"
negative = "deduct"
tiers = [ { from = 0, rate = 0.1 } ]
"""
DRAW = (
    COMMISSION
    + """
[[pay.draw]]
id = "advance"
label = "draw"
amount = 1000
"""
)
ANN = agent("a", level="junior", hired_on=date(2025, 1, 1))


def months(rules: Policy, sales: Sequence[object], who: Agent = ANN) -> list[MonthResult]:
    """Consecutive months by what was sold, October last."""
    made: list[MonthResult] = []
    for step, sold in enumerate(sales, start=1 - len(sales)):
        values = {"a": {"x": 80, "sold": sold}}
        made.append(month_of(rules, [who], values, month=OCTOBER.shift(step), past=made))
    return made


def cents(result: MonthResult, kind: str) -> int:
    """What the lines of a kind add up to."""
    return sum(line.amount_cents for line in pay_lines(result, "a") if line.kind == kind)


def owed(result: MonthResult) -> Decimal:
    """What is left to later months, nothing or less."""
    return next((line.quantity for line in pay_lines(result, "a") if line.basis == "carried"), D(0))


def test_a_thin_month_is_advanced_and_better_ones_pay_it_back() -> None:
    """Worked by hand, 10 % of sales against 1,000 a month: 400 earned, 600 advanced; 1,350 earned, 350 paid back; 1,900
    earned, the last 250 paid back; the month after owes nothing.
    """
    found = months(plan(DRAW), [4000, 13500, 19000, 12000])
    assert [cents(one, "commission") for one in found] == [400_00, 1350_00, 1900_00, 1200_00]
    assert [cents(one, "draw") for one in found] == [600_00, -350_00, -250_00, 0]
    assert [owed(one) for one in found] == [D("-600.00"), D("-250.00"), D("0.00"), D(0)]
    assert [codes(one) for one in found] == [["draw-owed"], ["draw-owed"], [], []]


@pytest.mark.parametrize(
    ("sold", "advanced"), [(9999, 10), (10000, 0), ("9999.90", 1), (10001, 0), (0, 1000_00), (-5000, 1000_00)]
)
def test_the_amount_itself_is_enough(sold: object, advanced: int) -> None:
    """On both sides of 1,000; never more than the amount is advanced, whatever is taken back."""
    (found,) = months(plan(DRAW), [sold])
    assert cents(found, "draw") == advanced


def test_part_of_what_lies_above_may_pay_back() -> None:
    """A half: of 900 above the amount 450 pay back."""
    _, second = months(plan(DRAW + "recovers = 0.5\n"), [4000, 19000])
    assert (cents(second, "draw"), owed(second)) == (-450_00, D("-150.00"))


@pytest.mark.parametrize(("above", "back"), [("0.01", 1), ("0.02", 1), ("0.03", 2)])
def test_half_a_cent_more_pays_back(above: str, back: int) -> None:
    """A half of one cent above the amount is rounded up once, as everything is."""
    rules = plan(DRAW.replace("rate = 0.1", "rate = 1") + "recovers = 0.5\n")
    _, second = months(rules, [400, 1000 + D(above)])
    assert cents(second, "draw") == -back


def test_a_month_that_began_on_the_way_is_advanced_in_part() -> None:
    """From 19 October 10 of 22 workdays: 454.55 of 1,000; the whole amount where the policy says so."""
    late = agent("a", level="junior", hired_on=date(2026, 10, 19))
    (found,) = months(plan(DRAW), [0], late)
    (whole,) = months(plan(DRAW + "prorate = false\n"), [0], late)
    assert (cents(found, "draw"), cents(whole, "draw")) == (454_55, 1000_00)


def test_whom_it_is_not_for_any_more_keeps_what_is_owed() -> None:
    """Moved to another post: nothing is advanced, nothing paid back, and the line stays open."""
    rules = plan(DRAW + 'posts = ["sales"]\n')
    seller, elsewhere = (agent("a", level="junior", post=post) for post in ("sales", "hotline"))
    (first,) = months(rules, [4000], seller)
    then = month_of(rules, [elsewhere], {"a": {"x": 80, "sold": 90000}}, month=OCTOBER.shift(1), past=[first])
    assert (cents(then, "draw"), owed(then), codes(then)) == (0, D("-600.00"), ["draw-owed"])


@pytest.mark.parametrize(("more", "advanced", "said"), [("", 454_55, []), ("prorate = false\n", 1000_00, ["draw"])])
def test_a_move_inside_the_month_is_advanced_for_its_days(more: str, advanced: int, said: list[str]) -> None:
    """At sales from Monday the 19th on, 10 of 22 workdays; only what is not by days is said to be counted as one."""
    rules = plan(DRAW + more + 'posts = ["sales"]\n')
    rows = [
        {"agent_id": "a", "level": "junior", "post": "hotline", "valid_to": date(2026, 10, 18)},
        {"agent_id": "a", "level": "junior", "post": "sales", "valid_from": date(2026, 10, 19)},
    ]
    (ann,), _ = agents_of_month(canonical_rows("roster", rows), OCTOBER, rules)
    (found,) = months(rules, [0], ann)
    assert cents(found, "draw") == advanced
    assert [name for name, _ in counted_as_one(found)] == said


def test_who_leaves_owing_is_said_in_the_month_itself() -> None:
    """No later month pays it back."""
    leaver = agent("a", name="Ann", level="junior", left_on=date(2026, 10, 30))
    (found,) = months(plan(DRAW), [4000], leaver)
    (said,) = [one for one in found.problems if one.code.startswith("draw")]
    assert (said.code, said.severity) == ("draw-owed-by-leavers", "warning")
    assert said.found == "a Ann: 600.00"


@pytest.mark.parametrize(
    ("left_on", "sold", "said"),
    [
        (date(2026, 10, 31), 4000, ["draw-owed-by-leavers"]),
        (date(2026, 11, 1), 4000, ["draw-owed"]),
        (date(2026, 10, 31), 12000, []),
    ],
)
def test_only_who_leaves_in_the_month_and_owes_is_named_as_leaving(left_on: date, sold: int, said: list[str]) -> None:
    """The last day of the month is still in it; who owes nothing is not named."""
    (found,) = months(plan(DRAW), [sold], agent("a", level="junior", left_on=left_on))
    assert codes(found) == said


def test_a_limit_is_looked_at_before_the_amount() -> None:
    """What is cut of a commission was not earned."""
    capped = DRAW.replace('negative = "deduct"', "cap = 300")
    (found,) = months(plan(capped), [4000])
    assert (cents(found, "cut"), cents(found, "draw")) == (-100_00, 700_00)


def test_what_is_advanced_counts_towards_a_guarantee() -> None:
    """Base pay 2,175 and 1,000 with the draw: a guarantee of 3,200 adds 25, and not 625."""
    rules = plan(DRAW + '[pay.guarantee]\nmode = "monthly"\namounts = [3200]\n')
    (found,) = months(rules, [4000])
    assert (cents(found, "base"), cents(found, "guarantee")) == (2175_00, 25_00)


def test_the_lines_say_what_was_earned_and_what_is_owed() -> None:
    """In words, so that a payslip explains itself."""
    _, second = months(plan(DRAW), [4000, 13500])
    back, carried = [line for line in pay_lines(second, "a") if line.kind == "draw"]
    assert back.note == "本月已得 1,350.00，超出 1,000.00 的部分还预支；此前还欠 600.00"
    assert (back.quantity, back.rate, back.basis) == (D(-1), D("350.00"), "product")
    assert carried.note == "本月 350.00，以前转来 -600.00，转到以后 -250.00"


def test_whoever_earned_enough_is_told_why_there_is_no_line() -> None:
    """The kinds that count, with what they came to."""
    (found,) = months(plan(DRAW), [10000])
    node = why_not(Explained(found, found.agents[0], (), lambda _: (), "en"), "advance")
    assert node is not None
    (counted,) = node.children
    assert (counted.value, counted.note) == (
        "1,000.00",
        "that is not below the amount of the month, and nothing is owed",
    )


def test_earlier_months_are_looked_at_for_what_is_owed() -> None:
    """Those of two years, as for everything that is carried."""
    known = [Month(2026, 8), Month(2026, 9)]
    assert history_months(plan(DRAW), OCTOBER, known) == known
    one, other = (COMMISSION.replace("deduct", word) for word in ("zero", "carry"))
    assert history_months(plan(one), OCTOBER, known) == []
    assert history_months(plan(one + other.replace('"own"', '"other"')), OCTOBER, known) == known


@pytest.mark.law
@settings(max_examples=drawn(20))
@given(st.lists(st.integers(-20_000, 40_000), min_size=1, max_size=6), st.sampled_from(["1", "0.5", "0.35"]))
def test_never_more_comes_back_than_was_advanced(sales: list[int], part: str) -> None:
    """After every month what is owed is all that was drawn less all that was paid back; a month with a draw comes to
    the amount unless it is below nothing; a month that pays back keeps at least the amount.
    """
    found = months(plan(DRAW + f"recovers = {part}\n"), sales)
    running = 0
    for result in found:
        earned, moved = cents(result, "commission"), cents(result, "draw")
        running += moved
        assert owed(result) * 100 == -running <= 0
        if moved > 0:
            assert moved == 1000_00 - max(0, earned)
        else:
            assert earned + moved >= min(earned, 1000_00)
            assert -moved <= Fraction(part) * max(0, earned - 1000_00) + Fraction(1, 2)
