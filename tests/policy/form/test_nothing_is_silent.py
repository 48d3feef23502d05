"""What stands in the workbook of a policy is read or said, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from csctl.messages import problem_fix, problem_text
from csctl.policy.form.reading import Rows, read_policy_sheets

GRADES: tuple[str, Rows] = ("Grades", [["Label", "At least"], ["A", 90], ["B", 60]])
GENERAL: tuple[str, Rows] = ("General", [["Content", "Key"], [60, "score.pass_mark"]])


def codes(*sheets: tuple[str, Rows]) -> list[str]:
    return [one.code for one in read_policy_sheets("policy.xlsx", sheets).problems]


def test_two_sheets_of_one_kind_are_both_read_in_whatever_language() -> None:
    """In the order of the workbook."""
    more: tuple[str, Rows] = ("等级", [["名称", "不低于"], ["C", 0]])
    found = read_policy_sheets("policy.xlsx", [GRADES, more])
    labels: Any = found.document["grade"]
    assert ([one["label"] for one in labels], found.problems) == (["A", "B", "C"], [])
    assert [found.places["grade", at].sheet for at in range(3)] == ["Grades", "Grades", "等级"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        # A column without a head, a head that is none, one of remarks.
        ([["Label", "At least", None], ["A", 90, "for the best"]], [(2, "for the best")]),
        ([["Label", "At least"], ["A", 90], ["B", 60, None, 7]], [(3, "7")]),
        ([["Label", "Att least"], ["A", 90]], [(1, "Att least")]),
        ([["Label", "At least", "# why"], ["A", 90, "for the best"]], []),
        ([["Label", "At least"], ["# A", 90, "for the best"]], []),
    ],
)
def test_cells_below_no_head_are_said_once_a_column(rows: Sequence[Sequence[Any]], said: list[tuple[int, str]]) -> None:
    problems = [
        one for one in read_policy_sheets("p.xlsx", [("Grades", rows)]).problems if one.code == "policy-column-unknown"
    ]
    assert [(one.place.row, one.found) for one in problems] == said


@pytest.mark.parametrize(
    "sheet",
    [
        ("General", [["Value of it", "Key"], [60, "score.pass_mark"]]),
        ("General", [["Content"], [60]]),
        ("Grades", [["A", 90], ["B", 60]]),
    ],
)
def test_a_sheet_without_its_heads_is_not_passed_over(sheet: tuple[str, Rows]) -> None:
    assert codes(sheet) == ["policy-sheet-without-heads"]


def test_entries_where_something_else_stands_are_said() -> None:
    """The general settings say that grades are a text."""
    assert codes(("General", [["Content", "Key"], ['"none"', "grade"]]), GRADES) == ["policy-cell-key-twice"] * 2
    assert codes(GENERAL, GENERAL) == ["policy-cell-key-twice"]


@pytest.mark.parametrize(("title", "language"), [("Grade list", "en"), ("等级表", "zh")])
def test_names_are_proposed_in_the_language_of_the_workbook(title: str, language: str) -> None:
    """Nobody is told of sheets in letters that the workbook does not use."""
    (said,) = read_policy_sheets("policy.xlsx", [(title, [])]).problems
    told = str(said.parameters["nearest"])
    assert told.isascii() is (language == "en")
    assert told in problem_text(said, language) + problem_fix(said, language)
