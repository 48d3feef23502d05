"""What is looked at before a month is closed: each topic, its findings and their edges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from csctl.core.closing.corrections import BookedDelta, with_corrections
from csctl.core.closing.limits import Limits
from csctl.core.closing.sign_off import SignOff, SignOffInput, has_findings, sign_off, topic_title
from csctl.core.records.advice import Advice, article_text
from csctl.core.records.lines import PayLine, Score, ScoreLine, as_frame
from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.messages import LANGUAGES, one_line, problem, problem_text
from csctl.policy.law import Law
from csctl.policy.scoring import ScoreRules
from csctl.problems import Place, Problem, Severity
from tests.core.closing.months import (
    RULES,
    RULES_TEXT,
    SEPTEMBER,
    D,
    month,
    pay_line,
    pool,
    pool_line,
    score,
    score_line,
)
from tests.workbench import agent, month_of, policy, rating

HERE = date(2020, 1, 1)
BOTH = [rating(one, "tone", "good", role) for one in ("1", "2") for role in ("self", "superior")]
QUIET = month(people=["1", "2"], pay={"1": {"base": 300000}, "2": {"base": 300000}}, scores={"1": "90", "2": "80"})
"""A month in which nothing is left open, if the month before was the same."""


def made(
    result: MonthResult,
    previous: MonthResult | None = None,
    ratings: Sequence[Rating] = BOTH,
    limits: Limits | None = None,
) -> SignOff:
    """The sign-off, in English."""
    return sign_off(SignOffInput(result, previous, ratings, limits or Limits(), "en"))


def under(topic: str, signed: SignOff) -> list[str]:
    """The lines of a topic as people read them; those that are no notes begin with their severity."""
    lines = next(one.lines for one in signed.topics if one.name == topic)
    return [
        ("" if line.severity is Severity.NOTE else f"{line.severity}: ") + problem_text(line, "en") for line in lines
    ]


def test_a_month_like_the_one_before_has_no_finding() -> None:
    """Every topic says something all the same, in both languages, in the order in which people look."""
    signed = made(QUIET, replace(QUIET, month=SEPTEMBER))
    assert not has_findings(signed)
    assert [topic.name for topic in signed.topics] == [
        "people", "moved", "grades", "pool", "uncredited", "sheets", "law", "data", "assumptions", "arithmetic",
    ]  # fmt: skip
    assert all(topic.lines for topic in signed.topics)
    for language in LANGUAGES:
        assert len({topic_title(topic, language) for topic in signed.topics}) == len(signed.topics)
        assert all(one_line(line, language) for topic in signed.topics for line in topic.lines)
    assert (signed.month, signed.previous) == (QUIET.month, SEPTEMBER)


# ---- people ----------------------------------------------------------------


def test_who_lacks_a_score_is_a_finding_but_not_a_level_that_is_not_scored() -> None:
    """Three people: one scored, one forgotten, one who leads the team."""
    result = month(people=["1", "2", agent("3", level="lead")], scores={"1": "90", "2": "", "3": ""})
    assert under("people", made(result)) == [
        "3 people: 1 with a score, 1 not scored by their level",
        "warning: 2 name of 2 has no score",
    ]


def test_without_scores_in_the_policy_nobody_lacks_one() -> None:
    """A policy of pay alone."""
    result = month(people=["1"], policy=RULES.model_copy(update={"score": None, "dimension": []}))
    signed = made(result)
    assert under("people", signed) == ["1 person: 0 with a score, 1 not scored by their level"]
    assert under("sheets", signed) == ["the policy asks for no rating sheets"]


def test_who_is_new_was_hired_this_month_and_who_is_gone_had_a_last_day() -> None:
    """Anything else is asked about: a row may have been forgotten, or slipped in."""
    before = month(SEPTEMBER, ["1", agent("4", left_on=date(2026, 9, 30)), agent("5"), agent("6", left_on=HERE)])
    new = [agent("7", hired_on=date(2026, 10, 1)), agent("8", hired_on=date(2026, 9, 30)), agent("9", hired_on=None)]
    signed = made(month(people=["1", *new]), before)
    assert under("people", signed)[-6:] == [
        "7 name of 7 is new (hired 2026-10-01)",
        "warning: 8 name of 8 was not here last month, though hired 2026-09-30",
        "warning: 9 name of 9 was not here last month, though hired –",
        "4 name of 4 has left (2026-09-30)",
        "warning: 5 name of 5 was here last month and is gone without a known leaving date",
        "6 name of 6 has left (2020-01-01)",
    ]


def test_who_is_paid_a_correction_only_is_neither_new_nor_unscored_nor_moved() -> None:
    """The person has left; the money is said, and the next month nobody is missed."""
    owed = BookedDelta(SEPTEMBER, "4", "Ann", "base", "Base", 0, 12345, "late", 1, "")
    paid = with_corrections(QUIET, [owed], [agent("4")])
    plain = replace(QUIET, month=SEPTEMBER)
    assert under("people", made(paid, plain)) == [
        "2 people: 2 with a score, 0 not scored by their level",
        "4 name of 4 is not here any more and gets corrections only: 123.45",
    ]
    assert not has_findings(made(paid, plain))
    assert not has_findings(made(QUIET, replace(paid, month=SEPTEMBER)))
    assert not has_findings(made(paid, replace(paid, month=SEPTEMBER)))


# ---- moves -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("80", "96", []),
        ("80", "96.01", ["warning: 1 name of 1: score 80 → 96.01 (+20.0%)"]),
        ("80", "64", []),
        ("80", "63.99", ["warning: 1 name of 1: score 80 → 63.99 (-20.0%)"]),
        ("-10", "-12.01", ["warning: 1 name of 1: score -10 → -12.01 (-20.1%)"]),
        ("0", "0.01", ["warning: 1 name of 1: score 0 → 0.01 (–)"]),
        ("0", "0", []),
        ("", "50", []),
        ("50", "", []),
    ],
)
def test_a_score_that_moved_more_than_the_limit_is_a_finding_with_both_figures(
    before: str, now: str, expected: list[str]
) -> None:
    """Exactly the limit is no finding; who has a score in one month only did not move."""
    signed = made(month(people=["1"], scores={"1": now}), month(SEPTEMBER, ["1"], scores={"1": before}))
    quiet = ["of the 1 here in both months, nobody's score or pay moved more than 20%"]
    assert under("moved", signed) == (expected or quiet)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (100000, 120000, []),
        (100000, 120001, ["warning: 1 name of 1: pay 1,000.00 → 1,200.01 (+20.0%)"]),
        (400000, 100000, ["warning: 1 name of 1: pay 4,000.00 → 1,000.00 (-75.0%)"]),
        (0, 1, ["warning: 1 name of 1: pay 0.00 → 0.01 (–)"]),
        (None, 1, []),
        (1, None, []),
    ],
)
def test_pay_that_moved_more_than_the_limit_is_a_finding(
    before: int | None, now: int | None, expected: list[str]
) -> None:
    """The sum of all lines; who is paid in one month only did not move."""
    months = [
        month(people=["1"], pay={} if cents is None else {"1": {"base": cents - 7, "top": 7}})
        for cents in (now, before)
    ]
    found = under("moved", made(months[0], replace(months[1], month=SEPTEMBER)))
    assert [line for line in found if line.startswith("warning")] == expected


def test_the_limit_is_that_of_the_workspace() -> None:
    """2.5 percent of 80 is 2."""
    before, now = (month(people=["1"], scores={"1": total}) for total in ("80", "82.01"))
    strict = made(now, before, limits=Limits(moved_percent=D("2.5")))
    assert under("moved", strict) == ["warning: 1 name of 1: score 80 → 82.01 (+2.5%)"]
    loose = made(now, before, limits=Limits(moved_percent=D("10.00")))
    assert under("moved", loose)[-1].endswith("moved more than 10%")


def test_the_first_month_and_a_change_of_rules_are_said() -> None:
    """Nothing to compare with; or figures that were made by other rules."""
    assert under("moved", made(QUIET)) == ["there is no 2026-09 to compare with"]
    older = replace(QUIET, month=SEPTEMBER, policy=RULES.model_copy(update={"version": "0"}))
    assert under("moved", made(QUIET, older))[0] == "other rules: Test 0 last month, Test 1 now"


# ---- levels, grades, money -------------------------------------------------


def test_levels_and_grades_are_counted_beside_last_month() -> None:
    """In the policy's order; what nobody has in either month is left out, a level it lacks stands last."""
    now = month(people=[agent("1", level="c2"), agent("2", level="c1"), agent("3", level="x")])
    now = replace(now, scores=as_frame([score("1", "95"), score("2", "70", "B"), score("3", "")], Score))
    before = month(SEPTEMBER, [agent("1", level="c1"), agent("2", level="c1")], scores={"1": "95", "2": "95"})
    assert under("grades", made(now, before)) == [
        "level C1: 1 (last month 2)", "level C2: 1 (last month 0)", "level x: 1 (last month 0)",
        "grade A: 1 (last month 2)", "grade B: 1 (last month 0)",
    ]  # fmt: skip
    assert under("grades", made(now))[0] == "level C1: 1 (last month –)"
    assert under("grades", made(month(people=["1"]))) == ["there are neither levels nor grades"]


def _with_pool(cents: int, **changes: object) -> MonthResult:
    lines = [pool_line("1", cents), pay_line("1", "base", 300000)]
    pools = (pool(cents, {"1": cents}, **changes),)
    return month(people=["1"], pay_lines=as_frame(lines, PayLine), pools=pools)


def test_pools_and_all_pay_stand_beside_last_month() -> None:
    """Without a budget the sums are information."""
    signed = made(_with_pool(50000), replace(_with_pool(45000), month=SEPTEMBER))
    assert under("pool", signed) == [
        "Commission: base 5,000.00, paid out 500.00 (last month 450.00)",
        "all pools 500.00 (last month 450.00)",
        "all pay 3,500.00 (last month 3,450.00)",
    ]
    assert under("pool", made(_with_pool(50000)))[0].endswith("(last month –)")


def test_a_sum_over_its_budget_is_a_finding() -> None:
    """Exactly the budget is within it."""
    limits = Limits(pool_budget=D("499.99"), pay_budget=D(3500))
    assert under("pool", made(_with_pool(50000), limits=limits))[1:] == [
        "warning: all pools 500.00 (last month –), 0.01 over the budget of 499.99",
        "all pay 3,500.00 (last month –), within the budget of 3,500.00",
    ]
    limits = Limits(pool_budget=D(500), pay_budget=D("3499.99"))
    assert under("pool", made(_with_pool(50000), limits=limits))[1:] == [
        "all pools 500.00 (last month –), within the budget of 500.00",
        "warning: all pay 3,500.00 (last month –), 0.01 over the budget of 3,499.99",
    ]


def test_a_policy_without_pay_has_no_sums() -> None:
    """Said, not shown as zeros."""
    result = month(people=["1"], policy=RULES.model_copy(update={"pay": None}))
    assert under("pool", made(result, limits=Limits(pay_budget=D(1)))) == ["the policy has no pay"]


def test_limits_are_declared_and_checked() -> None:
    """Twenty percent unless the workspace says otherwise; no negative budget, no unknown key."""
    assert Limits() == Limits(moved_percent=D(20), pool_budget=None, pay_budget=None)
    for wrong in ({"moved_percent": D(-1)}, {"pool_budget": D(-1)}, {"budget": D(1)}):
        with pytest.raises(ValidationError):
            Limits.model_validate(wrong)


# ---- what is left open -----------------------------------------------------

UNKNOWN = problem("agent-unknown", Place("calls.csv", "", 7), "Bean", rows=3, people=0)
TWO = problem("agent-ambiguous", Place("calls.csv", "", 2), "Ann", rows=2, people=2)
NOBODY = problem("row-without-agent", Place("orders.csv", "", 3), "", rows=1, people=0)
ODD = [problem("event-unknown", Place("events.xlsx", "", row), f"odd {row}") for row in (9, 4, 5)]
ROLE = problem("role-unknown", Place("ratings.csv", "", 2), "boss", known="self")


def _with(problems: Sequence[Problem]) -> MonthResult:
    return replace(QUIET, problems=tuple(problems))


def test_rows_of_nobody_are_counted_and_each_name_stands_with_its_place() -> None:
    """In the order of files and rows, and not a second time among the problems of the data."""
    signed = made(_with([UNKNOWN, NOBODY, TWO]))
    assert under("uncredited", signed)[0] == "6 rows in all are credited to nobody"
    assert next(one.lines for one in signed.topics if one.name == "uncredited")[1:] == (TWO, UNKNOWN, NOBODY)
    assert under("data", signed) == ["no problem in the data"]
    assert has_findings(made(_with([UNKNOWN]), QUIET))


def test_problems_are_told_by_kind_one_as_it_is_several_by_their_number() -> None:
    """Notes are only counted; the same problem twice is one."""
    signed = made(_with([*ODD, ODD[0], ROLE, problem("history-used", found="2026-01", last="2026-09")]))
    assert under("data", signed) == [
        "warning: 3 of a kind, the first: events.xlsx · row 4: " + problem_text(ODD[1], "en"),
        "warning: " + problem_text(ROLE, "en"),
        "1 note besides",
    ]
    assert next(one.lines for one in signed.topics if one.name == "data")[1] == ROLE


def test_who_has_no_sheet_of_a_role_the_policy_asks_for_is_named() -> None:
    """An empty form is none; who leads the team is not asked."""
    result = month(people=["1", "2", agent("3", level="lead")], scores={"1": "90", "2": "80"})
    ratings = [rating("1", "tone", "good", "self"), rating("2", "tone", "", "self"), rating("2", "tone", "good")]
    assert under("sheets", made(result, ratings=ratings)) == [
        "warning: 1 without a sheet (self): 2 name of 2",
        "warning: 1 without a sheet (superior): 1 name of 1",
    ]
    assert under("sheets", made(result)) == ["all sheets of the 2 scored are there"]
    assert under("sheets", made(result, ratings=[]))[0] == (
        "warning: 2 without a sheet (self): 1 name of 1, 2 name of 2"
    )


def _rated_by(**shares: int) -> MonthResult:
    rules = RULES.model_copy(
        update={"score": ScoreRules(pass_mark=D(60), raters={role: D(share) for role, share in shares.items()})}
    )
    return replace(QUIET, policy=rules)


def test_only_roles_with_a_share_are_asked_for() -> None:
    """Without any shares the superior alone judges; a role of the policy's own goes by its name."""
    assert under("sheets", made(_rated_by(self=0, superior=100), ratings=[])) == [
        "warning: 2 without a sheet (superior): 1 name of 1, 2 name of 2"
    ]
    assert under("sheets", made(_rated_by(), ratings=[])) == under("sheets", made(_rated_by(superior=100), ratings=[]))
    assert under("sheets", made(_rated_by(peer=100), ratings=[]))[0].startswith("warning: 2 without a sheet (peer)")


def test_a_superior_who_has_nothing_to_rate_owes_no_sheet() -> None:
    """All indicators are measured; the agents' own sheets are still asked for."""
    dimension = RULES.dimension[0]
    measured = dimension.indicator[0].model_copy(update={"rating": None, "measure": "contacts"})
    only = _rated_by(self=30, superior=70).policy.model_copy(
        update={"dimension": [dimension.model_copy(update={"indicator": [measured]})]}
    )
    assert under("sheets", made(replace(QUIET, policy=only), ratings=[])) == [
        "warning: 2 without a sheet (self): 1 name of 1, 2 name of 2"
    ]


def test_law_hints_are_told_by_article_with_the_first_amounts() -> None:
    """What concerns somebody is a finding; what only the policy says is known every month."""
    fines = [Advice("law-fine", str(number), 5000 * number, "late", "0") for number in range(1, 5)]
    advice = (Advice("law-fines-in-policy", found="late"), *fines, Advice("law-rest-days-taken", "1", None, "2", "4"),
              Advice("law-publication"))  # fmt: skip
    signed = made(replace(QUIET, advice=advice))
    assert under("law", signed) == [
        f"warning: {article_text(fines[0], 'en')}: 5 hints (the policy, 1 50.00, 2 100.00 …)",
        "warning: Labour Law, art. 38: 1 hint (1)",
        "Personal Information Protection Law, arts. 6 and 24; Labour Contract Law, art. 4: 1 hint (the policy)",
    ]
    assert under("law", made(QUIET)) == ["the law checks found nothing"]
    unchecked = RULES.model_copy(update={"law": Law(check=False)})
    said = "nothing was held against labour law: the policy turns that off, or pays in another currency than CNY"
    assert under("law", made(replace(QUIET, policy=unchecked))) == [said]


def test_example_values_are_counted_and_listed() -> None:
    """Readings are none."""
    assert under("assumptions", made(QUIET)) == [
        "1 value is an example that the rules do not give; have it confirmed",
        "A-1 the pass mark is made up",
    ]
    sure = RULES.model_copy(update={"assumption": RULES.assumption[1:]})
    assert under("assumptions", made(replace(QUIET, policy=sure))) == ["the policy has no example values"]


# ---- sums ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            replace(QUIET, pay_lines=as_frame([pay_line("1", "base", 300000, amount_cents=300001)], PayLine)),
            "error: “label of base” of 1 is 3,000.01; quantity and rate make 3,000.00",
        ),
        (_with_pool(50000, pool_cents=50001), "error: “Commission” pays 500.00, which should be 500.01"),
        (_with_pool(50000, undistributed=True), "error: “Commission” pays 500.00, which should be 0.00"),
        (
            replace(_with_pool(50000), pay_lines=as_frame([pool_line("1", 49999)], PayLine)),
            "error: “Commission” pays 499.99, which should be 500.00",
        ),
        (
            replace(QUIET, score_lines=as_frame([score_line("1", "90.01"), score_line("2", "80")], ScoreLine)),
            "error: 1 has a score of 90; its lines make 90.01",
        ),
        (
            replace(QUIET, scores=as_frame([score("1", "90"), score("2", "")], Score)),
            "error: 2 has a score of –; its lines make 80",
        ),
    ],
)
def test_a_sum_that_does_not_agree_is_an_error(result: MonthResult, expected: str) -> None:
    """Each of them is a bug, or lines that somebody changed."""
    found = under("arithmetic", made(result))
    assert expected in found
    assert all(line.startswith("error: ") for line in found)
    assert has_findings(made(result, result))


def test_sums_that_agree_are_counted() -> None:
    """Pay lines, pools and scores; a guarantee is explained by its note, not by a product."""
    line = pay_line("1", "base", 5, basis="guarantee", amount_cents=-4321)
    result = replace(_with_pool(50000), pay_lines=as_frame([pool_line("1", 50000), line], PayLine))
    assert under("arithmetic", made(result)) == ["3 figures computed a second way, all agree"]


# ---- a computed month ------------------------------------------------------

POOL = """
[[pay.pool]]
label = "Commission"
of = "sales"
mode = "marginal"
share = 1
tiers = [ { from = 0, rate = 0.01 }, { from = 1000, rate = 0.02 } ]
[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"
"""


def test_two_computed_months_are_compared_and_every_sum_agrees() -> None:
    """The same people, ratings and sales twice: nobody moved; three slips, a pool and two scores are checked."""
    rules = policy(RULES_TEXT + POOL)
    people = [agent(one, base_pay=D(3000), level=level) for one, level in (("1", "c1"), ("2", "c2"), ("3", "lead"))]
    sales = {"1": {"sales": "900.00"}, "2": {"sales": "600.50"}, "3": {}}
    before, now = (month_of(rules, people, sales, BOTH, month=of) for of in (SEPTEMBER, QUIET.month))
    signed = made(now, before)
    assert under("people", signed) == ["3 people: 2 with a score, 1 not scored by their level"]
    assert under("moved", signed) == ["of the 3 here in both months, nobody's score or pay moved more than 20%"]
    assert under("grades", signed) == [
        "level C1: 1 (last month 1)", "level C2: 1 (last month 1)", "level Lead: 1 (last month 1)",
        "grade A: 2 (last month 2)",
    ]  # fmt: skip
    assert under("pool", signed) == [
        "Commission: base 1,500.50, paid out 20.01 (last month 20.01)",
        "all pools 20.01 (last month 20.01)",
        "all pay 9,020.01 (last month 9,020.01)",
    ]
    assert under("arithmetic", signed) == ["8 figures computed a second way, all agree"]
    assert not has_findings(signed)
