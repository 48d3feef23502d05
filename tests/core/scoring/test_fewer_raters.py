"""Somebody with fewer raters of a role than others, and a role with fewer raters than in the month before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from csctl.core.scoring.handed_in import agents_without_sheet, fewer_raters_warnings, fewer_said, lacking_said
from csctl.core.scoring.ratings import Rating, Sheets
from csctl.messages import LANGUAGES, problem_text
from csctl.messages.grammar import UNKNOWN
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Place, Problem, Severity
from tests.workbench import agent, policy

RULES = """
[scale]
good = 100
[score]
pass_mark = 60
raters = {{ {roles} }}
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "tone"
label = "Tone"
rating = "Tone"
missing = "full"
"""
SEPTEMBER = Month(2026, 9)


def _rules(roles: str = "superior = 60, panel = 40") -> Policy:
    return policy(RULES.format(roles=roles))


def _rated(who: str, rater: str, role: str = "superior", value: str = "good") -> Rating:
    return Rating(who, role, rater, "Tone", value, "", Place("ratings.csv", row=2))


def _said(ratings: Sequence[Rating], groups: Mapping[str, str] | None = None) -> list[Problem]:
    people = [agent(who, group=(groups or {}).get(who, "g")) for who in "abcd"]
    return fewer_said(_rules(), Sheets(ratings), people)


def _all_by(*raters: str, role: str = "superior") -> list[Rating]:
    return [_rated(who, rater, role) for who in "abcd" for rater in raters]


def test_where_all_have_as_many_raters_nothing_is_said() -> None:
    assert _said(_all_by("Zhao", "Qian")) == []
    assert _said(_all_by("Zhao")) == []


@pytest.mark.parametrize(("role", "code"), [("superior", "fewer-superiors"), ("panel", "fewer-on-panel")])
def test_who_lacks_the_second_rater_that_most_others_have_is_named(role: str, code: str) -> None:
    ratings = [*_all_by("Zhao", role=role), *(_rated(who, "Qian", role) for who in "abd")]
    (said,) = _said(ratings)
    assert (said.code, said.severity) == (code, Severity.WARNING)
    for language in LANGUAGES:
        text = problem_text(said, language)
        assert "c" in text
        assert "1/2" in text


def test_a_form_on_which_nothing_is_written_is_none() -> None:
    ratings = [*_all_by("Zhao"), *(_rated(who, "Qian", value="" if who == "c" else "good") for who in "abcd")]
    assert [one.code for one in _said(ratings)] == ["fewer-superiors"]


def test_a_second_rater_of_a_few_is_an_extra() -> None:
    """Most have one, so one is enough; another group may have two."""
    assert _said([*_all_by("Zhao"), _rated("a", "Qian")]) == []
    two_here = [*_all_by("Zhao"), _rated("a", "Qian"), _rated("b", "Qian")]
    assert _said(two_here, {"a": "north", "b": "north", "c": "south", "d": "south"}) == []


def test_what_is_not_asked_for_is_not_missed() -> None:
    ratings = [*_all_by("Zhao", role="panel"), *(_rated(who, "Qian", "panel") for who in "abd")]
    people = [agent(who) for who in "abcd"]
    assert fewer_said(_rules("superior = 100"), Sheets(ratings), people) == []


@pytest.mark.parametrize(("role", "code"), [("superior", "superiors-gone"), ("panel", "panel-gone")])
def test_a_rater_of_last_month_who_wrote_nothing_now_is_named(role: str, code: str) -> None:
    two, one = {role: frozenset({"Zhao", "Qian"})}, {role: frozenset({"Zhao"})}
    (said,) = fewer_raters_warnings(_rules(), one, two, SEPTEMBER)
    assert (said.code, said.found, said.severity) == (code, "Qian", Severity.WARNING)
    for language in LANGUAGES:
        assert "2026-09" in problem_text(said, language)
    assert fewer_raters_warnings(_rules(), two, one, SEPTEMBER) == []


def test_another_in_the_place_of_one_who_left_is_as_many() -> None:
    before, now = {"superior": frozenset({"Zhao", "Qian"})}, {"superior": frozenset({"Zhao", "Sun"})}
    assert fewer_raters_warnings(_rules(), now, before, SEPTEMBER) == []


def test_a_role_without_any_sheet_is_said_of_the_people() -> None:
    assert fewer_raters_warnings(_rules(), {}, {"superior": frozenset({"Zhao", "Qian"})}, SEPTEMBER) == []


def test_a_sheet_with_nothing_on_it_is_said_as_such_and_not_as_missing() -> None:
    """Of B nothing came; C's sheet is there and blank: of whom which is true is said apart."""
    sheets = Sheets([_rated("a", "Zhao"), _rated("c", "Zhao", value="")])
    people = [agent(who) for who in "abc"]
    without = agents_without_sheet(dict.fromkeys("abc", _rules("superior = 100")), sheets)
    said = {one.code: one.found for one in lacking_said(without, people, sheets)}
    assert said.keys() == {"sheets-left-blank", "no-sheet-of-superior"}
    assert str(said["sheets-left-blank"]).startswith("c")
    assert str(said["no-sheet-of-superior"]).startswith("b")


@pytest.mark.parametrize(("rater", "said"), [("Zhao", "Zhao"), ("", UNKNOWN)])
def test_a_blank_sheet_is_said_of_whoever_it_bears_the_name_of(rater: str, said: str) -> None:
    sheets = Sheets([_rated("c", rater, value="")])
    without = agents_without_sheet({"c": _rules("superior = 100")}, sheets)
    (found,) = lacking_said(without, [agent("c")], sheets)
    assert (found.code, found.parameters["rater"]) == ("sheets-left-blank", said)
