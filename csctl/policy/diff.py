"""What one policy says otherwise than another: keys that come, go, or change.

Two complete policies are compared, not their texts: what a policy inherits or leaves at its default counts as said.
Entries of lists are compared by their names (an indicator by its id, a band by its level), so that one new entry is
one change; where their order differs, that is a change of its own, for the order of bands and grades decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from csctl.policy.keys import Ordered
from csctl.policy.merge import NamePath
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.schema import NOTHING, Spec, keys_of, spec_at
from csctl.policy.tree import toml_excerpt

HOW_WRITTEN = {"extends", "drop"}
"""Keys that say how a policy is written, not what it says."""
CALLED = ("label", "item", "text", "id")
"""Fields that say what an entry is called, best first."""
LONGEST = 80
"""Letters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, at a path of keys and names of entries such as ``("dimension", "service", "weight")``.

    ``old`` and ``new`` are as the models hold them, None where there is nothing; of another order they are the names
    that both have, in the order of each. ``label`` is what people call the entry it lies in, ``rules`` are the rule
    ids of that entry in both policies.
    """

    path: NamePath
    kind: Literal["added", "removed", "changed", "order"]
    old: object
    new: object
    label: str
    rules: tuple[str, ...]

    @property
    def group(self) -> str:
        """The part of the policy in which it lies."""
        return self.path[0]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the comparison stands, and what the entries around it are called."""

    path: NamePath = ()
    spec: Spec = NOTHING
    label: str = ""
    rules: tuple[str, ...] = ()

    def below(self, name: str, values: Sequence[object]) -> _Spot:
        """One step down, to the ``values`` that stand there."""
        labels = _texts(values, "label") or _texts(values, "item")
        rules = tuple(sorted(_texts(values, "rule"))) or self.rules
        return _Spot((*self.path, name), self.spec.below(name), labels[-1] if labels else self.label, rules)


def _texts(values: Iterable[object], field: str) -> list[str]:
    """What that field says in models that have it filled in, each text once."""
    found = [getattr(value, field, None) for value in values if isinstance(value, Part)]
    return list(dict.fromkeys(text for text in found if isinstance(text, str) and text))


def policy_changes(old: Policy, new: Policy) -> tuple[Change, ...]:
    """Every change from one policy to the other, in the order of the policy; none if both say the same."""
    top = _Spot(spec=spec_at((), type(new)))
    parts = [name for name in keys_of(type(new)) if name not in HOW_WRITTEN]
    return tuple(
        change for name in parts for change in _between(getattr(old, name), getattr(new, name), top.below(name, ()))
    )


def _between(old: object, new: object, spot: _Spot) -> Iterator[Change]:
    one, other = _inside(old, spot), _inside(new, spot)
    if one is None or other is None:
        yield from _leaf(old, new, spot)
        return
    for name in _together(list(one), list(other)):
        values = [inside[name] for inside in (one, other) if inside.get(name) is not None]
        yield from _between(one.get(name), other.get(name), spot.below(name, values))
    if isinstance(old, list) or spot.spec.mark(Ordered) is not None:
        before, after = ([name for name in inside if name in one and name in other] for inside in (one, other))
        if before != after:
            yield Change(spot.path, "order", before, after, spot.label, spot.rules)


def _inside(value: object, spot: _Spot) -> Mapping[str, object] | None:
    """What a value consists of, by key or name; None if it is compared as a whole.

    Of a part that only one of the policies has (pay, its awards) the other has nothing, key by key.
    """
    entry = spot.spec.entry
    if value is None and (len(spot.path) == 1 or entry):
        return {}
    if isinstance(value, Part):
        return {key: getattr(value, spec.name) for key, spec in keys_of(type(value)).items()}
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or entry is None:
        return None
    named = {str(getattr(one, entry.name, "")): one for one in value if isinstance(one, Part)}
    return named if len(named) == len(value) and "" not in named else None


def _leaf(old: object, new: object, spot: _Spot) -> Iterator[Change]:
    if type(old) is type(new) and old == new:
        return
    empty = [value is None or value in ("", [], {}) for value in (old, new)]
    if all(gone or value is False for gone, value in zip(empty, (old, new), strict=True)):
        return
    kind: Literal["added", "removed", "changed"] = "added" if empty[0] else "removed" if empty[1] else "changed"
    yield Change(spot.path, kind, None if empty[0] else old, None if empty[1] else new, spot.label, spot.rules)


def _together(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """The names of both, in the order of the second; what only the first has stands behind what it followed there."""
    names = list(second)
    for before, name in pairwise(["", *first]):
        if name not in names:
            names.insert(names.index(before) + 1 if before else 0, name)
    return names


def plain_value(value: object) -> object:
    """A value of a change as plain data, without what stands at its default."""
    if isinstance(value, Part):
        return value.model_dump(by_alias=True, exclude_defaults=True)
    if isinstance(value, Mapping):
        return {key: plain_value(item) for key, item in value.items()}
    return [plain_value(item) for item in value] if isinstance(value, list) else value


def one_line_value(value: object) -> str:
    """A value of a change in one short line, as TOML would write it; "" where there is nothing.

    Of an entry that comes or goes as a whole its label or text is enough.
    """
    if value is None:
        return ""
    called = next((text for field in CALLED if (text := _texts([value], field))), [""])[0]
    return called or toml_excerpt(plain_value(value), LONGEST)
