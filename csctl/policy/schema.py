"""What the models declare at a place of a policy: the keys that may stand there, and what a key means."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from csctl.policy.lines import Path
from csctl.policy.model import Policy
from csctl.policy.parts import Part


def keys_of(model: type[Part]) -> dict[str, FieldInfo]:
    """The keys of a table as TOML writes them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def model_at(path: Path, model: type[Part] = Policy) -> type[Part] | None:
    """The model of the table at the path; None if there stands no table with declared keys."""
    return next(_models(_annotation(model, path)), None)


def meaning_at(path: Path, model: type[Part] = Policy) -> str:
    """What the key at the path is for, in the words of its declaration; "" if it is no declared key."""
    above = model_at(path[:-1], model)
    field = keys_of(above).get(str(path[-1])) if above and path else None
    return (field.description or "") if field else ""


def _annotation(start: object, path: Path) -> object:
    here = start
    for part in path:
        here = next(_below(here, part), None)
        if here is None:
            return None
    return here


def _below(annotation: object, part: str | int) -> Iterator[object]:
    """Types of what stands under a key or index of a value of that type."""
    for kind in _alternatives(annotation):
        origin, inside = get_origin(kind), get_args(kind)
        if isinstance(kind, type) and issubclass(kind, Part):
            field = keys_of(kind).get(str(part))
            if field:
                yield field.annotation
        elif (origin is list and isinstance(part, int)) or (origin is dict and isinstance(part, str)):
            yield inside[-1]


def _alternatives(annotation: object) -> Iterator[object]:
    """The members of a union, without wrappers."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for member in get_args(annotation):
            yield from _alternatives(member)
    else:
        yield annotation


def _models(annotation: object) -> Iterator[type[Part]]:
    for kind in _alternatives(annotation):
        # A parametrised generic such as list[str] counts as a type in some Python versions.
        if get_origin(kind) is None and isinstance(kind, type) and issubclass(kind, Part):
            yield kind
