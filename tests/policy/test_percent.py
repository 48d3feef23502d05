"""Percentages count 0 to 100; what is written as a part of one is a slip, small percentages are not."""

from __future__ import annotations

import pytest

from csctl.policy.lint import lint_policy
from csctl.problems import Place, Problem
from tests.workbench import policy


def _found(
    way: str, *, unit: str = "%", words: str = "", measure: str = "share = { resolved = true }"
) -> list[Problem]:
    rules = policy(
        f"""
[scale]
good = 100
poor = 0
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "solved"
label = "Solved"
measure = "solved"
missing = "zero"
{words}
{way}
[measure.solved]
label = "Solved"
unit = "{unit}"
table = "interactions"
rows = true
{measure}
"""
    )
    codes = ("policy-percent-as-part", "policy-edge-beyond-share")
    return [one for one in lint_policy(rules, lambda path: Place("p", column=str(path))) if one.code in codes]


@pytest.mark.parametrize(
    ("way", "found", "percent"),
    [
        ('bands = [{ level = "good", at_least = 0.8 }, { level = "poor" }]', "0.8", "80"),
        (
            'bands = [{ level = "good", at_least = 1 }, { level = "poor", at_least = 0.9 }, { level = "poor" }]',
            "0.9",
            "90",
        ),
        ('bands = [{ level = "good", at_most = 0.05 }, { level = "poor" }]', "0.05", "5"),
        ('bands = [{ level = "good", at_least = 0.9, at_most = 1 }, { level = "poor", below = 0.9 }]', "0.9", "90"),
        ("linear = { zero = 0.5, full = 1 }", "0.5", "50"),
    ],
)
def test_parts_of_one_are_found(way: str, found: str, percent: str) -> None:
    """With the number, the measure and what to write."""
    (one,) = _found(way)
    assert (one.code, one.found, one.parameters["measure"]) == ("policy-percent-as-part", found, "solved")
    assert one.parameters["percent"] == percent


@pytest.mark.parametrize(
    ("way", "unit", "words"),
    [
        ('bands = [{ level = "good", at_least = 80 }, { level = "poor" }]', "%", ""),
        ('bands = [{ level = "good", below = 0.5 }, { level = "good", at_most = 1 }, { level = "poor" }]', "%", ""),
        ('bands = [{ level = "good", below = 0.5 }, { level = "poor" }]', "%", 'target = "under 0.5%"'),
        ('bands = [{ level = "good", at_least = 0.8 }, { level = "poor" }]', "", ""),
        ('bands = [{ level = "good", at_most = 0 }, { level = "poor" }]', "%", ""),
        ("linear = { zero = 1, full = 0.5 }", "%", ""),
    ],
)
def test_sound_steps_are_quiet(way: str, unit: str, words: str) -> None:
    """Steps that go beyond 1, small ones that the rule says in words, shares that are no percentages."""
    assert _found(way, unit=unit, words=words) == []


def test_the_words_of_another_percentage_settle_nothing() -> None:
    """10.8% is not 0.8%."""
    way = 'bands = [{ level = "good", at_least = 0.8 }, { level = "poor" }]'
    assert len(_found(way, words='target = "10.8%"')) == 1


@pytest.mark.parametrize(("unit", "edge"), [("%", "120"), ("", "80")])
def test_a_share_never_comes_to_more_than_all(unit: str, edge: str) -> None:
    """100 in percent, 1 without a unit; a ratio of two things may."""
    way = f'bands = [{{ level = "good", at_least = {edge} }}, {{ level = "poor" }}]'
    assert [(one.code, one.found) for one in _found(way, unit=unit)] == [("policy-edge-beyond-share", edge)]
    assert _found(way, unit=unit, measure='per = { table = "orders", rows = true }') == []
