"""Tables on the same sheet that are not read: above the one that is, or beside it."""

from __future__ import annotations

from csctl.headers import make_header
from csctl.messages import problem
from csctl.problems import Place, Problem, as_warning
from csctl.readers.columns.layout import Layout
from csctl.readers.columns.looks import is_datum
from csctl.readers.columns.rows import row_list
from csctl.readers.columns.values import cell_as_text, is_empty

_LEAST = 2
"""So many headers in common make another table one of the same kind."""


def other_tables(layout: Layout, place: Place) -> list[Problem]:
    """A table beside is a note; one of the same kind, beside or above, is a warning: its rows are facts, too."""
    keys = {header.key for header in layout.headers}
    found = []
    if layout.beside:
        said = problem("table-beside-not-read", place, tuple(layout.beside))
        same = [text for text in layout.beside if make_header(0, text).key in keys]
        found.append(as_warning(said) if len(same) >= _LEAST else said)
    above = _above(layout, keys)
    if above:
        first, last = above
        rows = range(first, last + 1)
        found.append(
            problem(
                "table-above-not-read", place.at(row=first), row_list(rows), count=len(rows), header=layout.header_row
            )
        )
    return found


def _above(layout: Layout, keys: set[str]) -> tuple[int, int] | None:
    """The first and last row of a table above that has headers of the one that is read, counted from 1."""
    rows = layout.sheet.rows[: layout.header_row - layout.header_rows]
    for index, row in enumerate(rows):
        texts = [cell_as_text(cell) for cell in row if not is_empty(cell)]
        if len({make_header(0, text).key for text in texts} & keys) < _LEAST:
            continue
        data = [at for at in range(index + 1, len(rows)) if any(map(is_datum, rows[at]))]
        return (data[0] + 1, data[-1] + 1) if data else None
    return None
