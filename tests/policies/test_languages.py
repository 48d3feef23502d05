"""A plan that is shipped in two languages says the same in both: only its words differ."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from csctl.policy.load import load_policy
from csctl.policy.model import Policy
from csctl.store.english import translated_names
from csctl.store.shipped import LIBRARIES, demo_files, policy_names
from csctl.workspace import policy_source
from tests.end_to_end.running import csctl

ENDING = "-en"
PAIRS = [name.removesuffix(ENDING) for name in policy_names() if name.endswith(ENDING) and name not in LIBRARIES]
OWN = {"id", "version", "language", "state", "extends", "drop"}
OF_BOTH = {"警告"}
"""Words that a policy knows in both languages without saying so."""
COMPUTED = ("scoreboard", "score_lines", "pay_lines", "pools")
"""What a record of a month has that is worked out."""
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def _policy(name: str) -> Policy:
    loaded, problems = load_policy(name, lambda asked: policy_source(asked, None), policy_names())
    assert loaded is not None, problems
    return loaded.policy


def differences(chinese: Any, english: Any, path: str = "") -> list[str]:
    """Where the second is not the first in other words: another number, flag or order, a key more or less."""
    if isinstance(chinese, str) and isinstance(english, str):
        own = chinese == english and (not CHINESE.search(chinese) or chinese in OF_BOTH)
        kept = own or (CHINESE.search(chinese) and not CHINESE.search(english))
        return [] if kept else [f"{path}: {chinese} / {english}"]
    if isinstance(chinese, dict) and isinstance(english, dict):
        return differences(list(chinese.items()), list(english.items()), path)
    if isinstance(chinese, list | tuple) and isinstance(english, list | tuple):
        both = enumerate(zip_longest(chinese, english))
        return [found for at, (one, other) in both for found in differences(one, other, f"{path}.{at}")]
    return [] if chinese == english and type(chinese) is type(english) else [f"{path}: {chinese} / {english}"]


def test_every_shipped_policy_is_there_in_two_languages_and_the_english_one_is_made() -> None:
    assert {name for name in policy_names() if not name.endswith(ENDING)} == set(translated_names())
    assert len(PAIRS) == 12


@pytest.mark.parametrize("name", PAIRS)
def test_the_english_plan_is_the_chinese_one_in_other_words(name: str) -> None:
    chinese, english = (_policy(one).model_dump(exclude=OWN) for one in (name, name + ENDING))
    assert differences(chinese, english) == []


def test_a_difference_is_found() -> None:
    """A number, an order, a text that stayed Chinese, a word that is not one of language, an entry more."""
    assert differences({"级": [1, "二"]}, {"level": [1, "two"]}) == []
    assert len(differences({"a": 1}, {"a": 2})) == 1
    assert len(differences({"a": 1, "b": 2}, {"b": 2, "a": 1})) == 4
    assert len(differences(["二", "zero"], ["二", "carry"])) == 2
    assert len(differences([True, 1], [1, 1, 1])) == 2


@pytest.mark.parametrize("name", PAIRS)
def test_the_example_data_are_the_same_in_both_languages(name: str) -> None:
    """The same files with the same figures; no Chinese in the English ones."""
    chinese, english = (
        {place: text.decode("utf-8-sig") for place, text in demo_files(one).items()} for one in (name, name + ENDING)
    )
    assert chinese.keys() == english.keys()
    assert [place for place, text in english.items() if CHINESE.search(text)] == []
    for place, text in chinese.items():
        assert _figures(text) == _figures(english[place]), place


@pytest.mark.slow
@pytest.mark.parametrize("name", PAIRS)
def test_the_english_plan_scores_and_pays_what_the_chinese_one_does(name: str, tmp_path: Path) -> None:
    """Person by person and line by line, in the month of the example data."""
    found = []
    for policy, language in ((name, "zh"), (name + ENDING, "en")):
        folder = tmp_path / policy
        assert csctl("init", folder, "--policy", policy, "--language", language).code == 0
        done = csctl("run", "-w", folder, "--language", language, "--json")
        assert done.code == 0, done
        found.append({part: [_amounts(row) for row in done.data[part]] for part in COMPUTED})
    assert found[0] == found[1]
    assert len(found[0]["scoreboard"]) > 2


def _amounts(row: dict[str, Any]) -> dict[str, Any]:
    """Whose row it is, with all numbers of it; no words."""
    return {key: one for key, one in row.items() if not isinstance(one, str) or re.fullmatch(r"-?[0-9.]+", one)}


def _figures(text: str) -> list[list[str]]:
    return [re.findall(r"(?<![^,])[0-9][0-9.:\- ]*(?=,|$)", line) for line in text.splitlines()]


@pytest.mark.parametrize(("name", "language", "said"), [
    ("hotline", "en", True), ("hotline", "zh", False), ("hotline-en", "en", False),
    ("insurance", "en", True), ("insurance-en", "zh", False),
])  # fmt: skip
def test_whoever_takes_the_one_of_the_other_language_is_told_of_the_pair(
    name: str, language: str, said: bool, tmp_path: Path
) -> None:
    """The workspace is made as asked all the same."""
    done = csctl("init", tmp_path / "ws", "--policy", name, "--language", language)
    assert done.code == 0
    assert (f"{name}-{language}" in done.out) is said
    assert f'extends = ["{name}"]' in (tmp_path / "ws" / "policy.toml").read_text("utf-8")
