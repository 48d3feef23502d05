"""The library of measures in English: every measure has a name and an explanation, and nothing else differs."""

from __future__ import annotations

import tomllib

from csctl.policy.load import load_policy
from csctl.policy.model import Policy
from csctl.store.shipped import policy_names, policy_text
from csctl.workspace import policy_source


def _policy(name: str) -> Policy:
    loaded, problems = load_policy(name, lambda asked: policy_source(asked, None), policy_names())
    assert loaded is not None, problems
    return loaded.policy


def test_every_measure_has_an_english_name_and_note() -> None:
    chinese, english = (tomllib.loads(policy_text(name) or "")["measure"] for name in ("metrics", "metrics-en"))
    assert chinese.keys() == english.keys()
    texts = [one[key] for one in english.values() for key in ("label", "note")]
    foreign = [text for text in texts if any(mark >= "\u3000" for mark in text)]
    assert foreign == []
    assert len({one["label"] for one in english.values()}) == len(english)


def test_it_measures_the_same() -> None:
    without = {"label", "note"}
    chinese, english = _policy("metrics"), _policy("metrics-en")
    for name, measure in chinese.measure.items():
        assert measure.model_dump(exclude=without) == english.measure[name].model_dump(exclude=without)
