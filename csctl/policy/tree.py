"""A policy document as a tree in which every value remembers the text it was written in.

Merging moves values about; a problem must still name the file and the line where the value stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from csctl.policy.lines import Path, line_of
from csctl.problems import Place, Problem

Locate = Callable[[Path], Place]
"""Where a key of the merged policy was written: file, line, and the key in words."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One policy text; ``name`` is what problems show, such as ``policy.toml``.

    ``problems`` is what was met when it was read from its file. After an error there is no text. ``places`` say in
    which cell a value stands where the text was made from a workbook; a text that is a file goes by its lines.
    """

    name: str
    text: str
    problems: tuple[Problem, ...] = ()
    places: Mapping[Path, Place] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Placed:
    """A value, and where it was written. ``value`` is a dict of nodes, a list of nodes, or a plain TOML value."""

    value: object
    source: SourceText
    path: Path


def placed_tree(value: object, source: SourceText, path: Path = ()) -> Placed:
    """A parsed document, or a part of it, as a tree."""
    if isinstance(value, dict):
        return Placed({key: placed_tree(item, source, (*path, key)) for key, item in value.items()}, source, path)
    if isinstance(value, list):
        return Placed([placed_tree(item, source, (*path, index)) for index, item in enumerate(value)], source, path)
    return Placed(value, source, path)


def plain_document(node: Placed) -> object:
    """The tree as plain dicts, lists and values again."""
    if isinstance(node.value, dict):
        return {key: plain_document(item) for key, item in node.value.items()}
    if isinstance(node.value, list):
        return [plain_document(item) for item in node.value]
    return node.value


def step(node: Placed, part: str | int) -> Placed | None:
    """The value under a key or index; None if there is none."""
    if isinstance(node.value, dict):
        return node.value.get(part)
    if isinstance(node.value, list) and isinstance(part, int) and 0 <= part < len(node.value):
        entry: Placed = node.value[part]
        return entry
    return None


def reach(node: Placed, path: Path) -> tuple[Placed, int]:
    """The value at the path, or at as much of it as exists, and how many parts that is."""
    for count, part in enumerate(path):
        found = step(node, part)
        if found is None:
            return node, count
        node = found
    return node, len(path)


def path_text(node: Placed, path: Path) -> str:
    """A path as people read it: ``dimension[service].indicator[csat].bands[2].at_least``.

    Entries go by id or label where they have one, else by their number from 1.
    """
    words = ""
    here: Placed | None = node
    for part in path:
        here = step(here, part) if here else None
        if isinstance(part, int):
            words += f"[{_name(here) or part + 1}]"
        else:
            words += f".{part}" if words else part
    return words


def _name(entry: Placed | None) -> str:
    if entry is None or not isinstance(entry.value, dict):
        return ""
    for key in ("id", "label"):
        named = entry.value.get(key)
        if named is not None and isinstance(named.value, str):
            return named.value
    return ""


def node_place(node: Placed, words: str = "") -> Place:
    """Where a value was written. The top of a document is its first line."""
    if node.source.places:
        return _cell_of(node, words)
    return Place(node.source.name, row=line_of(node.source.text, node.path) or 1, column=words)


def _cell_of(node: Placed, words: str) -> Place:
    """The cell of a value, or of as much around it as has one."""
    lengths = range(len(node.path), 0, -1)
    found = next((one for length in lengths if (one := node.source.places.get(node.path[:length]))), None)
    place = found or Place(node.source.name)
    return place if place.column else place.at(row=place.row, column=words)


def locator(tree: Placed) -> Locate:
    """A function that tells where each key of the tree was written.

    A key that is written nowhere (a default) stands where its nearest written ancestor does.
    """

    def locate(path: Path) -> Place:
        return node_place(reach(tree, path)[0], path_text(tree, path))

    return locate


def toml_excerpt(value: object, limit: int = 60) -> str:
    """A value roughly as TOML writes it, cut to a length that fits in a message."""
    text = _written(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}" if value.is_finite() and abs(value.adjusted()) < 20 else str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_written(item) for item in value[:20]) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_written(item)}" for key, item in list(value.items())[:20]) + " }"
    return str(value)
