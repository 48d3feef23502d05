"""What stands in one cell in words, by the kind of key: bands, tiers, conditions, amounts by name.

    ≥ 90 → 优秀          complaints = 0          senior = 4350
    ≥ 80 → 良好          first contacts          junior = 2175

A value that has no words of its own is written as TOML writes it. Whoever writes a cell checks that it is read back as
the same; so nothing is lost, whatever a name looks like.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from csctl.policy.form import bounds, conditions, lists
from csctl.policy.parts import Bounds, Condition, Happening, Part
from csctl.policy.schema import Spec, keys_of
from csctl.policy.scoring import Band, Linear

LITERAL = "literal"
"""The kind of what is written as TOML writes it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a kind of value is said in a language, and understood in any. Both raise ValueError and its like."""

    kind: str
    said: Callable[[Any, str], str]
    understood: Callable[[str], object]


_TABLES: dict[type[Part], Way] = {
    Condition: Way("condition", conditions.condition_said, conditions.condition),
    Bounds: Way("edges", lambda value, _: bounds.edges_said(value), bounds.edges),
    Linear: Way("linear", bounds.linear_said, bounds.linear),
    Happening: Way("happening", lambda value, _: conditions.happening_said(value), conditions.happening),
}


def value_phrase(value: object, spec: Spec, language: str) -> str | None:
    """A value in words; None where there are none for what stands here."""
    way = _way_of(spec)
    try:
        return way.said(value, language) if way else None
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def understood(text: str, spec: Spec) -> object | None:
    """The value that words say; None where they say none."""
    way = _way_of(spec)
    try:
        return way.understood(text) if way else None
    except (KeyError, TypeError, ValueError, StopIteration):
        return None


def phrase_kind(spec: Spec) -> str:
    """Which kind of words a key has: "" for a plain text, number or flag."""
    way = _way_of(spec)
    if way is not None:
        return way.kind
    return LITERAL if spec.item is not None or spec.models else ""


def _way_of(spec: Spec) -> Way | None:
    item = spec.item
    if item is None:
        return next((way for model in spec.models if (way := _way_of_table(model))), None)
    if spec.keys is not None:
        if item.models:
            return Way("tests", conditions.tests_said, conditions.tests)
        return Way("amounts", lists.amounts_said, lists.parse_amounts)
    if item.models:
        return _way_of_list(item.models[0])
    if item.text:
        return Way("names", lists.names_said, lists.parse_names)
    return Way("numbers", lists.numbers_said, lists.parse_numbers)


def _way_of_table(model: type[Part]) -> Way | None:
    keys = keys_of(model).values()
    if all(key.item is not None and key.item.text and key.keys is None for key in keys):
        return Way("whose", lists.whose_said, lists.parse_names_by_key)
    return _TABLES.get(model)


def _way_of_list(model: type[Part]) -> Way | None:
    if issubclass(model, Band):
        return Way("bands", bounds.bands_said, bounds.bands)
    keys = list(keys_of(model))
    if len(keys) == 2 and keys[0] == "from":
        return Way("steps", partial(bounds.steps_said, keys[1]), partial(bounds.steps, keys[1]))
    return None
