"""Placeholders as they stand in the cells of a template, and the cells that its names mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from csctl.problems import Place
from csctl.sheets.form_rows import single_cell

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
BRACES = re.compile(r"[{｛]{2}|[}｝]{2}")
"""What is left of a placeholder that was not closed, or was typed with full-width braces."""
EACH, ADJUSTMENT = "each.", "each.adjustment."


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a template that is filled: the cell, the placeholders in it, and the name if one means the cell.

    ``cell`` is "" of a text box and of the head or foot of a page.
    """

    sheet: str
    cell: str
    keys: tuple[str, ...]
    name: str = ""


def spots_of(book: Workbook, known: frozenset[str]) -> tuple[Spot, ...]:
    """Every cell, head and foot with placeholders, and every cell that a name of a ``known`` placeholder means."""
    by_name = {defined_name(key): key for key in known}
    marked = [
        Spot(sheet.title, cell.coordinate, keys)
        for sheet in book.worksheets
        for cell in filled_cells(sheet)
        if (keys := tuple(keys_in(cell)))
    ]
    meant = [
        Spot(title, sheet_cell, (by_name[name.name],), name.name)
        for name in defined_names(book)
        if name.name in by_name and (target := target_of(book, name)) is not None
        for title, sheet_cell in [(target.parent.title, target.coordinate)]
    ]
    edges = [
        Spot(sheet.title, "", tuple(PLACEHOLDER.findall(text)))
        for sheet in book.worksheets
        for _, text in edges_of(sheet)
        if PLACEHOLDER.search(text)
    ]
    return (*marked, *edges, *meant)


def filled_cells(sheet: Worksheet, row: int | None = None) -> list[Cell]:
    """Every filled cell of a sheet or of one row; the covered cells of a merged range cannot hold anything."""
    rows = sheet.iter_rows(min_row=row, max_row=row)
    return [cell for cells in rows for cell in cells if isinstance(cell, Cell) and cell.value is not None]


def edges_of(sheet: Worksheet) -> Iterator[tuple[Any, str]]:
    """The written parts of the heads and feet of a sheet's printed pages, each with its text."""
    named = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    for edge in (getattr(sheet, name) for name in named):
        yield from ((part, part.text) for part in (edge.left, edge.center, edge.right) if part.text)


def cell_place(cell: Cell) -> Place:
    """Where a cell stands."""
    return Place(sheet=cell.parent.title, row=cell.row, column=cell.column_letter)


def keys_in(cell: Cell) -> list[str]:
    """The placeholders of a cell, without their braces."""
    return PLACEHOLDER.findall(cell.value) if isinstance(cell.value, str) else []


def broken(text: str) -> list[str]:
    """The rest of a text if braces stand in it that belong to no placeholder."""
    rest = PLACEHOLDER.sub("", text)
    return [rest.strip(" {}｛｝") or text] if BRACES.search(rest) else []


def defined_name(key: str) -> str:
    """What a cell of a placeholder may be named: names have no dots."""
    return key.replace(".", "_")


def defined_names(book: Workbook) -> Iterator[DefinedName]:
    """The names of a workbook, then those that hold on one sheet alone."""
    yield from book.defined_names.values()
    for sheet in book.worksheets:
        yield from sheet.defined_names.values()


def target_of(book: Workbook, name: DefinedName) -> Cell | None:
    """The one cell that a name means, merged or not; None if it means several, none, or one that a merge covers."""
    home, _, cells = str(name.attr_text).rpartition("!")
    title = home.strip("'").replace("''", "'")
    if title not in book.sheetnames:
        return None
    sheet = book[title]
    merged = next((one for one in sheet.merged_cells.ranges if one.coord == cells.replace("$", "")), None)
    at = (merged.min_row, merged.min_col) if merged else single_cell(cells)
    cell = sheet.cell(*at) if at else None
    return cell if isinstance(cell, Cell) else None
