"""Where the table stands in its file, and what stands around it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.readers.generated.cells import BOOK, Cell

BROKEN_AGAIN = "shape: header with a line break or more spaces again"
SHAPES: Mapping[str, tuple[str, bool]] = {
    # name → BOOK for workbooks only, whether there is nothing to say about it
    "shape: title above": ("", True),
    "shape: title and blank row above": ("", True),
    "shape: blank rows between": ("", True),
    "shape: header again": ("", True),
    BROKEN_AGAIN: ("", True),
    "shape: totals in first cell": ("", True),
    "shape: totals in agent cell": ("", True),
    "shape: totals in text cell": ("", True),
    "shape: totals under the header": ("", True),
    "shape: totals with a day": ("", True),
    "shape: totals of how many": ("", True),
    "shape: subtotals between": ("", True),
    "shape: rows of another month": ("", False),
    "shape: footer": ("", True),
    "shape: exact double": ("", False),
    "shape: another sheet": (BOOK, True),
}
_TOTALS = {"zh": ("合计", "总计", "汇总"), "en": ("Total", "Grand total", "Totals")}
_SUBTOTALS = {"zh": ("小计",), "en": ("Subtotal",)}
_TITLES = {"zh": "2026年10月客服数据明细", "en": "Customer service, October 2026"}
_FOOTERS = {"zh": "制表人：王芳", "en": "Generated: 2026-11-01 08:00"}


@dataclass(frozen=True, slots=True)
class Totals:
    """What rows of totals may hold: ``sums``, ``counts`` of cells, and ``days`` with the sums; None where nothing.

    ``agent`` is the column, from 0, that names the agent, ``text`` one of texts.
    """

    sums: Sequence[Cell]
    counts: Sequence[Cell]
    days: Sequence[Cell]
    agent: int
    text: int | None


def laid_out(
    dice: Random, shapes: Collection[str], headers: Sequence[str], body: Sequence[Sequence[Cell]], totals: Totals,
    language: str,
) -> tuple[list[list[Cell]], list[int]]:  # fmt: skip
    """All lines of the sheet, and the spreadsheet row of each row of ``body``."""
    agent = totals.agent
    lines = _above(shapes, language)
    lines.append(list(headers))
    if "shape: totals under the header" in shapes:
        lines.append(_totals(dice, totals.sums, agent, _TOTALS[language]))
    numbers = []
    middle = len(body) // 2
    for index, row in enumerate(body):
        if index == middle and {"shape: header again", BROKEN_AGAIN} & set(shapes):
            lines.append(list(headers))
        if index in {2, middle} and "shape: blank rows between" in shapes:
            lines.append([None] * len(headers))
        if index and index % 5 == 0 and "shape: subtotals between" in shapes:
            lines.append(_totals(dice, [None] * len(headers), agent, _SUBTOTALS[language]))
        lines.append(list(row))
        numbers.append(len(lines))
    if "shape: exact double" in shapes:
        lines.append(list(dice.choice(body)))
    return lines + _below(dice, shapes, totals, language), numbers


def _above(shapes: Collection[str], language: str) -> list[list[Cell]]:
    if "shape: title and blank row above" in shapes:
        return [[_TITLES[language]], []]
    return [[_TITLES[language]]] if "shape: title above" in shapes else []


def _below(dice: Random, shapes: Collection[str], totals: Totals, language: str) -> list[list[Cell]]:
    lines: list[list[Cell]] = []
    kinds = (
        ("shape: totals in first cell", totals.sums, 0),
        ("shape: totals in agent cell", totals.sums, totals.agent),
        ("shape: totals in text cell", totals.sums, totals.text),
        ("shape: totals of how many", totals.counts, totals.agent),
        ("shape: totals with a day", totals.days, totals.agent),
    )
    for name, cells, column in kinds:
        if name in shapes and column is not None:
            lines.append(_totals(dice, cells, column, _TOTALS[language]))
    if "shape: footer" in shapes:
        lines.append([_FOOTERS[language]])
    return lines


def _totals(dice: Random, sums: Sequence[Cell], column: int, words: Sequence[str]) -> list[Cell]:
    """The word in one cell. Were it in the first cell, the sum of that column has no room."""
    row = list(sums)
    row[column] = dice.choice(words)
    return row
