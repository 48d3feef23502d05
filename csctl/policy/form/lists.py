"""Names, numbers and amounts by name in one cell, and read back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from csctl.policy.form.numbers import number, number_as_cell

LINES = re.compile(r"\s*[\n;；]\s*")
"""What parts entries that stand on lines of their own."""
COMMAS = re.compile(r"\s*[\n,，、;；]\s*")
"""What parts names."""


def amounts_said(value: Mapping[str, object], _: str) -> str:
    """``senior = 4350``, each on a line."""
    return "\n".join(f"{name} = {number_as_cell(amount)}" for name, amount in value.items())


def parse_amounts(text: str) -> dict[str, object]:
    """Such lines read back, in their order."""
    found: dict[str, object] = {}
    for line in LINES.split(text.strip()):
        name, equals, amount = line.rpartition("=")
        if not equals or not name.strip() or name.strip() in found:
            raise ValueError(text)
        found[name.strip()] = number(amount)
    return found


def names_said(value: list[str], language: str) -> str:
    """Names on one line."""
    return ("、" if language == "zh" else ", ").join(value) if all("\n" not in one for one in value) else "\n"


def parse_names(text: str) -> list[str]:
    """Names on one line or on several."""
    return [one for one in COMMAS.split(text.strip()) if one]


def numbers_said(value: list[object], language: str) -> str:
    """Numbers on one line."""
    return ("、" if language == "zh" else ", ").join(map(number_as_cell, value))


def parse_numbers(text: str) -> list[object]:
    """Such numbers read back."""
    return [number(one) for one in COMMAS.split(text.strip()) if one]


def whose_said(value: Mapping[str, list[str]], language: str) -> str:
    """``post = hotline, complaints``, each key on a line."""
    return "\n".join(f"{key} = {names_said(own, language)}" for key, own in value.items())


def parse_names_by_key(text: str) -> dict[str, object]:
    """Such lines read back."""
    found: dict[str, object] = {}
    for line in LINES.split(text.strip()):
        key, equals, own = line.partition("=")
        if not equals or key.strip() in found:
            raise ValueError(text)
        found[key.strip()] = parse_names(own)
    return found
