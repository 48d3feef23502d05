"""A rater whose sheet is missing is named, with those who were to be rated."""

from __future__ import annotations

import pytest

from csctl.core.closing.standing import data_topic, sheets_topic
from csctl.core.records.result import MonthResult
from csctl.messages import problem_text
from csctl.policy.model import Policy
from csctl.problems import Problem, Severity
from tests.workbench import agent, month_of, policy, rating

RATERS = "raters = { self = 30, superior = 70 }"


def rules(raters: str = RATERS, level: str = "") -> Policy:
    """A measured and a rated item of equal weight."""
    return policy(
        f"[score]\npass_mark = 60\n{raters}\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        "[[dimension.indicator]]\nid = 'm'\nlabel = 'M'\nmeasure = 'm'\nout_of = 100\nmissing = 'reweight'\n"
        f"[[dimension.indicator]]\nid = 'r'\nlabel = 'R'\nrating = 'r'\nmissing = 'reweight'\n{level}"
    )


def said(result: MonthResult) -> list[Problem]:
    """What is said of sheets."""
    return [one for one in result.problems if one.code.startswith("no-sheet-of")]


def test_each_rater_is_named_with_the_people_to_be_rated() -> None:
    """a handed in a sheet and was rated; b rated herself alone; c has neither. Both b and c have one superior."""
    staff = [agent("a", supervisor="Zoe"), agent("b", supervisor="Zoe"), agent("c", supervisor="Zoe")]
    given = [rating("a", "r", "80"), rating("a", "r", "90", role="self"), rating("b", "r", "70", role="self")]
    result = month_of(rules(), staff, {who: {"m": 80} for who in "abc"}, given)
    assert [(one.code, one.severity, one.found, one.parameters.get("rater")) for one in said(result)] == [
        ("no-sheet-of-self", Severity.WARNING, "c name of c", None),
        ("no-sheet-of-superior-named", Severity.WARNING, ("b name of b", "c name of c"), "Zoe"),
    ]


def test_superiors_are_told_apart() -> None:
    """One line for each superior, and one for those whose superior the roster does not name."""
    staff = [agent("a", supervisor="Zoe"), agent("b", supervisor="Yan"), agent("c")]
    own = [rating(who, "r", "70", role="self") for who in "abc"]
    found = said(month_of(rules(), staff, {who: {"m": 80} for who in "abc"}, own))
    assert [(one.parameters.get("rater"), one.found) for one in found] == [
        (None, "c name of c"), ("Yan", "b name of b"), ("Zoe", "a name of a"),
    ]  # fmt: skip


@pytest.mark.parametrize("raters", ["", "raters = { superior = 100 }"])
def test_a_rater_who_makes_the_whole_score_is_named_too(raters: str) -> None:
    """What the single rater left out is missing like any other figure, and it is said whose sheet it would stand on."""
    staff = [agent("a", supervisor="Zoe"), agent("b", supervisor="Zoe")]
    result = month_of(rules(raters), staff, {"a": {"m": 80}, "b": {"m": 90}}, [rating("b", "r", "80")])
    assert [(one.code, one.found, one.parameters["rater"]) for one in said(result)] == [
        ("no-sheet-of-superior-named", "a name of a", "Zoe")
    ]


def test_a_policy_that_rates_nothing_asks_for_no_sheet() -> None:
    """Figures alone make the score: there is nothing to hand in."""
    measured = policy(
        "[score]\npass_mark = 60\nraters = { superior = 100 }\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        "[[dimension.indicator]]\nid = 'm'\nlabel = 'M'\nmeasure = 'm'\nout_of = 100\nmissing = 'reweight'\n"
    )
    assert said(month_of(measured, [agent("a")], {"a": {"m": 80}})) == []


def test_nobody_is_asked_about_people_who_are_not_scored() -> None:
    """A level that is not scored, and somebody of whom nothing is known."""
    level = "[[level]]\nid = 'boss'\nscored = false\n[[level]]\nid = 'staff'\n"
    staff = [agent("a", level="boss"), agent("b", level="staff"), agent("c", level="staff")]
    given = [rating("c", "r", "80"), rating("c", "r", "80", role="self")]
    result = month_of(rules(level=level), staff, {"a": {"m": 80}, "b": {"m": None}, "c": {"m": 80}}, given)
    assert said(result) == []


def test_the_sign_off_says_it_under_sheets_and_not_again_under_data() -> None:
    """One topic for each fact."""
    result = month_of(rules(), [agent("a")], {"a": {"m": 80}}, [rating("a", "r", "80")])
    assert [one.code for one in sheets_topic(result, [rating("a", "r", "80")], "en")] == ["closing-sheet-missing"]
    assert [one.code for one in data_topic(result, "en")] == ["closing-data-clean"]


def test_the_words_name_both() -> None:
    """In both languages."""
    result = month_of(rules(), [agent("a", supervisor="Zoe")], {"a": {"m": 80}})
    texts = [problem_text(one, language) for one in said(result) for language in ("zh", "en")]
    assert all("a name of a" in text for text in texts)
    assert sum("Zoe" in text for text in texts) == 2
