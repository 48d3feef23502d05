"""A column that says in each row what the figure beside it counts: 单位 behind 平均首响, Unit behind First response."""

from __future__ import annotations

import re
from collections.abc import Sequence

from csctl.headers import Header
from csctl.readers.columns.reading import Grid
from csctl.readers.columns.values import IN_FIGURES, cell_as_text, is_empty, narrow
from csctl.readers.grid import Cell, Shown
from csctl.unit_words import names_length
from csctl.words import UNIT_OF, UNITS, fold

NAMES = re.compile(r"(?P<zh>.*?)(?:计量|数据)?单位|(?:(?P<en>.*?) ?)(?:units?|unit of measure|uom)")
"""What such a column is called: whose unit it is may stand in front."""
_BARE = re.compile(rf"[+-]?[0-9][{IN_FIGURES}]*")
_SAID = ("seconds", "minutes", "hours", "days", "milliseconds", "%", "‰", "千元", "万元", "亿元")
BEHIND = {unit: min(sorted(UNITS[unit]), key=len) for unit in _SAID}
"""What is written behind a bare figure of that unit. A plain count, points and yuan count as they stand."""


def units_beside(headers: Sequence[Header], grid: Grid) -> dict[int, Header]:
    """By the place of each column of figures, the column of its units: one named after it, or the one to its right."""
    found: dict[int, Header] = {}
    for told in headers:
        match = NAMES.fullmatch(told.key)
        cells = [cell for cell in grid.cells(told) if not is_empty(cell)] if match else []
        # 单位 is also where somebody works, and a unit may be a team.
        if match is None or not cells or not all(map(unit_of_cell, cells)):
            continue
        stem = match["zh"] or match["en"] or ""
        named = [one.column for one in headers if stem and one.key == stem]
        beside = [one.column for one in headers if one.column == told.column - 1 and not NAMES.fullmatch(one.key)]
        whose = named or ([] if stem else beside)
        if whose:
            found.setdefault(whose[0], told)
    return found


def with_units_of(cells: Sequence[Cell], header: Header, told: Header, grid: Grid) -> list[Cell]:
    """The figures of a column, each with the unit that its row says."""
    length = names_length(header.key)
    units = ("minutes" if length and unit == "分" else unit for unit in map(unit_of_cell, grid.cells(told)))
    return [cell_with_unit(cell, unit) for cell, unit in zip(cells, units, strict=True)]


def unit_of_cell(cell: Cell) -> str:
    """The unit that a cell names; "" if it names none."""
    return "" if is_empty(cell) else UNIT_OF.get(fold(cell_as_text(cell)), "")


def cell_with_unit(cell: Cell, unit: str) -> Cell:
    """A bare figure with its unit behind it; any other cell as it is."""
    behind = BEHIND.get(unit)
    if behind is None or not is_bare(cell):
        return cell
    return f"{narrow(cell)}{behind}" if type(cell) is str else Shown(f"{cell_as_text(cell)}{behind}")


def is_bare(cell: Cell) -> bool:
    """Whether a cell holds a figure and nothing else."""
    text = narrow(cell) if isinstance(cell, str) else cell_as_text(cell)
    return not isinstance(cell, bool) and bool(_BARE.fullmatch(text))
