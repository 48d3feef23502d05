"""The one walker over a policy's values: every part and every marked text, with its place and what it lies in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from csctl.policy.keys import Mark, Names, Ref
from csctl.policy.lines import Path
from csctl.policy.parts import Part
from csctl.policy.schema import Spec, keys_of

P = TypeVar("P", bound=Part)
_TEXTS = (Ref, Names)


@dataclass(frozen=True, slots=True)
class Met:
    """A text that is a name or a reference. ``field`` is the declared key it stands under.

    ``owners`` are the parts it lies in, outermost first; a name that is the key of a table lies in what it names.
    ``column``: the last such name on its path. ``content``: what stands under it if it is such a name itself.
    """

    path: Path
    mark: Ref | Names
    text: str
    owners: tuple[Part, ...]
    field: Spec
    column: str = ""
    content: object = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the walk is."""

    path: Path
    owners: tuple[Part, ...]
    field: Spec
    column: str = ""

    def texts(self, text: str, marks: tuple[Mark, ...], content: object = None) -> Iterator[Met]:
        for mark in marks:
            if isinstance(mark, _TEXTS):
                yield Met(self.path, mark, text, self.owners, self.field, self.column, content)


def walk(
    root: Part, path: Path = (), owners: tuple[Part, ...] = (), column: str = ""
) -> Iterator[Met | tuple[Path, Part]]:
    """Every marked text and every part with its path, each before what it holds, in the order of the models."""
    yield path, root
    for key, spec in keys_of(type(root)).items():
        yield from _inside(getattr(root, spec.name), spec, _Spot((*path, key), (*owners, root), spec, column))


def _inside(value: object, spec: Spec, spot: _Spot) -> Iterator[Met | tuple[Path, Part]]:
    if isinstance(value, str):
        yield from spot.texts(value, spec.marks)
    elif isinstance(value, Part):
        yield from walk(value, spot.path, spot.owners, spot.column)
    elif spec.item is None:
        return
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _inside(entry, spec.item, _Spot((*spot.path, index), spot.owners, spot.field, spot.column))
    elif isinstance(value, dict):
        for name, entry in value.items():
            owners = (*spot.owners, entry) if isinstance(entry, Part) else spot.owners
            yield from _Spot((*spot.path, name), owners, spot.field, name).texts(name, spec.keys or (), entry)
            yield from _inside(entry, spec.item, _Spot((*spot.path, name), spot.owners, spot.field, name))


def texts(root: Part) -> Iterator[Met]:
    """Every name and every reference."""
    return (met for met in walk(root) if isinstance(met, Met))


def uses(root: Part, kind: type[P], path: Path = ()) -> Iterator[tuple[Path, P]]:
    """Every part of that kind, wherever it lies, with its path; ``path`` is that of the root."""
    for met in walk(root, path):
        if not isinstance(met, Met) and isinstance(met[1], kind):
            yield met[0], met[1]


def entry_named(root: Part, space: str, name: str) -> Part | None:
    """The part that bears the name in that space."""
    named = (met for met in texts(root) if isinstance(met.mark, Names) and met.mark.space == space)
    return next((met.owners[-1] for met in named if met.text == name), None)


def called(root: Part, path: Path) -> Iterator[str]:
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
