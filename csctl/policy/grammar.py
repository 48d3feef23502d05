"""The grammar of policies and of ``csctl.toml``: its number, and how texts in an older one are read.

A closed month keeps the texts it was computed with, and the number of the grammar they were written in. Whenever a
key goes, is renamed or means something else, the number goes up by one: a step takes documents of the number before
to the new one, and ``REMOVED`` says what to write now to whoever still uses the key today. A key that is only added,
with a default that changes nothing, needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from csctl.messages import problem
from csctl.policy.tree import Placed, node_place, path_text
from csctl.problems import Problem

GRAMMAR = 2
"""The grammar that this program reads and lints."""

Document = dict[str, Any]
"""A text as it was parsed, before it is merged with those it builds on."""
Step = Callable[[Document], Document]
"""One text's document in the next grammar; a step neither changes what it is given nor fails on odd documents."""


def without_least_coverage(document: Document) -> Document:
    """Grammar 1 to 2: a score rested on whatever there was, however little."""
    rules = document.get("score")
    if not isinstance(rules, dict):
        return document
    return {**document, "score": {"min_coverage": Decimal(0), **rules}}


STEPS: Mapping[int, Step] = {1: without_least_coverage}
"""From an older grammar to the next, where that needs a step: ``STEPS[1]`` takes documents of grammar 1 to 2."""
REMOVED: Mapping[str, str] = {}
"""Keys that are gone, as paths without indexes such as ``pay.pool.split_by``, and the code of what to write now."""


class NewerGrammarError(ValueError):
    """A text was written in a grammar that this program does not know yet."""


def migrated(document: Document, grammar: int, steps: Mapping[int, Step] = STEPS, newest: int = GRAMMAR) -> Document:
    """A document of a sealed text in today's grammar. Raises NewerGrammarError for one of a later grammar."""
    if grammar > newest:
        raise NewerGrammarError(grammar)
    for number in range(grammar, newest):
        document = steps[number](document) if number in steps else document
    return document


def removed_keys(tree: Placed, removed: Mapping[str, str] = REMOVED) -> list[Problem]:
    """Keys of a text of today that are gone, each where it stands and with what to write instead."""
    return [
        problem(code, node_place(node, path_text(tree, node.path)), key)
        for key, code in removed.items()
        for node in _under(tree, key.split("."))
    ]


def _under(node: Placed, names: list[str]) -> Iterator[Placed]:
    """Every value at a path; lists are gone through."""
    if isinstance(node.value, list):
        for entry in node.value:
            yield from _under(entry, names)
    elif not names:
        yield node
    elif isinstance(node.value, dict) and names[0] in node.value:
        yield from _under(node.value[names[0]], names[1:])
