"""An explanation as nested lists, and as a page to hand out."""

from __future__ import annotations

from csctl.core.explaining.nodes import Node
from csctl.messages import where_text
from csctl.reports.html.elements import Content, Html, element, joined_html
from csctl.reports.html.page import page
from csctl.reports.words import report_word


def tree_html(node: Node, language: str) -> Html:
    """A figure and what it is made of, open down to the rows; any branch can be folded."""
    return element("ul", _branch(node, language), class_="tree")


def _branch(node: Node, language: str) -> Html:
    if not node.children:
        return element("li", element("div", *_said(node), class_="leaf"), node_beside(node, language))
    inner = element("ul", *(_branch(child, language) for child in node.children))
    return element(
        "li", element("details", element("summary", *_said(node)), node_beside(node, language), inner, open="")
    )


def _said(node: Node) -> list[Content]:
    """What, how much, and by which line and rule."""
    found: list[Content] = [node.label]
    if node.value:
        found.append(element("b", node.value))
    return found + [element("code", text) for text in (node.line, node.rule) if text]


def node_beside(node: Node, language: str) -> Html | None:
    """How it arose and where it was read."""
    where = where_text(node.place, language) if node.place else ""
    texts = [element("small", text) for text in (node.note, where) if text]
    return joined_html(texts) if texts else None


def explanation_html(node: Node, title: str, language: str) -> bytes:
    """The tree of an agent, or a part of it, as a page."""
    heading = f"{title} · {report_word('explanation', language)}"
    hint = element("p", report_word("explanation-hint", language), class_="hint")
    return page(heading, language, [element("h1", heading), hint, tree_html(node, language)])
