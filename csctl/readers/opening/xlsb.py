"""One binary .xlsb workbook, sheet by sheet, through calamine. Runs in the reading process.

It gives values, not how they are shown: whether 0.95 stands under ``0%`` it does not tell, which is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.grid import Cell, Sheet
from csctl.readers.opening.cells import filled_rows, int_if_whole
from csctl.readers.opening.sheet_rows import CellQuota, sheet_rows
from csctl.readers.opening.xlsb_rows import hidden_rows_of


def read_xlsb(path: Path) -> Iterator[tuple[Sheet, list[Problem]]]:
    """Every worksheet with its problems; places name the sheet, not the file. Raises what calamine does."""
    book = CalamineWorkbook.from_path(str(path))
    allowance = CellQuota()
    unseen = hidden_rows_of(path)
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        hidden = about.visible != SheetVisibleEnum.Visible
        raw = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        rows, problems = sheet_rows((tuple(map(_cell, row)) for row in raw), about.name, allowance)
        if any(isinstance(cell, float) for row in rows for cell in row):
            problems.append(problem("formats-not-read", Place(sheet=about.name)))
        if hidden and rows:
            problems.append(problem("sheet-hidden", Place(sheet=about.name)))
        yield Sheet(about.name, rows, hidden, hidden_rows=filled_rows(unseen.get(about.name, ()), rows)), problems


def _cell(value: Cell) -> Cell:
    """Whole numbers as .xlsx gives them; nothing for an empty cell."""
    if isinstance(value, float):
        return int_if_whole(value)
    return None if value == "" else value
