"""What would be needed for the next step: the nearest better band, the full points of a line, the next grade."""

from __future__ import annotations

import pytest

from csctl.core.explaining.explain import explanation_tree, find_node
from csctl.core.explaining.nodes import Explained
from tests.workbench import D, agent, month_of, policy

RULES = policy("""
language = "en"
[scale]
good = 100
fair = 80
poor = 50
[score]
pass_mark = 60
min_coverage = 0
[measure.csat]
label = "Satisfaction"
table = "surveys"
mean = "score"
unit = "points"
[measure.wait]
label = "Wait"
table = "interactions"
mean = "first_response_seconds"
unit = "s"
[measure.sold]
label = "Sold"
table = "orders"
sum = "amount"
unit = "yuan"
[[dimension]]
id = "all"
label = "All"
weight = 100
[[dimension.indicator]]
id = "csat"
label = "Satisfaction"
weight = 40
measure = "csat"
missing = "reweight"
bands = [{ level = "good", at_least = 90 }, { level = "fair", at_least = 75 }, { level = "poor" }]
[[dimension.indicator]]
id = "wait"
label = "Wait"
weight = 30
measure = "wait"
missing = "reweight"
bands = [{ level = "good", at_most = 30 }, { level = "fair", below = 60 }, { level = "poor" }]
[[dimension.indicator]]
id = "sold"
label = "Sold"
weight = 30
measure = "sold"
missing = "reweight"
linear = { zero = 0, full = 1000 }
[[grade]]
label = "A"
at_least = 90
[[grade]]
label = "B"
at_least = 70
[[grade]]
label = "C"
""")


def notes(**values: str) -> dict[str, str]:
    """What is said of each line and of the score at these values."""
    who = agent("a")
    result = month_of(RULES, [who], {"a": {name: D(value) for name, value in values.items()}})
    tree = explanation_tree(Explained(result, who, (), lambda _: (), "en"))
    found = {line: find_node(tree, line) for line in ("csat", "wait", "sold", "score")}
    return {line: node.note for line, node in found.items() if node is not None}


@pytest.mark.parametrize(
    ("line", "value", "said"),
    [
        ("csat", "72.5", "next band “fair” (≥ 75) earns 80, 2.5 points to go"),
        ("csat", "80", "next band “good” (≥ 90) earns 100, 10 points to go"),
        ("csat", "90", ""),
        ("wait", "45", "next band “good” (≤ 30) earns 100, 15 s to go"),
        ("wait", "60", "next band “fair” (< 60) earns 80, > 0 s to go"),
        ("wait", "30", ""),
        ("sold", "400", "full points at 1,000, 600 yuan to go"),
        ("sold", "1000", ""),
    ],
)
def test_the_next_band_is_named_with_what_is_left_to_it(line: str, value: str, said: str) -> None:
    """The nearest one that earns more, whichever way the figure counts; nothing at the top."""
    known = {"csat": "95", "wait": "10", "sold": "2000"} | {line: value}
    note = notes(**known)[line]
    assert said in note
    assert bool(said) == ("to go" in note)


def test_the_next_grade_is_named_with_the_points_left_to_it() -> None:
    """By hand: 40 × 0.8 + 30 × 0.8 + 30 × 0.4 = 68, two points from B; from 100 there is none above."""
    assert "next grade “B” from 70 on, 2 to go" in notes(csat="75", wait="59", sold="400")["score"]
    assert "to go" not in notes(csat="95", wait="10", sold="1000")["score"]


def test_what_was_not_measured_has_no_next_band() -> None:
    """Without a value there is nothing to go on from."""
    assert "to go" not in notes(csat="80", sold="1000")["wait"]
