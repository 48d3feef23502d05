"""Forms filled in by hand: cells of a sent workbook written, the workbook handed in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl

from csctl.sheets.anchors import HIDDEN

Cells = Mapping[tuple[str, str, str], str]
"""What is written by agent, item (or row) and part."""


def hand_in(form: Path, cells: Cells, name: str | None = None) -> None:
    """Write into a form's open cells, and put it into the folder of those that came back, under its name or another.

    A cell that the form does not have is a fault of the test.
    """
    book = openpyxl.load_workbook(form)
    left = dict(cells)
    for _, agent, item, part, sheet, cell, *_ in list(book[HIDDEN].iter_rows(values_only=True)):
        text = left.pop((str(agent), str(item), str(part)), None)
        if text is not None:
            book[str(sheet)][str(cell)].value = text
            book[str(sheet)][str(cell)].data_type = "s"
    assert not left, f"no such cells on the form: {list(left)}"
    back = form.parent.parent / "in"
    back.mkdir(exist_ok=True)
    book.save(back / (name or form.name))
