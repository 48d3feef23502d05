"""The guaranteed minimum: month by month, or settled over the service year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.paying.guarantee import GuaranteedMonth, guaranteed_cents, service_year, top_up
from csctl.core.records.agent import Span
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.pay.guarantee import Guarantee
from tests.workbench import WEEKENDS_OFF, D, agent, codes, month_of, pay_lines, policy

AMOUNTS = [D(2000), D(2200), D(2500)]


def rules(mode: str) -> Guarantee:
    """The guarantee of SA-073 … SA-075."""
    return Guarantee.model_validate({"mode": mode, "amounts": AMOUNTS})


def settle(mode: str, months: list[tuple[int, int]]) -> list[int]:
    """The guarantee lines of a service year, month after month, from (earned, guaranteed)."""
    earlier: list[GuaranteedMonth] = []
    for earned, guaranteed in months:
        cents = top_up(rules(mode), earlier, earned, guaranteed)
        earlier.append(GuaranteedMonth(earned, guaranteed, cents))
    return [month.topped_up for month in earlier]


@pytest.mark.parametrize(("mode", "lines"), [("annual", [100_00, -100_00, 100_00]), ("monthly", [100_00, 0, 300_00])])
def test_the_worked_year(mode: str, lines: list[int]) -> None:
    """A-28: 1,900, 2,300 and 1,700 earned against 2,000 a month."""
    assert settle(mode, [(1900_00, 2000_00), (2300_00, 2000_00), (1700_00, 2000_00)]) == lines


year = st.lists(st.tuples(st.integers(0, 500_000), st.integers(0, 300_000)), min_size=1, max_size=12)


@given(year)
def test_a_year_ends_with_what_its_earnings_lack(months: list[tuple[int, int]]) -> None:
    """Annual: after every month the top-ups so far are max(0, Σ guaranteed − Σ earned)."""
    lines = settle("annual", months)
    for count in range(1, len(months) + 1):
        lacking = sum(guaranteed - earned for earned, guaranteed in months[:count])
        assert sum(lines[:count]) == max(0, lacking)


@given(year)
def test_never_more_is_recovered_than_was_given(months: list[tuple[int, int]]) -> None:
    """A recovery takes back earlier top-ups only; and no month tops up more than its own guarantee."""
    lines = settle("annual", months)
    for count, (line, (_, guaranteed)) in enumerate(zip(lines, months, strict=True)):
        assert -sum(lines[:count]) <= line <= guaranteed


@given(year)
def test_month_by_month_each_stands_alone(months: list[tuple[int, int]]) -> None:
    """Monthly: a month gets what it lacks, whatever came before, and gives nothing back."""
    lines = settle("monthly", months)
    assert all(
        max(earned, guaranteed) == earned + line for line, (earned, guaranteed) in zip(lines, months, strict=True)
    )


@given(year, st.randoms(use_true_random=False))
def test_the_order_of_earlier_months_does_not_matter(months: list[tuple[int, int]], chance: object) -> None:
    """What counts are the sums of the year so far."""
    earlier = [GuaranteedMonth(earned, guaranteed, 7) for earned, guaranteed in months]
    before = top_up(rules("annual"), earlier, 100, 200)
    chance.shuffle(earlier)  # type: ignore[attr-defined]
    assert top_up(rules("annual"), earlier, 100, 200) == before


@pytest.mark.parametrize(
    ("month", "hired_on", "expected"),
    [
        (Month(2026, 10), None, 1),
        (Month(2026, 10), date(2026, 10, 1), 1),
        (Month(2026, 10), date(2026, 10, 15), 1),
        (Month(2026, 10), date(2025, 10, 1), 2),
        (Month(2026, 10), date(2025, 10, 2), 1),
        (Month(2026, 11), date(2025, 10, 2), 2),
        (Month(2026, 9), date(2025, 10, 1), 1),
        (Month(2027, 3), date(2024, 2, 29), 4),
        (Month(2025, 2), date(2024, 2, 29), 1),
        (Month(2030, 10), date(2020, 1, 1), 11),
    ],
)
def test_the_service_year_is_fixed_on_the_first_of_the_month(
    month: Month, hired_on: date | None, expected: int
) -> None:
    """Year 1 counts from the hiring date; a year that turns inside a month begins with the next (A-29)."""
    assert service_year(month, hired_on) == expected


@given(st.dates(date(2000, 1, 1), date(2020, 12, 31)), st.integers(0, 240))
def test_a_service_year_has_twelve_or_thirteen_months(hired_on: date, steps: int) -> None:
    """Years never go back, and go up by one, twelve months apart."""
    month = Month.of(hired_on).shift(steps)
    now, soon = service_year(month, hired_on), service_year(month.shift(1), hired_on)
    assert soon - now in (0, 1)
    assert service_year(month.shift(12), hired_on) - now == (1 if month.first >= hired_on else 0)


@pytest.mark.parametrize(("number", "cents"), [(1, 2000_00), (2, 2200_00), (3, 2500_00), (4, 2500_00), (9, 2500_00)])
def test_the_last_amount_stays(number: int, cents: int) -> None:
    """From the fourth year on the third year's amount holds (SA-075, A-29)."""
    assert guaranteed_cents(rules("annual"), number, 22, 22) == cents


@pytest.mark.parametrize(
    ("regular", "due", "cents"), [(22, 22, 2000_00), (11, 22, 1000_00), (1, 23, 86_96), (0, 22, 0), (0, 0, 0)]
)
def test_part_of_a_month_is_guaranteed_in_part(regular: int, due: int, cents: int) -> None:
    """By regular workdays of the month's workdays, rounded once."""
    assert guaranteed_cents(rules("annual"), 1, regular, due) == cents


# ---- months of the year that are not there ------------------------------------------------

PAY = """
[pay]
[pay.base]
by = "roster"
[pay.guarantee]
mode = "annual"
amounts = [2000, 2200, 2500]
"""


def paid(mode: str = "annual", known: tuple[str, ...] = (), **staff: object) -> MonthResult:
    """October of somebody on 1,900 a month, after the months that are known."""
    rules = policy(PAY.replace("annual", mode))
    past: list[MonthResult] = []
    for text in (*known, "2026-10"):
        month = Month.parse(text)
        assert month is not None
        past.append(month_of(rules, [agent("a", base_pay=D(1900), **staff)], month=month, past=tuple(past)))
    return past[-1]


def guaranteed(result: MonthResult) -> tuple[int, tuple[str, ...]]:
    """Amount and marks of the guarantee line."""
    (line,) = [one for one in pay_lines(result) if one.kind == "guarantee"]
    return line.amount_cents, line.marks


def test_of_months_on_probation_nothing_is_lacking() -> None:
    """Hired on 1 July with two months on probation: the guarantee begins with September."""
    rules = policy(PAY.replace("[pay.guarantee]", "[pay.probation]\namount = 1600\nmonths = 2\n[pay.guarantee]"))
    result = month_of(rules, [agent("a", base_pay=D(1900), hired_on=date(2026, 7, 1))])
    assert [(one.code, one.found) for one in result.problems] == [("guarantee-of-fewer-months", "a name of a: 2026-09")]


def test_of_months_that_the_calendar_does_not_know_nothing_is_lacking() -> None:
    """Hired in November 2025: nobody can say how many days of that year were due."""
    known = replace(WEEKENDS_OFF, years=frozenset({2026}))
    person = agent("a", base_pay=D(1900), hired_on=date(2025, 11, 1))
    result = month_of(policy(PAY), [person], calendar=known)
    assert [one.found for one in result.problems] == ["a name of a: 2026-01 – 2026-09"]


def test_a_service_year_says_which_of_its_months_are_not_there() -> None:
    """Hired on 15 July: in the second year the year begins with August. Of its months only September is there."""
    result = paid(known=("2026-09",), hired_on=date(2025, 7, 15))
    assert [(one.code, one.found) for one in result.problems] == [("guarantee-of-fewer-months", "a name of a: 2026-08")]
    assert guaranteed(result) == (300_00, ("months:2026-08",))


@pytest.mark.parametrize(
    ("mode", "known", "hired_on"),
    [
        ("annual", ("2026-08", "2026-09"), date(2025, 7, 15)),
        # The year has only begun.
        ("annual", (), date(2026, 10, 1)),
        ("annual", (), date(2026, 10, 12)),
        # Each month stands alone.
        ("monthly", (), date(2025, 7, 15)),
        # Nobody knows when a year begins.
        ("annual", (), None),
    ],
)
def test_a_whole_year_and_a_month_by_itself_lack_nothing(
    mode: str, known: tuple[str, ...], hired_on: date | None
) -> None:
    """There is a line, and nothing to say of it."""
    result = paid(mode, known, hired_on=hired_on)
    assert codes(result) == []
    assert guaranteed(result)[1] == ()


def test_the_month_on_whose_last_day_somebody_was_hired_is_one_of_the_year() -> None:
    """Hired on 31 August: August, September, October; the first of them is not there, the second is."""
    result = paid(known=("2026-09",), hired_on=date(2026, 8, 31))
    assert guaranteed(result)[1] == ("months:2026-08",)


@pytest.mark.parametrize(
    ("hired", "cents"),
    [
        ((date(2026, 8, 1), date(2026, 10, 1)), 0),
        ((date(2026, 8, 1), date(2026, 8, 1)), -100_00),
        ((None, date(2026, 8, 1)), -100_00),
    ],
)
def test_who_is_hired_again_begins_a_service_year(hired: tuple[date | None, date], cents: int) -> None:
    """1,900 in August, 100 topped up to 2,000; gone in September, 2,200 in October. Who was hired again gives nothing
    back of another employment; whose hiring date became known later is in the same year.
    """
    rules = policy(PAY)
    august = month_of(rules, [agent("a", base_pay=D(1900), hired_on=hired[0])], month=Month(2026, 8))
    october = month_of(rules, [agent("a", base_pay=D(2200), hired_on=hired[1])], past=[august])
    assert sum(one.amount_cents for one in pay_lines(october) if one.kind == "guarantee") == cents


def test_where_nothing_is_added_nothing_is_said() -> None:
    """Who earns more than the guarantee has no figure that could lack a month."""
    rules = policy(PAY)
    result = month_of(rules, [agent("a", base_pay=D(2600), hired_on=date(2024, 1, 1))])
    assert (codes(result), [one.kind for one in pay_lines(result)]) == ([], ["base"])


def test_months_in_a_row_are_told_by_the_first_and_the_last_of_them() -> None:
    """Hired on 15 January: of the year from February to October there are May and June alone."""
    rules = policy(PAY)
    past = [
        month_of(rules, [agent("a", base_pay=D(1900), hired_on=date(2025, 1, 15))], month=Month(2026, number))
        for number in (5, 6)
    ]
    staff = [
        agent("a", base_pay=D(1900), hired_on=date(2025, 1, 15)),
        agent("b", base_pay=D(1900), hired_on=date(2025, 8, 20)),
    ]
    (said,) = month_of(rules, staff, past=past).problems
    assert said.found == ("a name of a: 2026-02 – 2026-04 2026-07 – 2026-09", "b name of b: 2026-09")


def test_pay_on_probation_at_two_parts_of_full_time_counts_towards_no_guarantee() -> None:
    """Regular from the 26th of October: 5 of 22 workdays of 2,200 guaranteed, 500; 5 of 22 of 1,100 earned, 250. Half
    time on probation until the 15th and full time after it are two lines, and neither counts.
    """
    hired, regular = date(2026, 9, 1), date(2026, 10, 26)
    first = Span(date(2026, 10, 1), date(2026, 10, 15), "", "", "", D(1100), hired, regular, D("0.5"))
    last = replace(first, since=date(2026, 10, 16), until=date(2026, 10, 31), fte=D(1))
    who = agent("a", base_pay=D(1100), hired_on=hired, regular_on=regular, spans=(first, last), fte=D(1))
    text = """
        [pay.base]
        by = "roster"
        by_fte = true
        [pay.probation]
        amount = 880
        months = 3
        [pay.guarantee]
        mode = "monthly"
        amounts = [2200]
    """
    result = month_of(policy(text), [who], {"a": {}})
    assert {line.line: line.amount_cents for line in pay_lines(result, "a")} == {
        "base_probation": 220_00, "base_probation.2": 240_00, "base": 250_00, "guarantee": 250_00,
    }  # fmt: skip
