"""One policy from its parents and its own text. Systems are never merged silently.

Tables merge key by key, lists of named entries (dimensions, fines …) entry by entry; what is declared ``Whole`` and all
other lists replace as one piece. How each key merges stands in its declaration; nothing is listed here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from csctl.messages import problem
from csctl.policy.keys import Own
from csctl.policy.model import Policy
from csctl.policy.schema import Spec, spec_at
from csctl.policy.tree import Placed, node_place, plain_document, step, toml_excerpt
from csctl.problems import Problem

NamePath = tuple[str, ...]
"""Keys and names of entries from the top: ``("dimension", "service", "indicator", "csat", "bands")``."""
POLICY = spec_at(())
"""What a policy consists of. How each of its keys merges is declared where the key is."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A key that two parents set to different values."""

    path: NamePath
    first: Placed
    second: Placed


def branches(node: Placed, spec: Spec) -> dict[str, Placed] | None:
    """What merges inside a value, by key or entry name; None if the value is of one piece.

    ``spec`` is what the models declare here. An entry without a usable name gets one that no other entry has, so it is
    kept and merges with nothing.
    """
    if spec.whole:
        return None
    if isinstance(node.value, dict):
        return dict(node.value)
    if not isinstance(node.value, list) or spec.entry is None:
        return None
    if not all(isinstance(entry.value, dict) for entry in node.value):
        return None
    named: dict[str, Placed] = {}
    for index, entry in enumerate(node.value):
        key = step(entry, spec.entry.key)
        name = key.value if key and isinstance(key.value, str) else None
        unique = name if name is not None and name not in named else f"\0{node.source.name}:{index}"
        named[unique] = entry
    return named


def _rebuilt(node: Placed, inside: dict[str, Placed]) -> Placed:
    value: object = list(inside.values()) if isinstance(node.value, list) else inside
    return Placed(value, node.source, node.path)


def _both(first: Placed, second: Placed, spec: Spec) -> tuple[dict[str, Placed], dict[str, Placed]] | None:
    """The branches of two values that merge with each other; None if one replaces the other."""
    one, other = branches(first, spec), branches(second, spec)
    if one is None or other is None or type(first.value) is not type(second.value):
        return None
    return one, other


def override(parent: Placed, child: Placed, spec: Spec = POLICY) -> Placed:
    """What the child says, and what only the parent says. New keys and entries follow the inherited ones."""
    both = _both(parent, child, spec)
    if both is None:
        return child
    inside = dict(both[0])
    for name, node in both[1].items():
        below = spec.below(name)
        inside[name] = override(inside[name], node, below) if name in inside else node
    return _rebuilt(child, inside)


def unite(first: Placed, second: Placed, spec: Spec = POLICY, path: NamePath = ()) -> tuple[Placed, list[Conflict]]:
    """Two parents as one; where they differ the first stands, and the difference is listed."""
    both = _both(first, second, spec)
    if both is None:
        return first, [] if plain_document(first) == plain_document(second) else [Conflict(path, first, second)]
    inside = dict(both[0])
    differences: list[Conflict] = []
    for name, node in both[1].items():
        if name in inside:
            below = spec.below(name)
            inside[name], found = unite(inside[name], node, below, (*path, name))
            differences += found
        else:
            inside[name] = node
    return _rebuilt(first, inside), differences


def value_named(tree: Placed, path: NamePath, spec: Spec = POLICY) -> Placed | None:
    """The value of that name; None if there is none."""
    found = _find(tree, path, spec)
    return found[0] if found else None


def _find(tree: Placed, path: NamePath, spec: Spec) -> tuple[Placed, Spec] | None:
    """The value of that name and what is declared of it. Looks into values of one piece, too."""
    if not path:
        return tree, spec
    inside = branches(tree, spec)
    if inside is None and isinstance(tree.value, list):
        # Entries without names, such as pools: the first that has such a key.
        return next((found for entry in tree.value if (found := _find(entry, path, spec.below(0)))), None)
    below = inside.get(path[0]) if inside is not None else step(tree, path[0])
    return _find(below, path[1:], spec.below(path[0])) if below else None


def without(tree: Placed, path: NamePath, spec: Spec = POLICY) -> Placed | None:
    """The tree less that key or entry; None if it has no such key."""
    inside = branches(tree, spec)
    if inside is None or path[0] not in inside:
        return None
    if len(path) == 1:
        del inside[path[0]]
        return _rebuilt(tree, inside)
    rest = without(inside[path[0]], path[1:], spec.below(path[0]))
    return _rebuilt(tree, inside | {path[0]: rest}) if rest else None


def _names(tree: Placed, spec: Spec, path: NamePath = ()) -> Iterator[NamePath]:
    """All paths that can be named, tables before what is inside."""
    for name, node in (branches(tree, spec) or {}).items():
        if not name.startswith("\0"):
            yield (*path, name)
            yield from _names(node, spec.below(name), (*path, name))


def inherit(own: Placed, parents: Sequence[Placed], model: type[Policy] = Policy) -> tuple[Placed, list[Problem]]:
    """The policy that the text ``own`` makes of its parents, each complete in itself.

    Problems: keys that parents set differently and the child neither sets nor drops; dropped keys that nobody has.
    """
    if not parents:
        return own, [_unknown_drop(entry, [], own) for entry in _texts(own, "drop")]
    spec = spec_at((), model)
    base, differences = _united([_heritage(parent, spec) for parent in parents], spec)
    kept, problems = _dropped(base, own, spec)
    for difference in differences:
        if value_named(kept, difference.path, spec) and not _settles(own, difference.path, spec):
            problems.append(_difference(own, difference))
    kept = _assumptions_that_hold(base, kept, own, spec)
    return override(kept, own, spec), problems


def _heritage(parent: Placed, spec: Spec) -> Placed:
    inside = (branches(parent, spec) or {}).items()
    return _rebuilt(parent, {key: node for key, node in inside if not spec.below(key).mark(Own)})


def _united(parents: Sequence[Placed], spec: Spec) -> tuple[Placed, list[Conflict]]:
    base, differences = parents[0], list[Conflict]()
    for parent in parents[1:]:
        base, found = unite(base, parent, spec)
        differences += [entry for entry in found if entry.path[0] != "assumption"]
    return _with_joined_assumptions(base, parents), differences


def _with_joined_assumptions(base: Placed, parents: Sequence[Placed]) -> Placed:
    """Assumptions of one id in several parents say all that each of them says."""
    entries = value_named(base, ("assumption",))
    if entries is None or not isinstance(entries.value, list):
        return base
    joined = [_joined(entry, parents) for entry in entries.value]
    return _rebuilt(
        base, {**(branches(base, POLICY) or {}), "assumption": Placed(joined, entries.source, entries.path)}
    )


def _joined(entry: Placed, parents: Sequence[Placed]) -> Placed:
    name = step(entry, "id")
    if name is None or not isinstance(name.value, str) or not isinstance(entry.value, dict):
        return entry
    same = [found for parent in parents if (found := value_named(parent, ("assumption", name.value)))]
    inside = dict(entry.value)
    texts = [text for found in same if (text := step(found, "text"))]
    if len({toml_excerpt(text.value, 10_000) for text in texts}) > 1:
        words = " / ".join(dict.fromkeys(str(text.value) for text in texts))
        inside["text"] = Placed(words, texts[0].source, texts[0].path)
    lists = [keys for found in same if (keys := step(found, "keys")) and isinstance(keys.value, list)]
    if lists:
        unique = {str(plain_document(key)): key for keys in lists for key in keys.value}  # type: ignore[attr-defined]
        inside["keys"] = Placed(list(unique.values()), lists[0].source, lists[0].path)
    return Placed(inside, entry.source, entry.path)


def _texts(own: Placed, key: str) -> list[Placed]:
    """The texts of a list of texts; other things are left to the models to refuse."""
    node = step(own, key)
    entries = node.value if node and isinstance(node.value, list) else []
    return [entry for entry in entries if isinstance(entry.value, str) and entry.value]


def _dropped(base: Placed, own: Placed, spec: Spec) -> tuple[Placed, list[Problem]]:
    kept, problems = base, list[Problem]()
    for entry in _texts(own, "drop"):
        path = tuple(str(entry.value).split("."))
        rest = without(kept, path, spec)
        if rest is not None:
            kept = rest
        elif without(base, path, spec) is None:
            problems.append(_unknown_drop(entry, _names(base, spec), own))
    return kept, problems


def _unknown_drop(entry: Placed, known: Iterable[NamePath], own: Placed) -> Problem:
    words = str(entry.value)
    near = difflib.get_close_matches(words, [".".join(path) for path in known], n=3)
    place = node_place(entry, f"drop[{entry.path[-1] + 1}]" if isinstance(entry.path[-1], int) else "drop")
    if near:
        return problem("policy-drop-unknown-near", place, words, near=", ".join(near))
    return problem("policy-drop-unknown", place, words, policy=own.source.name)


def _settles(own: Placed, path: NamePath, spec: Spec) -> bool:
    """Whether the child sets that key, or something of one piece that holds it."""
    if not path:
        return True
    inside = branches(own, spec)
    if inside is None:
        return True
    return path[0] in inside and _settles(inside[path[0]], path[1:], spec.below(path[0]))


def _difference(own: Placed, difference: Conflict) -> Problem:
    words = ".".join(difference.path)
    extends = step(own, "extends") or own
    place = node_place(extends, "extends")
    return problem(
        "policy-parents-differ",
        place,
        words,
        first=difference.first.source.name,
        first_value=toml_excerpt(plain_document(difference.first), 40),
        second=difference.second.source.name,
        second_value=toml_excerpt(plain_document(difference.second), 40),
    )


def _assumptions_that_hold(base: Placed, kept: Placed, own: Placed, spec: Spec) -> Placed:
    """Inherited assumptions without the keys that the child dropped or set anew; without any key left, they go."""
    entries = value_named(kept, ("assumption",))
    if entries is None or not isinstance(entries.value, list):
        return kept
    holding = [rest for entry in entries.value if (rest := _still_holding(entry, base, kept, own, spec))]
    return _rebuilt(
        kept, {**(branches(kept, POLICY) or {}), "assumption": Placed(holding, entries.source, entries.path)}
    )


def _still_holding(entry: Placed, base: Placed, kept: Placed, own: Placed, spec: Spec) -> Placed | None:
    keys = step(entry, "keys")
    if keys is None or not isinstance(keys.value, list) or not keys.value or not isinstance(entry.value, dict):
        return entry
    rest = [key for key in keys.value if not _settled(tuple(str(key.value).split(".")), base, kept, own, spec)]
    return (
        Placed({**entry.value, "keys": Placed(rest, keys.source, keys.path)}, entry.source, entry.path)
        if rest
        else None
    )


def _settled(path: NamePath, base: Placed, kept: Placed, own: Placed, spec: Spec) -> bool:
    """Whether the child dropped what stands at the path, or sets all of it."""
    left, new = _find(kept, path, spec), value_named(own, path, spec)
    if left is None and value_named(base, path, spec) is not None:
        return True
    return _settles(own, path, spec) and (left is None or new is None or _covers(new, *left))


def _covers(new: Placed, old: Placed, spec: Spec) -> bool:
    """Whether the new value says everything that the old one said."""
    both = _both(old, new, spec)
    if both is None:
        return True
    return all(name in both[1] and _covers(both[1][name], node, spec.below(name)) for name, node in both[0].items())
