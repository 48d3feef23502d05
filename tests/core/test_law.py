"""Law checks: each kind with its article, its amount and its edge, and pay that stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.law.hours import shift_minutes, weekly_hours
from csctl.core.records.advice import CHECKS, Advice, advice_remedy, advice_text, article_text, by_kind
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, catalogue
from csctl.month import Month
from csctl.policy.law import Law, MinimumWage
from csctl.policy.lint import lint_policy
from csctl.policy.working_time import Shift, WorkingTime
from csctl.problems import NOWHERE, Text, errors
from csctl.reports.run_json import run_object
from csctl.sheets.words import warnings_page
from tests.workbench import agent, month_of, pay_lines, policy

D = Decimal
SHANGHAI = '[[law.minimum_wage]]\nregion = "沪"\nsince = "2026-01"\namount = 2200\n'
ROSTER_PAY = '[pay.base]\nby = "roster"\nrule = "X-1"\n'
COMPLAINT_FINE = """
[[pay.fine]]
id = "complaint"
label = "投诉罚款"
amount = 50
each = { measure = "complaints" }
escalate = "double"
rule = "T1-062"
"""
LOSS = """
[[pay.fine]]
id = "loss"
label = "赔偿"
amount = 1
each = { measure = "loss" }
kind = "compensation"
rule = "X-2"
"""
COMPLAINTS = '[measure.complaints]\nlabel = "投诉"\ntable = "complaints"\nrows = true\n'
LOSSES = '[measure.loss]\nlabel = "损失"\ntable = "complaints"\nrows = true\n'


def somebody(base: int, region: str = "沪", **changes: object) -> Agent:
    """Agent 1, paid as the roster says."""
    return agent("1", **{"base_pay": D(base), "region": region, **changes})


def found(result: MonthResult, *codes: str) -> list[tuple[str, str, str, int | None, Text, str, Text]]:
    """The hints of a month of these kinds: check, code, agent, cents, found, limit, rule."""
    return [
        (one.check, one.code, one.agent_id, one.amount_cents, one.found, one.limit, one.rule)
        for one in result.advice
        if one.code in codes or not codes
    ]


def month(text: str, people: list[Agent], values: Mapping[str, Mapping[str, object]] | None = None) -> MonthResult:
    """A month under a policy, all of whose people exist."""
    return month_of(policy(text), people, values)


# -- W-01 fines and deductions --------------------------------------------------------------------------------------


def test_a_policy_with_fines_is_told_so_even_in_a_month_without_one() -> None:
    """The clause itself lacks a basis."""
    result = month(ROSTER_PAY + COMPLAINT_FINE + SHANGHAI + COMPLAINTS, [somebody(5000)], {"1": {"complaints": 0}})
    assert found(result) == [("W-01", "law-fines-in-policy", "", None, "投诉罚款", "0", "T1-062")]
    assert "2008-01-15" in advice_remedy(result.advice[0], "zh")
    assert "广东" in advice_remedy(result.advice[0], "zh")


def test_the_fines_of_a_month_are_summed_for_each_agent() -> None:
    """Three complaints that double: 50 + 100 + 200 = 350."""
    result = month(ROSTER_PAY + COMPLAINT_FINE + SHANGHAI + COMPLAINTS, [somebody(5000)], {"1": {"complaints": 3}})
    expected = [("W-01", "law-fine", "1", 35000, "投诉罚款", "0", "T1-062")]
    assert found(result, "law-fine", "law-deduction-over-cap") == expected
    assert "516" in article_text(result.advice[1], "zh")


@pytest.mark.parametrize(("currency", "hints"), [("CNY", ["law-fines-in-policy", "law-region-not-given"]), ("USD", [])])
def test_the_law_of_china_is_held_against_pay_in_yuan_alone(currency: str, hints: list[str]) -> None:
    """A desk that pays in dollars is told of no article of another country."""
    rules = policy(ROSTER_PAY + COMPLAINT_FINE + COMPLAINTS)
    assert rules.pay is not None
    paid = rules.model_copy(update={"pay": rules.pay.model_copy(update={"currency": currency})})
    result = month_of(paid, [somebody(3000, region="")], {})
    assert [advice.code for advice in result.advice] == hints


def test_compensation_is_no_fine() -> None:
    """It has a basis within its cap."""
    result = month(ROSTER_PAY + LOSS + SHANGHAI + LOSSES, [somebody(5000)], {"1": {"loss": 700}})
    assert found(result) == []


@pytest.mark.parametrize(
    ("base", "loss", "excess"),
    [(5000, 1000, None), (5000, 1001, 100), (5000, 1500, 50000), (4999, 1000, 20), (0, 3, 300)],
)
def test_deductions_beyond_a_fifth_of_the_months_wage_are_told_with_the_excess(
    base: int, loss: int, excess: int | None
) -> None:
    """Exactly a fifth is within the cap; fines and compensation count together."""
    result = month(ROSTER_PAY + LOSS + LOSSES, [somebody(base)], {"1": {"loss": loss}})
    over = found(result, "law-deduction-over-cap")
    assert [line[3] for line in over] == ([] if excess is None else [excess])
    assert [line[:2] for line in over] == [("W-01", "law-deduction-over-cap")] * len(over)


def test_the_cap_of_the_policy_is_used() -> None:
    """A place may ask for less than a fifth."""
    text = ROSTER_PAY + LOSS + LOSSES + "[law]\ndeduction_cap = 0.1\n"
    result = month(text, [somebody(5000)], {"1": {"loss": 600}})
    expected = [("W-01", "law-deduction-over-cap", "1", 10000, "600.00", "500.00", "X-2")]
    assert found(result, "law-deduction-over-cap") == expected


@pytest.mark.parametrize(
    ("base", "loss", "lacking"),
    [(2500, 300, None), (2500, 301, 100), (2500, 400, 10000), (2300, 500, 40000), (2000, 100, 10000)],
)
def test_what_remains_after_deductions_must_reach_the_minimum_wage(base: int, loss: int, lacking: int | None) -> None:
    """Minimum 2,200: 2,500 less 400 lacks 100; who earns 2,000 anyway may not be charged the 100 at all."""
    result = month(ROSTER_PAY + LOSS + SHANGHAI + LOSSES, [somebody(base)], {"1": {"loss": loss}})
    below = found(result, "law-remainder-below-minimum")
    assert [line[3] for line in below] == ([] if lacking is None else [lacking])
    assert all(line[5] == "2200.00" for line in below)


# -- W-02 minimum wage ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("base", "short"), [(2200, None), (2199, 100), (1600, 60000)])
def test_pay_below_the_local_minimum_wage_is_told_with_what_is_lacking(base: int, short: int | None) -> None:
    """Reaching it exactly is enough."""
    result = month(ROSTER_PAY + SHANGHAI, [somebody(base)])
    limit = [("W-02", "law-below-minimum", "1", short, f"{base}.00", "2200.00", "X-1")]
    assert found(result) == ([] if short is None else limit)
    assert all("最低工资" in article_text(one, "zh") for one in result.advice)


def test_who_was_employed_for_half_the_month_needs_half_the_minimum_wage() -> None:
    """Eleven of the twenty-two workdays, from Friday, 16 October 2026: 1,100, of which 2,000 a month pays 1,000."""
    result = month(ROSTER_PAY + SHANGHAI, [somebody(2000, hired_on=date(2026, 10, 16))])
    assert found(result) == [("W-02", "law-below-minimum", "1", 10000, "1000.00", "1100.00", "X-1")]


def test_time_not_worked_is_no_pay_below_the_minimum() -> None:
    """Somebody on unpaid leave is paid less, and lawfully."""
    text = (
        ROSTER_PAY
        + '[[pay.deduction]]\nid = "leave"\nlabel = "事假"\nquantity = "days"\ndivisor = 21.75\n'
        + SHANGHAI
        + '[measure.days]\nlabel = "事假"\ntable = "attendance"\nsum = "personal_leave_days"\n'
    )
    result = month(text, [somebody(2300)], {"1": {"days": 10}})
    assert sum(line.amount_cents for line in pay_lines(result)) < 2200_00
    assert found(result) == []


def test_without_a_minimum_wage_it_is_said_once_for_each_region_that_nothing_was_checked() -> None:
    """No table is shipped: what is not given is not known."""
    people = [
        agent(key, base_pay=D(1), region=region) for key, region in zip("1234", ["京", "沪", "京", ""], strict=True)
    ]
    assert found(month(ROSTER_PAY + SHANGHAI, people), "law-minimum-not-given", "law-region-not-given") == [
        ("W-02", "law-minimum-not-given", "", None, "京", "", ""),
        ("W-02", "law-region-not-given", "", None, "", "", ""),
    ]


@pytest.mark.parametrize(
    ("region", "when", "amount"),
    [
        ("沪", "2025-12", 1000), ("沪", "2026-01", 2000), ("沪", "2026-06", 2000), ("沪", "2026-07", 2100),
        ("沪", "2024-12", None), ("京", "2026-07", 1000), ("", "2026-07", 1000),
    ],
)  # fmt: skip
def test_the_minimum_wage_is_the_regions_latest_else_everybodys(region: str, when: str, amount: int | None) -> None:
    """Dated by its first month, in whatever order it is written."""
    wages = [("沪", "2026-07", 2100), ("", "2025-01", 1000), ("沪", "2026-01", 2000)]
    law = Law(minimum_wage=[MinimumWage(region=name, since=since, amount=D(yuan)) for name, since, yuan in wages])
    assert law.minimum_wage_of(region, when) == amount


def test_two_minimum_wages_for_one_region_and_month_are_refused() -> None:
    """Nothing says which of them holds."""
    findings = errors(lint_policy(policy(SHANGHAI + SHANGHAI), lambda _: NOWHERE))
    assert [(one.code, one.found) for one in findings] == [("law-minimum-wage-twice", "沪")]


# -- W-03 probation -------------------------------------------------------------------------------------------------

PROBATION = "[pay.probation]\namount = {amount}\nmonths = 1\nrule = 'SA-076'\n"


@pytest.mark.parametrize(("amount", "lacking"), [("1600", None), ("1599.99", 1), ("1500", 10000)])
def test_probation_pay_must_reach_four_fifths_of_regular_pay(amount: str, lacking: int | None) -> None:
    """1,600 of 2,000 is exactly enough."""
    text = (
        '[[level]]\nid = "junior"\n[pay.base]\nby = "level"\n[pay.base.amounts]\njunior = 2000\n'
        + PROBATION.format(amount=amount)
        + "[law]\n"
    )
    result = month(text, [somebody(0, level="junior", hired_on=date(2026, 10, 9))])
    shown = str(D(amount).quantize(D("0.01")))
    limit = [("W-03", "law-probation-low", "1", lacking, shown, "1600.00", "SA-076")]
    assert found(result, "law-probation-low") == ([] if lacking is None else limit)
    assert all("第20条" in article_text(one, "zh") for one in result.advice if one.check == "W-03")


def test_the_lowest_pay_at_the_same_level_is_enough_as_a_measure_of_probation_pay() -> None:
    """The law leaves the choice between it and the person's own regular pay."""
    people = [
        somebody(3000, level="a", hired_on=date(2026, 10, 9)),
        agent("2", base_pay=D(2000), level="a"),
        agent("3", base_pay=D(1000), level="b"),
    ]
    text = ROSTER_PAY + PROBATION.format(amount=1600)
    assert found(month(text, people), "law-probation-low") == []
    assert [line[3] for line in found(month(text, people[:1]), "law-probation-low")] == [80000]


def test_who_is_past_probation_is_not_asked_about_it() -> None:
    """Only pay that was paid for probation counts."""
    assert found(month(ROSTER_PAY + PROBATION.format(amount=1), [somebody(5000)]), "law-probation-low") == []


# -- W-04 one absence charged twice ---------------------------------------------------------------------------------

ABSENCE = """
[[pay.deduction]]
id = "absence"
label = "旷工扣款"
quantity = "{quantity}"
divisor = 21.75
rule = "A-12"
[[pay.fine]]
id = "truant"
label = "旷工罚款"
amount = 30
{trigger}
rule = "T2-071"
[measure.truant_days]
label = "旷工"
table = "attendance"
sum = "absent_days"
[measure.truant_rows]
label = "旷工"
table = "attendance"
rows = true
where = {{ absent_days = {{ at_least = 1 }} }}
[measure.truancy]
label = "旷工"
table = "events"
sum = "count"
where = {{ event = "旷工" }}
[measure.late]
label = "迟到"
table = "attendance"
sum = "late_count"
[event.absent]
label = "旷工"
"""
VALUES: dict[str, object] = dict.fromkeys(
    ["truant_days", "truant_rows", "truancy", "late", "attendance.absent_days", "event.absent"], 2
)


@pytest.mark.parametrize(
    ("quantity", "trigger", "twice"),
    [
        ("truant_days", 'each = { measure = "truant_days" }', 6000),
        ("truant_days", 'each = { measure = "truant_rows" }', 6000),
        ("truant_days", 'when = { measure = "truant_days", at_least = 1 }', 3000),
        (
            "truant_days",
            'when = { all = [{ measure = "late", at_least = 9 }, { measure = "truant_days", above = 0 }] }',
            0,
        ),
        ("attendance.absent_days", 'each = { measure = "truant_days" }', 6000),
        ("truancy", 'each = { event = "absent" }', 6000),
        ("truant_days", 'each = { measure = "late" }', 0),
        ("truant_days", 'each = { event = "absent" }', 0),
    ],
)  # fmt: skip
def test_one_absence_both_unpaid_and_fined_is_told(quantity: str, trigger: str, twice: int) -> None:
    """By whatever road the policy names the same column or event; a fine that did not fall due is none."""
    text = ROSTER_PAY + ABSENCE.format(quantity=quantity, trigger=trigger)
    result = month(text, [somebody(5000)], {"1": VALUES})
    expected = [("W-04", "law-absence-twice", "1", twice, "旷工扣款 + 旷工罚款", "", ("A-12", "T2-071"))]
    assert found(result, "law-absence-twice") == (expected if twice else [])
    assert all("第15条" in article_text(one, "zh") for one in result.advice if one.check == "W-04")


# -- W-05 … W-08 ----------------------------------------------------------------------------------------------------


def test_grounds_for_dismissal_come_with_a_checklist_and_nobodys_name() -> None:
    """The tool lists candidates elsewhere; what must come first is said here."""
    text = """
[[career.step]]
id = "out"
kind = "dismissal"
from_level = "*"
rule = "SA-091"
any_of = [{ id = "fails", label = "连续两月不及格", failed_months = 2, rule = "SA-091" },
          { id = "warned", label = "三次警告", warnings = 3 }]
[[career.step]]
id = "up"
kind = "promotion"
from_level = "a"
to_level = "b"
all_of = [{ id = "tenure", label = "满一年", tenure_months = 12 }]
"""
    result = month(text, [somebody(1)])
    assert found(result) == [("W-05", "law-dismissal", "", None, ("连续两月不及格", "三次警告"), "", "SA-091")]
    checklist = advice_remedy(result.advice[0], "zh")
    assert all(step in checklist for step in ("培训", "30 日", "工会", "补偿"))
    assert "第39、40、42、43、46条" in article_text(result.advice[0], "zh")


@pytest.mark.parametrize(
    ("planned", "per", "expected"),
    [
        (2, "month", ("2", "4")),
        (4, "month", None),
        (3, "month", ("3", "4")),
        (1, "week", None),
        (0, "week", ("0", "1")),
    ],
)
def test_less_than_a_day_of_rest_a_week_is_told(planned: int, per: str, expected: tuple[str, str] | None) -> None:
    """A month holds four whole weeks."""
    text = f'[working_time]\nrest_days = {planned}\nrest_per = "{per}"\nrule = "T1-003"\n'
    lines = [("W-06", "law-rest-days-planned", "", None, *expected, "T1-003")] if expected else []
    result = month(text, [somebody(1)])
    assert found(result) == lines
    assert all("第38条" in article_text(one, "zh") for one in result.advice)


@pytest.mark.parametrize(
    ("shift", "minutes"),
    [
        ('start = "08:30", end = "18:00"', 570),
        ('start = "15:30", end = "24:00"', 510),
        ('start = "08:00", end = "18:00", meal = [{ start = "12:00", end = "14:00" }]', 480),
        ('start = "08:00", end = "16:00", meal = [{ start = "11:30", end = "12:00" }]', 450),
        (
            ('start = "12:00", end = "20:00", '
             'meal = [{ start = "11:30", end = "12:00" }, { start = "17:30", end = "18:00" }]'),
            450,
        ),
        (
            ('start = "22:00", end = "06:00", '
             'meal = [{ start = "23:30", end = "00:30" }, { start = "02:00", end = "02:15" }]'),
            405,
        ),
        ('start = "09:00", end = "17:01"', 481),
        ('start = "00:00", end = "24:00"', 1440),
    ],
)  # fmt: skip
def test_a_shift_lasts_from_start_to_end_less_the_meals_inside_it(shift: str, minutes: int) -> None:
    """Midnight ends a day, a night belongs to the evening before; more than eight hours are told."""
    text = f'[working_time]\nshift = [{{ id = "班", {shift}, rule = "T1-001" }}]\n'
    rules = policy(text).working_time
    assert rules is not None
    assert shift_minutes(rules.shift[0]) == minutes
    result = month(text, [somebody(1)])
    hours = f"{D(minutes) / 60:.2f}".rstrip("0").rstrip(".")
    long = [("W-06", "law-hours-a-day", "", None, f"班 {hours}", "8", "T1-001")]
    assert found(result) == (long if minutes > 480 else [])


@pytest.mark.parametrize(
    ("rest", "per", "ends", "hours"),
    [
        (2, "week", ["17:00"], Fraction(40)),
        (1, "week", ["17:00"], Fraction(48)),
        (1, "week", ["17:00", "15:30"], Fraction(39)),
        (2, "month", ["17:00"], Fraction(7 * 29 * 8, 31)),
    ],
)
def test_planned_rest_and_the_shortest_shift_make_the_hours_of_a_week(
    rest: int, per: str, ends: list[str], hours: Fraction
) -> None:
    """Six days of eight hours are eight hours of overtime; October has 31 days."""
    shifts = [Shift(id=end, start="09:00", end=end) for end in ends]
    rules = WorkingTime.model_validate({"shift": shifts, "rest_days": rest, "rest_per": per})
    assert weekly_hours(rules, Month(2026, 10)) == hours
    listed = "".join(f'[[working_time.shift]]\nid = "{end}"\nstart = "09:00"\nend = "{end}"\n' for end in ends)
    result = month(f'[working_time]\nrest_days = {rest}\nrest_per = "{per}"\n{listed}', [somebody(1)])
    assert [line[5] for line in found(result, "law-hours-a-week")] == (["40"] if hours > 40 else [])


def test_rest_days_taken_are_checked_for_who_was_there_all_month() -> None:
    """Four in a month at least; a joiner had fewer weeks, and nothing measured is nothing known."""
    people = [agent("1"), agent("2"), agent("3", hired_on=date(2026, 10, 20)), agent("4"), agent("5")]
    values: dict[str, dict[str, object]] = {
        who: {"attendance.rest_days_taken": days} for who, days in zip("12345", ["3.5", 4, 1, None, 0], strict=True)
    }
    assert found(month('[working_time]\nrule = "T1-003"\n', people, values)) == [
        ("W-06", "law-rest-days-taken", "1", None, "3.5", "4", "T1-003"),
        ("W-06", "law-rest-days-taken", "5", None, "0", "4", "T1-003"),
    ]


def test_attendance_that_lists_nobodys_rest_says_nothing_about_it() -> None:
    """Some systems export only the days worked."""
    values: dict[str, dict[str, object]] = {who: {"attendance.rest_days_taken": 0} for who in "12"}
    assert found(month("[working_time]\n", [agent("1"), agent("2")], values)) == []


@pytest.mark.parametrize(
    ("text", "expected", "article"),
    [
        (
            'resignation_penalty = true\nresignation_rule = "T1-014"',
            ("W-07", "law-resignation-penalty", "T1-014"),
            "37条",
        ),
        (
            'publishes_results = true\npublication_rule = "EX-037"',
            ("W-08", "law-publication", "EX-037"),
            "个人信息保护法",
        ),
        ("", None, ""),
    ],
)  # fmt: skip
def test_what_the_policy_says_of_itself_is_told(text: str, expected: tuple[str, str, str] | None, article: str) -> None:
    """Penalties on leaving, and results shown to all; neither is supposed of a policy that is silent."""
    result = month(f"[law]\n{text}\n", [somebody(1)])
    assert [(one.check, one.code, one.rule) for one in result.advice] == ([expected] if expected else [])
    assert all(article in article_text(one, "zh") for one in result.advice)


# -- all of them ----------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    base=st.integers(0, 9000), complaints=st.integers(0, 6), loss=st.integers(0, 4000), minimum=st.integers(1, 9000),
    cap=st.decimals("0", "1", places=2), probation=st.booleans(),
)  # fmt: skip
def test_the_checks_never_change_pay(
    base: int, complaints: int, loss: int, minimum: int, cap: Decimal, probation: bool
) -> None:
    """The same lines to the cent, whatever the parameters say, and with the checks turned off."""
    text = ROSTER_PAY + COMPLAINT_FINE + LOSS + PROBATION.format(amount=1600) + COMPLAINTS + LOSSES
    people = [somebody(base, hired_on=date(2026, 10, 9) if probation else date(2020, 1, 1))]
    values = {"1": {"complaints": complaints, "loss": loss}}
    checked = month(f"{text}{SHANGHAI.replace('2200', str(minimum))}[law]\ndeduction_cap = {cap}\n", people, values)
    unchecked = month(text + "[law]\ncheck = false\n", people, values)
    assert pay_lines(checked) == pay_lines(unchecked)
    assert checked.problems == unchecked.problems
    assert unchecked.advice == ()
    assert "law-fines-in-policy" in {one.code for one in checked.advice}
    assert all(one.amount_cents is None or one.amount_cents > 0 for one in checked.advice)


@settings(deadline=None)
@given(base=st.integers(0, 9000), loss=st.integers(0, 9000), minimum=st.integers(1, 9000))
def test_what_may_lawfully_be_taken_off_leaves_the_minimum_wage(base: int, loss: int, minimum: int) -> None:
    """Less the amounts in question, deductions keep to the cap and to the minimum, or are nothing."""
    text = ROSTER_PAY + LOSS + LOSSES + SHANGHAI.replace("2200", str(minimum))
    result = month(text, [somebody(base)], {"1": {"loss": loss}})
    told = {one.code: one.amount_cents or 0 for one in result.advice}
    capped = loss * 100 - told.get("law-deduction-over-cap", 0)
    assert capped <= base * 100 * 20 // 100
    kept = loss * 100 - told.get("law-remainder-below-minimum", 0)
    assert kept == 0 or base * 100 - kept >= minimum * 100


def test_advice_is_ordered_by_check_kind_and_agent() -> None:
    """The same for any order of people, what concerns everybody first."""
    people = [agent(key, base_pay=D(2000), region="沪") for key in "312"]
    values = {key: {"complaints": 1} for key in "123"}
    result = month(ROSTER_PAY + COMPLAINT_FINE + SHANGHAI + COMPLAINTS, people, values)
    assert [(one.code, one.agent_id) for one in result.advice] == [
        ("law-fines-in-policy", ""),
        *(("law-fine", key) for key in "123"),
        *(("law-remainder-below-minimum", key) for key in "123"),
        *(("law-below-minimum", key) for key in "123"),
    ]
    assert [len(group) for group in by_kind(result.advice)] == [1, 3, 3, 3]


@pytest.mark.parametrize("code", CHECKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_words_remedy_and_article(code: str, language: str) -> None:
    """And quotes only what an advice has."""
    advice = Advice(code, "1", 100, "some", "more", "X-1")
    blanks = {name for _, name, _, _ in Formatter().parse(catalogue()[code][language]) if name}
    assert blanks <= {"found", "limit", "amount"}
    other = {name for _, name, _, _ in Formatter().parse(catalogue()[code]["en"]) if name}
    assert blanks == other
    assert all((advice_text(advice, language), advice_remedy(advice, language), article_text(advice, language)))


def test_the_record_and_the_warnings_page_show_every_hint() -> None:
    """With words, article and amount; a page for readers of scores leaves them out."""
    result = month(ROSTER_PAY + COMPLAINT_FINE + COMPLAINTS, [somebody(5000)], {"1": {"complaints": 1}})
    about = {"version": "1", "workspace": "team", "fingerprint": "", "language": "en"}
    law = run_object(result, [], [], [], about)["law"]
    assert [(one["check"], one["agent_id"], one["amount"]) for one in law] == [
        ("W-01", "", None), ("W-01", "1", "50.00"), ("W-02", "", None)
    ]  # fmt: skip
    assert law[1]["text"] == "fined 50.00 yuan this month (投诉罚款)"
    page = warnings_page(result, "zh")
    shown = [[cell.content for cell in row if cell] for row in page.rows[-3:]]
    assert [row[0] for row in shown] == ["W-01", "W-01", "W-02"]
    assert shown[1][1] == "1 name of 1"
    assert shown[1][5] == D("50.00")
    assert len(warnings_page(result, "zh", law=False).rows) == 3
