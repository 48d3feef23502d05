"""An explanation as a workbook to hand out: the tree as rows, its depth as indentation."""

from __future__ import annotations

from csctl.core.explaining.nodes import Node
from csctl.messages import where_text
from csctl.month import Month
from csctl.sheets.words import sheet_word
from csctl.workbook.cells import Cell, Row, SheetPage, head_cells
from csctl.workbook.pages import write_book

_STEP = {"zh": "\u3000", "en": "\u00a0\u00a0\u00a0\u00a0"}
"""A level of depth, in spaces that no program takes away."""


def explain_book(node: Node, month: Month, language: str) -> bytes:
    """The tree of an agent, or a part of it: what, how much, how it arose, rule, line, and where it was read."""
    title = sheet_word("page-explanation", language)
    names = ("explained", "explained-value", "note", "rule", "line", "explained-where")
    head = head_cells([sheet_word(name, language) for name in names])
    rows: list[Row] = [[Cell(f"{title} · {node.label}", "title")], head]
    rows += [_row(part, depth, language) for part, depth in node.walk()]
    return write_book([SheetPage(title, rows, head_row=1, frozen_columns=1)], month.first)


def _row(node: Node, depth: int, language: str) -> Row:
    where = where_text(node.place, language) if node.place else ""
    return [
        Cell(_STEP[language] * depth + node.label, "wrap"),
        Cell(node.value, "plain"),
        Cell(node.note, "wrap"),
        Cell(node.rule),
        Cell(node.line),
        Cell(where, "wrap"),
    ]
