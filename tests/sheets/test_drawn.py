"""Pictures, text boxes, shapes and charts of a template stand on everybody's sheet as they stood on the template."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from csctl.sheets.form_adopt import with_placeholders
from csctl.sheets.form_check import check_form
from tests.libreoffice import recalculated
from tests.sheets.month import POLICY, month_result
from tests.sheets.one_alone import fill_form

TITLE = "绩效 表"


def picture(red: int) -> bytes:
    """A small PNG of one colour."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((red, 0, 0)) * 40 for _ in range(20))
    head = struct.pack(">IIBBBBB", 40, 20, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def drawn_form(text: str = "盖章：{{agent.name}} & {{month}}", link: str = "") -> bytes:
    """A form with a logo, a stamp below rows that repeat, a text box, a chart, a picture in its header, a comment."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet(TITLE)
    cells = {"A1": "{{agent.name}}", "A5": "{{each.label}}", "B5": "{{each.contribution}}", "A7": "{{score.total}}"}
    for at, content in cells.items():
        sheet.write_string(at, content)
    sheet.insert_image(0, 2, "logo.png", {"image_data": io.BytesIO(picture(200)), **({"url": link} if link else {})})
    sheet.insert_image(9, 2, "stamp.png", {"image_data": io.BytesIO(picture(100))})
    sheet.insert_textbox(12, 1, text)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"categories": [TITLE, 6, 0, 6, 0], "values": [TITLE, 6, 1, 6, 1]})
    sheet.insert_chart(16, 1, chart)
    sheet.set_header("&L&G&C公司", {"image_left": "head.png", "image_data_left": io.BytesIO(picture(50))})
    sheet.write_comment(0, 0, "填姓名")
    book.close()
    return buffer.getvalue()


def parts(book: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def drawing(book: bytes) -> str:
    """The drawing of a filled form."""
    return parts(book)["xl/kept/xl/drawings/drawing1.xml"].decode()


@pytest.fixture(name="filled", scope="module")
def _filled() -> bytes:
    book, problems = fill_form(drawn_form(), month_result(), "007", "zh")
    assert problems == []
    return book


def test_every_picture_is_there_byte_for_byte(filled: bytes) -> None:
    """Those on the sheet and the one in the head of the page."""
    pictures = {content for name, content in parts(filled).items() if name.endswith(".png")}
    assert pictures == {picture(200), picture(100), picture(50)}


def test_what_stands_below_a_row_that_repeats_moves_down_with_its_cells(filled: bytes) -> None:
    """Three indicators make two rows more: the stamp of row 10 is in row 12, the logo where it was."""
    tops = re.findall(r"<xdr:from>.*?<xdr:row>(\d+)</xdr:row>", drawing(filled), re.DOTALL)
    assert tops == ["0", "11", "18", "14"]


def test_a_text_box_is_filled_as_a_cell_is(filled: bytes) -> None:
    """With the signs that its file needs."""
    assert re.findall(r"<a:t>([^<]*)</a:t>", drawing(filled)) == ["盖章：王小明 &amp; 2026-10"]


def test_a_chart_looks_at_its_cells_and_remembers_nothing(filled: bytes) -> None:
    """Its cells moved with the rows; what it showed when the template was saved is nobody's figure."""
    chart = parts(filled)["xl/kept/xl/charts/chart1.xml"].decode()
    assert re.findall(r"<c:f>([^<]*)</c:f>", chart) == ["'绩效 表'!$A$9", "'绩效 表'!$B$9"]
    assert "Cache" not in chart


def test_comments_stay_beside_drawings(filled: bytes) -> None:
    """They are drawn too, in a part of their own."""
    comment = load_workbook(io.BytesIO(filled))[TITLE]["A1"].comment
    assert comment is not None
    assert "填姓名" in comment.text


def test_a_placeholder_in_a_text_box_that_nothing_fills_is_said() -> None:
    """The braces would stand on the sheet as well; the place is the sheet."""
    book, problems = fill_form(drawn_form("{{agent.nmae}}"), month_result(), "007", "zh")
    assert (book, [(one.code, one.place.sheet) for one in problems]) == (b"", [("template-unknown-placeholder", TITLE)])


def test_a_drawing_that_leads_outside_is_left_out_and_said() -> None:
    """A picture with a link to the web: nobody's sheet calls home."""
    book, problems = fill_form(drawn_form(link="https://example.com/"), month_result(), "007", "zh")
    assert [one.code for one in problems] == ["template-drawings-lost"]
    assert not any(b"example.com" in content for content in parts(book).values())
    assert "template-drawings-lost" in [one.code for one in check_form(drawn_form(link="https://a.b/"), POLICY, "zh")]


@pytest.mark.parametrize("name", ["xl/drawings/drawing9.xml", "xl/cellimages.xml"])
def test_pictures_that_no_sheet_names_are_said(name: str) -> None:
    """Pictures within cells, as WPS keeps them, or a drawing of an unknown kind: nothing is lost in silence."""
    buffer = io.BytesIO(drawn_form())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, "<x/>")
    _, problems = fill_form(buffer.getvalue(), month_result(), "007", "zh")
    assert [one.code for one in problems] == ["template-drawings-lost"]


def test_every_part_that_is_named_is_there(filled: bytes) -> None:
    """No program that opens the workbook looks for something in vain."""
    there = parts(filled)
    for name, content in there.items():
        if name.endswith(".rels") and "kept" in name:
            for target in re.findall(r'Target="/([^"]+)"', content.decode()):
                assert target in there
    declared = re.findall(r'PartName="/([^"]+)"', there["[Content_Types].xml"].decode())
    assert len(declared) == len(set(declared))
    assert {one for one in declared if "kept" in one} == {
        one for one in there if "kept" in one and not one.endswith(".rels")
    }


def test_a_form_that_gets_placeholders_keeps_what_is_drawn_on_it() -> None:
    """The copy is the form, with a text more."""
    copy = with_placeholders(drawn_form("盖章"), {(TITLE, "B7"): "{{score.grade}}"})
    assert {content for name, content in parts(copy).items() if name.endswith(".png")} == {
        picture(200), picture(100), picture(50)
    }  # fmt: skip
    book, problems = fill_form(copy, month_result(), "007", "zh")
    assert (problems, load_workbook(io.BytesIO(book))[TITLE]["B9"].value) == ([], "良好")


@pytest.mark.slow
def test_another_program_finds_pictures_text_box_and_chart(filled: bytes, tmp_path: Path) -> None:
    """LibreOffice opens the filled sheet and saves what it found there."""
    saved = parts(recalculated(filled, tmp_path))
    shapes = "".join(content.decode() for name, content in saved.items() if name.startswith("xl/drawings/drawing"))
    assert (shapes.count("<xdr:pic>"), shapes.count("<xdr:graphicFrame"), "王小明" in shapes) == (2, 1, True)
