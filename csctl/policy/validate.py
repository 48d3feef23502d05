"""From plain values to the policy model; everything the models refuse becomes a problem with file, line and remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from csctl.messages import problem
from csctl.messages.declared import declared_entries
from csctl.policy.lines import Path
from csctl.policy.model import MONTH, Policy
from csctl.policy.parse import parse
from csctl.policy.parts import Comparison, Part
from csctl.policy.schema import keys_of, meaning_at, model_at
from csctl.policy.tree import Locate, Placed, SourceText, locator, placed_tree, plain_document, reach, toml_excerpt
from csctl.problems import Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WRONG_TYPE = {
    "string_type": "policy-not-a-text",
    "list_type": "policy-not-a-list",
    "dict_type": "policy-not-a-table",
    "model_type": "policy-not-a-table",
    "bool_type": "policy-not-a-flag",
    "int_type": "policy-not-a-whole-number",
    "int_from_float": "policy-not-a-whole-number",
    "decimal_type": "policy-not-a-number",
    "too_short": "policy-list-empty",
}
_BOUNDS = {
    "greater_than": ("policy-not-above", "gt"),
    "greater_than_equal": ("policy-too-small", "ge"),
    "less_than": ("policy-not-below", "lt"),
    "less_than_equal": ("policy-too-large-number", "le"),
}
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": "policy-not-an-identifier",
    r"^[a-z][a-z0-9-]*$": "policy-not-a-short-name",
    MONTH: "policy-not-a-month",
}


Model = TypeVar("Model", bound=Part)


def validate(tree: Placed, model: type[Policy] = Policy) -> tuple[Policy | None, list[Problem]]:
    """The policy of a merged document, or every fault in it at once."""
    return validate_as(model, tree)


def validate_as(model: type[Model], tree: Placed) -> tuple[Model | None, list[Problem]]:
    """A document as a model (a policy, a workspace's configuration), or every fault in it at once."""
    try:
        return model.model_validate(plain_document(tree)), []
    except ValidationError as faults:
        locate = locator(tree)
        details = _without_branches(faults.errors(include_url=False), tree)
        return None, list(dict.fromkeys(_problem(fault, locate, model) for fault in details))


def read_as(model: type[Model], source: SourceText) -> tuple[Model | None, list[Problem]]:
    """A text as a model, or every fault in it at once: for small files of csctl's own that build on no other."""
    document, problems = parse(source)
    return (None, problems) if document is None else validate_as(model, placed_tree(document, source))


def _without_branches(faults: list[ErrorDetails], tree: Placed) -> list[ErrorDetails]:
    """Faults without those of union members the author did not mean, each at a path of the document.

    A test on a column may be of five types; a value that fits none of them brings a fault for each.
    """
    kept: dict[object, ErrorDetails] = {}
    for fault in faults:
        path, rest = _split(fault["loc"], tree)
        if not rest or rest[0] == "[key]" or fault["type"] == "missing":
            kept[path, rest, fault["type"]] = {**fault, "loc": path + rest}
        elif rest[0] == Comparison.__name__ and len(rest) > 1:
            kept[path, rest, fault["type"]] = {**fault, "loc": path + rest[1:]}
        elif not isinstance(reach(tree, path)[0].value, dict):
            kept[path] = {
                **fault,
                "type": "policy-not-a-test",
                "loc": path,
                "input": plain_document(reach(tree, path)[0]),
            }
    return list(kept.values())


def _split(loc: Path, tree: Placed) -> tuple[Path, Path]:
    """The part of a location that stands in the document, and the rest: a missing key or names of union members."""
    _, count = reach(tree, loc)
    return loc[:count], loc[count:]


def _problem(fault: ErrorDetails, locate: Locate, model: type[Part]) -> Problem:
    path: Path = tuple(part for part in fault["loc"] if part != "[key]")
    code, details = _worded(fault, path, model)
    about_the_key = code in _ABOUT_THE_KEY or fault["loc"][-1:] == ("[key]",)
    return problem(code, locate(path), str(path[-1]) if about_the_key else toml_excerpt(fault["input"]), **details)


_ABOUT_THE_KEY = {"policy-key-missing", "policy-unknown-key", "policy-unknown-key-near"}


def _worded(fault: ErrorDetails, path: Path, model: type[Part]) -> tuple[str, Mapping[str, str]]:
    """The message code of a fault and what fills its blanks."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "missing":
        return "policy-key-missing", {"meaning": meaning_at(path, model)}
    if kind == "extra_forbidden":
        return _unknown_key(path, model)
    if kind == "literal_error":
        return "policy-not-a-choice", {"choices": _choices(str(context["expected"]))}
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(context["pattern"], "policy-value-wrong"), {"reason": str(context["pattern"])}
    if kind in _BOUNDS:
        code, key = _BOUNDS[kind]
        return code, {"bound": str(context[key])}
    if kind in _WRONG_TYPE:
        return _WRONG_TYPE[kind], {"meaning": meaning_at(path, model)}
    if kind in declared_entries():
        return kind, {name: str(value) for name, value in context.items()}
    return "policy-value-wrong", {"reason": fault["msg"]}


def _unknown_key(path: Path, root: type[Part]) -> tuple[str, Mapping[str, str]]:
    model = model_at(path[:-1], root)
    known = list(keys_of(model)) if model else []
    near = difflib.get_close_matches(str(path[-1]), known, n=1)
    if near:
        return "policy-unknown-key-near", {"near": near[0]}
    return "policy-unknown-key", {"known": ", ".join(known)}


def _choices(expected: str) -> str:
    return ", ".join(f'"{choice}"' for choice in re.findall(r"'([^']*)'", expected))
