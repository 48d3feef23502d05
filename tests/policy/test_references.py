"""Whatever a policy refers to exists: no key is left out, for the keys say themselves what they refer to."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from csctl.messages import LANGUAGES, problem_fix, problem_text
from csctl.messages.grammar import listed_text
from csctl.policy.keys import Names, Ref
from csctl.policy.known import KNOWN
from csctl.policy.load import SourceText, load_policy
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.problems import errors
from tests.policy.references import MISSPELT, Slot, all_texts, filled, load, misspell, slots, text_of, undeclared
from tests.policy.small import changed


def test_every_text_of_a_policy_is_a_name_a_reference_or_free() -> None:
    """Who adds a key says which, or this test does not pass."""
    assert undeclared() == []


def test_every_reference_is_filled_in_by_some_policy() -> None:
    """So that each can be misspelt below."""
    assert sorted(slots() - filled().keys()) == []


def test_whatever_is_referred_to_can_be_named() -> None:
    """By the policy, by the tables, or by csctl: a kind of names that nobody declares would refuse every name."""
    spaces = {mark.space for _, _, marks in all_texts(Policy) for mark in marks if isinstance(mark, Names)}
    assert {slot.to for slot in slots()} <= spaces | KNOWN.keys() | {"value"}


def test_a_kind_of_names_without_words_of_its_own_is_told_all_the_same() -> None:
    """As a name that nothing bears."""

    class Rota(Part):
        shift: Annotated[str, Ref("shift")] = Field(description="whose shift")

    class Rostered(Policy):
        rota: Rota = Field(description="who works when")

    shift = '[[working_time.shift]]\nid = "早班"\nstart = "08:00"\nend = "16:00"'
    text = changed(("[scale]", f'[rota]\nshift = "早斑"\n\n{shift}\n\n[scale]'))
    loaded, problems = load_policy("own", lambda name: SourceText(f"{name}.toml", text), model=Rostered)
    assert loaded is None
    told = [(one.code, one.found, one.parameters["near"]) for one in problems]
    assert told == [("policy-unknown-name", "早斑", "早班")]


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
    assert place.name in listed_text(said.parameters["near"], "en").split(", ")
    for language in LANGUAGES:
        assert place.name in problem_text(said, language) + problem_fix(said, language)
