"""Where the table stands in its file, and what stands around it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    "shape: footer": ("", True),
    "shape: exact double": ("", False),
    "shape: another sheet": (BOOK, True),
}
_TOTALS = {"zh": ("合计", "总计", "汇总"), "en": ("Total", "Grand total", "Totals")}
_TITLES = {"zh": "2026年10月客服数据明细", "en": "Customer service, October 2026"}
_FOOTERS = {"zh": "制表人：王芳", "en": "Generated: 2026-11-01 08:00"}


def laid_out(
    dice: Random, shapes: Collection[str], headers: Sequence[str], body: Sequence[Sequence[Cell]], sums: Sequence[Cell],
    agent: int, language: str,
) -> tuple[list[list[Cell]], list[int]]:  # fmt: skip
    """All lines of the sheet, and the spreadsheet row of each row of ``body``.

    ``sums`` go into rows of totals; ``agent`` is the column, from 0, that names the agent.
    """
    lines: list[list[Cell]] = []
    if set(shapes) & {"shape: title above", "shape: title and blank row above"}:
        lines.append([_TITLES[language]])
    if "shape: title and blank row above" in shapes:
        lines.append([])
    lines.append(list(headers))
    numbers = []
    middle = len(body) // 2
    for index, row in enumerate(body):
        if index == middle and {"shape: header again", BROKEN_AGAIN} & set(shapes):
            lines.append(list(headers))
        if index in {2, middle} and "shape: blank rows between" in shapes:
            lines.append([None] * len(headers))
        lines.append(list(row))
        numbers.append(len(lines))
    if "shape: exact double" in shapes:
        lines.append(list(dice.choice(body)))
    for name, column in (("shape: totals in first cell", 0), ("shape: totals in agent cell", agent)):
        if name in shapes:
            lines.append(_totals(dice, sums, column, language))
    if "shape: footer" in shapes:
        lines.append([_FOOTERS[language]])
    return lines, numbers


def _totals(dice: Random, sums: Sequence[Cell], column: int, language: str) -> list[Cell]:
    """The word in one cell. Were it in the first cell, the sum of that column has no room."""
    row = list(sums)
    row[column] = dice.choice(_TOTALS[language])
    return row
