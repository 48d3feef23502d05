"""An explanation as a tree on the screen, and as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.text import Text
from rich.tree import Tree

from csctl.cli.showing.harmless import harmless_text
from csctl.cli.showing.wrapping import wrapped
from csctl.messages import say, where_text

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.core.explaining.explain import Node
    from csctl.problems import Problem

_GUIDE = 4
"""Columns that each level of a tree is set in by."""


def show_tree(screen: Screen, node: Node) -> None:
    """An explanation as a tree; a line that is too long goes on below its own beginning."""
    screen.print(tree_of(node, screen.language, screen.width))


def tree_of(node: Node, language: str, width: int) -> Tree:
    """A figure and what it is made of; a line that is too long goes on below its own beginning."""
    tree = Tree(_branch(node, language, width), guide_style="dim")
    _grow(tree, node.children, language, width - _GUIDE)
    return tree


def _grow(tree: Tree, nodes: Iterable[Node], language: str, width: int) -> None:
    for node in nodes:
        _grow(tree.add(_branch(node, language, width)), node.children, language, width - _GUIDE)


def _branch(node: Node, language: str, width: int) -> Text:
    parts = [harmless_text(node.label, "bold" if node.children and node.value else "")]
    if node.value:
        parts.append(harmless_text(node.value, "cyan"))
    if node.note:
        parts.append(harmless_text(node.note + (say("screen-explain-cut", language) if node.cut else ""), "dim"))
    if node.line:
        parts.append(harmless_text(f"[{node.line}]", "green"))
    if node.rule:
        parts.append(harmless_text(node.rule, "magenta"))
    if node.place:
        parts.append(harmless_text(where_text(node.place, language), "blue"))
    return wrapped(Text("  ").join(parts), width)


def node_object(node: Node | None, problems: Iterable[Problem], language: str) -> dict[str, Any]:
    """An explanation as data."""
    from csctl.reports.run_json import SCHEMA, problems_object

    found = {"schema": SCHEMA, "problems": problems_object(problems, language)}
    return found | ({"explanation": as_data(node)} if node else {})


def as_data(node: Node) -> dict[str, Any]:
    """A figure and what it is made of, as data."""
    place = node.place
    return {
        "label": node.label,
        "value": node.value,
        "line": node.line,
        "rule": node.rule,
        "note": node.note,
        "place": {"file": place.file, "sheet": place.sheet, "row": place.row} if place else None,
        "children": [as_data(child) for child in node.children],
    }
