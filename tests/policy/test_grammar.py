"""Policies outlive the grammar they were written in: sealed ones are brought to today's, others told what to write."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from csctl.policy import grammar, load
from csctl.policy.grammar import GRAMMAR, NewerGrammarError, migrated, removed_keys
from csctl.policy.load import load_policy, load_sealed
from csctl.policy.tree import SourceText, placed_tree
from tests.policy.small import SMALL

TWICE = '\n[[grade]]\nlabel = "same"\nat_least = 80\n\n[[grade]]\nlabel = "same"\n'
"""What the linter refuses: two grades of one name."""


def _fetch(text: str) -> load.Fetch:
    return lambda name: SourceText("own.toml", text) if name == "own" else None


def _renamed(document: dict[str, Any]) -> dict[str, Any]:
    """In grammar 1 a label was called a heading."""
    return {"label" if key == "heading" else key: value for key, value in document.items()}


def test_a_sealed_policy_is_not_linted() -> None:
    """What is refused today held when the month was closed."""
    text = SMALL + TWICE
    assert load_policy("own", _fetch(text))[0] is None
    loaded, problems = load_sealed("own", _fetch(text), GRAMMAR)
    assert (loaded is not None, problems) == (True, [])
    assert loaded is not None
    assert [grade.label for grade in loaded.policy.grade][-2:] == ["same", "same"]


def test_what_no_model_knows_is_refused_in_a_sealed_policy_as_well() -> None:
    """With the place, as a problem."""
    loaded, problems = load_sealed("own", _fetch("strange = 1\n" + SMALL), GRAMMAR)
    assert (loaded, [(one.place.row, one.found) for one in problems]) == (None, [(1, "strange")])


def test_an_older_text_is_taken_step_by_step_to_the_newest_grammar() -> None:
    """Each step once and in order; a grammar without a step is passed; a text of the newest takes none."""
    steps = {1: lambda one: {**one, "seen": [*one["seen"], 1]}, 3: lambda one: {**one, "seen": [*one["seen"], 3]}}
    taken = {number: migrated({"seen": []}, number, steps, newest=4)["seen"] for number in (1, 2, 4)}
    assert taken == {1: [1, 3], 2: [3], 4: []}


def test_a_grammar_to_come_is_refused() -> None:
    """Nobody guesses what its keys mean."""
    with pytest.raises(NewerGrammarError):
        load_sealed("own", _fetch(SMALL), GRAMMAR + 1)


def test_a_sealed_text_is_read_as_its_grammar_meant_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of then is today's; the texts and their grammar stay what they were, to be sealed again as such."""
    old = SMALL.replace("label =", "heading =", 1)
    monkeypatch.setattr(load, "migrated", lambda document, number: migrated(document, number, {1: _renamed}, newest=2))
    loaded, problems = load_sealed("own", _fetch(old), 1)
    assert (loaded is not None, problems) == (True, [])
    assert loaded is not None
    assert (loaded.grammar, loaded.sources[0].text) == (1, old)


def test_a_removed_key_says_what_to_write_now() -> None:
    """Wherever it stands, in lists as well, with its line."""
    tree = placed_tree({"pay": {"pool": [{"of": "sales"}, {"split": "score"}]}}, SourceText("own.toml", "[pay]\n"))
    [problem] = removed_keys(tree, {"pay.pool.split": "policy-unknown-key", "pay.base": "policy-unknown-key"})
    assert (problem.code, problem.found, problem.place.column) == (
        "policy-unknown-key",
        "pay.pool.split",
        "pay.pool[2].split",
    )


def test_a_policy_of_today_with_a_removed_key_is_refused_with_that_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not also called unknown; a sealed one is not asked."""
    monkeypatch.setattr(load, "removed_keys", lambda tree: removed_keys(tree, {"label": "policy-key-missing"}))
    _, problems = load_policy("own", _fetch(SMALL))
    assert [one.code for one in problems] == ["policy-key-missing"]
    assert load_sealed("own", _fetch(SMALL), GRAMMAR)[1] == []


def test_every_step_leads_to_a_grammar_there_is() -> None:
    """The numbers have no step beyond the newest."""
    assert all(1 <= number < GRAMMAR for number in grammar.STEPS)


def test_a_month_closed_before_scores_had_a_least_coverage_keeps_its_scores() -> None:
    """A text of grammar 1 asked for no data in particular; what it wrote of its score stands."""
    loaded, _ = load_sealed("own", _fetch(SMALL), 1)
    today, _ = load_sealed("own", _fetch(SMALL), GRAMMAR)
    assert loaded is not None
    assert loaded.policy.score is not None
    assert loaded.policy.score.min_coverage == 0
    assert not [one for one in loaded.policy.assumption if "score.min_coverage" in one.keys]
    assert today is not None
    assert today.policy.score is not None
    assert today.policy.score.min_coverage == Decimal("0.5")
    assert migrated({"id": "x"}, 1) == {"id": "x"}
