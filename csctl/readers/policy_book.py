"""A policy that is kept as a workbook, as the text that everything else reads, each value with its cell."""

from __future__ import annotations

from pathlib import Path

import tomli_w

from csctl.policy.form.cells import Cell
from csctl.policy.form.reading import read_policy_sheets
from csctl.policy.tree import SourceText
from csctl.problems import Severity, errors
from csctl.readers.opening.books import BookReader

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def policy_of_book(path: Path, name: str) -> SourceText:
    """The policy of a workbook; no text where a cell of it cannot be read. ``name`` is what problems show."""
    with BookReader(workers=1) as reader:
        book, problems = reader.read(path, name)
    said = [fault for fault in problems if fault.severity is not Severity.NOTE]
    if book is None or errors(said):
        return SourceText(name, "", tuple(said))
    sheets: list[tuple[str, list[tuple[Cell, ...]]]] = [
        (sheet.name, [tuple(map(_plain, row)) for row in sheet.rows]) for sheet in book.sheets
    ]
    found = read_policy_sheets(name, sheets)
    said += found.problems
    text = "" if errors(said) else tomli_w.dumps(found.document)
    return SourceText(name, text, tuple(said), found.places)


def _plain(cell: object) -> Cell:
    """A cell as the form knows it; a length of time, which no key of a policy is, as its text."""
    return cell if isinstance(cell, Cell) else str(cell)
