"""What openpyxl writes of a form is the definition: the quicker writer writes the same parts."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from csctl.sheets.form_grown import grown_form
from csctl.sheets.saving import CopiesWritten, package_parts

SHIPPED = sorted((Path(__file__).resolve().parents[2] / "templates").glob("*.xlsx"))


def by_openpyxl(book: Workbook) -> dict[str, bytes]:
    """The parts as openpyxl itself writes them."""
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def comparable(parts: dict[str, bytes]) -> dict[str, object]:
    """Parts without the moment of saving, and with merged cells in an order of their own: openpyxl's is chance."""
    found: dict[str, object] = {}
    for name, content in parts.items():
        merged = sorted(re.findall(rb'<mergeCell ref="[^"]*" />', content))
        rest = re.sub(rb'<mergeCell ref="[^"]*" />|<dcterms:(?:created|modified)[^>]*>[^<]*', b"", content)
        found[name] = (rest, merged)
    return found


def everything() -> Workbook:
    """Every kind of cell, and what stands around cells."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    values: list[Any] = [1, 2.5, "text", ' a <b> & "c"\n d ', "=A1+1", True, datetime(2026, 1, 2, 3, 4), "#N/A", None]  # noqa: DTZ001
    for row, value in enumerate(values, 1):
        sheet.cell(row, 1, value)
        sheet.cell(row, 2, value).font = Font(bold=True, size=8 + row)
    sheet["C1"].hyperlink = "https://example.com"
    sheet["C2"].comment = Comment("said", "somebody")
    sheet.row_dimensions[2].height = 31.5
    sheet.row_dimensions[40].hidden = True
    sheet.merge_cells("D1:E2")
    sheet.merge_cells("A20:C22")
    return book


def test_every_kind_of_cell_is_written_as_openpyxl_writes_it() -> None:
    """Numbers, texts with blanks and marks, formulas, truths, moments, errors, links, comments, heights, merges."""
    assert comparable(package_parts(everything())) == comparable(by_openpyxl(everything()))


@pytest.mark.parametrize("form", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_a_shipped_form_is_written_as_openpyxl_writes_it(form: Path) -> None:
    """With all its looks, names and settings of pages."""
    assert comparable(package_parts(load_workbook(form))) == comparable(by_openpyxl(load_workbook(form)))


def test_an_empty_sheet_and_one_whose_text_looks_like_a_part_are_written_whole() -> None:
    """What is set in afterwards is found by its element, and a text cannot be one."""
    book = everything()
    book.create_sheet("empty")
    book.create_sheet("text")["A1"] = "<sheetData></sheetData><mergeCells/>"
    assert comparable(package_parts(book)) == comparable(by_openpyxl(book))


def test_looks_are_written_again_as_soon_as_a_copy_has_others() -> None:
    """The same looks once; another format, another mark of text, or another font: as openpyxl writes that copy."""
    written = CopiesWritten.of(everything())

    def styles(change: str) -> tuple[bytes, bytes]:
        ours, theirs = everything(), everything()
        for book in (ours, theirs):
            cell = book.worksheets[0]["B3"]
            if change == "format":
                cell.number_format = "#,##0.000"
            elif change == "quote":
                cell.quotePrefix = True
            elif change == "font":
                cell.font = Font(name="SimSun")
        return package_parts(ours, written)["xl/styles.xml"], by_openpyxl(theirs)["xl/styles.xml"]

    for change in ("none", "format", "quote", "font", "format", "none", "font"):
        own, expected = styles(change)
        assert own == expected, change


def test_rows_are_made_once_for_all_agents_who_need_so_many() -> None:
    """The form that was grown is the same object, and growing it for others leaves it as it is."""
    form = next(path for path in SHIPPED if path.stem == "generic").read_bytes()
    first, _ = grown_form(form, 3, 1)
    more, _ = grown_form(form, 5, 1)
    again, _ = grown_form(form, 3, 1)
    assert first is not None
    assert more is not None
    assert first is again
    assert [one.last - one.first for one in first.sheets[0].repeated if not one.adjustments] == [2]
    assert [one.last - one.first for one in more.sheets[0].repeated if not one.adjustments] == [4]
