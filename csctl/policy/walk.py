"""The one walker over a policy's values: every part and every marked text, with its place and what it lies in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

from csctl.policy.keeping import PARTS, kept
from csctl.policy.keys import Mark, Names, Ref
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Part
from csctl.policy.schema import Spec, keys_of, models_in, texts_in

P = TypeVar("P", bound=Part)


class Met(NamedTuple):
    """A text that is a name or a reference. ``field`` is the declared key it stands under.

    ``owners`` are the parts it lies in, outermost first; a name that is the key of a table lies in what it names, too.
    ``under``: the last such name on its path. ``content``: what stands under it if it is such a name itself.
    """

    path: Path
    owners: tuple[Part, ...]
    field: Spec
    under: str
    mark: Ref | Names
    text: str
    content: object = None


class _Spot(NamedTuple):
    """Where the walk is; how a ``Met`` begins."""

    path: Path
    owners: tuple[Part, ...]
    field: Spec
    under: str


@dataclass(frozen=True, slots=True)
class Walked:
    """What a part holds, in the order of the models: every part with its path, itself included; every marked text."""

    parts: list[tuple[Path, Part]]
    texts: list[Met]


def walk(root: Part) -> Walked:
    """Everything in a part."""
    return _in_policy(root) if isinstance(root, Policy) else _in_part(root)


@kept()
def _in_policy(policy: Policy) -> Walked:
    return _walk(policy)


@kept(PARTS)
def _in_part(part: Part) -> Walked:
    return _walk(part)


def _walk(root: Part) -> Walked:
    walked = Walked([], [])
    _part(root, (), (), "", walked)
    return walked


@lru_cache(maxsize=512)
def _telling(model: type[Part]) -> tuple[Spec, ...]:
    """The keys of a model that hold parts or marked texts."""
    keys = keys_of(model).values()
    return tuple(key for key in keys if any(models_in(key)) or any(_marks(marks) for marks in texts_in(key)))


def _marks(marks: tuple[Mark, ...]) -> list[Ref | Names]:
    return [mark for mark in marks if isinstance(mark, Ref | Names)]


def _part(part: Part, path: Path, owners: tuple[Part, ...], under: str, walked: Walked) -> None:
    walked.parts.append((path, part))
    for key in _telling(type(part)):
        value = getattr(part, key.name)
        if value is not None:
            _inside(value, key, _Spot((*path, key.key), (*owners, part), key, under), walked)


def _inside(value: object, spec: Spec, at: _Spot, walked: Walked) -> None:
    """Gather what a value holds; ``at`` is where it stands."""
    if isinstance(value, str):
        walked.texts.extend(Met(*at, mark, value) for mark in _marks(spec.marks))
    elif isinstance(value, Part):
        _part(value, at.path, at.owners, at.under, walked)
    elif isinstance(value, list) and spec.item:
        for index, entry in enumerate(value):
            _inside(entry, spec.item, _Spot((*at.path, index), at.owners, at.field, at.under), walked)
    elif isinstance(value, dict) and spec.item:
        marks = _marks(spec.keys or ())
        for name, entry in value.items():
            path = (*at.path, name)
            owners = (*at.owners, entry) if isinstance(entry, Part) else at.owners
            walked.texts.extend(Met(path, owners, at.field, name, mark, name, entry) for mark in marks)
            _inside(entry, spec.item, _Spot(path, at.owners, at.field, name), walked)


def texts(root: Part) -> list[Met]:
    """Every name and every reference."""
    return walk(root).texts


def uses(root: Part, kind: type[P], path: Path = ()) -> Iterator[tuple[Path, P]]:
    """Every part of that kind, wherever it lies, with its path; ``path`` is that of the root."""
    return (((*path, *inner), part) for inner, part in walk(root).parts if isinstance(part, kind))


def entry_named(root: Part, space: str, name: str) -> Part | None:
    """The part that bears the name in that space."""
    named = (met for met in texts(root) if isinstance(met.mark, Names) and met.mark.space == space)
    return next((met.owners[-1] for met in named if met.text == name), None)


def path_steps(root: Part, path: Path) -> Iterator[str]:
    """A path as people read it, step by step: an entry goes by its id, label or item in brackets, else its number."""
    here: object = root
    for step in path:
        if isinstance(here, list) and isinstance(step, int):
            here = here[step]
            names = (getattr(here, key, None) for key in ("id", "label", "item"))
            yield f"[{next((name for name in names if name), step + 1)}]"
        else:
            spec = keys_of(type(here)).get(str(step)) if isinstance(here, Part) else None
            here = getattr(here, spec.name) if spec else here[step] if isinstance(here, dict) else None
            yield str(step)
