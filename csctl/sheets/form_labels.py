"""What company forms call the figures that csctl knows: labels beside cells and heads of columns, in two languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from csctl.headers import key_of
from csctl.messages import LANGUAGES, catalogue

if TYPE_CHECKING:
    from csctl.policy.model import Policy

_LABEL, _HEAD = "form-label.", "form-head."
_BETWEEN = re.compile(r"[、,]\s*")
_PARTS = re.compile(r"[/／|｜\n()（）]|(?<=[^\x00-\x7f])\s*(?=[A-Za-z])|(?<=[A-Za-z])\s*(?=[^\x00-\x7f])")
"""Where a label in two languages parts: 姓名/Name, 姓名 Name, or one below the other."""


@cache
def single_labels() -> Mapping[str, tuple[str, ...]]:
    """The placeholders that a label may mean, by the form in which labels are compared."""
    return _listed(_LABEL)


@cache
def head_labels() -> Mapping[str, tuple[str, ...]]:
    """The fields of a line that the head of a column may mean."""
    return _listed(_HEAD)


def _listed(prefix: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, entry in catalogue().items():
        if code.startswith(prefix):
            for label in (one for language in LANGUAGES for one in _BETWEEN.split(entry[language])):
                found.setdefault(key_of(label), []).append(code.removeprefix(prefix))
    return {label: tuple(dict.fromkeys(keys)) for label, keys in found.items()}


def line_labels(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """The indicators and adjustments of a policy by what it calls them."""
    named = [(one.label, one.id) for part in policy.dimension for one in part.indicator]
    named += [(one.label, one.id) for one in policy.adjustment]
    found: dict[str, list[str]] = {}
    for label, line in named:
        found.setdefault(key_of(label), []).append(line)
        found.setdefault(key_of(line), []).append(line)
    return {label: tuple(dict.fromkeys(lines)) for label, lines in found.items()}


def label_meanings(text: str, labels: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What a text on a form means; of a label in two languages what both mean; () for any other text."""
    whole = labels.get(_key(text))
    if whole:
        return whole
    parts = [labels.get(_key(part), ()) for part in _PARTS.split(text) if part.strip()]
    if len(parts) < 2 or not all(parts):
        return ()
    return tuple(one for one in parts[0] if all(one in others for others in parts[1:]))


def _key(text: str) -> str:
    return key_of(text).replace("’", "'")
