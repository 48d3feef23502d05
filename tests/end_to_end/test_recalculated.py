"""The sample's workbooks in a second spreadsheet program: every cell comes to the value csctl cached."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl

from tests.end_to_end.running import MONTH, outputs, record
from tests.libreoffice import convert

Cells = dict[tuple[str, str], Any]


def _cells(book: bytes, *, values: bool) -> Cells:
    """Every filled cell by sheet and address: as cached values, or with formulas as text."""
    loaded = openpyxl.load_workbook(io.BytesIO(book), data_only=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in loaded
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _formulas(book: bytes) -> set[tuple[str, str]]:
    return {at for at, value in _cells(book, values=False).items() if isinstance(value, str) and value.startswith("=")}


def test_recalculation_changes_no_cell_and_finds_no_error(sample: Path, tmp_path: Path) -> None:
    """pay.xlsx, scores.xlsx and two sheets, recalculated hard: equal in every cell, formulas among them."""
    written = outputs(sample)
    names = ("pay.xlsx", "scores.xlsx", "sheets/0003_陆小曼.xlsx", "sheets/0016_黄志强.xlsx")
    files = []
    for name in names:
        file = tmp_path / name.rpartition("/")[2]
        file.write_bytes(written[f"{MONTH}/{name}"])
        files.append(file)
    for name, again in zip(names, convert(files, "xlsx", tmp_path / "again"), strict=True):
        book = written[f"{MONTH}/{name}"]
        cached, recalculated = _cells(book, values=True), _cells(again.read_bytes(), values=True)
        live = _formulas(book)
        assert live if name in ("pay.xlsx", "scores.xlsx") else True
        empty = {at for at in live if at not in cached}
        assert not empty, f"{name}: formulas without a cached value"
        different = {at: (cached[at], recalculated.get(at)) for at in cached if cached[at] != recalculated.get(at)}
        # A formula that shows nothing is an empty text here and no cell there.
        assert {at: pair for at, pair in different.items() if pair not in (("", None), (None, ""))} == {}, name
        assert not [value for value in recalculated.values() if isinstance(value, str) and value.startswith("#")], name


def test_every_pay_of_the_record_stands_on_the_first_page(sample: Path) -> None:
    """As a cached number, so that a previewer that does not calculate shows it too."""
    book = openpyxl.load_workbook(io.BytesIO(outputs(sample)[f"{MONTH}/pay.xlsx"]), data_only=True)
    rows = {str(row[1]): row for row in book.worksheets[0].iter_rows(values_only=True)}
    for agent in record(sample)["scoreboard"]:
        assert rows[agent["agent_id"]][-1] == float(agent["pay"])
