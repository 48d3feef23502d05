"""Rows that a filter hides are read, it is said, and the line in the message settles it."""

from __future__ import annotations

import struct
import tomllib
from pathlib import Path

import openpyxl
import pytest
import xlwt  # type: ignore[import-untyped]
from openpyxl.worksheet.filters import CustomFilter, CustomFilters
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from csctl.problems import Severity
from csctl.readers.columns.source import Source
from csctl.readers.imports import Brought, WantedExport, bring_in
from csctl.readers.opening.xls_filters import filtered_columns
from csctl.store.canonical import CanonicalStore
from tests.libreoffice import convert

ROWS: list[tuple[str | int | None, ...]] = [
    ("客服", "付款日期", "销售额", "状态"),
    ("王芳", "2026-10-02", 100, "成功"),
    ("李雷", "2026-10-03", 50, "取消"),
    ("李雷", "2026-10-04", 70, None),
    ("王芳", "2026-10-05", 30, "取消"),
]


def _sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["订单明细"])
    for row in ROWS:
        sheet.append(row)
    return book, sheet


def _read(book: openpyxl.Workbook, folder: Path, said: str = "") -> Brought:
    book.save(folder / "orders.xlsx")
    source = Source.model_validate({"table": "orders", "files": "*", **tomllib.loads(said)})
    (brought,) = bring_in(
        [WantedExport(folder / "orders.xlsx", "orders.xlsx", source, None)], CanonicalStore(folder / "c")
    )
    return brought


def _counted(brought: Brought) -> int:
    return brought.entry.accepted if brought.entry else 0


@pytest.mark.parametrize("in_table", [False, True])
def test_rows_that_a_filter_hides_are_said_with_the_line_that_leaves_them_out(tmp_path: Path, in_table: bool) -> None:
    """Two of four: the filter shows what was paid, and what says nothing."""
    book, sheet = _sheet()
    if in_table:
        sheet.add_table(Table(displayName="orders", ref="A2:D6"))
        sheet.tables["orders"]._initialise_columns()
        for column, name in zip(sheet.tables["orders"].tableColumns, ROWS[0], strict=True):
            column.name = str(name)
        sheet.tables["orders"].autoFilter.add_filter_column(3, ["成功"], blank=True)
    else:
        sheet.auto_filter.ref = "A2:D6"
        sheet.auto_filter.add_filter_column(3, ["成功"], blank=True)
    for row in (4, 6):
        sheet.row_dimensions[row].hidden = True
    found = _read(book, tmp_path)
    (said,) = [one for one in found.problems if one.code.startswith("rows-filtered")]
    assert (said.code, said.found, said.place.column, _counted(found)) == ("rows-filtered", "2", "状态", 4)
    without = _read(book, tmp_path, str(said.parameters["line"]))
    assert (_counted(without), [one.code for one in without.problems if "filtered" in one.code]) == (2, [])
    counting = _read(book, tmp_path, str(said.parameters["other"]))
    assert (_counted(counting), [one.code for one in counting.problems if "filtered" in one.code]) == (4, [])


def test_a_filter_by_something_else_than_words_has_no_such_line(tmp_path: Path) -> None:
    """More than 60: no list of words says that."""
    book, sheet = _sheet()
    sheet.auto_filter.ref = "A2:D6"
    sheet.auto_filter.add_filter_column(2, [])
    sheet.auto_filter.filterColumn[0].filters = None
    sheet.auto_filter.filterColumn[0].customFilters = CustomFilters(
        customFilter=[CustomFilter(operator="greaterThan", val="60")]
    )
    for row in (4, 6):
        sheet.row_dimensions[row].hidden = True
    found = _read(book, tmp_path)
    assert [one.code for one in found.problems if "filtered" in one.code] == ["rows-filtered-otherwise"]


def test_a_filter_that_hides_nothing_is_nothing_to_say(tmp_path: Path) -> None:
    """Most exports have one over their headers; a title that somebody hid is no data."""
    book, sheet = _sheet()
    sheet.auto_filter.ref = "A2:D6"
    assert [one.code for one in _read(book, tmp_path).problems if "filtered" in one.code] == []
    sheet.row_dimensions[1].hidden = True
    assert [one.code for one in _read(book, tmp_path).problems if one.code.startswith("rows-")] == []


def test_rows_that_somebody_hid_count_with_a_warning_until_the_source_says_whether_they_do(tmp_path: Path) -> None:
    """Rows 4 to 6 of four; the total below them is none of the data, hidden or not."""
    book, sheet = _sheet()
    sheet.append(["合计", None, 250])
    for row in (4, 5, 6, 7):
        sheet.row_dimensions[row].hidden = True
    found = _read(book, tmp_path)
    (said,) = [one for one in found.problems if one.code.startswith("rows-hid")]
    assert (said.severity, said.found, said.parameters["count"], said.place.row) == (Severity.WARNING, "4-6", "3", 4)
    assert _counted(found) == 4
    for line, counted in (('hidden_rows = "count"', 4), ('hidden_rows = "leave_out"', 1)):
        settled = _read(book, tmp_path, line)
        codes = [one.code for one in settled.problems if "hidden" in one.code or "filtered" in one.code]
        assert (_counted(settled), codes) == (counted, [])
        (fates,) = settled.entry.fates if settled.entry else ()
        assert fates.out("filter") == 4 - counted


def test_what_a_filter_hides_otherwise_is_settled_by_the_same_line(tmp_path: Path) -> None:
    """A filter by a limit has no words that could be kept."""
    book, sheet = _sheet()
    sheet.auto_filter.ref = "A2:D6"
    sheet.auto_filter.add_filter_column(2, [])
    sheet.auto_filter.filterColumn[0].filters = None
    sheet.auto_filter.filterColumn[0].customFilters = CustomFilters(
        customFilter=[CustomFilter(operator="greaterThan", val="60")]
    )
    for row in (4, 6):
        sheet.row_dimensions[row].hidden = True
    for line, counted in (('hidden_rows = "count"', 4), ('hidden_rows = "leave_out"', 2)):
        settled = _read(book, tmp_path, line)
        assert (_counted(settled), [one.code for one in settled.problems if "filtered" in one.code]) == (counted, [])


_XML_2003 = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Orders"><Table>{}</Table></Worksheet>
</Workbook>"""
_XML_ROW = "<Row{}>{}</Row>"
_XML_CELL = '<Cell><Data ss:Type="String">{}</Data></Cell>'
_PAGE = "<html><table>{}</table></html>"


@pytest.mark.parametrize(
    ("page", "row", "cell", "hiding"),
    [
        (_XML_2003, _XML_ROW, _XML_CELL, ' ss:Hidden="1"'),
        (_PAGE, "<tr{}>{}</tr>", "<td>{}</td>", ' style="display:none"'),
    ],
)
def test_hidden_rows_are_said_of_every_kind_of_file(
    tmp_path: Path, page: str, row: str, cell: str, hiding: str
) -> None:
    """Old workbooks in XML and pages of the web, both named .xls."""
    rows = [("Agent", "Date", "Amount"), ("Ann Lee", "2026-10-02", "10"), ("Bo Chan", "2026-10-03", "20")]
    lines = "".join(
        row.format(hiding if at == 2 else "", "".join(map(cell.format, cells))) for at, cells in enumerate(rows)
    )
    (tmp_path / "orders.xls").write_text(page.format(lines), encoding="utf-8")
    for said, counted, codes in (("", 2, ["rows-hidden"]), ('hidden_rows = "leave_out"', 1, [])):
        found = _read_old(tmp_path / "orders.xls", tmp_path, said)
        assert _counted(found) == counted
        assert [one.code for one in found.problems if one.code == "rows-hidden"] == codes


# ---- old workbooks -----------------------------------------------------------------------------------------------


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _test(text: str, sign: int = 2) -> bytes:
    return struct.pack("<BB4xB3x", 6, sign, len(text))


def _wide(text: str) -> bytes:
    return b"\x01" + text.encode("utf-16-le")


NO_TEST, MODE, END = bytes(10), _record(0x9B), _record(0x0A)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (_test("成功") + NO_TEST + _wide("成功"), ("成功",)),
        (_test("paid") + NO_TEST + b"\x00paid", ("paid",)),
        (_test("成功", 5) + NO_TEST + _wide("成功"), None),
        (struct.pack("<BBd", 4, 4, 3.5) + NO_TEST, None),
        (struct.pack("<BB8x", 0x0C, 2) + NO_TEST, ("",)),
        (_test("成功") + _test("取消") + _wide("成功") + _wide("取消"), None),
    ],
)
def test_a_filter_of_an_old_workbook_tells_the_texts_that_stay(content: bytes, expected: object) -> None:
    """What is not one of these texts, or two tests at once, is told to be filtered otherwise; a sheet that is not
    filtered has no filtered columns.
    """
    record = _record(0x9E, struct.pack("<HH", 3, 0) + content)
    assert list(filtered_columns(MODE + record + END + record)) == [(3, expected)]
    assert list(filtered_columns(record + END)) == []


def test_either_of_two_texts_stays(tmp_path: Path) -> None:
    """The first flag says or."""
    content = struct.pack("<HH", 3, 1) + _test("成功") + _test("预售") + _wide("成功") + _wide("预售")
    assert list(filtered_columns(MODE + _record(0x9E, content) + END)) == [(3, ("成功", "预售"))]


def _read_old(path: Path, folder: Path, said: str = "") -> Brought:
    source = Source.model_validate({"table": "orders", "files": "*", **tomllib.loads(said)})
    (brought,) = bring_in([WantedExport(path, path.name, source, None)], CanonicalStore(folder / "c"))
    return brought


def test_rows_that_somebody_hid_in_an_old_workbook_count_and_are_said(tmp_path: Path) -> None:
    """There is no filter to tell why: its row is named."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("orders")
    for at, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    sheet.row(2).hidden = True
    book.save(str(tmp_path / "orders.xls"))
    found = _read_old(tmp_path / "orders.xls", tmp_path)
    assert [(one.code, one.found) for one in found.problems if "hidden" in one.code] == [("rows-hidden", "3")]
    assert _counted(found) == 4


@pytest.mark.slow
def test_a_filter_in_an_old_workbook_says_the_line_that_leaves_its_rows_out(tmp_path: Path) -> None:
    """As it does in a new one; another program has saved the book in the old format."""
    book, sheet = _sheet()
    sheet.auto_filter.ref = "A2:D6"
    sheet.auto_filter.add_filter_column(3, ["成功"])
    for row in (4, 5, 6):
        sheet.row_dimensions[row].hidden = True
    book.save(tmp_path / "orders.xlsx")
    (path,) = convert([tmp_path / "orders.xlsx"], "xls", tmp_path)
    found = _read_old(path, tmp_path)
    (said,) = [one for one in found.problems if one.code.startswith("rows-filtered")]
    assert (said.found, said.parameters["line"], _counted(found)) == ("3", 'keep = { "状态" = ["成功"] }', 4)
    assert _counted(_read_old(path, tmp_path, str(said.parameters["line"]))) == 1
