"""Faults of a ladder are found when the policy is loaded; and every text the ladder uses has its words."""

from __future__ import annotations

import ast
import tomllib
from importlib import resources

import pytest

from csctl.core.career.assess import CHECKS
from csctl.core.career.ranks import SMALL_POOL
from csctl.messages import LANGUAGES, catalogue, problem_fix, problem_text
from csctl.policy.career import WAYS, Requirement
from tests.core.career.world import HERE, Table, policy_text
from tests.policy.small import changed, load_texts

BAD = [
    pytest.param(one, id=f"{one['code']}: {one['line']}")
    for one in tomllib.loads((HERE / "bad_ladders.toml").read_text("utf-8"))["bad"]
]


@pytest.mark.parametrize("case", BAD)
def test_a_fault_of_the_ladder_is_refused_with_its_line(case: Table) -> None:
    """One fault, one error, at the line where it stands, with words in both languages."""
    text = changed((case["old"], case["new"]), text=policy_text("pr"))
    loaded, problems = load_texts({"own": text})
    lines = [row for row, line in enumerate(text.split("\n"), start=1) if case["line"] in line]
    assert loaded is None
    assert [(one.code, one.place.row) for one in problems] == [(case["code"], lines[case.get("nth", 1) - 1])]
    for language in LANGUAGES:
        assert problem_text(problems[0], language)
        assert problem_fix(problems[0], language)


def test_a_ladder_that_looks_at_scores_needs_dimensions() -> None:
    """Ranks, quarters and fails are made of scores."""
    text = policy_text("pr")
    start, end = text.index("[[dimension]]"), text.index("[[level]]")
    _, problems = load_texts({"own": text[:start] + text[end:]})
    places = {one.place.column.rsplit("[", 1)[1][:-1] for one in problems if one.code == "policy-score-not-made"}
    assert {one.code for one in problems} == {"policy-score-not-made"}
    assert {"three_fails", "middle_rank", "middle_quarter", "middle_missed"} <= places
    assert "middle_tenure" not in places


def test_every_way_is_a_key_of_a_requirement_and_has_its_check() -> None:
    """The table of ways names nothing that does not exist, and each is decided somewhere."""
    assert set(WAYS) == set(CHECKS)
    assert set(WAYS) | {key for keys in WAYS.values() for key in keys} < set(Requirement.model_fields)


def _texts() -> set[str]:
    """Every text in the ladder's modules that has the form of one of its codes."""
    room = resources.files("csctl")
    files = [file for file in (room / "core" / "career").iterdir() if file.name.endswith(".py")]
    files += [room / "policy" / name for name in ("lint_career.py", "known.py")]
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if text.startswith("career-")}


def test_every_code_has_words_and_all_words_are_used() -> None:
    """A text that ends in a hyphen stands for all codes that begin with it."""
    words = {code for code in catalogue() if code.startswith("career-")}
    texts = _texts()
    beginnings = tuple(text for text in texts if text.endswith("-"))
    assert {text for text in texts if not text.endswith("-")} <= words
    assert {code for code in words - texts if not code.startswith(beginnings)} == set()


def test_a_pool_is_small_below_six() -> None:
    """Half of it would be among the first three otherwise."""
    assert SMALL_POOL == 6
