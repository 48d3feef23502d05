"""What stands in several cells of a row as one text."""

from __future__ import annotations

from collections.abc import Iterable

from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.words import tidy


def joined_cells(cells: Iterable[Cell]) -> Cell:
    """The texts of the filled cells with one blank between two, none between Chinese ones; None if all are empty."""
    whole = ""
    for text in (" ".join(tidy(cell_as_text(cell)).split()) for cell in cells if not is_empty(cell)):
        apart = bool(whole) and not (_is_han(whole[-1:]) and _is_han(text[:1]))
        whole = f"{whole} {text}" if apart else f"{whole}{text}"
    return whole or None


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff"
