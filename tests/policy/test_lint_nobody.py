"""Components of pay that nobody can get, as the linter sees them: what is certain is said, and nothing else."""

from __future__ import annotations

import pytest

from csctl.messages import problem_fix, problem_text
from csctl.problems import Problem
from tests.policy.small import SMALL, changed, line_with, load_good

AWARD = '[[pay.award]]\nid = "extra"\nlabel = "额外奖"\namount = 50\nwhen = %s\n'
PERFORMANCE = '[[pay.performance]]\nid = "performance"\nlabel = "绩效工资"\n%s\n'
SHARE = """
[measure.answered]
label = "接通率"
unit = "%"
table = "interactions"
rows = true
share = { answered = true }
"""


def said(text: str) -> list[Problem]:
    """What the linter says of components that nobody can get."""
    return [one for one in load_good({"own": text}).findings if one.code.startswith("policy-nobody")]


@pytest.mark.parametrize(
    ("condition", "figure"),
    [
        ('{ measure = "contacts", at_least = 10, below = 10 }', "接待量"),
        ('{ measure = "contacts", above = 10, at_most = 10 }', "接待量"),
        ('{ measure = "contacts", at_least = 11, at_most = 10 }', "接待量"),
        ('{ measure = "contacts", equals = 9, at_least = 10 }', "接待量"),
        ('{ measure = "contacts", below = 0 }', "接待量"),
        ('{ measure = "event.praise", at_most = -1 }', "客户表扬"),
        ('{ measure = "answered", above = 100 }', "接通率"),
        ('{ all = [{ measure = "csat", at_least = 90 }, { measure = "csat", below = 80 }] }', "满意度"),
        ('{ all = [{ score = { at_least = 90 } }, { score = { below = 90 } }] }', "得分"),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_hold_is_said(condition: str, figure: str) -> None:
    """With the figure that cannot be so; the place is that of the condition."""
    text = SMALL + SHARE + AWARD % condition
    (one,) = said(text)
    assert (one.code, one.severity.value, one.found) == ("policy-nobody-meets", "warning", "额外奖")
    assert one.place.row == line_with(text, f"when = {condition}")
    assert f"“{figure}”" in problem_text(one, "zh")
    assert "nobody can get “额外奖”" in problem_text(one, "en")
    assert problem_fix(one, "en")


@pytest.mark.parametrize(
    "condition",
    [
        '{ measure = "contacts", at_least = 10, at_most = 10 }',
        '{ measure = "contacts", above = 9, below = 10 }',
        '{ measure = "contacts", equals = 0 }',
        '{ measure = "sales", below = 0 }',
        '{ measure = "answered", at_least = 100 }',
        '{ all = [{ measure = "csat", at_least = 90 }, { measure = "contacts", below = 80 }] }',
        '{ score = { at_least = 120 } }',
    ],
)  # fmt: skip
def test_a_condition_that_may_hold_is_not_said(condition: str) -> None:
    """An edge that belongs to both sides, refunds beyond sales, a score that additions lift."""
    assert said(SMALL + SHARE + AWARD % condition) == []


@pytest.mark.parametrize(("limit", "condition", "codes"), [
    ("cap = 100", "{ score = { above = 100 } }", ["policy-nobody-meets"]),
    ("cap = 100", "{ score = { at_least = 100 } }", []),
    ("floor = 0", "{ score = { below = 0 } }", ["policy-nobody-meets"]),
    ("floor = 0", "{ score = { at_most = 0 } }", []),
])  # fmt: skip
def test_a_score_lies_between_its_floor_and_its_cap(limit: str, condition: str, codes: list[str]) -> None:
    text = changed(("pass_mark = 60\n", f"pass_mark = 60\n{limit}\n")) + AWARD % condition
    assert [one.code for one in said(text)] == codes


def test_an_allowance_and_a_fine_whose_condition_cannot_hold_are_said() -> None:
    never = '{ measure = "contacts", below = 0 }'
    allowance = f'[[pay.allowance]]\nid = "extra"\nlabel = "津贴"\namount = 5\nwhen = {never}\n'
    fine = f'[[pay.fine]]\nid = "extra_fine"\nlabel = "扣款"\namount = 5\nwhen = {never}\n'
    assert [one.found for one in said(SMALL + allowance + fine)] == ["津贴", "扣款"]


def test_tiers_without_a_rate_and_a_share_of_nothing_pay_nobody() -> None:
    """One tier with a rate is enough."""
    no_rate = changed(("rate = 0.008", "rate = 0"))
    no_share = changed(("share = 1\n", "share = 0\n"))
    assert [(one.code, one.found) for one in said(no_rate)] == [("policy-nobody-rate", "提成")]
    assert [(one.code, one.place.row) for one in said(no_share)] == [
        ("policy-nobody-rate", line_with(no_share, "share = 0"))
    ]
    piece = '[[pay.piece]]\nid = "calls"\nlabel = "计件"\nof = "contacts"\ntiers = [{ from = 0, rate = %s }]\n'
    assert [one.found for one in said(SMALL + piece % 0)] == ["计件"]
    assert said(SMALL + piece % 0.5) == []


@pytest.mark.parametrize(("keys", "codes"), [
    ('amount = 100\nby = "score"\nsteps = [{ from = 0, factor = 0 }]', ["policy-nobody-rate"]),
    ('amount = 100\nby = "score"\nsteps = [{ from = 0, factor = 0 }, { from = 90, factor = 1 }]', []),
    ('amounts = { junior = 0, senior = 0 }\nby = "score"', ["policy-nobody-rate"]),
    ('amounts = { junior = 0, senior = 1 }\nby = "score"', []),
    ('amounts = { junior = 100 }\nlevels = ["senior"]\nby = "score"', ["policy-nobody-amount"]),
    ('amounts = { junior = 100 }\nlevels = ["senior", "junior"]\nby = "score"', []),
])  # fmt: skip
def test_performance_pay_needs_a_factor_an_amount_and_somebody_with_both(keys: str, codes: list[str]) -> None:
    assert [one.code for one in said(SMALL + PERFORMANCE % keys)] == codes


def test_grades_that_all_multiply_by_nothing_pay_nobody() -> None:
    text = changed(('label = "A"\nat_least = 80\n', 'label = "A"\nat_least = 80\ncoefficient = 7\n'),
                   ('[[grade]]\nlabel = "B"\n', '[[grade]]\nlabel = "B"\ncoefficient = 0\n'))  # fmt: skip
    text += PERFORMANCE % 'amount = 100\nby = "grade"'
    assert [one.code for one in said(text.replace("coefficient = 7", "coefficient = 0"))] == ["policy-nobody-rate"]
    assert said(text) == []


@pytest.mark.parametrize(("keys", "codes"), [
    ('amount = 100\nlevels = ["junior"]\nby = "score"', ["policy-nobody-scored"]),
    ('amounts = { junior = 100 }\nby = "score"', ["policy-nobody-scored"]),
    ('amount = 100\nlevels = ["junior", "senior"]\nby = "score"', []),
    ('amount = 100\nlevels = ["junior"]\nby = "attainment"\nattainment = "csat"', []),
])  # fmt: skip
def test_people_without_a_score_get_nothing_by_score(keys: str, codes: list[str]) -> None:
    """By attainment they may."""
    text = changed(('id = "junior"\n', 'id = "junior"\nscored = false\n')) + PERFORMANCE % keys
    found = said(text)
    assert [one.code for one in found] == codes
    assert all("junior" in problem_text(one, language) for one in found for language in ("zh", "en"))
