"""One agent's payslip as a page for the phone: each line with its amount, and why, folded below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from csctl.core.explaining.nodes import Node
from csctl.messages import say
from csctl.reports.html.elements import Html, element, joined_html
from csctl.reports.html.explanation import node_beside, tree_html
from csctl.reports.html.page import page
from csctl.reports.html.tables import section, tiles


@dataclass(frozen=True, slots=True)
class SlipTexts:
    """What the slip says besides figures: its title, lines of facts on whose it is, both sums, how to object."""

    title: str
    who: Sequence[Sequence[str]]
    pay: str
    score: str
    objections: Sequence[str]


def slip_html(tree: Node, said: SlipTexts, language: str) -> bytes:
    """The page; ``tree`` is the agent's explanation, of pay and of the score."""
    sums = {node.line: node for node in tree.children}
    pay, score = sums.get("pay"), sums.get("score")
    heads = [(said.pay, pay), (said.score, score)]
    parts = [
        element("h1", said.title),
        *(element("p", *(element("span", fact) for fact in facts), class_="lead who") for facts in said.who),
        tiles((head, node.value, node.note if node is score else "") for head, node in heads if node is not None),
        element("p", say("payslips-page-hint", language), class_="hint"),
        _lines("pay", say("payslips-pay", language), pay, language),
        _lines("score", say("payslips-score", language), score, language),
        section("objections", say("payslips-objections", language), *(element("p", text) for text in said.objections)),
        element("footer", say("report-own-page", language)),
    ]
    return page(said.title, language, parts)


def _lines(key: str, title: str, whole: Node | None, language: str) -> Html | None:
    """Every line of a sum, those of a group below its name; what is in none stands below the groups as adjustments."""
    if whole is None or not whole.children:
        return None
    groups = [node for node in whole.children if node.children and not node.line]
    alone = [_line(node, language) for node in whole.children if node not in groups]
    body = [piece for node in groups for piece in _group(node, language)]
    if groups and alone:
        body.append(element("h3", say("sheet.adjustment-total", language)))
    return section(key, title, element("div", *body, *alone, class_="slip"))


def _group(node: Node, language: str) -> Iterator[Html]:
    yield element("h3", node.label, " ", element("b", node.value))
    yield from (_line(child, language) for child in node.children)


def _line(node: Node, language: str) -> Html:
    """A line; opened, it says by which rule it came about and what it is made of."""
    look = "down" if node.value and not node.value[0].isdigit() and node.value[0] != "+" else None
    head = element("summary", element("span", node.label), element("b", node.value, class_=look))
    rule = element("small", say("payslips-pair", language, name=say("report-rule", language), value=node.rule))
    inner = [tree_html(child, language) for child in node.children]
    return element("details", head, joined_html([node_beside(node, language), rule if node.rule else None, *inner]))
