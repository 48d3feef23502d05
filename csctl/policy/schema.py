"""What the models declare at a place of a policy: the keys that may stand there, what they mean, what they refer to.

The one walker over the types of the models; ``walk`` is the one over their values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, reduce
from types import MappingProxyType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from csctl.policy.keys import ListKey, Mark, Names, Whole
from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Part

M = TypeVar("M")


@dataclass(frozen=True)
class Spec:
    """What may stand at a place.

    ``marks``: what is declared of a value here. ``models``: tables with declared keys. ``item``: entries of a list, or
    values of a table whose keys are names; ``keys`` are the marks of these names, None for a list. ``text``: a text.
    Where the place is a declared key: ``name`` and ``info`` of the field, and ``key``, as TOML writes it.
    """

    marks: tuple[Mark, ...] = ()
    models: tuple[type[Part], ...] = ()
    item: Spec | None = None
    keys: tuple[Mark, ...] | None = None
    text: bool = False
    name: str = ""
    key: str = ""
    info: FieldInfo | None = None

    def below(self, part: str | int) -> Spec:
        """What may stand under a key, name or index."""
        declared = (keys_of(model).get(part) for model in self.models if isinstance(part, str))
        return next((spec for spec in declared if spec), self.item or NOTHING)

    def mark(self, kind: type[M]) -> M | None:
        """The first mark of that kind."""
        return next((one for one in self.marks if isinstance(one, kind)), None)

    @cached_property
    def whole(self) -> bool:
        """Whether a child replaces it as one piece."""
        listed = self.item is not None and self.keys is None
        return self.mark(Whole) is not None or (listed and self.entry is None)

    @cached_property
    def entry(self) -> Spec | None:
        """The key by which entries of this list go; None if they have no names, or if it is no list."""
        if self.item is None or self.keys is not None:
            return None
        return next((key for model in self.item.models if (key := _entry_key(model))), None)


NOTHING = Spec()
"""Where nothing is declared."""


def _entry_key(model: type[Part]) -> Spec | None:
    keys = keys_of(model).values()
    return next((key for key in keys if key.mark(ListKey) or key.mark(Names)), None)


@lru_cache(maxsize=512)
def keys_of(model: type[Part]) -> Mapping[str, Spec]:
    """The keys of a table as TOML writes them."""
    fields = model.model_fields.items()
    return MappingProxyType({info.alias or name: _of_field(name, info) for name, info in fields})


def _of_field(name: str, info: FieldInfo) -> Spec:
    marks = tuple(one for one in info.metadata if isinstance(one, Mark))
    return replace(_spec(info.annotation, marks), name=name, key=info.alias or name, info=info)


def _spec(annotation: Any, marks: tuple[Mark, ...] = ()) -> Spec:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _spec(inside[0], (*marks, *(one for one in inside[1:] if isinstance(one, Mark))))
    if origin in (Union, UnionType):
        return reduce(_either, (_spec(member, marks) for member in inside))
    if origin is list:
        return Spec(marks, item=_spec(inside[0]))
    if origin is dict:
        return Spec(marks, keys=_spec(inside[0]).marks, item=_spec(inside[1]))
    # A parametrised generic counts as a type in some Python versions.
    if origin is None and isinstance(annotation, type) and issubclass(annotation, Part):
        return Spec(marks, models=(annotation,))
    return Spec(marks, text=annotation is str)


def _either(one: Spec, other: Spec) -> Spec:
    """What may be this or that."""
    marks = tuple(dict.fromkeys((*one.marks, *other.marks)))
    keys = one.keys if one.item else other.keys
    return Spec(marks, one.models + other.models, one.item or other.item, keys, one.text or other.text)


def spec_at(path: Path, model: type[Part] = Policy) -> Spec:
    """What may stand at the path."""
    return reduce(Spec.below, path, Spec(models=(model,)))


def model_at(path: Path, model: type[Part] = Policy) -> type[Part] | None:
    """The model of the table at the path; None if there stands no table with declared keys."""
    return next(iter(spec_at(path, model).models), None)


def meaning_at(path: Path, model: type[Part] = Policy) -> str:
    """What the key at the path is for, in the words of its declaration; "" if it is no declared key."""
    info = spec_at(path, model).info
    return (info.description or "") if info else ""


def models_in(spec: Spec) -> Iterator[type[Part]]:
    """The models of a value and of what it holds."""
    yield from spec.models
    if spec.item:
        yield from models_in(spec.item)


def models_below(root: type[Part]) -> Iterator[type[Part]]:
    """The models a document may hold, each once, in the order in which a reader meets them."""
    seen, waiting = [root], [root]
    while waiting:
        model = waiting.pop(0)
        yield model
        found = [inner for spec in keys_of(model).values() for inner in models_in(spec)]
        fresh = [one for one in dict.fromkeys(found) if one not in seen]
        seen += fresh
        waiting = fresh + waiting


def texts_in(spec: Spec) -> Iterator[tuple[Mark, ...]]:
    """The marks of every text that a value may hold: itself, its names, its entries."""
    if spec.text:
        yield spec.marks
    if spec.item:
        yield from () if spec.keys is None else (spec.keys,)
        yield from texts_in(spec.item)
