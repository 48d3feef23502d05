"""Tables that fit the screen: only columns of text get narrower, and only between words; ids, amounts and names of
files stay whole. A first cell that is too long for its column stands in a line above its row. Where not even that
fits, each row is a line of its own, with the heads beside its cells.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from csctl.cli.showing.wrapping import longest_piece, wrapped

_HANGING = 4
"""Columns by which the later lines of a row that is a line of its own are set in."""
_LEAST_FIRST = 12
"""Columns that the first column needs for its long cells to stand above their rows."""


def table_that_fits(
    heads: Sequence[str],
    rows: Iterable[Sequence[Text]],
    width: int,
    *,
    right: Collection[int] = (),
    whole: Collection[int] = (),
    gap: int = 2,
) -> Text:
    """A plain table of at most ``width`` columns; those of ``right`` stand to the right, and like those of ``whole``
    are never broken. A cell of several lines keeps them.
    """
    listed = [[Text(head, "bold") for head in heads], *(list(row) for row in rows)]
    kept = frozenset(right) | frozenset(whole)
    columns = [[row[index] for row in listed] for index in range(len(heads))]
    widest = [max(map(_width, one)) for one in columns]
    least = [widest[index] if index in kept else max(map(_least, one)) for index, one in enumerate(columns)]
    room = width - gap * (len(heads) - 1)
    if sum(least) > room and 0 not in kept:
        least[0] = max(_LEAST_FIRST, room - sum(least[1:]))
    if sum(least) > room:
        return Text("\n").join(_in_a_line(heads, row, width) for row in listed[1:])
    widths = _shared_out(widest, least, room)
    lines = [line for row in listed for line in _row(row, widths, right, gap)]
    return Text("\n").join(lines)


def _lines(cell: Text) -> list[Text]:
    return list(cell.split("\n", allow_blank=True)) or [cell]


def _width(cell: Text) -> int:
    return max(cell_len(line.plain) for line in _lines(cell))


def _least(cell: Text) -> int:
    return max(longest_piece(line.plain) for line in _lines(cell))


def _shared_out(widest: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widest columns give way first, each down to what cannot be parted."""
    widths = list(widest)
    while sum(widths) > room:
        index = max((one for one in range(len(widths)) if widths[one] > least[one]), key=widths.__getitem__)
        widths[index] -= 1
    return widths


def _row(cells: Sequence[Text], widths: Sequence[int], right: Collection[int], gap: int) -> list[Text]:
    """The lines of a row, without blanks at their ends."""
    above = [cells[0]] if _least(cells[0]) > widths[0] else []
    own = [Text(), *cells[1:]] if above else list(cells)
    parts = [
        [piece for line in _lines(cell) for piece in _lines(wrapped(line, size))]
        for cell, size in zip(own, widths, strict=True)
    ]
    found = []
    for pieces in zip_longest(*parts, fillvalue=Text()):
        line = Text()
        for index, (piece, size) in enumerate(zip(pieces, widths, strict=True)):
            blank = " " * (size - cell_len(piece.plain))
            line.append(" " * gap if index else "")
            line.append_text(Text(blank) + piece if index in right else piece + Text(blank))
        line.rstrip()
        found.append(line)
    return above + found


def _in_a_line(heads: Sequence[str], row: Sequence[Text], width: int) -> Text:
    """The first cell, then each other that says anything behind its head."""
    parts = [row[0], *(Text(f"{head} ", "dim") + cell for head, cell in zip(heads[1:], row[1:], strict=True) if cell)]
    first, *more = _lines(Text("  ").join(parts))
    set_in = [Text(" " * _HANGING) + wrapped(line, width - _HANGING, _HANGING) for line in more]
    return Text("\n").join([wrapped(first, width, _HANGING), *set_in])
