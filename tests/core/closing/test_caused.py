"""What a cause changes in a month that another program computed: that, and nothing that the program does."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from csctl.core.closing.caused import caused, same_lines
from csctl.core.closing.differences import differences
from csctl.core.closing.standing import arithmetic_topic
from csctl.core.records.lines import PayLine, Score, as_frame, as_records
from csctl.core.records.result import MonthResult
from tests.core.closing.months import month, pay_line, pool, pool_line, score

CENTS = st.sampled_from([0, 1, -500, 20000, 50000])
PAY = st.dictionaries(
    st.sampled_from(["a", "b"]),
    st.dictionaries(st.sampled_from(["base", "top", "rude"]), CENTS, max_size=3),
    max_size=2,
)
POINTS = st.dictionaries(st.sampled_from(["a", "b"]), st.sampled_from(["70.5", "80", "90.25"]), min_size=2)
MONTHS = st.builds(lambda pay, points: month(people=("a", "b"), pay=pay, scores=points), PAY, POINTS)


def _cents(result: MonthResult) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for line in as_records(result.pay_lines, PayLine):
        found[line.agent_id, line.line] += line.amount_cents
    return found


def _scores(result: MonthResult) -> dict[str, Decimal]:
    return {one.agent_id: one.score for one in as_records(result.scores, Score) if one.score is not None}


@given(MONTHS, MONTHS, MONTHS)
def test_every_line_is_the_held_one_plus_with_minus_without(
    held: MonthResult, without: MonthResult, with_it: MonthResult
) -> None:
    """To the cent, whatever the three months are; scores as well, and all sums are right."""
    made = caused(held, without, with_it)
    before, bare, after, now = map(_cents, (held, without, with_it, made))
    keys = before.keys() | bare.keys() | after.keys() | now.keys()
    assert all(now[key] == before[key] + after[key] - bare[key] for key in keys)
    one, two, three = map(_scores, (held, without, with_it))
    assert _scores(made) == {agent: one[agent] + three[agent] - two[agent] for agent in one}
    assert [problem.code for problem in arithmetic_topic(made)] == ["closing-sums-right"]


@given(MONTHS, MONTHS)
def test_what_the_cause_does_not_touch_stays_as_it_was_held(held: MonthResult, other: MonthResult) -> None:
    """No cause, no change; and where this program computes what was held, the month is the one with the cause."""
    assert differences(caused(held, other, other), held) == []
    assert caused(held, held, other) is other


def test_the_difference_of_the_program_is_a_line_of_its_own() -> None:
    """Held 500; this program pays 400 without and 450 with: 450, and the 100 that were more."""
    held, without, with_it = (month(people=("a",), pay={"a": {"top": cents}}) for cents in (50000, 40000, 45000))
    lines = as_records(caused(held, without, with_it).pay_lines, PayLine)
    assert [(one.line, one.kind, one.amount_cents) for one in lines] == [
        ("top", "award", 45000),
        ("top", "award", 10000),
    ]
    assert lines[0].label != lines[1].label


def test_a_line_of_which_only_words_change_stays_as_it_was_held() -> None:
    """The cause moves no money there."""
    held = month(people=("a",), pay={"a": {"top": 50000}})
    without, with_it = (
        month(people=("a",), pay_lines=as_frame([pay_line("a", "top", 40000, note=note)], PayLine))
        for note in ("x", "y")
    )
    assert caused(held, without, with_it).pay_lines.equals(held.pay_lines)


def test_what_a_month_leaves_to_later_ones_follows_the_cause() -> None:
    """It pays nothing, and the next month sets it off: 9 are left where 5 were, whoever worded the line."""

    def left(quantity: int, note: str) -> MonthResult:
        line = pay_line("a", "top", 0, basis="carried", quantity=Decimal(quantity), rate=Decimal(0), note=note)
        return month(people=("a",), pay_lines=as_frame([line], PayLine))

    held, without, with_it = left(-5, "then"), left(-5, "now"), left(-9, "now")
    [line] = as_records(caused(held, without, with_it).pay_lines, PayLine)
    assert (line.quantity, line.basis) == (Decimal(-9), "carried")
    [kept] = as_records(caused(held, without, left(-5, "otherwise")).pay_lines, PayLine)
    assert kept.note == "then"


def test_a_pool_that_moves_is_of_one_computation() -> None:
    """Also the share of somebody whom the cause leaves alone: it adds up with the others, and what was held is kept."""

    def shared(a: int, b: int, c: int) -> MonthResult:
        shares = {"a": a, "b": b, "c": c}
        lines = as_frame([pool_line(agent, cents) for agent, cents in shares.items()], PayLine)
        return month(people=tuple(shares), pay_lines=lines, pools=(pool(a + b + c, shares),))

    made = caused(shared(40, 40, 20), shared(50, 30, 20), shared(60, 20, 20))
    assert _cents(made) == Counter({("a", "pool1"): 50, ("b", "pool1"): 30, ("c", "pool1"): 20})
    assert [problem.code for problem in arithmetic_topic(made)] == ["closing-sums-right"]
    assert [share.amount_cents for share in made.pools[0].shares] == [60, 20, 20]


def test_a_grade_follows_the_cause_where_it_changes_it_and_stays_where_not() -> None:
    """Field by field: a grade of the other program is kept unless the cause gives another one."""

    def graded(total: str, grade: str) -> MonthResult:
        made = month(people=("a",), scores={"a": total})
        return replace(made, scores=as_frame([score("a", total, grade)], Score))

    [kept] = as_records(caused(graded("70", "C"), graded("75", "B"), graded("78", "B")).scores, Score)
    assert (kept.score, kept.grade) == (Decimal(73), "C")
    [new] = as_records(caused(graded("70", "C"), graded("75", "B"), graded("90", "A")).scores, Score)
    assert (new.score, new.grade) == (Decimal(85), "A")


def test_the_order_of_lines_does_not_make_a_month_another_one() -> None:
    """Only what they say does."""
    one = month(people=("a", "b"), pay={"a": {"base": 1}, "b": {"base": 2}})
    turned = month(people=("b", "a"), pay={"b": {"base": 2}, "a": {"base": 1}})
    assert same_lines(one, turned)
    assert not same_lines(one, month(people=("a", "b"), pay={"a": {"base": 1}, "b": {"base": 3}}))
