"""Whatever a policy refers to exists: no key is left out, for the keys say themselves what they refer to."""

from __future__ import annotations

import pytest

from csctl.messages import LANGUAGES, problem_fix, problem_text
from csctl.problems import errors
from tests.policy.references import MISSPELT, Slot, filled, load, misspell, slots, text_of, undeclared


def test_every_text_of_a_policy_is_a_name_a_reference_or_free() -> None:
    """Who adds a key says which, or this test does not pass."""
    assert undeclared() == []


def test_every_reference_is_filled_in_by_some_policy() -> None:
    """So that each can be misspelt below."""
    assert sorted(slots() - filled().keys()) == []


@pytest.mark.parametrize("slot", sorted(slots()), ids=str)
def test_a_misspelt_name_is_refused_with_its_line_and_the_nearest_name(slot: Slot) -> None:
    """One letter too many, wherever a policy names something."""
    place = filled()[slot]
    misspelt = place.name + MISSPELT
    text = misspell(text_of(place.text), place.row, place.key, place.name)
    loaded, problems = load(place.policy, {place.text: text})
    assert loaded is None
    (said,) = [problem for problem in problems if problem.found == misspelt]
    assert said in errors(problems)
    assert (said.place.file, said.place.row) == (f"{place.text}.toml", place.row)
    assert place.name in said.parameters["near"].split(", ")
    for language in LANGUAGES:
        assert place.name in problem_text(said, language) + problem_fix(said, language)
