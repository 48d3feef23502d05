"""What can be decided, by which name, and what may be written for it."""

from __future__ import annotations

import pytest

from csctl.core.deciding.items import check_decision, find_item, items_of, may_write
from csctl.core.records.decision import Decision
from csctl.messages import problem_fix, problem_text
from csctl.policy.model import Policy
from tests.workbench import policy

RULES = policy("""
scale = { "优秀" = 100, "合格" = 60 }
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "answer"
label = "首次响应"
measure = "answer"
missing = "reweight"
bands = [ { level = "优秀", at_most = 60 }, { level = "合格" } ]
[[dimension.indicator]]
id = "manner"
label = "服务态度"
rating = "manner"
missing = "reweight"
[[dimension.indicator]]
id = "bonus"
label = "主管打分"
rating = "bonus"
missing = "reweight"
out_of = 20
[[dimension.indicator]]
id = "rate"
label = "达成率"
rating = "rate"
missing = "reweight"
linear = { zero = 50, full = 150 }
[[dimension.indicator]]
id = "marks"
label = "行为表"
missing = "reweight"
tally = { items = ["守时"], base = 50, span = 50 }
[event.late]
label = "迟到"
[[adjustment]]
id = "late"
label = "迟到扣分"
points = -2
each = { event = "late" }
at_most = 3
[[adjustment]]
id = "clean"
label = "无投诉"
points = 5
when = { measure = "complaints", equals = 0 }
[pay.base]
by = "roster"
[[pay.fine]]
id = "late"
label = "迟到"
amount = 20
each = { event = "late" }
[[pay.fine]]
id = "abuse"
label = "辱骂客户"
amount = 100
each = { event = "late" }
escalate = "double"
[[pay.fine]]
id = "once"
label = "迟到"
amount = 5
each = { event = "late" }
once = true
[[pay.fine]]
id = "many"
label = "投诉过多"
amount = 50
when = { measure = "complaints", at_least = 5 }
[[pay.award]]
id = "sharp"
label = "考试奖"
amount = 100
when = { measure = "exam", at_least = 90 }
[[pay.award]]
id = "idea"
label = "金点子"
amount = 50
each = { event = "late" }
[[pay.award]]
id = "champion"
label = "第一名"
amount = 100
first = "score"
""")


def decision(item: str, value: str) -> Decision:
    """What somebody wants to decide."""
    return Decision("a", item, value, "", 1)


def test_items_are_indicators_and_what_counts_single_happenings() -> None:
    """An id that a score line has too is told apart by its kind; being first cannot be decided."""
    assert {name: item.kind for name, item in items_of(RULES).items()} == {
        "answer": "indicator", "manner": "indicator", "bonus": "indicator", "rate": "indicator",
        "marks": "indicator", "late": "adjustment", "clean": "adjustment", "fine.late": "fine", "abuse": "fine",
        "once": "fine", "many": "fine", "sharp": "award", "idea": "award",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("item", "fits", "unfit"),
    [
        ("answer", ["优秀", "合格", "0", "100", "88.5"], ["良好", "101", "-1", "", "是 的"]),
        ("服务态度", ["优秀", "60", "是", "否"], ["60%", "1e2", "100.01"]),
        ("主管打分", ["20", "0", "19.5", "优秀"], ["20.5", "很好"]),
        ("达成率", ["50", "400", "-3", "99.9"], ["很好"]),
        ("marks", ["75", "0"], ["+", "120"]),
        ("late", ["0", "1", "3"], ["4", "-1", "0.5", "一次", "", "1 "]),
        ("clean", ["0", "1"], ["2"]),
        ("fine.late", ["0", "999"], ["1000", "-0"]),
        ("abuse", ["0", "20"], ["21"]),
        ("once", ["0", "1"], ["2"]),
        ("many", ["0", "1"], ["2"]),
        ("考试奖", ["0", "1"], ["2", "优秀"]),
        ("金点子", ["0", "2", "999"], ["1000", "-1"]),
    ],
)
def test_what_may_be_written(item: str, fits: list[str], unfit: list[str]) -> None:
    """What a rater could write; for the others how many times it counts, as often as the policy allows."""
    assert [value for value in fits if check_decision(RULES, decision(item, value))] == []
    for value in unfit:
        assert [one.code for one in check_decision(RULES, decision(item, value))] == ["deciding-value-unfit"], value


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("manner", "优秀、合格，或填 0–100 分"),
        ("bonus", "填 0–20 分"),
        ("rate", "实际值（数字）"),
        ("late", "次数：0 到 3 的整数，0 表示撤销"),
    ],
)
def test_it_is_said_what_may_be_written(name: str, said: str) -> None:
    """In the words of the policy's language."""
    assert may_write(items_of(RULES)[name], "zh") == said
    assert said in problem_fix(check_decision(RULES, decision(name, "不知道"))[0], "zh")


def calls_rated_by(bands: str) -> Policy:
    """One rated item with these bands."""
    return policy(
        "[score]\npass_mark = 60\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n[[dimension.indicator]]\n"
        f"id = 'calls'\nlabel = 'Calls'\nrating = 'calls'\nmissing = 'reweight'\nbands = {bands}\n"
    )


def test_a_rated_item_with_bands_takes_any_number() -> None:
    """The bands say what a number earns: 150 calls are good and 3 are not, so no number of points is the most."""
    bands = '[{ level = "good", at_least = 100, points = 100 }, { level = "poor", points = 40 }]'
    rules = calls_rated_by(bands)
    assert items_of(rules)["calls"].most is None
    assert [check_decision(rules, decision("calls", value)) for value in ("150", "3", "good")] == [[], [], []]


def test_where_a_band_looks_at_another_measure_any_number_may_fit_and_no_word() -> None:
    """Whether 60 is good depends on the calls of the month, which nobody knows yet; 很好 never is a number."""
    bands = '[{ level = "good", measure = "m", at_least = 9, points = 9 }, { level = "poor", below = 50, points = 0 }]'
    rules = calls_rated_by(bands)
    found = {value: bool(check_decision(rules, decision("calls", value))) for value in ("60", "49", "很好", "6.0.0")}
    assert found == {"60": False, "49": False, "很好": True, "6.0.0": True}


def test_an_unknown_item_names_its_nearest() -> None:
    """With what was meant, by id or label."""
    (problem,) = check_decision(RULES, decision("首次响映", "优秀"))
    assert problem.code == "deciding-item-unknown"
    assert problem.parameters["known"] == "首次响应"
    assert "首次响映" in problem_text(problem, "en")


def test_a_label_of_two_items_is_not_guessed() -> None:
    """Both names are given to choose from."""
    item, (problem,) = find_item(RULES, "迟到")
    assert (item, problem.code, problem.parameters["names"]) == (None, "deciding-item-ambiguous", "fine.late, once")


@pytest.mark.parametrize("name", ["best", "销售第一", "answer_time", "平均首次响应"])
def test_what_follows_from_others_or_from_data_is_not_called_unknown(name: str) -> None:
    """An award for being the first, and a figure: both are in the policy, and neither is decided by itself."""
    rules = policy("""
[measure.answer_time]
label = "平均首次响应"
unit = "s"
table = "interactions"
mean = "first_response_seconds"
[pay.base]
by = "roster"
[[pay.award]]
id = "best"
label = "销售第一"
amount = 100
first = "answer_time"
ties = "all"
""")
    item, (problem,) = find_item(rules, name)
    assert (item, problem.code) == (None, "deciding-item-follows")
