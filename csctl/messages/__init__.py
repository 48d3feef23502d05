"""Every fixed word csctl says, in Chinese and English, from the TOML catalogues beside this file.

A catalogue entry is a table named by its code, with ``zh`` and ``en``; blanks are ``{name}``; ``{name:row|rows}``
counts. Hints may add ``zh_fix`` and ``en_fix``: what to do about it. Problems are declared in ``problems/``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from csctl.messages.declared import PROBLEM_WORDS, problem
from csctl.messages.grammar import UNKNOWN, fill_blanks, listed_text, with_aside
from csctl.messages.loading import merged_catalogues, read_catalogues
from csctl.problems import Place, Problem

LANGUAGES = ("zh", "en")
_NAME = re.compile(r"([a-z_]+)(\.?)")
MOST_FOUND = 200
"""Characters of what was read that a message shows; lists of problems have all of it."""

__all__ = [
    "LANGUAGES",
    "catalogue",
    "help_words",
    "one_line",
    "place_text",
    "problem",
    "problem_fix",
    "problem_found",
    "problem_text",
    "say",
    "specific_fix",
    "where_text",
]


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """The words of all entries by code, those of problems among them."""
    return merged_catalogues(*read_catalogues().values(), PROBLEM_WORDS)


@cache
def help_words() -> Mapping[str, Mapping[str, str]]:
    """The entries of the help texts alone: ``--help`` reads nothing else."""
    return merged_catalogues(*read_catalogues(name="help").values())


def say(code: str, language: str, /, **blanks: object) -> str:
    """The words of one code; a list in a blank is joined.

    Raises KeyError for a code or language the catalogue lacks (a bug, held by a test).
    """
    return _filled(catalogue()[code][language], language, blanks)


def problem_text(problem: Problem, language: str) -> str:
    """What is wrong, without the place; of a kind that closed months know and the catalogue does not, its code.

    Where it is about several cells of a column, ``cells`` stands for the text read there, and the rows are said last.
    """
    words = _words_of(problem)
    if not words:
        return f"{problem.code} {listed_text(problem.found, language)}"
    parameters = {**problem.parameters, "found": _readable(problem.parameters["found"])}
    message = _citing(words[language], parameters["cells"]) if "cells" in parameters else words[language]
    text = _filled(message, language, _Known(parameters))
    rows = parameters.get("cell_rows")
    return with_aside(text, say("label.row-numbers", language, rows=rows), language) if rows else text


def _words_of(problem: Problem) -> Mapping[str, str]:
    """What is said of problems of that code; nothing where the catalogue does not know it."""
    return PROBLEM_WORDS.get(problem.code, {})


def _citing(message: str, cells: str | tuple[str, ...]) -> str:
    """A message about what was read, about several cells: a number behind the last of them stands off from a word."""
    counted = not (cells if isinstance(cells, str) else cells[-1]).endswith("”")
    apart = re.sub(r"“{found}”(?=\w)", "{cells} ", message) if counted else message
    return apart.replace("“{found}”", "{cells}")


def _readable(found: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """What was read, as much of it as a sentence can hold."""
    if isinstance(found, tuple):
        return tuple(map(_in_part, found))
    return _in_part(found)


def _in_part(text: str) -> str:
    return text if len(text) <= MOST_FOUND else text[:MOST_FOUND] + "…"


def problem_found(problem: Problem, language: str) -> str:
    """What was read there."""
    return listed_text(problem.found, language)


def problem_fix(problem: Problem, language: str) -> str:
    """What to write or do instead; empty where the message already says it."""
    return _filled(_words_of(problem).get(f"{language}_fix", ""), language, _Known(problem.parameters))


def specific_fix(problem: Problem, language: str) -> bool:
    """Whether the remedy names what was read there: then it is another one for each problem of that kind."""
    words = _words_of(problem).get(f"{language}_fix", "")
    return problem_fix(problem, language) != _filled(words, language, _Known())


def _filled(text: str, language: str, blanks: Mapping[str, object]) -> str:
    """A message with its blanks filled in, names of csctl's in words: ``complaints.kind`` is ``complaints · kind``."""

    def naming(kind: str, name: str) -> str:
        begins = _NAME.match(name)
        words = catalogue().get(f"{kind}-{begins[1]}") if begins else None
        return words[language] + (begins[2] and " · ") + name[begins.end() :] if begins and words else name

    return fill_blanks(text, language, blanks, naming)


class _Known(dict[str, object]):
    """What fills the blanks of a problem; a dash where one was sealed before its words had that blank."""

    def __missing__(self, name: str) -> str:
        return UNKNOWN


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
    return in_one_line(place_text(problem, language), problem_text(problem, language), problem_fix(problem, language))


def in_one_line(place: str, said: str, fix: str) -> str:
    """Place, fault and remedy, already in words, in one line."""
    return ": ".join(piece for piece in (place, said) if piece) + (f" → {fix}" if fix else "")
