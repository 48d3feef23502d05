"""Workbooks of other formats: OpenDocument, XML Spreadsheet 2003, the table of a web page, binary .xlsb."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest

from csctl.problems import Problem
from csctl.readers.grid import Book, Cell, Shown
from csctl.readers.opening.books import BookReader
from tests.libreoffice import convert

SS = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
X = 'xmlns:x="urn:schemas-microsoft-com:office:excel"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def read(path: Path, content: bytes | str) -> tuple[Book | None, list[Problem]]:
    """What a file of that content gives."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with BookReader(workers=1) as reader:
        return reader.read(path, path.name)


def rows_of(path: Path, content: bytes | str) -> list[tuple[Cell, ...]]:
    """The rows of the only sheet."""
    book, problems = read(path, content)
    assert book is not None, problems
    (sheet,) = book.sheets
    return list(sheet.rows)


moment = datetime.fromisoformat


def codes(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems]


# ---- XML Spreadsheet 2003 ----------------------------------------------------------------------------------------


def xml_2003(rows: str, *, styles: str = "", after: str = "") -> str:
    """A spreadsheet with one sheet."""
    return (
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook {SS} {X}>'
        f'<Styles>{styles}</Styles><Worksheet ss:Name="报表"><Table>{rows}</Table>{after}</Worksheet></Workbook>'
    )


def cell(kind: str, text: str, more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_an_xml_spreadsheet_is_read_cell_by_cell_as_its_types_say(tmp_path: Path) -> None:
    """Texts stay texts, numbers are numbers, times have no day, what is shown as a percentage is one."""
    styles = (
        '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
        '<Style ss:ID="q" ss:Parent="p"/>'
        '<Style ss:ID="d"><NumberFormat ss:Format="[h]:mm:ss"/></Style>'
    )
    rows = (
        f"<Row>{cell('String', '0012')}{cell('Number', '7')}{cell('Number', '2.5')}{cell('Boolean', '1')}</Row>"
        f"<Row>{cell('DateTime', '2026-10-08T09:30:00.000')}{cell('DateTime', '1899-12-31T00:02:00.000')}"
        f"{cell('Number', '0.9512', more_of('p'))}{cell('Number', '0.5', more_of('q'))}</Row>"
        f"<Row>{cell('DateTime', '1900-01-01T02:00:00.000', more_of('d'))}{cell('Error', '#N/A')}<Cell/></Row>"
    )
    assert rows_of(tmp_path / "a.xls", xml_2003(rows, styles=styles)) == [
        ("0012", 7, 2.5, True),
        (moment("2026-10-08T09:30"), time(0, 2), Shown("95.12%"), Shown("50%")),
        (timedelta(hours=26), "#N/A"),
    ]


def more_of(style: str) -> str:
    return f'ss:StyleID="{style}"'


def test_places_and_spans_of_an_xml_spreadsheet_are_kept(tmp_path: Path) -> None:
    """A row or cell may name its place; a merged cell takes those it covers; row numbers are those of the file."""
    merged = cell("String", "部门", 'ss:MergeAcross="1"')
    third = cell("String", "x", 'ss:Index="3"')
    rows = f'<Row ss:Index="3">{merged}{cell("String", "人")}</Row><Row>{third}</Row>'
    book, _ = read(tmp_path / "a.xls", xml_2003(rows))
    assert book is not None
    (sheet,) = book.sheets
    assert (sheet.name, sheet.rows) == ("报表", [(), (), ("部门", None, "人"), (None, None, "x")])
    assert sheet.merged == ((3, 1, 3, 2),)


def test_what_an_xml_spreadsheet_hides_or_lacks_is_said(tmp_path: Path) -> None:
    """A hidden sheet, a formula that was never calculated, a row that stands behind a later one."""
    hidden = f"<x:WorksheetOptions {X}><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    book, problems = read(tmp_path / "a.xml", xml_2003(f"<Row>{cell('String', 'x')}</Row>", after=hidden))
    assert (book.sheets[0].hidden, codes(problems)) == (True, ["sheet-hidden"])  # type: ignore[union-attr]
    _, problems = read(tmp_path / "b.xml", xml_2003('<Row><Cell ss:Formula="=1+1"/></Row>'))
    assert codes(problems) == ["formula-without-value"]
    book, problems = read(
        tmp_path / "c.xml", xml_2003(f'<Row ss:Index="3">{cell("Number", "1")}</Row><Row ss:Index="2"/>')
    )
    assert (book, codes(problems)) == (None, ["cells-out-of-order"])
    bomb = xml_2003("<Row/>").replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook')
    assert codes(read(tmp_path / "d.xml", bomb)[1]) == ["workbook-doctype"]


# ---- tables of web pages -----------------------------------------------------------------------------------------

TABLE = "<table><tr><th>工号</th><th>时长</th></tr><tr><td>01</td><td>0:02:00</td></tr></table>"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_the_table_of_a_page_is_a_sheet_of_texts(tmp_path: Path, encoding: str) -> None:
    """In the encoding that the page names, or that its bytes show."""
    meta = "" if encoding == "utf-16" else f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    page = f"<html><head>{meta}<style>td {{}}</style></head><body>{TABLE}</body></html>"
    book, problems = read(tmp_path / "a.xls", page.encode(encoding))
    assert book is not None
    assert book.sheets[0].rows == [("工号", "时长"), ("01", "0:02:00")]
    assert codes(problems) == ["file-html-named-otherwise"]
    assert codes(read(tmp_path / "a.html", page.encode(encoding))[1]) == []


def test_a_page_is_read_as_it_is_seen(tmp_path: Path) -> None:
    """Entities, line breaks, cells over several columns and rows; a table around a table is only its frame."""
    page = (
        "<html><table><tr><td>"
        "<table><tr><td rowspan=2>甲&amp;乙</td><td colspan=2>a<br>b</td></tr><tr><td>&nbsp;1 </td><td>2</td></table>"
        "</td></tr></table></html>"
    )
    book, _ = read(tmp_path / "a.html", page)
    assert book is not None
    (sheet,) = book.sheets
    assert sheet.rows == [("甲&乙", "a\nb"), (None, "1", "2")]
    assert sheet.merged == ((1, 1, 2, 1), (1, 2, 1, 3))


def test_several_tables_are_numbered(tmp_path: Path) -> None:
    """Those that hold anything; a strip of links is none."""
    book, _ = read(tmp_path / "a.html", f"<html><table><tr><td>x</td></tr></table>{TABLE}{TABLE}</html>")
    assert book is not None
    assert [sheet.name for sheet in book.sheets] == ["1", "2"]


@pytest.mark.parametrize("more", ["", f"{TABLE}<form><input type='password'></form>"])
def test_a_page_without_a_table_or_with_a_login_is_no_export(tmp_path: Path, more: str) -> None:
    """The message tells how to get the table, and nothing else is said."""
    book, problems = read(tmp_path / "a.xls", f"<html><body>{more}</body></html>")
    assert (book, codes(problems)) == (None, ["file-is-a-web-page"])


# ---- OpenDocument ------------------------------------------------------------------------------------------------


def ods(path: Path, tables: str, styles: str = "", kind: str = "spreadsheet") -> Path:
    """A file with these tables."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr(
            "content.xml",
            f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def of(kind: str, more: str, shown: str = "") -> str:
    return f'<table:table-cell office:value-type="{kind}" {more}><text:p>{shown}</text:p></table:table-cell>'


def test_an_opendocument_sheet_gives_values_and_what_is_shown_where_that_tells(tmp_path: Path) -> None:
    """Percentages and amounts as people see them; repeated cells and rows as often as they stand there."""
    rows = (
        "<table:table-row>"
        + of("string", "", "0012")
        + of("float", 'office:value="7"')
        + of("percentage", 'office:value="0.9512"', "95%")
        + of("currency", 'office:value="12.5" office:currency="CNY"')
        + "</table:table-row><table:table-row>"
        + of("date", 'office:date-value="2026-10-08"')
        + of("date", 'office:date-value="2026-10-08T09:30:00"')
        + of("time", 'office:time-value="PT00H02M00S"')
        + of("time", 'office:time-value="PT26H00M00S"')
        + of("boolean", 'office:boolean-value="true"')
        + '</table:table-row><table:table-row table:number-rows-repeated="2">'
        + of("float", 'office:value="1" table:number-columns-repeated="2"')
        + '<table:table-cell table:number-columns-repeated="1022"/></table:table-row>'
        + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    )
    path = ods(tmp_path / "a.ods", f'<table:table table:name="报表">{rows}</table:table>')
    assert rows_of(path, path.read_bytes()) == [
        ("0012", 7, Shown("95.12%"), Shown("12.5CNY")),
        (moment("2026-10-08"), moment("2026-10-08T09:30"), time(0, 2), timedelta(hours=26), True),
        (1, 1),
        (1, 1),
    ]


def test_what_an_opendocument_sheet_hides_or_lacks_is_said(tmp_path: Path) -> None:
    """A hidden sheet, filtered rows, remarks beside a cell, an uncalculated formula; other documents are none."""
    styles = '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    row = f'<table:table-row table:visibility="filter">{of("string", "", "x")}</table:table-row>'
    hidden = f'<table:table table:name="h" table:style-name="h">{row}</table:table>'
    path = ods(tmp_path / "a.ods", hidden, styles)
    book, problems = read(path, path.read_bytes())
    assert (book.sheets[0].hidden, codes(problems)) == (True, ["sheet-hidden"])  # type: ignore[union-attr]
    assert book.sheets[0].hidden_rows == (1,)  # type: ignore[union-attr]
    noted = (
        '<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>改过</text:p>'
        "</office:annotation><text:p>张<text:s/>三</text:p><text:p>b</text:p></table:table-cell>"
        '<table:table-cell table:formula="of:=1+1"/></table:table-row>'
    )
    path = ods(tmp_path / "b.ods", f'<table:table table:name="b">{noted}</table:table>')
    book, problems = read(path, path.read_bytes())
    assert (book.sheets[0].rows, codes(problems)) == ([("张 三\nb",)], ["formula-without-value"])  # type: ignore[union-attr]
    path = ods(tmp_path / "c.odt", "", kind="text")
    assert codes(read(path, path.read_bytes())[1]) == ["file-is-a-document"]


# ---- another program's files -------------------------------------------------------------------------------------


def mixed_workbook(path: Path) -> Path:
    """A workbook with a cell of each kind."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["工号", "占比", "金额", "日期", "时刻", "时长", "数", "是", "文"])
    for row in (
        ("0012", 0.9512, 1234.5, date(2026, 10, 8), moment("2026-10-08T09:30"), timedelta(hours=26), 7, True, "a\nb"),
        ("0013", 1, -3, date(2026, 1, 31), moment("2026-10-08T00:00:05"), timedelta(hours=30), 0.25, False, "“甲”"),
    ):
        sheet.append(row)
    for number in (2, 3):
        sheet.cell(number, 2).number_format = "0.00%"
        sheet.cell(number, 6).number_format = "[h]:mm:ss"
    sheet.merge_cells("A5:B5")
    sheet["A5"] = "制表人"
    book.create_sheet("空")
    book.save(path)
    return path


@pytest.mark.slow
def test_another_program_saves_the_same_cells_in_its_own_format(tmp_path: Path) -> None:
    """What LibreOffice makes of a workbook is read as the workbook is."""
    original = mixed_workbook(tmp_path / "book.xlsx")
    (made,) = convert([original], "ods", tmp_path)
    with BookReader(workers=1) as reader:
        (first, _), (second, _) = reader.read(original, "a"), reader.read(made, "b")
    assert first is not None
    assert second is not None
    assert second.sheets[0].rows == first.sheets[0].rows
    assert second.sheets[0].merged == first.sheets[0].merged


# ---- binary workbooks --------------------------------------------------------------------------------------------


def record(kind: int, content: bytes = b"") -> bytes:
    """One record: its number and its length, seven bits a byte, and its content ([MS-XLSB] 2.1.4)."""
    return _variable(kind, 2) + _variable(len(content), 4) + content


def _variable(number: int, most: int) -> bytes:
    made = bytearray()
    for _ in range(most):
        number, low = number >> 7, number & 0x7F
        made.append(low | (0x80 if number else 0))
        if not number:
            break
    return bytes(made)


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, rows: list[list[str | float]], hidden: Collection[int] = ()) -> Path:
    """A workbook of one sheet with texts and numbers, as [MS-XLSB] lays it down; ``hidden`` are rows, from 1."""
    cells = b""
    for number, row in enumerate(rows):
        unseen = 0x10 if number + 1 in hidden else 0
        cells += record(
            0, struct.pack("<IIHBBBI", number, 0, 300, 0, unseen, 0, 0) + struct.pack("<II", 0, len(row) - 1)
        )
        for column, value in enumerate(row):
            head = struct.pack("<II", column, 0)
            if isinstance(value, str):
                cells += record(6, head + wide(value))
            else:
                cells += record(5, head + struct.pack("<d", value))
    width = max(map(len, rows)) - 1
    sheet = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width))
    sheet += record(145) + cells + record(146) + record(130)
    bundle = record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("报表"))
    book = record(131) + record(143) + bundle + record(144) + record(132)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{relation}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{relation}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_a_binary_workbook_is_read_and_it_is_said_that_its_formats_are_not(tmp_path: Path) -> None:
    """Texts with their zeros, whole numbers whole; a fraction may have been shown as a percentage."""
    path = xlsb(tmp_path / "a.xlsb", [["工号", "时长"], ["0012", 120.0], ["0013", 0.95]])
    book, problems = read(path, path.read_bytes())
    assert book is not None
    assert (book.sheets[0].name, book.sheets[0].rows) == ("报表", [("工号", "时长"), ("0012", 120), ("0013", 0.95)])
    assert codes(problems) == ["formats-not-read"]
    whole = xlsb(tmp_path / "b.xlsb", [["工号", "时长"], ["0012", 120.0]])
    assert codes(read(whole, whole.read_bytes())[1]) == []


def test_hidden_rows_of_a_binary_workbook_are_known(tmp_path: Path) -> None:
    """Those that hold anything; a long row has a length of two bytes."""
    rows: list[list[str | float]] = [["工号", "时长"], ["0012", 120.0], ["0013", 60.0], ["x" * 200, 3.0]]
    path = xlsb(tmp_path / "a.xlsb", rows, hidden=(3, 4))
    book, problems = read(path, path.read_bytes())
    assert book is not None
    assert (book.sheets[0].hidden_rows, codes(problems)) == ((3, 4), [])


@pytest.mark.slow
def test_another_program_reads_the_binary_workbook_of_these_tests(tmp_path: Path) -> None:
    """So that what is proved above is proved on a workbook and not on a mistake of ours."""
    path = xlsb(tmp_path / "a.xlsb", [["工号", "时长"], ["0012", 120.0], ["0013", 0.95]])
    sheet = openpyxl.load_workbook(convert([path], "xlsx", tmp_path)[0]).worksheets[0]
    assert list(sheet.iter_rows(values_only=True)) == [("工号", "时长"), ("0012", 120), ("0013", 0.95)]
