"""Every fixed word csctl says, in Chinese and English, from the TOML catalogues beside this file.

A catalogue entry is a table named by its code, with ``zh`` and ``en``; an entry for a problem may add
``zh_fix`` and ``en_fix``: what the user should write or do. Blanks are ``{name}``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from csctl.problems import Place, Problem

LANGUAGES = ("zh", "en")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All entries by code."""
    return _entries("")


@cache
def help_words() -> dict[str, dict[str, str]]:
    """The entries of the help texts alone: ``--help`` reads nothing else."""
    return _entries("help")


def _entries(prefix: str) -> dict[str, dict[str, str]]:
    """Entries of the catalogues whose name starts so. A code that stands in two files is a bug."""
    entries: dict[str, dict[str, str]] = {}
    for item in sorted(resources.files(__name__).iterdir(), key=lambda entry: entry.name):
        if item.name.startswith(prefix) and item.name.endswith(".toml"):
            loaded = tomllib.loads(item.read_text("utf-8"))
            doubles = entries.keys() & loaded.keys()
            if doubles:
                raise ValueError(f"{item.name}: entries stand twice: {sorted(doubles)}")
            entries |= loaded
    return entries


def say(code: str, language: str, /, **blanks: object) -> str:
    """The words of one code. Raises KeyError for a code or language the catalogue lacks (a bug, held by a test)."""
    return catalogue()[code][language].format(**blanks)


def problem_text(problem: Problem, language: str) -> str:
    """What is wrong, without the place."""
    return say(problem.code, language, **problem.parameters)


def problem_fix(problem: Problem, language: str) -> str:
    """What to write or do instead; empty where the message already says it."""
    return catalogue()[problem.code].get(f"{language}_fix", "").format(**problem.parameters)


def place_text(problem: Problem, language: str) -> str:
    """Where a problem stands."""
    return where_text(problem.place, language)


def where_text(place: Place, language: str) -> str:
    """File, sheet, row and column in one short text; in a TOML file the column is a key."""
    parts = [place.file, place.sheet]
    if place.row is not None:
        parts.append(say("label.row-number", language, row=place.row))
    if place.column:
        code = "label.key-name" if place.file.endswith(".toml") else "label.column-name"
        parts.append(say(code, language, column=place.column))
    return " · ".join(part for part in parts if part)


def one_line(problem: Problem, language: str) -> str:
    """Place, fault and remedy in one line."""
    pieces = [place_text(problem, language), problem_text(problem, language), problem_fix(problem, language)]
    return ": ".join(piece for piece in pieces[:2] if piece) + (f" → {pieces[2]}" if pieces[2] else "")
