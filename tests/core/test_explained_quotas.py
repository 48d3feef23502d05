"""A grade that a quota moved, as it is explained and as the policy says it in words."""

from __future__ import annotations

from csctl.core.explaining.describe import as_tree
from csctl.core.explaining.explain import explanation_tree, own_line
from csctl.core.explaining.nodes import Explained, Node
from tests.quota_month import PEOPLE, RULES, moved_month


def tree(at: int, language: str = "en") -> Node:
    """One agent's explanation."""
    return explanation_tree(Explained(moved_month(), PEOPLE[at], (), lambda _: (), language))


def test_the_score_names_both_grades_only_where_a_quota_moved_one() -> None:
    """The one that holds, and beside it what the score alone reaches."""
    notes = [tree(at).children[0].note for at in range(4)]
    assert notes == [
        "grade A, rank 1",
        "grade B (A by score), rank 2",
        "grade C (A by score), rank 3",
        "grade C, rank 4",
    ]


def test_the_quota_can_be_asked_for_as_a_line() -> None:
    """From which grade to which, and why; whoever was not moved has no such line."""
    line = own_line(tree(1), "quota")
    assert line is not None
    assert (line.value, line.line) == ("A → B", "quota")
    assert "“A”有 1 个名额" in line.note
    assert own_line(tree(0), "quota") is None


def test_the_policy_in_words_says_how_many_may_have_a_grade() -> None:
    """Beside the coefficient; the last grade has neither quota nor edge."""
    grades = next(one for one in as_tree(RULES).children if one.label == "考核等级").children
    assert [(one.label, one.value, one.note) for one in grades] == [
        ("A", "≥ 90", "× 1.5；最多 20% 的人"), ("B", "≥ 75", "× 1.2；最多 20% 的人"), ("C", "", "× 1"),
    ]  # fmt: skip
