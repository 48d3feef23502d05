"""Which keys and words of a policy carry structure, and what each is changed to."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Literal, Union, get_args, get_origin

from pydantic import BaseModel

from csctl.policy.model import Policy

KEYS: dict[str, str] = {
    "at_least": "above",
    "above": "at_least",
    "at_most": "below",
    "below": "at_most",
    "all_of": "any_of",
    "any_of": "all_of",
    "all": "any",
    "any": "all",
    "sum": "mean",
    "mean": "sum",
    "unless": "when",
}
"""A key, and the one that says the opposite or its neighbour."""

COUNTED = frozenset({"failed_months", "ranks_missed", "quarters", "warnings"})
"""Keys that count occasions, in a row only where ``consecutive`` says so beside them."""

WORDLESS = frozenset({"kind", "language", "state", "unit"})
"""Keys of which the value says what something is, not what is computed; units have a table of their own."""

UNITS = {"%": "count", "/10k": "count", "/h": "count", "h": "count", "min": "count"}
"""Units that scale a figure, and one that does not. The others differ only in how a figure is shown."""

COLUMNS = {"by": "agent_id", "distinct": "agent_id"}
"""Keys that name a column to group or count by, and another column that every such table has."""


def other_word(key: str, word: str) -> str | None:
    """Another legal value of a key whose value is one of a few declared words; None for any other key or value."""
    if key == "unit":
        return UNITS.get(word)
    if key in COLUMNS and not any(word in group for group in _choices().get(key, ())):
        return COLUMNS[key] if word != COLUMNS[key] else None
    groups = [group for group in _choices().get(key, ()) if word in group]
    if not groups:
        return None
    # Of a key that may be more words elsewhere, those: what is refused here is noticed as well.
    words = min((one for one in groups if not any(set(one) < set(other) for other in groups)), key=len)
    return words[(words.index(word) + 1) % len(words)]


@cache
def _choices() -> dict[str, set[tuple[str, ...]]]:
    """By key, the declared words of each part of a policy that has it."""
    found: dict[str, set[tuple[str, ...]]] = {}
    _gather(Policy, set(), found)
    return {key: groups for key, groups in found.items() if key not in WORDLESS}


def _gather(model: type[BaseModel], seen: set[type[BaseModel]], found: dict[str, set[tuple[str, ...]]]) -> None:
    if model in seen:
        return
    seen.add(model)
    for name, info in model.model_fields.items():
        leaves = _leaves(info.annotation)
        words = tuple(leaf for leaf in leaves if isinstance(leaf, str))
        if len(words) > 1:
            found.setdefault(info.alias or name, set()).add(words)
        for leaf in leaves:
            if isinstance(leaf, type) and issubclass(leaf, BaseModel):
                _gather(leaf, seen, found)


def _leaves(annotation: object) -> list[object]:
    """The models and the literal words inside an annotation."""
    if get_origin(annotation) is Literal:
        return [word for word in get_args(annotation) if isinstance(word, str)]
    if get_origin(annotation) is None and not isinstance(annotation, UnionType):
        return [annotation]
    inner = get_args(annotation)
    kept = inner[:1] if get_origin(annotation) not in (Union, UnionType, dict, list, tuple) else inner
    return [leaf for part in kept for leaf in _leaves(part)]
