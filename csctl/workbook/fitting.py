"""How wide columns and how high rows must be for nothing to be cut: not every program that shows a sheet finds it out.

Widths are in characters, as spreadsheet programs count them; Chinese characters take two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Final

from csctl.workbook.cells import Cell, Formula, Row
from csctl.workbook.looks import BY_PLACES, LOOKS, WRAPPED, Look
from csctl.workbook.making import LANDSCAPE_PIXELS, LINE_HEIGHT, decimal_places, pixels
from csctl.workbook.text import lines_of, shown_width

EDGES: Final = 2
"""Characters of a column that its text does not take: an indent, and what fonts are wider on another computer."""
_AIR = 3
"""Points above and below several lines together."""
_NARROWEST, _HEAD_WIDTH = 7, 10
_WIDEST: dict[Look, int] = {"wrap": 56, "fold": 26}
_WIDEST_TEXT, _LEAST_TEXT = 36, 24
"""Where a look sets no other bound; columns of texts give way to this width where a sheet is too wide for its page."""
_SMALLEST = 0.6
"""Print is not made smaller than this as long as a column can give way."""
_OVERFLOWING: tuple[Look, ...] = ("title", "remark", "said")


def height_of(lines: int) -> float | None:
    """The height in points of a row of so many lines; None where the usual one will do."""
    return None if lines <= 1 else lines * LINE_HEIGHT + _AIR


def lines_in(text: str, width: int) -> int:
    """Lines that a wrapped text takes in a column so wide."""
    return lines_of(text, width - EDGES)


def fitted(look: Look, content: object, width: int) -> Look:
    """The look of a text that may be too long for its column: then it is broken into lines, for no text is cut."""
    too_long = look == "text" and isinstance(content, str) and ("\n" in content or shown_width(content) > width - EDGES)
    return "wrap" if too_long else look


def shown_number(number: Decimal | int, look: Look) -> str:
    """A number as a spreadsheet program shows it in this look."""
    if look in BY_PLACES:
        return f"{number:,.{decimal_places(number, as_given=look == 'score')}f}"
    form = str(LOOKS[look].get("num_format", "General"))
    if not form.strip("#,0.%"):
        shown = number * 100 if form.endswith("%") else number
        places = len(form.rstrip("%").partition(".")[2])
        return f"{shown:{',' if ',' in form else ''}.{places}f}" + "%" * form.endswith("%")
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def row_lines(cells: Sequence[Cell | None], widths: Sequence[int]) -> int:
    """Lines that the row's longest text takes."""
    wrapped = {
        (cell.content, width)
        for cell, width in zip(cells, widths, strict=False)
        if cell is not None
        and isinstance(cell.content, str)
        and fitted(cell.style, cell.content, width) in (*WRAPPED, "head")
    }
    return max((lines_in(text, width) for text, width in wrapped), default=1)


def column_widths(rows: Sequence[Row], printed: int | None = None) -> list[int]:
    """One width per column: the longest content but titles, within bounds.

    Of a sheet too wide for A4 columns of texts give way, the widest first; ``printed`` are the first columns that are
    printed at all.
    """
    # What stands in many rows is asked once.
    columns = [{cell for cell in column if cell and cell.style not in _OVERFLOWING} for column in zip_longest(*rows)]
    widths = [max([_NARROWEST, *map(_wanted, column)]) for column in columns]
    shown = printed or len(widths)
    return _given_way(widths, [number for number, column in enumerate(columns[:shown]) if _gives_way(column)], shown)


def _gives_way(column: Iterable[Cell]) -> bool:
    return any(isinstance(cell.content, str) and cell.style in ("text", *WRAPPED) for cell in column)


def _given_way(widths: list[int], giving: Sequence[int], printed: int) -> list[int]:
    while giving and pixels(widths[:printed]) * _SMALLEST > LANDSCAPE_PIXELS:
        widest = max(giving, key=lambda column: widths[column])
        if widths[widest] <= _LEAST_TEXT:
            break
        widths[widest] -= 1
    return widths


def _wanted(cell: Cell) -> int:
    """The width of a cell's content; heads are broken into lines between words."""
    content = cell.content.value if isinstance(cell.content, Formula) else cell.content
    if content is None:
        return _NARROWEST
    if not isinstance(content, str):
        return shown_width(shown_number(content, cell.style)) + EDGES
    if cell.style == "head":
        longest = max((shown_width(each) for each in content.split()), default=0)
        return min(max(longest, min(shown_width(content), _HEAD_WIDTH)) + EDGES, _WIDEST_TEXT)
    return min(shown_width(content) + EDGES, _WIDEST.get(cell.style, _WIDEST_TEXT))
