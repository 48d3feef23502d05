"""Months in which a table had no file: that nothing happened in them nobody says, and nothing is met by it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from csctl.core.career.assess import Assessed, assess
from csctl.core.career.given import CareerInput, CareerMonth, Disciplined
from csctl.core.records.lines import Finding, FindingState
from csctl.messages import LANGUAGES, problem_text
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Severity
from tests.core.career.world import World, policy_with
from tests.workbench import agent

JULY = Month(2026, 7)
EVERYTHING = frozenset({"events", "discipline", "complaints"})
POLICY = """
id = "ladder"
label = "Ladder"
version = "1"
language = "en"
[[level]]
id = "junior"
[[level]]
id = "senior"
[event]
rude = { label = "Rude" }
[measure.complaints]
label = "Complaints"
unit = "count"
table = "complaints"
rows = true
[[career.step]]
id = "up"
kind = "promotion"
from_level = "junior"
to_level = "senior"
window_months = 2
[[career.step.all_of]]
id = "clean"
label = "Clean record"
clean = true
violations = ["event.rude"]
[[career.step.all_of]]
id = "few"
label = "No complaint"
measure = "complaints"
total = { equals = 0 }
[[career.step.all_of]]
id = "many"
label = "Rude often"
measure = "event.rude"
total = { at_least = 2 }
"""


def _month(month: Month, tables: frozenset[str] | None, rude: int = 0) -> CareerMonth:
    values = {"01": {"event.rude": Decimal(rude), "complaints": Decimal(0)}}
    return CareerMonth(month, [agent("01", level="junior", hired_on=date(2020, 1, 1))], [], values, tables)


def _findings(months: Sequence[CareerMonth], discipline: Sequence[Disciplined] | None = ()) -> dict[str, Finding]:
    rules = Policy.model_validate(tomllib.loads(POLICY, parse_float=Decimal))
    found = assess(CareerInput(rules, JULY, months, (), (), (), discipline))
    return {one.requirement: one for one in found.findings}


def _states(june: frozenset[str] | None, july: frozenset[str] | None) -> dict[str, FindingState]:
    found = _findings([_month(Month(2026, 6), june), _month(JULY, july)])
    return {name: one.state for name, one in found.items()}


def test_with_all_files_there_nothing_happened() -> None:
    assert _states(EVERYTHING, EVERYTHING) == {"clean": "met", "few": "met", "many": "unmet"}


@pytest.mark.parametrize(
    ("gone", "open_now"),
    [("events", {"clean", "many"}), ("discipline", {"clean"}), ("complaints", {"few"})],
)
def test_what_rests_on_a_file_that_is_not_there_is_not_judged(gone: str, open_now: set[str]) -> None:
    """In either month of the window."""
    for tables in ((EVERYTHING - {gone}, EVERYTHING), (EVERYTHING, EVERYTHING - {gone})):
        states = _states(*tables)
        assert {name for name, state in states.items() if state == "no_data"} == open_now


def test_which_file_of_which_month_is_missing_is_said() -> None:
    found = _findings([_month(Month(2026, 6), EVERYTHING - {"events"}), _month(JULY, EVERYTHING)])["clean"]
    assert all(word in found.found for word in ("events", "2026-06"))
    assert "2026-07" not in found.found
    assert "events" in found.next


def test_what_is_known_decides_all_the_same() -> None:
    """Twice rude in July is enough, whatever happened in June; and a stain is one."""
    months = [_month(Month(2026, 6), EVERYTHING - {"events"}), _month(JULY, EVERYTHING, rude=2)]
    found = _findings(months)
    assert (found["many"].state, found["clean"].state) == ("met", "unmet")


def test_a_file_before_the_window_may_be_missing() -> None:
    months = [_month(Month(2026, 5), frozenset()), *(_month(JULY.shift(-back), EVERYTHING) for back in (1, 0))]
    assert _findings(months)["clean"].state == "met"


def test_months_that_do_not_tell_their_files_are_taken_as_they_are() -> None:
    assert _states(None, None)["clean"] == "met"


def _ranked(ann: object) -> World:
    return World(policy_with("pr"), JULY, {"ann": [90, ann], "bob": [80, 80], "cid": [70, 70]}, "初级")


def _said(assessed: Assessed) -> list[str]:
    return [problem_text(one, "en") for one in assessed.problems if one.code == "career-ranks-without"]


def test_ranks_without_somebody_who_has_no_score_are_said() -> None:
    """Bob is first in July because nobody knows how Ann was."""
    found = _ranked("-").assess()
    (said,) = (one for one in found.problems if one.code == "career-ranks-without")
    assert said.severity is Severity.WARNING
    for language in LANGUAGES:
        text = problem_text(said, language)
        assert "2026-07" in text
        assert "ann" in text
        assert "2026-06" not in text
        assert "bob" not in text
    assert _said(_ranked(85).assess()) == []


def test_a_score_that_rests_on_something_missing_bears_its_sign_in_the_evidence() -> None:
    world = _ranked(85)
    given = world.given()
    july = next(one for one in given.months if one.month == JULY)
    starred = [replace(one, marks=("missing",)) if one.agent_id == "bob" else one for one in july.scores]
    months = [replace(one, scores=starred) if one is july else one for one in given.months]
    texts = [text for one in assess(replace(given, months=months)).findings for text in one.evidence]
    assert any("80*" in text for text in texts)
    assert not any("85*" in text for text in texts)
