"""What the workbook of a policy says beside each setting, in either language."""

from __future__ import annotations

import re

import pytest

from csctl.messages import LANGUAGES
from csctl.policy.form.filling import fill_policy_form
from csctl.policy.form.words import meaning_of
from csctl.policy.schema import Spec

SETTINGS = [(keys, spec) for keys, spec, _ in fill_policy_form({}, "en").general]
KEPT = re.compile(
    r"csctl|self|superior|dimension\.review|[a-z_]+\.[a-z_]+|\[?working_time\]?|YYYY-MM|ISO|templates|outside|paid|due|workdays|closed|calendar|last|longest|by_days"
)
"""What is written in Latin letters in a Chinese explanation: keys, words of cells."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_says_what_it_means(language: str) -> None:
    """None is left without an explanation when a key is added."""
    assert len(SETTINGS) > 80
    assert [".".join(keys) for keys, _ in SETTINGS if not meaning_of(keys, language)] == []


@pytest.mark.parametrize(("keys", "spec"), SETTINGS, ids=[".".join(keys) for keys, _ in SETTINGS])
def test_english_is_that_of_the_model_and_chinese_is_chinese(keys: tuple[str, ...], spec: Spec) -> None:
    """One explanation in one place; no sentence of the other language."""
    assert spec.info is not None
    assert meaning_of(keys, "en") == spec.info.description
    chinese = KEPT.sub("", meaning_of(keys, "zh"))
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert re.search(r"[A-Za-z]{2}", chinese) is None
