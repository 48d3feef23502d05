"""Where the changeable pieces of a policy's text stand in its document: key path and the rules on the way to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from tools.policy_mutation.scan import Site

KEY = "changed_key_"
FIRST = 10**12
"""A policy has no number of this size: each number and flag is marked by one of its own."""
NAMES = ("id", "label", "item", "title")
"""Keys by which an entry of a list is called, the first that it has."""


class Spot(NamedTuple):
    """A key path, and the ``rule`` texts of the tables it leads through, outermost first."""

    path: str
    rules: tuple[str, ...]


def places(text: str, found: Sequence[Site]) -> dict[int, Spot]:
    """The place of each site, by its number in the list. One reading of the text with every site marked."""
    marked = text
    for number, site in reversed(list(enumerate(found))):
        marked = marked[: site.start] + _mark(site, number) + marked[site.end :]
    document = tomllib.loads(marked, parse_float=Decimal)
    return dict(_walk(document, Spot("", ()), found))


def _mark(site: Site, number: int) -> str:
    return f"{KEY}{number}" if site.kind in ("key", "count") else str(FIRST + number)


def _walk(value: Any, spot: Spot, found: Sequence[Site]) -> Iterator[tuple[int, Spot]]:
    if isinstance(value, dict):
        yield from _table(value, spot, found)
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _walk(entry, spot._replace(path=f"{spot.path}[{_called(entry, index)}]"), found)
    elif (number := _number(value)) is not None:
        yield number, spot


def _table(table: dict[str, Any], spot: Spot, found: Sequence[Site]) -> Iterator[tuple[int, Spot]]:
    rules = (*spot.rules, table["rule"]) if isinstance(table.get("rule"), str) else spot.rules
    for key, item in table.items():
        number = int(key.removeprefix(KEY)) if key.startswith(KEY) else None
        name = key if number is None else found[number].text.strip('"')
        below = Spot(f"{spot.path}.{name}".removeprefix("."), rules)
        if number is not None:
            yield number, below
        yield from _walk(item, below, found)


def _number(value: Any) -> int | None:
    """The number of the site that a value marks."""
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    marks = isinstance(value, int) and not isinstance(value, bool) and value >= FIRST
    return value - FIRST if marks else None


def _called(entry: Any, index: int) -> str:
    names = [entry[key] for key in NAMES if isinstance(entry.get(key), str)] if isinstance(entry, dict) else []
    return str(names[0]) if names else str(index)
