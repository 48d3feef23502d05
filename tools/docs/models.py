"""The reference of the policy, from the models that check it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from docs.markdown import anchor, cell, code, page, table

NAMES = {
    str: "text", int: "whole number", bool: "true / false", "Decimal": "number", "date": "date",
}  # fmt: skip
LIMITS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "min_length": "length ≥ "}
PATTERNS = {
    r"^[a-z][a-z0-9-]*$": "letters a–z, digits, -",
    r"^[a-z][a-z0-9_]*$": "letters a–z, digits, _",
    r"^[0-9]{4}-(0[1-9]|1[0-2])$": "YYYY-MM",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$": "HH:MM",
    r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$": "HH:MM, 24:00 for midnight",
}
INTRO = """# Policy reference

[Contents](../README.md) · [Write your own policy](../en/policy.md) · [写自己的制度](../zh/policy.md)

A policy is a TOML file. Every key is declared once, in the models that also check it; this page is made from them. A
key that is not declared is an error, and so is a number in quotes. Numbers are exact decimals. A table in `[brackets]`
stands once, one in `[[double brackets]]` may stand many times.

`→ measure (days, hours)` is the name of something that is declared elsewhere: here of a measure, in one of these units.
Measures are `[measure]` and what csctl counts by itself: `event.…`, `composite.…`, `check.…`, `attendance.…`. A name
that nothing bears is an error that suggests the nearest. `name (pay line)` is a name of the policy's own; no other pay
line may bear it."""
WORKSPACE_INTRO = """# Workspace reference: csctl.toml

[Contents](../README.md) · [Map your own export](../en/sources.md) · [接入自己的导出表](../zh/sources.md)

`csctl.toml` names the team, its policy and its exports. Every key is declared once; this page is made from the
declarations."""


def policy_page(model: Any = None) -> str:
    """The whole policy, model by model, outermost first; ``model`` is what a policy may say."""
    from csctl.policy.model import Policy

    return _models_page(INTRO, model or Policy, "the policy itself")


def workspace_page() -> str:
    """The keys of ``csctl.toml``."""
    from csctl.workspace import Config

    return _models_page(WORKSPACE_INTRO, Config, "csctl.toml")


def _models_page(intro: str, root: Any, called: str) -> str:
    from csctl.policy.schema import models_below

    models = list(models_below(root))
    places = _places(root, models)
    parts = [intro]
    for model in models:
        where = called if model is root else ", ".join(code(place) for place in places[model])
        at = "" if model is root else "at "
        parts += [f"## {model.__name__}", f"*{at}{where}*", *_doc(model), _keys(model, models)]
    return page("en", *parts)


def _doc(model: Any) -> Iterator[str]:
    text = inspect.getdoc(model) or ""
    for part in text.split("\n\n"):
        yield part.replace("``", "`")


def _keys(model: Any, models: list[Any]) -> str:
    rows = []
    for name, field in model.model_fields.items():
        words = cell(field.description or "").replace("``", "`")
        rows.append((code(field.alias or name), _kind(field, models), _default(field), words))
    return table(["key", "value", "default", "meaning"], rows)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "**required**"
    default: Any = field.get_default(call_default_factory=True, validated_data={})
    if default is None or default in ("", [], {}, ()) or hasattr(type(default), "model_fields"):
        return ""
    if isinstance(default, bool):
        return code(str(default).lower())
    return code(", ".join(map(str, default)) if isinstance(default, list | tuple) else default)


def _kind(field: FieldInfo, models: list[Any]) -> str:
    shown = _shown(field.annotation, models, field.metadata)
    limits = "; ".join(_limits(field.metadata))
    return f"{shown} ({limits})" if limits else shown


def _limits(metadata: list[Any]) -> Iterator[str]:
    for one in metadata:
        for name, words in LIMITS.items():
            value = getattr(one, name, None)
            if value is not None:
                yield cell(f"{words}{value}").replace("&lt;", "<")
        pattern = getattr(one, "pattern", None)
        if pattern:
            yield PATTERNS.get(pattern) or code(pattern)


def _shown(kind: Any, models: list[Any], marks: Sequence[Any] = ()) -> str:
    """A type in words; models as links. ``marks`` are what is declared of it."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _shown(inside[0], models, (*marks, *inside[1:]))
    if origin is Literal:
        return " ".join(code(f'"{one}"' if isinstance(one, str) else str(one).lower()) for one in inside)
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_shown(one, models, marks) for one in inside if one is not type(None)))
    if origin in (list, tuple):
        return f"list of {_shown(inside[0], models)}"
    if origin is dict:
        names = _shown(inside[0], models)
        by = "" if names == NAMES[str] else f" by {names}"
        return f"table of {_shown(inside[1], models)}{by}"
    if kind in models:
        return f"[{kind.__name__}](#{anchor(kind.__name__)})"
    if kind is str:
        return _named(marks)
    return NAMES.get(kind) or NAMES.get(getattr(kind, "__name__", ""), getattr(kind, "__name__", str(kind)))


def _named(marks: Sequence[Any]) -> str:
    """What a text names, or what it is the name of."""
    from csctl.policy.keys import Names, Ref

    for mark in marks:
        if isinstance(mark, Names):
            return f"name ({mark.space})"
        if isinstance(mark, Ref) and mark.to != "value":
            only = (*mark.units, *((mark.columns.name.lower(),) if mark.columns else ()))
            others = [f" or {code(json.dumps(word))}" for word in mark.also if word]
            unless = f" unless {code(mark.unless)}" if mark.unless else ""
            return f"→ {mark.to}" + (f" ({', '.join(only)})" if only else "") + "".join(others) + unless
    return NAMES[str]


def _places(root: Any, models: list[Any]) -> dict[Any, list[str]]:
    """Where each model stands, as TOML writes it: the first few places."""
    from csctl.policy.schema import keys_of, models_in

    places: dict[Any, list[str]] = {model: [] for model in models}
    places[root] = [""]
    for model in models:
        for name, spec in keys_of(model).items():
            for inner in models_in(spec):
                above = places[model][0].strip("[]")
                named = spec.keys is not None
                key = f"{above}.{name}".strip(".") + (".NAME" if named else "")
                place = f"[[{key}]]" if spec.item and not named else f"[{key}]"
                if inner is not model and place not in places[inner] and len(places[inner]) < 3:
                    places[inner].append(place)
    return places
