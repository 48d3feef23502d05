"""A copy of an opened form is the form: looks, sizes, merged cells, checks of input, and rows still to be made."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.datavalidation import DataValidation

from csctl.month import Month
from csctl.sheets.copies import frozen, thawed
from csctl.sheets.xlsx import save

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def drawn() -> bytes:
    """A form with merged and framed cells, two equal looks, a height, a width and a list to choose from."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 5):
        sheet.cell(row, 1, f"{{{{line.{row}}}}}").font = Font(bold=row % 2 == 0, size=9 + row % 2)
        sheet.cell(row, 2, row).border = Border(bottom=Side("thin"))
    sheet.merge_cells("A3:B4")
    sheet.row_dimensions[2].height = 31.5
    sheet.column_dimensions["B"].width = 17
    choice = DataValidation(type="list", formula1='"A,B"')
    choice.add("B1")
    sheet.add_data_validation(choice)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def seen(content: bytes) -> list[Any]:
    """What a reader sees of a workbook, cell by cell."""
    pages: list[Any] = []
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        looks = [repr((one.value, one.font, one.fill, one.border, one.alignment, one.number_format)) for one in cells]
        heights = {key: one.height for key, one in sheet.row_dimensions.items()}
        widths = {key: one.width for key, one in sheet.column_dimensions.items()}
        merged = sorted(str(one) for one in sheet.merged_cells.ranges)
        checks = [(str(one.sqref), one.formula1) for one in sheet.data_validations.dataValidation]
        pages.append((sheet.title, looks, heights, widths, merged, checks, sheet.print_area, sheet.page_setup.scale))
    return pages


SHIPPED = sorted(TEMPLATES.glob("*.xlsx"))
FORMS = [drawn(), *(path.read_bytes() for path in SHIPPED)]


@pytest.mark.parametrize("form", FORMS, ids=["drawn", *(path.stem for path in SHIPPED)])
def test_a_copy_looks_as_the_form_does(form: bytes) -> None:
    """Saved after freezing, every cell, size and check is the one of the form that was opened and saved."""
    day = Month(2026, 10).first
    expected = seen(save(load_workbook(io.BytesIO(form)), day))
    assert seen(save(thawed(frozen(load_workbook(io.BytesIO(form)))), day)) == expected


def test_what_is_written_into_a_copy_is_not_in_the_next() -> None:
    """Each agent's form begins empty."""
    kept = frozen(load_workbook(io.BytesIO(drawn())))
    first = thawed(kept)
    first.worksheets[0]["A1"] = "written"
    first.worksheets[0].row_dimensions[40].height = 12
    again = thawed(kept).worksheets[0]
    assert again["A1"].value == "{{line.1}}"
    assert 40 not in again.row_dimensions
    assert again.row_dimensions[41].height is None
