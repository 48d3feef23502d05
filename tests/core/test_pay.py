"""Pay lines: base pay, unworked time, fines, awards, and what the whole month of money obeys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.compute import MonthInput, compute_month
from csctl.core.people.workdays import WorkCalendar, employed_days
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.money import to_cents
from csctl.month import Month, months_between
from csctl.policy.model import Policy
from tests.drawn import drawn
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
    scores,
)

BASE = (
    SCORED
    + """
[[level]]
id = "junior"
label = "Junior agent"
[[level]]
id = "deputy"
scored = false
[pay.base]
by = "level"
amounts = { "junior" = 2000, "deputy" = 4000 }
"""
)
PROBATION = "[pay.probation]\namount = 1600\nmonths = 1\n"


def paid(
    text: str, values: Mapping[str, Mapping[str, object]], *, calendar: WorkCalendar = WEEKENDS_OFF, **changes: object
) -> MonthResult:
    """October for agents with these values (80 points if nothing else is said), all with the same roster fields."""
    full = {who: {"x": 80, **own} for who, own in values.items()}
    agents = [agent(who, **{"level": "junior", **changes}) for who in full]
    return month_of(policy(BASE + text), agents, full, calendar=calendar)


# ---- base pay --------------------------------------------------------------


@pytest.mark.parametrize(
    ("hired", "left", "regular", "expected"),
    [
        (date(2020, 1, 1), None, None, {"base": 2000_00}),
        (None, None, None, {"base": 2000_00}),
        (date(2026, 10, 1), None, date(2026, 10, 1), {"base": 2000_00}),
        (date(2026, 9, 1), None, None, {"base": 2000_00}),
        (date(2026, 9, 16), None, None, {"base_probation": 800_00, "base": 1000_00}),
        (date(2026, 10, 1), None, None, {"base_probation": 1600_00}),
        (date(2026, 10, 16), None, None, {"base_probation": 800_00}),
        (date(2020, 1, 1), date(2026, 10, 15), None, {"base": 1000_00}),
        (date(2020, 1, 1), date(2026, 10, 1), None, {"base": 90_91}),
        (date(2026, 10, 5), date(2026, 10, 9), date(2026, 10, 8), {"base_probation": 218_18, "base": 181_82}),
        (date(2026, 10, 31), None, None, {}),
        (date(2026, 9, 1), None, date(2026, 11, 1), {"base_probation": 1600_00}),
    ],
)
def test_base_pay_of_part_of_a_month(
    hired: date | None, left: date | None, regular: date | None, expected: dict[str, int]
) -> None:
    """October 2026 has 22 workdays, 11 up to the 15th: by workdays on probation and as a regular."""
    result = paid(PROBATION, {"a": {}}, hired_on=hired, left_on=left, regular_on=regular)
    assert cents_by_line(result, "a") == expected


def test_a_whole_month_is_one_month_and_not_its_days() -> None:
    """Nothing to divide, nothing to round."""
    (line,) = pay_lines(paid(PROBATION, {"a": {}}), "a")
    assert (line.quantity, line.unit, line.rate, line.divisor) == (D(1), "month", D(2000), D(1))


@given(st.dates(date(2026, 8, 1), date(2026, 10, 31)), st.dates(date(2026, 10, 1), date(2026, 12, 31)))
def test_days_on_probation_and_regular_days_cover_what_was_worked(hired: date, left: date) -> None:
    """Each workday of the month is paid once, at one of two rates."""
    result = paid(PROBATION, {"a": {}}, hired_on=hired, left_on=left)
    days = WEEKENDS_OFF.count(employed_days(OCTOBER, hired, left))
    quantities = [line.quantity * (22 if line.unit == "month" else 1) for line in pay_lines(result, "a")]
    assert sum(quantities) == days


@pytest.mark.parametrize("key", ["junior", "Junior agent"])
def test_an_amount_may_stand_under_a_levels_id_or_label(key: str) -> None:
    """The policy may write either name of a level."""
    text = BASE.replace('"junior" = 2000', f'"{key}" = 2000')
    result = month_of(policy(text), [agent("a", level="junior")], {"a": {"x": 80}})
    assert (cents_by_line(result, "a"), codes(result)) == ({"base": 2000_00}, [])


def test_base_pay_may_come_from_the_roster() -> None:
    """Each agent's own amount; without one, a problem that names the agent."""
    text = BASE.replace('by = "level"', 'by = "roster"')
    agents = [agent("a", level="junior", base_pay=D("3333.33")), agent("b", level="junior")]
    result = month_of(policy(text), agents, {"a": {"x": 80}, "b": {"x": 80}})
    assert cents_by_line(result, "a") == {"base": 3333_33}
    assert cents_by_line(result, "b") == {}
    (said,) = result.problems
    assert (said.code, said.parameters["agent"]) == ("no-base-pay-on-roster", "b")


# ---- time not worked -------------------------------------------------------

LEAVE = "[[pay.deduction]]\nid = 'leave'\nlabel = 'leave'\nquantity = 'leave_days'\ndivisor = 21.75\n"
HOURS = "[[pay.deduction]]\nid = 'hours'\nlabel = 'hours'\nquantity = 'leave_hours'\ndivisor = 174\n"
SICK = "[[pay.deduction]]\nid = 'sick'\nlabel = 'sick'\nquantity = 'sick_days'\ndivisor = 21.75\nrate = 0.4\n"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"leave_days": 1}, {"leave": -91_95}),
        ({"leave_days": "0.5"}, {"leave": -45_98}),
        ({"leave_hours": 3}, {"hours": -34_48}),
        ({"sick_days": 2}, {"sick": -73_56}),
        ({"leave_days": 1, "sick_days": 1}, {"leave": -91_95, "sick": -36_78}),
        ({"leave_days": 0}, {}),
        ({"leave_days": None}, {}),
        ({"leave_days": -1}, {}),
        ({"leave_days": 22}, {"leave": -2000_00}),
        ({"leave_days": 21, "sick_days": 5}, {"leave": -1931_03, "sick": -68_97}),
        ({"leave_days": 22, "sick_days": 1}, {"leave": -2000_00}),
    ],
)
def test_time_not_worked_is_withheld_up_to_the_base_pay(values: dict[str, object], expected: dict[str, int]) -> None:
    """By 21.75 days or 174 hours of a paid month; in a month of 22 workdays never more than was there."""
    result = paid(LEAVE + HOURS + SICK, {"a": values})
    assert {line: cents for line, cents in cents_by_line(result, "a").items() if line != "base"} == expected


@given(st.decimals(0, 40, places=2), st.decimals(0, 40, places=2), st.decimals(0, 400, places=2))
def test_nothing_is_withheld_twice(leave: Decimal, sick: Decimal, hours: Decimal) -> None:
    """Base pay less all unworked time is never negative, and each line is its own product unless it was cut."""
    result = paid(LEAVE + HOURS + SICK, {"a": {"leave_days": leave, "sick_days": sick, "leave_hours": hours}})
    lines = pay_lines(result, "a")
    assert sum(line.amount_cents for line in lines) >= 0
    for line in lines[1:]:
        if not line.note:
            exact = line.quantity * line.rate / line.divisor
            assert line.amount_cents == int((exact * 100).quantize(D(1), ROUND_HALF_UP))


def test_on_probation_the_probation_pay_is_withheld() -> None:
    """A day off costs a day of what was paid for it."""
    result = paid(PROBATION + LEAVE, {"a": {"leave_days": 1}}, hired_on=date(2026, 10, 1))
    assert cents_by_line(result, "a") == {"base_probation": 1600_00, "leave": -73_56}


# ---- fines -----------------------------------------------------------------


def fine(text: str) -> str:
    """A fine of this shape."""
    return f"[[pay.fine]]\nid = 'f'\nlabel = 'f'\n{text}\n"


DOUBLING = fine("amount = 50\neach = { event = 'complaint' }\nescalate = 'double'")
AT_THREE = fine("amount = 10\neach = { event = 'complaint' }\nfrom_count = 3\nonce = true")
EACH = fine("amount = 30\neach = { event = 'complaint' }")
FROM_THREE = fine("amount = 10\neach = { event = 'complaint' }\nfrom_count = 3")
DAMAGE = fine("amount = 12.5\neach = { event = 'complaint' }\nkind = 'compensation'")


@pytest.mark.parametrize(
    ("text", "count", "amounts"),
    [
        (DOUBLING, 3, [-50_00, -100_00, -200_00]),
        (DOUBLING, 1, [-50_00]),
        (DOUBLING, 0, []),
        (AT_THREE, 2, []),
        (AT_THREE, 3, [-10_00]),
        (AT_THREE, 9, [-10_00]),
        (EACH, 2, [-60_00]),
        (FROM_THREE, 2, []),
        (FROM_THREE, 5, [-30_00]),
        (DAMAGE, 3, [-37_50]),
        (EACH, None, []),
    ],
)
def test_worked_fines(text: str, count: int | None, amounts: list[int]) -> None:
    """T1-062: three complaints are 50 + 100 + 200 = 350 (A-18). T2-068: 10 once, at the third (A-21)."""
    lines = [line for line in pay_lines(paid(text, {"a": {"event.complaint": count}}), "a") if line.line != "base"]
    assert [line.amount_cents for line in lines] == amounts
    assert {line.kind for line in lines} <= {"compensation" if text is DAMAGE else "fine"}
    assert len({line.line for line in lines}) == len(lines)


@pytest.mark.parametrize(
    ("points", "cover", "expected"),
    [("59.995", 0, None), ("59.99", 0, -100_00), ("55", 1, None), ("54.99", 1, -100_00)],
)
def test_the_fine_below_sixty_looks_at_the_shown_score(points: str, cover: int, expected: int | None) -> None:
    """SA-090 with the reading A-32: after rounding, and with additions and deductions."""
    text = fine("amount = 100\nwhen = { score = { below = 60 } }")
    text += "[[adjustment]]\nid = 'c'\nlabel = 'c'\npoints = 5\neach = { event = 'cover' }\n"
    result = paid(text, {"a": {"x": points, "event.cover": cover}})
    assert cents_by_line(result, "a").get("f") == expected


# ---- awards ----------------------------------------------------------------


def award(ties: str = "all", what: str = "first = 'sales'") -> str:
    """An award of 100 yuan."""
    return f"[[pay.award]]\nid = 'w'\nlabel = 'w'\namount = 100\nties = '{ties}'\n{what}\n"


@pytest.mark.parametrize(
    ("ties", "sales", "expected"),
    [
        ("all", {"a": 3, "b": 2}, {"a": 100_00}),
        ("all", {"a": 3, "b": 3, "c": 1}, {"a": 100_00, "b": 100_00}),
        ("none", {"a": 3, "b": 3, "c": 1}, {}),
        ("none", {"a": 3, "b": 2}, {"a": 100_00}),
        ("split", {"a": 3, "b": 3}, {"a": 50_00, "b": 50_00}),
        ("split", {"a": 3, "b": 3, "c": 3}, {"a": 33_34, "b": 33_33, "c": 33_33}),
        ("split", {"a": 3, "b": 2}, {"a": 100_00}),
        ("split", dict.fromkeys("abcdefg", 1), dict.fromkeys("abcd", 14_29) | dict.fromkeys("efg", 14_28)),
        ("all", {"a": None, "b": 1}, {"b": 100_00}),
        ("all", {"a": 0, "b": 0}, {}),
        ("all", {"a": None}, {}),
    ],
)  # fmt: skip
def test_ties_share_an_award_as_the_policy_says(
    ties: str, sales: dict[str, int | None], expected: dict[str, int]
) -> None:
    """A-16: all, split or none; a split award is the award, to the cent."""
    result = paid(award(ties), {who: {"sales": value} for who, value in sales.items()})
    assert {line.agent_id: line.amount_cents for line in pay_lines(result) if line.kind == "award"} == expected


def test_an_award_for_everybody_who_meets_a_condition() -> None:
    """Full attendance, for instance; a missing value does not meet it."""
    text = award(what="when = { measure = 'missed_days', equals = 0 }")
    values: Mapping[str, Mapping[str, object]] = {
        "a": {"missed_days": 0},
        "b": {"missed_days": 1},
        "c": {"missed_days": None},
        "d": {"missed_days": 0},
    }
    assert [line.agent_id for line in pay_lines(paid(text, values)) if line.kind == "award"] == ["a", "d"]


def test_probationers_and_excluded_levels_win_no_award() -> None:
    """SA-076: no bonus on probation; PR-069: a deputy does not compete."""
    agents = [
        agent("a", level="junior"),
        agent("b", level="junior", hired_on=date(2026, 10, 1)),
        agent("c", level="deputy"),
    ]
    values = {"a": {"x": 80, "sales": 1}, "b": {"x": 90, "sales": 2}, "c": {"sales": 3}}
    result = month_of(policy(BASE + PROBATION + award()), agents, values)
    assert [line.agent_id for line in pay_lines(result) if line.kind == "award"] == ["a"]


STREAK = award(what="streak = { first = 'score', every = 3 }")


def months_at_the_top(pattern: str) -> list[int]:
    """What agent a is awarded month by month: 1 is alone at the top, 2 is tied, 0 is second, - has no month."""
    past: list[MonthResult] = []
    awards = []
    rules_ = policy(BASE + STREAK)
    for month, mark in zip(months_between(Month(2025, 1), Month(2026, 12)), pattern, strict=False):
        if mark == "-":
            continue
        values = {"a": {"x": 80}, "b": {"x": {"1": 70, "2": 80, "0": 90}[mark]}}
        agents = [agent("a", level="junior"), agent("b", level="junior")]
        result = month_of(rules_, agents, values, month=month, past=past)
        past.append(result)
        awards.append(sum(line.amount_cents for line in pay_lines(result, "a") if line.kind == "award"))
    return awards


@pytest.mark.parametrize(
    ("pattern", "awards"),
    [
        ("1111111111", [0, 0, 100_00, 0, 0, 200_00, 0, 0, 300_00, 0]),
        ("110111", [0, 0, 0, 0, 0, 100_00]),
        ("112", [0, 0, 100_00]),
        ("11-1", [0, 0, 0]),
        ("000", [0, 0, 0]),
    ],
)
def test_streaks_pay_every_third_month(pattern: str, awards: list[int]) -> None:
    """SA-088 and SA-089 with the reading A-31: 3 → 100, 6 → 200, 9 → 300; a tie counts, a month without data breaks."""
    assert months_at_the_top(pattern) == awards


def streak_by(what: str, stars: str, tops: str) -> list[int]:
    """What agent a is awarded month by month, with a title where ``stars`` has 1 and at the top where ``tops`` has."""
    rules_ = policy(BASE + award(what=f"streak = {{ {what}, every = 3 }}") + STAR)
    past: list[MonthResult] = []
    for month, star, top in zip(months_between(Month(2025, 1), Month(2026, 12)), stars, tops, strict=False):
        values = {"a": {"x": 80, "star": int(star)}, "b": {"x": 70 if top == "1" else 90, "star": 0}}
        people = [agent("a", level="junior"), agent("b", level="junior")]
        past.append(month_of(rules_, people, values, month=month, past=past))
    awarded = [[line for line in pay_lines(one, "a") if line.kind == "award"] for one in past]
    assert all(line.kind != "award" for one in past for line in pay_lines(one, "b"))
    return [sum(line.amount_cents for line in lines) for lines in awarded]


@pytest.mark.parametrize(
    ("what", "said"),
    [("first = 'score'", "3 months in a row at the top"), ("measure = 'star'", "won 3 months in a row")],
)
def test_the_line_of_a_streak_says_what_it_was_for(what: str, said: str) -> None:
    """Three months at the top, or three with a title."""
    rules_ = policy('language = "en"\n' + BASE + award(what=f"streak = {{ {what}, every = 3 }}") + STAR)
    past: list[MonthResult] = []
    for month in months_between(Month(2026, 1), Month(2026, 3)):
        past.append(month_of(rules_, [agent("a", level="junior")], {"a": {"x": 80, "star": 1}}, month=month, past=past))
    assert [line.note for line in pay_lines(past[-1]) if line.kind == "award"] == [said]


STAR = "[measure.star]\nlabel = 'star'\nunit = 'count'\ntable = 'titles'\nrows = true\n"


@pytest.mark.parametrize(
    ("what", "stars", "tops", "awards"),
    [
        ("measure = 'star'", "111111", "000000", [0, 0, 100_00, 0, 0, 200_00]),
        ("measure = 'star'", "121", "000", [0, 0, 100_00]),
        ("measure = 'star'", "101111", "111111", [0, 0, 0, 0, 100_00, 0]),
        ("first = 'score', measure = 'star'", "111111", "110111", [0, 0, 0, 0, 0, 100_00]),
        ("first = 'score', measure = 'star'", "110111", "111111", [0, 0, 0, 0, 0, 100_00]),
        ("first = 'score', measure = 'star'", "111", "111", [0, 0, 100_00]),
        ("first = 'score'", "000", "111", [0, 0, 100_00]),
    ],
)
def test_a_streak_may_ask_for_a_title_for_first_place_or_for_both(
    what: str, stars: str, tops: str, awards: list[int]
) -> None:
    """SA-088: best of the department three months running, and first; a month that lacks one of them ends it."""
    assert streak_by(what, stars, tops) == awards


# ---- agents without data, levels without a rung -------------------------------------------


def test_who_has_no_data_is_paid_the_base_and_takes_nothing_from_the_pool() -> None:
    """On leave all month: base pay stands, no line of the pool, no award, no fine; the others share all of it."""
    fine = "[[pay.fine]]\nid = 'low'\nlabel = 'low'\namount = 100\nwhen = { score = { below = 60 } }\n"
    agents, values = people_of({"a": (90, 30000), "b": (None, 0), "c": (77, 0)})
    result = month_of(policy(BASE + POOL + fine + award()), agents, values)
    assert codes(result) == ["agent-without-data", "won-beside-holes"]
    assert cents_by_line(result, "b") == {"base": 2000_00}
    alone = month_of(policy(BASE + POOL + fine + award()), [one for one in agents if one.agent_id != "b"], values)
    assert [cents_by_line(result, who) for who in "ac"] == [cents_by_line(alone, who) for who in "ac"]
    assert [share.agent_id for pool in result.pools for share in pool.shares] == ["a", "c"]


def test_a_level_that_is_not_on_the_ladder_is_not_said_again_of_the_base_pay() -> None:
    """The roster's fault is told once; there is no base pay all the same."""
    people = [agent("a", level="junior"), agent("b", level=""), agent("c", level="wizard")]
    result = month_of(policy(BASE), people, {who: {"x": 80} for who in "abc"})
    assert (codes(result), [line.agent_id for line in pay_lines(result)]) == ([], ["a"])


# ---- pools and the whole month ---------------------------------------------

POOL = """
[[pay.pool]]
label = "pool"
of = "sales"
mode = "marginal"
share = 1
tiers = [ { from = 0, rate = 0.1 } ]
"""
GUARANTEE = "[pay.guarantee]\nmode = 'annual'\namounts = [2000, 2200, 2500]\n"


def people_of(
    pool_values: Mapping[str, tuple[object, object]], **groups: str
) -> tuple[list[Agent], dict[str, dict[str, object]]]:
    """Agents and their values from (score, sales)."""
    agents = [agent(who, level="junior", group=groups.get(who, "")) for who in pool_values]
    return agents, {who: {"x": score, "sales": sales} for who, (score, sales) in pool_values.items()}


def test_the_worked_pool_as_pay_lines() -> None:
    """SA-093: 3,000 shared by 90, 80 and 77."""
    agents, values = people_of({"a": (90, 30000), "b": (80, 0), "c": (77, 0)})
    result = month_of(policy(BASE + POOL), agents, values)
    assert [cents_by_line(result, who)["pool1"] for who in "abc"] == [1093_12, 971_66, 935_22]


def test_each_group_has_its_own_pool() -> None:
    """One pool for each group, from its own sales, to its own members."""
    agents, values = people_of({"a": (90, 1000), "b": (90, 0), "c": (60, 5000)}, a="east", b="east", c="west")
    result = month_of(policy(BASE + POOL + 'per = "group"'), agents, values)
    assert {line.agent_id: (line.line, line.amount_cents) for line in pay_lines(result) if line.kind == "bonus"} == {
        "a": ("pool1.east", 50_00), "b": ("pool1.east", 50_00), "c": ("pool1.west", 500_00),
    }  # fmt: skip


def test_probationers_sell_for_the_pool_and_do_not_share_it() -> None:
    """SA-076 and A-34: their sales are the team's; their claim is none; a leaver's counts for the days worked."""
    agents = [
        agent("a", level="junior"),
        agent("b", level="junior", hired_on=date(2026, 10, 1)),
        agent("c", level="junior", left_on=date(2026, 10, 15)),
        agent("d", level="deputy"),
    ]
    values = {"a": {"x": 80, "sales": 0}, "b": {"x": 90, "sales": 3000}, "c": {"x": 80, "sales": 0}, "d": {"sales": 0}}
    result = month_of(policy(BASE + PROBATION + POOL), agents, values)
    assert {line.agent_id: line.amount_cents for line in pay_lines(result) if line.kind == "bonus"} == {
        "a": 200_00, "c": 100_00,
    }  # fmt: skip
    unprorated = month_of(policy(BASE + PROBATION + POOL + "prorate = false"), agents, values)
    assert {line.agent_id: line.amount_cents for line in pay_lines(unprorated) if line.kind == "bonus"} == {
        "a": 150_00, "c": 150_00,
    }  # fmt: skip
    assert [(share.days, share.weight) for share in unprorated.pools[0].shares] == [(1, 8000), (1, 8000)]


def test_a_pool_that_nobody_can_take_is_said() -> None:
    """All scores 0: nothing is paid, and a warning names pool and amount."""
    agents, values = people_of({"a": (0, 1000), "b": (0, 0)})
    result = month_of(policy(BASE + POOL), agents, values)
    (problem,) = result.problems
    assert (problem.code, problem.found, problem.parameters["pool"]) == ("pool-undistributed", "100.00", "pool")
    assert [line.amount_cents for line in pay_lines(result) if line.kind == "bonus"] == [0, 0]


def test_a_pool_without_sales_data_is_said() -> None:
    """A missing table of orders is not a month without sales."""
    agents, values = people_of({"a": (80, None), "b": (90, None)})
    assert codes(month_of(policy(BASE + POOL), agents, values)) == ["pool-without-sales"]
    agents, values = people_of({"a": (80, 0), "b": (90, 0)})
    assert codes(month_of(policy(BASE + POOL), agents, values)) == []


def test_a_pool_that_stands_on_less_than_nothing_is_said() -> None:
    """3,000 sold and 8,000 taken back: the share is 0, and a warning names the pool, the -5,000 and the measure."""
    agents, values = people_of({"a": (80, 3000), "b": (90, -8000)})
    result = month_of(policy(BASE + POOL), agents, values)
    (problem,) = result.problems
    assert (problem.code, problem.found) == ("below-zero-zero", "-5,000.00")
    assert (problem.parameters["component"], problem.parameters["measure"]) == ("pool", "sales")
    assert [line.amount_cents for line in pay_lines(result) if line.kind == "bonus"] == [0, 0]


def test_of_the_pools_of_groups_only_the_one_below_zero_is_named() -> None:
    """Each group stands by itself: the other one's sales do not make up for it."""
    agents = [agent("a", level="junior", group="早班"), agent("b", level="junior", group="晚班")]
    values = {"a": {"x": 80, "sales": D("0.01")}, "b": {"x": 90, "sales": D("-0.01")}}
    (problem,) = month_of(policy(BASE + POOL + 'per = "group"'), agents, values).problems
    assert (problem.code, problem.found, problem.parameters["component"]) == ("below-zero-zero", "晚班: -0.01", "pool")


def test_each_pool_below_zero_is_named_with_what_it_is_measured_on() -> None:
    """Two pools, on sales and on renewals: the one of -1 by sales, the one of -2 by renewals."""
    second = POOL.replace('label = "pool"', 'label = "more"').replace('"sales"', '"renewals"')
    values = {"a": {"x": 80, "sales": -1, "renewals": -2}}
    result = month_of(policy(BASE + POOL + second), [agent("a", level="junior")], values)
    assert [(one.found, one.parameters["component"], one.parameters["measure"]) for one in result.problems] == [
        ("-1.00", "pool", "sales"), ("-2.00", "more", "renewals"),
    ]  # fmt: skip


def test_a_team_of_whom_one_has_sales_has_a_pool() -> None:
    """Who has none sells nothing: 10 % of 1,000 for two equal scores. A month without anybody lacks nothing."""
    agents, values = people_of({"a": (80, 1000), "b": (80, None)})
    result = month_of(policy(BASE + POOL), agents, values)
    assert codes(result) == []
    assert [cents_by_line(result, who)["pool1"] for who in "ab"] == [50_00, 50_00]
    assert codes(month_of(policy(BASE + POOL), [])) == []


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("", {"pool1": 1700_00}),
        ('counts = "everybody"', {"pool1": 1700_00}),
        ('counts = "employed"', {"pool1": 1300_00}),
        ('per = "group"', {"pool1.east": 1500_00, "pool1.west": 200_00}),
        ('per = "group"\ncounts = "employed"', {"pool1.east": 1200_00, "pool1.west": 100_00}),
    ],
)
def test_what_people_who_left_sold_is_the_teams_unless_only_the_employed_count(
    text: str, bases: dict[str, int]
) -> None:
    """Employed: 1,200 east and 100 west; beside them 300 of a leaver of the east and 100 of one of the west."""
    here = [agent("a", level="junior", group="east"), agent("b", level="junior", group="west")]
    left = (agent("l", group="east"), agent("m", group="west"), agent("n", group="east"))
    given = MonthInput(
        policy(BASE + POOL + text), OCTOBER, here,
        measured({"a": {"x": 80, "sales": 1200}, "b": {"x": 80, "sales": 100}}), (), WEEKENDS_OFF, (),
        others=left, measured_others=tuple(measured({"l": {"sales": 300}, "m": {"sales": 100}})),
    )  # fmt: skip
    assert {pool.pool: pool.base_cents for pool in compute_month(given).pools} == bases


def test_what_a_group_sold_of_which_all_have_left_is_a_pool_that_goes_to_nobody() -> None:
    """The west sold 500 and nobody of it is here: 50 yuan are said to go to nobody. The north sold nothing."""
    here = measured({"a": {"x": 80, "sales": 1200}})
    left = (agent("m", group="west"), agent("n", group="north"))
    bases = {}
    for counts in ("everybody", "employed"):
        given = MonthInput(
            policy(BASE + POOL + f'per = "group"\ncounts = "{counts}"'), OCTOBER,
            [agent("a", level="junior", group="east")], here, (), WEEKENDS_OFF, (),
            others=left, measured_others=tuple(measured({"m": {"sales": 500}, "n": {"sales": 0}})),
        )  # fmt: skip
        result = compute_month(given)
        bases[counts] = {pool.pool: pool.base_cents for pool in result.pools}
        said = [(one.code, one.found, one.parameters["pool"]) for one in result.problems]
        assert said == ([("pool-undistributed", "50.00", "pool · west")] if counts == "everybody" else [])
    assert bases == {"everybody": {"pool1.east": 1200_00, "pool1.west": 500_00}, "employed": {"pool1.east": 1200_00}}


def test_the_guarantee_is_settled_over_the_months_of_a_service_year() -> None:
    """A-28 from the past months' own lines: 1,900, 2,300, 1,700 → 100, −100, 100; the year after begins anew."""
    text = BASE.replace('by = "level"', 'by = "roster"') + GUARANTEE
    past: list[MonthResult] = []
    lines = []
    for month, amount in zip(
        months_between(Month(2026, 7), Month(2026, 12)), (2200, 1900, 2300, 1700, 2400, 100), strict=True
    ):
        people = [agent("a", level="junior", hired_on=date(2025, 8, 1), base_pay=D(amount))]
        result = month_of(policy(text), people, {"a": {"x": 80}}, month=month, past=past)
        past.append(result)
        lines.append(cents_by_line(result, "a").get("guarantee", 0))
    assert lines == [0, 300_00, -100_00, 500_00, -200_00, 2100_00]


def test_no_guarantee_on_probation_and_a_part_of_it_after() -> None:
    """A-29: it starts after probation and follows the regular workdays."""
    text = BASE.replace('"junior" = 2000', '"junior" = 1000') + PROBATION + GUARANTEE
    for hired, expected in ((date(2026, 10, 1), None), (date(2026, 9, 16), 500_00), (date(2026, 8, 1), 1000_00)):
        result = month_of(policy(text), [agent("a", level="junior", hired_on=hired)], {"a": {"x": 80}})
        assert cents_by_line(result, "a").get("guarantee") == expected


def test_history_in_a_year_that_the_calendar_lacks_is_no_crash() -> None:
    """Nothing is guessed about a year without a calendar, and nothing breaks over it."""
    rules_ = policy(BASE + GUARANTEE)
    people = [agent("a", level="junior", hired_on=date(2025, 12, 1))]
    only = WorkCalendar(frozenset({2026}), frozenset(), frozenset())
    december = month_of(rules_, people, {"a": {"x": 80}}, month=Month(2025, 12), calendar=only)
    january = month_of(rules_, people, {"a": {"x": 80}}, month=Month(2026, 1), calendar=only, past=[december])
    assert codes(december) == ["calendar-unknown-year"]
    assert pay_lines(december) == []
    assert cents_by_line(january, "a") == {"base": 2000_00}


FULL = BASE + PROBATION + POOL + GUARANTEE + LEAVE + EACH + award("split") + STREAK.replace("'w'", "'s'")


@st.composite
def months(draw: st.DrawFn) -> tuple[Policy, list[Agent], dict[str, dict[str, object]]]:
    """A team with joiners, leavers, probationers and a deputy, and figures of every kind."""
    agents = []
    values: dict[str, dict[str, object]] = {}
    for who in draw(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True)):
        hired = draw(st.none() | st.dates(date(2024, 1, 1), date(2026, 10, 31)))
        left = draw(st.none() | st.none() | st.dates(date(2026, 10, 1), date(2026, 12, 31)))
        level = draw(st.sampled_from(["junior", "junior", "junior", "deputy"]))
        agents.append(agent(who, level=level, hired_on=hired, left_on=left))
        values[who] = {
            "x": D(draw(st.integers(0, 10000))) / 100,
            "sales": D(draw(st.integers(-100000, 10000000))) / 100,
            "leave_days": draw(st.none() | st.integers(0, 25)),
            "event.complaint": draw(st.integers(0, 4)),
        }
    return policy(FULL), agents, values


@settings(max_examples=drawn(60))
@given(months(), st.randoms(use_true_random=False))
def test_a_month_of_pay_adds_up_in_any_order(
    given_month: tuple[Policy, list[Agent], dict[str, dict[str, object]]], chance: object
) -> None:
    """Lines are whole cents and products rounded once; pools are shared out; shuffled people are paid the same."""
    rules_, agents, values = given_month
    result = month_of(rules_, agents, values)
    assert set(codes(result)) <= {"pool-undistributed", "below-zero-zero", "guarantee-of-fewer-months"}
    lines = pay_lines(result)
    for line in lines:
        assert isinstance(line.amount_cents, int)
        assert line.agent_id in values
        if line.basis == "product":
            exact = line.quantity * line.rate / line.divisor
            assert line.amount_cents == int((exact * 100).quantize(D(1), ROUND_HALF_UP))
        else:
            assert line.amount_cents == to_cents(line.rate)
    (pool,) = result.pools
    shared = [line.amount_cents for line in lines if line.source == "pool1"]
    assert sum(shared) == sum(share.amount_cents for share in pool.shares)
    assert sum(shared) == (0 if pool.undistributed else pool.pool_cents)
    assert sum(part.amount_cents for part in pool.tiers) == pool.commission_cents
    assert pool.base_cents == sum(int(D(str(own["sales"])) * 100) for own in values.values())
    assert lines == sorted(lines, key=lambda line: line.agent_id)
    turned = list(agents)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    again = month_of(rules_, turned, dict(reversed(values.items())))
    assert pay_lines(again) == lines
    assert again.pools == result.pools
    assert scores(again) == scores(result)
