"""Edges of pay: a month somebody was not there, no ladder, counts below nothing, nobody to be the first."""

from __future__ import annotations

from datetime import date

import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.paying.amounts import Amount
from csctl.core.paying.components.fine import fine_lines
from csctl.core.records.decision import Decision
from csctl.core.records.result import MonthResult
from csctl.core.scoring.conditions import Facts
from csctl.month import Month
from tests.workbench import (
    OCTOBER,
    SCORED,
    WEEKENDS_OFF,
    D,
    agent,
    cents_by_line,
    codes,
    measured,
    month_of,
    pay_lines,
    policy,
)

BY_ROSTER = SCORED + '[pay.base]\nby = "roster"\n'
BY_LEVEL = SCORED + '[pay.base]\nby = "level"\namounts = { junior = 2000 }\n'
LADDER = '[[level]]\nid = "junior"\n'
GUARANTEE = "[pay.guarantee]\nmode = 'annual'\namounts = [2000]\n"


def test_a_guarantee_counts_the_months_in_which_somebody_was_there() -> None:
    """a earned 2,500 in September, 500 above the guarantee, and lacks 200 in October; b came back in October."""
    rules = policy(BY_ROSTER + GUARANTEE)
    long_here = date(2026, 1, 1)
    first = [agent("a", base_pay=D(2500), hired_on=long_here), agent("c", base_pay=D(1000), hired_on=long_here)]
    september = month_of(rules, first, {"a": {"x": 80}, "c": {"x": 80}}, month=Month(2026, 9))
    people = [agent(who, base_pay=D(1800), hired_on=long_here) for who in "ab"]
    october = month_of(rules, people, {"a": {"x": 80}, "b": {"x": 80}}, past=[september])
    assert cents_by_line(october, "a") == {"base": 1800_00}
    assert cents_by_line(october, "b") == {"base": 1800_00, "guarantee": 200_00}


def test_the_line_of_a_guarantee_says_what_was_topped_up_before() -> None:
    """Earned 1,900, 1,900 and 2,100 against 2,000 a month: 100, 100, and the third takes back 100 of 200."""
    rules = policy('language = "en"\n' + BY_ROSTER + GUARANTEE)
    past: list[MonthResult] = []
    for number, earned in enumerate((1900, 1900, 2100), 8):
        people = [agent("a", base_pay=D(earned), hired_on=date(2026, 1, 1))]
        past.append(month_of(rules, people, {"a": {"x": 80}}, month=Month(2026, number), past=past))
    lines = [line for one in past for line in pay_lines(one, "a") if line.kind == "guarantee"]
    assert [line.amount_cents for line in lines] == [100_00, 100_00, -100_00]
    said = ("2,000.00 1,900.00 0.00", "4,000.00 3,800.00 100.00", "6,000.00 5,900.00 200.00")
    for line, amounts in zip(lines, said, strict=True):
        assert all(amount in line.note for amount in amounts.split()), line.note


def test_a_month_that_is_computed_again_is_not_its_own_past() -> None:
    """October was 2,300 and, set right, is 1,800: it lacks 200, whatever it was before; nor does November count."""
    rules, long_here = policy(BY_ROSTER + GUARANTEE), date(2026, 1, 1)
    before, values = [agent("a", base_pay=D(2300), hired_on=long_here)], {"a": {"x": 80}}
    past = [month_of(rules, before, values), month_of(rules, before, values, month=Month(2026, 11))]
    result = month_of(rules, [agent("a", base_pay=D(1800), hired_on=long_here)], values, past=past)
    assert cents_by_line(result, "a") == {"base": 1800_00, "guarantee": 200_00}


def test_without_a_ladder_a_level_without_an_amount_is_said() -> None:
    """Nothing else would say it."""
    result = month_of(policy(BY_LEVEL), [agent("a", level="boss")], {"a": {"x": 80}})
    assert (codes(result), pay_lines(result)) == (["no-base-pay"], [])
    assert result.problems[0].found == "boss"


def test_a_level_that_the_ladder_lacks_is_not_said_twice() -> None:
    """Reading the roster says that the ladder has no such level; that it has no amount is the same fault."""
    rules = policy(BY_LEVEL + LADDER)
    assert codes(month_of(rules, [agent("a", level="boss")], {"a": {"x": 80}})) == []
    without_amount = policy(SCORED + '[pay.base]\nby = "level"\namounts = {}\n' + LADDER)
    assert codes(month_of(without_amount, [agent("a", level="junior")], {"a": {"x": 80}})) == ["no-base-pay"]


STREAK = "[[pay.award]]\nid = 's'\nlabel = 's'\namount = 100\nstreak = { measure = 'titles', every = 2 }\n"


def _awarded(titles: list[object], every: int = 2) -> list[int]:
    """What a is paid month by month for titles in a row."""
    rules = policy(BY_ROSTER + STREAK.replace("every = 2", f"every = {every}"))
    past: list[MonthResult] = []
    paid = []
    for number, count in enumerate(titles, 1):
        people = [agent("a", base_pay=D(1000))]
        past.append(month_of(rules, people, {"a": {"x": 80, "titles": count}}, month=Month(2026, number), past=past))
        paid.append(cents_by_line(past[-1], "a").get("s", 0))
    return paid


def test_titles_in_a_row_are_paid_at_every_second() -> None:
    """Once, twice … the amount; a month without a title, or without data, begins anew."""
    assert _awarded([1, 2, 1, 1, 0, 1, 1]) == [0, 100_00, 0, 200_00, 0, 0, 100_00]
    assert _awarded([1, None, 1, 1]) == [0, 0, 0, 100_00]
    assert _awarded([1, 1, 1], every=3) == [0, 0, 100_00]


def test_a_count_below_nothing_is_no_title() -> None:
    """A difference of counts may be -1: that month ends the streak as one without a title does."""
    assert _awarded([1, -1, 1, 1]) == [0, 0, 0, 100_00]


def _fined(text: str, happened: int) -> tuple[list[int], list[str]]:
    rules = policy(BY_ROSTER + f"[[pay.fine]]\nid = 'f'\nlabel = 'f'\namount = 1\neach = {{ measure = 'n' }}\n{text}\n")
    assert rules.pay is not None
    facts = Facts({"a": {"n": D(happened)}}, {}, frozenset({"a"}))
    lines, problems = fine_lines(rules.pay, ["a"], facts, "en")
    return [line.amount_cents for line in lines], [one.code for one in problems]


def test_a_doubling_fine_runs_away_after_twenty() -> None:
    """The twentieth doubling is 2 to the 19th; the twenty-first is a mistyped count, and an error."""
    assert _fined("escalate = 'double'", 20) == ([-100 * 2**step for step in range(20)], [])
    assert _fined("escalate = 'double'", 21) == ([], ["fine-runs-away"])
    assert _fined("", 21) == ([-2100], [])


@pytest.mark.parametrize(
    ("text", "happened", "cents"),
    [
        ("from_count = 3", 2, []), ("from_count = 3", 3, [-100]), ("from_count = 3", 5, [-300]),
        ("once = true", 5, [-100]), ("from_count = 3\nonce = true", 5, [-100]), ("from_count = 3\nonce = true", 2, []),
    ],
)  # fmt: skip
def test_a_fine_counts_from_where_it_says_and_no_more_than_it_says(text: str, happened: int, cents: list[int]) -> None:
    """From the third on, or once a month, or both."""
    assert _fined(text, happened) == (cents, [])


def test_a_product_is_rounded_once() -> None:
    """1 day of 1,000 ÷ 21.75 is 45.977…; half a cent goes up, and for what is withheld away from zero."""
    assert Amount(D(1), "days", D(1000), D("21.75")).cents == 4598
    assert Amount(D(1), "times", D("0.005")).cents == 1
    assert Amount(D(-1), "times", D("0.005")).cents == -1


LEAVE = "[[pay.deduction]]\nid = 'leave'\nlabel = 'leave'\nquantity = 'leave_days'\ndivisor = 21.75\n"
PROBATION = "[pay.probation]\namount = 1600\nmonths = 1\n"


@pytest.mark.parametrize(
    ("regular_on", "cents"), [(None, -91_95), (date(2026, 11, 2), -73_56), (date(2026, 10, 15), -91_95)]
)
def test_a_day_away_costs_a_day_of_the_pay_that_is_paid(regular_on: date | None, cents: int) -> None:
    """2,000 or on probation 1,600, by 21.75; in the month in which probation ends it is the regular pay."""
    person = agent("a", base_pay=D(2000), hired_on=date(2026, 9, 1), regular_on=regular_on or date(2026, 9, 2))
    result = month_of(policy(BY_ROSTER + PROBATION + LEAVE), [person], {"a": {"x": 80, "leave_days": 1}})
    assert cents_by_line(result, "a")["leave"] == cents


def test_what_is_withheld_to_the_cent_is_not_called_cut() -> None:
    """21.75 days take all of it, as they should; of 22 days a part would be more than there is, and that is said."""
    for days, said in (("21.75", False), ("22", True)):
        result = month_of(
            policy(BY_ROSTER + LEAVE), [agent("a", base_pay=D(2000))], {"a": {"x": 80, "leave_days": days}}
        )
        [line] = [one for one in pay_lines(result, "a") if one.line == "leave"]
        assert (line.amount_cents, bool(line.note)) == (-2000_00, said)


def test_the_last_cent_can_be_withheld_too() -> None:
    """And where nothing is left there is no second line."""
    twice = LEAVE + LEAVE.replace("'leave'", "'more'")
    result = month_of(policy(BY_ROSTER + twice), [agent("a", base_pay=D("0.01"))], {"a": {"x": 80, "leave_days": 30}})
    assert cents_by_line(result, "a") == {"base": 1, "leave": -1}


@pytest.mark.parametrize(("sales", "note"), [({"a": 3, "b": 1, "c": 1}, ""), ({"a": 3, "b": 3, "c": 1}, "2")])
def test_who_shares_the_first_place_is_told_with_how_many(sales: dict[str, int], note: str) -> None:
    """A winner alone has no remark."""
    award = "[[pay.award]]\nid = 'w'\nlabel = 'w'\namount = 100\nfirst = 'sales'\n"
    people = [agent(who, base_pay=D(1000)) for who in sales]
    result = month_of(policy(BY_ROSTER + award), people, {who: {"x": 80, "sales": one} for who, one in sales.items()})
    [line] = [one for one in pay_lines(result, "a") if one.line == "w"]
    assert (note in line.note, bool(line.note)) == (True, bool(note))


def test_an_award_that_was_decided_has_one_line_whatever_the_figures_say() -> None:
    """Revoked though the condition holds: a line of nothing, and no second one."""
    award = "[[pay.award]]\nid = 'w'\nlabel = 'w'\namount = 100\nwhen = { measure = 'x', at_least = 50 }\n"
    people, values = [agent(who, base_pay=D(1000)) for who in "ab"], measured({"a": {"x": 80}, "b": {"x": 80}})
    revoked = (Decision("a", "w", "0", "no", 1),)
    given = MonthInput(policy(BY_ROSTER + award), OCTOBER, people, values, (), WEEKENDS_OFF, (), decisions=revoked)
    paid = [(line.agent_id, line.amount_cents) for line in pay_lines(compute_month(given)) if line.line == "w"]
    assert paid == [("a", 0), ("b", 100_00)]


def test_a_claim_on_a_pool_weighs_the_score_as_it_is_shown() -> None:
    """80.1 of one decimal for 22 days is 801 × 22."""
    pool = "[[pay.pool]]\nlabel = 'p'\nof = 'sales'\nmode = 'marginal'\nshare = 1\ntiers = [{ from = 0, rate = 0.1 }]\n"
    rules = policy(BY_ROSTER.replace("pass_mark = 60", "pass_mark = 60\ndecimals = 1") + pool)
    result = month_of(rules, [agent("a", base_pay=D(1000))], {"a": {"x": "80.1", "sales": 1000}})
    assert [share.weight for share in result.pools[0].shares] == [801 * 22]
