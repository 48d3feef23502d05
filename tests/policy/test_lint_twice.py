"""Two components that pay for the same fact, as the linter sees them: only where somebody certainly gets both."""

from __future__ import annotations

import pytest

from csctl.messages import problem_fix, problem_text
from csctl.problems import Problem
from tests.policy.small import SMALL, line_with, load_good

ALLOWANCE = '[[pay.allowance]]\nid = "first"\nlabel = "接待津贴"\nquantity = "contacts"\namount = 1\n%s\n'
PIECE = '[[pay.piece]]\nid = "second"\nlabel = "计件"\nof = "%s"\ntiers = [{ from = 0, rate = 0.5 }]\n%s\n'
AWARD = '[[pay.award]]\nid = "%s"\nlabel = "奖 %s"\namount = 50\n%s\n'
ALIKE = """
[measure.calls]
label = "来电量"
note = "另一个名字"
unit = "count"
table = "interactions"
rows = true
where = { answered = %s }
"""


def said(text: str) -> list[Problem]:
    """What the linter says of facts that are paid twice."""
    return [one for one in load_good({"own": SMALL + text}).findings if one.code == "policy-paid-twice"]


def test_one_measure_in_two_components_is_said_once_with_both() -> None:
    """At the later of the two."""
    text = ALLOWANCE % "" + PIECE % ("contacts", "")
    (one,) = said(text)
    assert (one.severity.value, one.found, one.place.row) == (
        "warning", "计件", line_with(SMALL + text, "[[pay.piece]]"),
    )  # fmt: skip
    assert problem_text(one, "zh") == "“计件”和“接待津贴”为同一件事付给同样的人：接待量"
    assert problem_text(one, "en") == "“计件” and “接待津贴” pay the same people for the same: 接待量"
    assert all(problem_fix(one, language) for language in ("zh", "en"))


def test_two_measures_that_count_alike_are_one_fact() -> None:
    """Whatever they are called; of another kind of rows they are not."""
    pair = ALLOWANCE % "" + PIECE % ("calls", "")
    assert len(said(pair + ALIKE % "true")) == 1
    assert said(pair + ALIKE % "false") == []


@pytest.mark.parametrize(("first", "second", "count"), [
    ('levels = ["junior"]', 'levels = ["senior"]', 0),
    ('levels = ["junior"]', 'levels = ["junior", "senior"]', 1),
    ('levels = ["junior"]', "", 1),
    ('posts = ["热线"]', 'posts = ["在线"]', 0),
    ('posts = ["热线"]', 'posts = ["热 线"]', 1),
    ('groups = ["一组"]', 'groups = ["二组"]', 0),
    ('groups = ["一组"]', 'posts = ["热线"]', 1),
    ('when = { measure = "csat", at_least = 90 }', "", 0),
])  # fmt: skip
def test_components_for_different_people_are_two_facts(first: str, second: str, count: int) -> None:
    assert len(said(ALLOWANCE % first + PIECE % ("contacts", second))) == count


def test_allowances_with_the_same_condition_are_one_fact_and_with_another_two() -> None:
    second = ALLOWANCE.replace('"first"', '"other"').replace("接待津贴", "另一津贴")
    many, few = (f'when = {{ measure = "contacts", {edge} = 100 }}' for edge in ("at_least", "below"))
    assert len(said(ALLOWANCE % many + second % many)) == 1
    assert said(ALLOWANCE % many + second % few) == []


@pytest.mark.parametrize(("first", "second", "count"), [
    ('each = { event = "praise" }', 'each = { event = "praise" }', 1),
    ('each = { event = "praise" }', 'each = { measure = "event.praise" }', 1),
    ('each = { event = "praise" }', 'each = { event = "cover" }', 0),
    ('first = "score"', 'first = "score"', 1),
    ('first = "score"', 'first = "contacts"', 0),
    ('first = "contacts"', 'each = { measure = "contacts" }', 0),
    ("when = { score = { at_least = 90 } }", "when = { score = { at_least = 90 } }", 1),
    ("when = { score = { at_least = 90 } }", "when = { score = { at_least = 95 } }", 0),
])  # fmt: skip
def test_awards_for_one_happening_one_place_or_one_condition_are_one_fact(first: str, second: str, count: int) -> None:
    found = said(AWARD % ("one", "一", first) + AWARD % ("two", "二", second))
    assert len(found) == count
    assert all(one.found == "奖 二" and "奖 一" in problem_text(one, "en") for one in found)


def test_the_score_is_called_by_its_name() -> None:
    (one,) = said(AWARD % ("one", "一", 'first = "score"') + AWARD % ("two", "二", 'first = "score"'))
    assert problem_text(one, "zh").endswith("：得分")


def test_a_pool_and_a_commission_on_the_same_sales_are_two_facts() -> None:
    """What is earned together, and what each earns."""
    commission = (
        '[[pay.commission]]\nid = "own"\nlabel = "个人提成"\nof = "sales"\ntiers = [{ from = 0, rate = 0.01 }]\n'
    )
    assert said(commission) == []
    assert len(said(commission + commission.replace('"own"', '"again"'))) == 1


def test_the_same_hours_are_not_overtime_of_two_kinds_of_day() -> None:
    overtime = '[[pay.overtime]]\nid = "%s"\nlabel = "加班 %s"\nquantity = "leave_days"\nday = "%s"\n'
    pair = overtime % ("a", "甲", "workday") + overtime % ("b", "乙", "rest_day")
    assert [one.found for one in said(pair)] == ["加班 乙"]
