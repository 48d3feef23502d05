"""Words and declarations: nothing that can be reported lacks its words."""

from __future__ import annotations

import ast
from importlib import resources
from pathlib import Path

from csctl.messages.declared import declarations
from csctl.policy.model import Policy
from csctl.policy.parts import Comparison, Condition
from csctl.policy.schema import keys_of, meaning_at, model_at
from csctl.policy.scoring import Band


def _codes_in_the_program() -> set[str]:
    """Every text in the room's modules that has the form of one of its codes."""
    files = Path(str(resources.files("csctl") / "policy")).rglob("*.py")
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if text.startswith("policy-") and text != "policy-"}


def test_every_code_has_words_and_all_words_have_a_code() -> None:
    """In both directions, so that nothing is forgotten in either place."""
    assert _codes_in_the_program() == {code for code in declarations() if code.startswith("policy-")}


def test_the_model_at_a_path_is_found_through_lists_tables_and_alternatives() -> None:
    """Which keys may stand where."""
    assert model_at(()) is Policy
    assert model_at(("dimension", 0, "indicator", 3, "bands", 1)) is Band
    assert model_at(("adjustment", 0, "when", "all", 0, "all", 1)) is Condition
    assert model_at(("measure", "x", "where", "kind")) is Comparison
    assert model_at(("scale", "优秀")) is None
    assert model_at(("nothing",)) is None


def test_keys_are_named_as_the_text_writes_them() -> None:
    """``from`` and ``not`` are words of the program's language, so their fields have other names."""
    assert "not" in keys_of(Comparison)
    assert "not_" not in keys_of(Comparison)


def test_every_key_says_what_it_means() -> None:
    """The words of the declaration, for the messages."""
    assert meaning_at(("score", "pass_mark")) == "a shown score below it fails"
    assert meaning_at(("pay", "pool", 0, "tiers", 0, "from")) == "lower edge, in yuan"
    assert meaning_at(("nothing",)) == ""
    assert meaning_at(()) == ""
