"""A sound workbook is read right, a doubtful cell is named, a hostile workbook costs one line."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csctl.problems import Place, Problem, Severity
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.opening.books import BookReader
from csctl.readers.opening.cells import Row, trimmed
from tests.drawn import drawn
from tests.readers.hostile import (
    MAIN,
    STRICT,
    save,
    sheet_xml,
    strings_xml,
    styles_xml,
    text,
    workbook_xml,
)

SHOWN = "data/2026-10/x.xlsx"


@pytest.fixture(scope="module")
def reader() -> Iterator[BookReader]:
    """One reader for all tests, as one run of the program has one for all files."""
    with BookReader(workers=1) as opened:
        yield opened


def sheet_of(book: Book | None) -> Sheet:
    """The only sheet of a book."""
    assert book is not None
    (sheet,) = book.sheets
    return sheet


def told(problems: list[Problem]) -> list[tuple[str, Severity, Place]]:
    """What, how bad, and where."""
    return [(problem.code, problem.severity, problem.place) for problem in problems]


def rows_of(reader: BookReader, path: Path) -> list[Row]:
    """The rows of a workbook that has no fault."""
    book, problems = reader.read(path, SHOWN)
    assert problems == []
    return list(sheet_of(book).rows)


def test_every_kind_of_cell_comes_as_it_is(reader: BookReader, tmp_path: Path) -> None:
    """Text, numbers, flags, dates, times and durations; leading zeros; empty columns and rows in front."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day, moment, span = (book.add_format({"num_format": f}) for f in ("yyyy/m/d", "yyyy-mm-dd hh:mm", "[h]:mm:ss"))
        sheet = book.add_worksheet("考勤")
        sheet.write_row(2, 1, ["工号", "00123", 7, 2.5, True, None])
        sheet.write_datetime(3, 1, date(2026, 10, 1), day)
        sheet.write_datetime(3, 2, datetime(2026, 10, 1, 8, 30), moment)  # noqa: DTZ001
        sheet.write_datetime(3, 3, timedelta(hours=208, minutes=19, seconds=49), span)
        sheet.write_number(3, 4, 0.5, book.add_format({"num_format": "hh:mm:ss AM/PM"}))
        sheet.write_formula(3, 5, "=1+1", None, 2)
        sheet.write_blank(3, 9, None, day)
    assert rows_of(reader, path) == [
        (),
        (),
        (None, "工号", "00123", 7, 2.5, True),
        (
            None,
            datetime(2026, 10, 1),  # noqa: DTZ001
            datetime(2026, 10, 1, 8, 30),  # noqa: DTZ001
            timedelta(hours=208, minutes=19, seconds=49),
            clock(12),
            2,
        ),
    ]


def test_workbooks_that_count_from_1904_give_the_same_days(reader: BookReader, tmp_path: Path) -> None:
    """Old Macs."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime(0, 0, date(2026, 10, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert rows_of(reader, path) == [(datetime(2026, 10, 1),)]  # noqa: DTZ001


@pytest.mark.parametrize(
    ("style", "value"),
    [
        ('<xf numFmtId="31"/>', datetime(2026, 10, 1)),  # noqa: DTZ001
        ('<xf numFmtId="57"/>', datetime(2026, 10, 1)),  # noqa: DTZ001
        ('<xf numFmtId="14"/>', datetime(2026, 10, 1)),  # noqa: DTZ001
        ('<xf numFmtId="176"/>', datetime(2026, 10, 1)),  # noqa: DTZ001
        ('<xf numFmtId="177"/>', timedelta(days=46296)),
        ('<xf numFmtId="178"/>', 46296),
        ('<xf numFmtId="2"/>', 46296),
        ("<xf/>", 46296),
        ('<xf numFmtId="nonsense"/>', 46296),
    ],
)
@pytest.mark.parametrize("fill", ["<fill/>", "<fill><patternFill/></fill>", ""])
def test_dates_are_told_by_their_format_whatever_else_the_styles_say(
    reader: BookReader, tmp_path: Path, style: str, value: object, fill: str
) -> None:
    """Chinese Excel knows formats 27 to 58 by number alone; other programs write fills that Excel does not."""
    own = (
        '<numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
        '<numFmt numFmtId="177" formatCode="[h]:mm"/><numFmt numFmtId="178" formatCode="0.0&quot;天&quot;"/>'
    )
    path = save(
        tmp_path / "x.xlsx",
        sheet_xml('<row r="1"><c r="A1" s="1"><v>46296</v></c></row>'),
        styles=styles_xml(own, f"<xf/>{style}", fill),
    )
    assert rows_of(reader, path) == [(value,)]


def test_a_wrong_dimension_loses_no_row_and_no_column(reader: BookReader, tmp_path: Path) -> None:
    """Some programs declare A1 whatever they write."""
    lines = "".join(f'<row r="{n}">{text(f"A{n}", "a")}{text(f"C{n}", "c")}</row>' for n in (1, 2, 3))
    path = save(tmp_path / "x.xlsx", sheet_xml(lines, before='<dimension ref="A1"/>'))
    assert rows_of(reader, path) == [("a", None, "c")] * 3
    path = save(tmp_path / "x.xlsx", sheet_xml(lines, before='<dimension ref="A1:XFD1048576"/>'))
    assert rows_of(reader, path) == [("a", None, "c")] * 3


def test_rows_and_cells_without_numbers_are_counted(reader: BookReader, tmp_path: Path) -> None:
    """Both numbers are optional in the format."""
    path = save(tmp_path / "x.xlsx", sheet_xml("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
    assert rows_of(reader, path) == [(1, 2), (3,)]


def test_shared_texts_lose_their_phonetic_marks_and_carriage_returns(reader: BookReader, tmp_path: Path) -> None:
    """Line breaks stay; what only steers the display goes."""
    shared = strings_xml("张_x000D_\n三").replace("</si>", '<rPh sb="0" eb="1"><t>zhang</t></rPh></si>')
    path = save(tmp_path / "x.xlsx", sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=shared)
    assert rows_of(reader, path) == [("张\n三",)]


def test_merged_ranges_are_told_and_absurd_ones_ignored(reader: BookReader, tmp_path: Path) -> None:
    """A merged heading matters; a merge of the whole sheet is a trap for programs."""
    merges = "".join(f'<mergeCell ref="{ref}"/>' for ref in ("A1:C1", "A1:XFD1048576", "B3:B4"))
    path = save(
        tmp_path / "x.xlsx",
        sheet_xml(f'<row r="1">{text("A1", "请假")}</row>', after=f"<mergeCells>{merges}</mergeCells>"),
    )
    book, problems = reader.read(path, SHOWN)
    assert sheet_of(book).merged == ((1, 1, 1, 3), (3, 2, 4, 2))
    assert problems == []


def test_a_value_inside_a_merged_range_is_kept(reader: BookReader, tmp_path: Path) -> None:
    """An id under a merged id is data."""
    lines = f'<row r="1">{text("A1", "001")}</row><row r="2">{text("A2", "002")}</row>'
    path = save(tmp_path / "x.xlsx", sheet_xml(lines, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'))
    assert rows_of(reader, path) == [("001",), ("002",)]


FORMULA = (
    '<row r="1"><c r="A1"><f>1+1</f>{}</c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><f>A1</f><v>2</v></c></row>'
)


@pytest.mark.parametrize("formula", ["<f>1+1</f>", "<f/>", "<f><!-- 2 -->1+1</f>", "<f><![CDATA[1+1]]></f>"])
@pytest.mark.parametrize("empty", ["", "<v></v>", "<v/>", "<v />", '<v xml:space="preserve"></v>', "<v><!-- 2 --></v>"])
def test_a_formula_without_a_saved_value_is_an_error_at_its_cell(
    reader: BookReader, tmp_path: Path, formula: str, empty: str
) -> None:
    """However it is spelt it would read as an empty cell; a formula whose result is the empty text is none of these."""
    sheet = sheet_xml(FORMULA.replace("<f>1+1</f>", formula).format(empty))
    book, problems = reader.read(save(tmp_path / "x.xlsx", sheet), SHOWN)
    assert told(problems) == [("formula-without-value", Severity.ERROR, Place(SHOWN, "表", 1, "A"))]
    assert problems[0].parameters == {"found": "", "cells": "A1", "count": "1"}
    assert sheet_of(book).rows == [(None, None, 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_value_before_its_formula_and_another_encoding_hide_nothing(
    reader: BookReader, tmp_path: Path, encoding: str
) -> None:
    """The part is parsed: the order inside a cell, prefixes of names and the encoding do not matter."""
    lines = '<x:row r="1"><x:c r="A1"><x:v/><x:f>1+1</x:f></x:c><x:c r="B1"><x:v>2</x:v><x:f>1+1</x:f></x:c></x:row>'
    declared = f'<?xml version="1.0" encoding="{encoding}"?><x:worksheet xmlns:x="{MAIN}">'
    sheet = f"{declared}<x:sheetData>{lines}</x:sheetData></x:worksheet>".encode(encoding)
    path = save(tmp_path / "x.xlsx", "", **{"xl/worksheets/sheet1.xml": sheet})
    book, problems = reader.read(path, SHOWN)
    assert told(problems) == [("formula-without-value", Severity.ERROR, Place(SHOWN, "表", 1, "A"))]
    assert sheet_of(book).rows == [(None, 2)]


def test_what_stands_in_a_comment_is_no_cell(reader: BookReader, tmp_path: Path) -> None:
    """Hundreds of thousands of cells that were begun in a comment are neither read nor looked at twice."""
    lines = f'<!--{"<c " * 300_000}--><row r="1"><!-- <c><f>1</f></c> --><c r="A1"><v>1</v></c></row>'
    book, problems = reader.read(save(tmp_path / "x.xlsx", sheet_xml(lines)), SHOWN)
    assert (sheet_of(book).rows, problems) == ([(1,)], [])


def test_formulas_that_a_program_wrote_without_results_are_named_together(reader: BookReader, tmp_path: Path) -> None:
    """openpyxl saves formulas without values: one problem, the first cells by name."""
    made = openpyxl.Workbook()
    for row in range(1, 101):
        made.worksheets[0].cell(row, 2, f"={row}+1")
    made.save(tmp_path / "x.xlsx")
    _, problems = reader.read(tmp_path / "x.xlsx", SHOWN)
    assert told(problems) == [("formula-without-value", Severity.ERROR, Place(SHOWN, "Sheet", 1, "B"))]
    assert problems[0].parameters == {"found": "", "cells": "B1, B2, B3, B4, B5 …", "count": "100"}


def test_a_formula_without_a_value_on_a_hidden_sheet_is_only_a_warning(reader: BookReader, tmp_path: Path) -> None:
    """Hidden helper sheets do not stop a run; that they are hidden is said."""
    path = save(tmp_path / "x.xlsx", sheet_xml(FORMULA.format("")), workbook=workbook_xml(state="veryHidden"))
    book, problems = reader.read(path, SHOWN)
    assert sheet_of(book).hidden is True
    assert told(problems) == [
        ("sheet-hidden", Severity.NOTE, Place(SHOWN, "表")),
        ("formula-without-value", Severity.WARNING, Place(SHOWN, "表", 1, "A")),
    ]


def test_error_cells_are_kept_as_text_and_named(reader: BookReader, tmp_path: Path) -> None:
    """#N/A is not empty and not 0; a number beyond all numbers is an error too."""
    cells = '<c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1"><v>1E+400</v></c>'
    book, problems = reader.read(save(tmp_path / "x.xlsx", sheet_xml(f'<row r="1">{cells}</row>')), SHOWN)
    assert sheet_of(book).rows == [("#N/A", "#DIV/0!", "#NUM!")]
    assert told(problems) == [("cell-is-error", Severity.WARNING, Place(SHOWN, "表", 1, "A"))]
    assert problems[0].parameters == {"found": "#N/A", "cells": "A1, B1, C1", "count": "3"}


def test_long_numbers_whose_digits_are_lost_are_named(reader: BookReader, tmp_path: Path) -> None:
    """A spreadsheet keeps 15 digits; a whole number written in full by another program is sound."""
    numbers = (
        "1.23456789012345E+17",
        "123456789012345000",
        "123456789012345678",
        "123456789012345",
        "0.1234567890123456",
    )
    cells = "".join(f"<c><v>{number}</v></c>" for number in numbers)
    book, problems = reader.read(save(tmp_path / "x.xlsx", sheet_xml(f"<row>{cells}</row>")), SHOWN)
    assert sheet_of(book).rows[0][2:4] == (123456789012345678, 123456789012345)
    assert told(problems) == [("digits-lost", Severity.WARNING, Place(SHOWN, "表", 1, "A"))]
    assert problems[0].parameters == {"found": "123456789012345000", "cells": "A1, B1", "count": "2"}


def test_rows_that_stand_twice_are_reported(reader: BookReader, tmp_path: Path) -> None:
    """Programs disagree on which one counts; the first does here."""
    lines = f'<row r="1">{text("A1", "a")}</row><row r="2">{text("A2", "b")}</row><row r="2">{text("A2", "c")}</row>'
    book, problems = reader.read(save(tmp_path / "x.xlsx", sheet_xml(lines)), SHOWN)
    assert sheet_of(book).rows == [("a",), ("b",)]
    assert told(problems) == [("row-number-twice", Severity.WARNING, Place(SHOWN, "表", 2))]


def test_cells_out_of_order_stand_where_they_say(reader: BookReader, tmp_path: Path) -> None:
    """A row is read by the names of its cells, not by their order."""
    row = "".join(text(f"{column}1", column.lower()) for column in "ABCDFE")
    assert rows_of(reader, save(tmp_path / "x.xlsx", sheet_xml(f'<row r="1">{row}</row>'))) == [tuple("abcdef")]


def test_a_cell_that_stands_twice_is_an_error(reader: BookReader, tmp_path: Path) -> None:
    """Nobody can tell which of the two is meant; an empty one beside a filled one is no doubt."""
    twice = sheet_xml(f'<row r="1">{text("A1", "a")}{text("B1", "b")}{text("B1", "c")}<c r="C1"/></row>')
    _, problems = reader.read(save(tmp_path / "x.xlsx", twice), "x")
    assert [(one.code, one.severity, one.place.row, one.place.column) for one in problems] == [
        ("cell-twice", Severity.ERROR, 1, "B")
    ]
    once = sheet_xml(f'<row r="1"><c r="A1"/>{text("A1", "a")}</row>')
    assert rows_of(reader, save(tmp_path / "y.xlsx", once)) == [("a",)]


def test_hidden_rows_are_read_and_known(reader: BookReader, tmp_path: Path) -> None:
    """What is hidden is not lost, and which rows it is is known; an empty row hides nothing."""
    lines = f'<row r="1">{text("A1", "a")}</row><row r="2" hidden="1">{text("A2", "b")}</row><row r="3" hidden="1"/>'
    book, problems = reader.read(save(tmp_path / "x.xlsx", sheet_xml(lines)), SHOWN)
    assert sheet_of(book).rows == [("a",), ("b",)]
    assert (sheet_of(book).hidden_rows, sheet_of(book).filtered_rows, problems) == ((2,), (), [])


def test_a_row_with_a_control_character_is_left_out(reader: BookReader, tmp_path: Path) -> None:
    """As in a CSV."""
    lines = f'<row r="1">{text("A1", "a")}</row><row r="2">{text("B2", "x&#x9B;31m")}</row>'
    book, problems = reader.read(save(tmp_path / "x.xlsx", sheet_xml(lines)), SHOWN)
    assert sheet_of(book).rows == [("a",)]
    assert told(problems) == [("control-character", Severity.WARNING, Place(SHOWN, "表", 2, "B"))]
    assert problems[0].found == "U+009B"


LATE_DOCTYPE = f"<!--{'x' * 5000}--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


LONG = pytest.mark.slow
"""Of a workbook whose rows are gone through to the last."""


@pytest.mark.parametrize(
    ("sheet", "parts", "refused"),
    [
        pytest.param('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', {}, "sheet-too-long", marks=LONG),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', {}, "sheet-too-wide"),
        pytest.param('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', {}, "sheet-too-long", marks=LONG),
        pytest.param('<row r="99999999"><c r="A99999999"><v>1</v></c></row>', {}, "sheet-too-long", marks=LONG),
        ('<row r="200002"><c r="A200002"><v>1</v></c></row>', {}, "sheet-too-long"),
        ('<row r="4"><c r="AAAAAAA4"><v>1</v></c></row>', {}, "workbook-not-read"),
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', {}, "workbook-not-read"),
        (f'<row r="1">{text("A1", "x" * 40_000)}</row>', {}, "cell-too-long"),
        (ONE, {"workbook": workbook_xml(STRICT)}, "workbook-strict"),
        (ONE, {"workbook": "<workbook"}, "workbook-not-read"),
        (ONE, {"styles": "<not xml"}, "workbook-not-read"),
        (ONE, {"xl/_rels/workbook.xml.rels": "<none/>"}, "workbook-not-read"),
        (ONE, {"[Content_Types].xml": f'<Types xmlns="{MAIN}"/>'}, "workbook-not-read"),
        (ONE, {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}, "workbook-not-read"),
        (ONE, {"xl/worksheets/sheet1.xml": "not xml at all"}, "workbook-not-read"),
        (ONE, {"xl/worksheets/sheet1.xml": LATE_DOCTYPE}, "workbook-not-read"),
        (ONE, {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">' + "<a>" * 20_000}, "workbook-not-read"),
    ],
)  # fmt: skip
def test_a_broken_or_hostile_workbook_is_refused_in_one_line(
    reader: BookReader, tmp_path: Path, sheet: str, parts: dict[str, str | bytes], refused: str
) -> None:
    """No book, one error, in a minute on the busiest machine, and the next file is read as if nothing had happened."""
    started = time.monotonic()
    book, problems = reader.read(save(tmp_path / "x.xlsx", sheet_xml(sheet), **parts), SHOWN)
    assert book is None
    assert [(problem.code, problem.severity, problem.place.file) for problem in problems] == [
        (refused, Severity.ERROR, SHOWN)
    ]
    assert time.monotonic() - started < 60
    assert rows_of(reader, save(tmp_path / "next.xlsx", sheet_xml(ONE))) == [(1,)]


def test_a_formatted_but_empty_far_corner_is_no_fault(reader: BookReader, tmp_path: Path) -> None:
    """Formatting whole rows and columns is a habit; only values count."""
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'
    assert rows_of(reader, save(tmp_path / "x.xlsx", sheet_xml(far))) == [(1,)]


@pytest.mark.slow
def test_one_long_text_in_many_cells_is_refused_before_it_fills_the_memory(reader: BookReader, tmp_path: Path) -> None:
    """30 KB shared by 20,000 cells are 600 MB once written out."""
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    path = save(tmp_path / "x.xlsx", sheet_xml(row * 200), strings=strings_xml("x" * 30_000))
    book, problems = reader.read(path, SHOWN)
    assert book is None
    assert [problem.code for problem in problems] == ["workbook-too-much"]


def test_a_workbook_of_several_sheets_keeps_their_order(reader: BookReader, tmp_path: Path) -> None:
    """Empty sheets included."""
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("二月").write(0, 0, 2)
        made.add_worksheet("空")
        made.add_worksheet("一月").write(0, 0, 1)
    book, problems = reader.read(path, SHOWN)
    assert problems == []
    assert book is not None
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [("二月", [(2,)]), ("空", []), ("一月", [(1,)])]


def xls(path: Path, *, date1904: bool = False) -> Path:
    """An old workbook with every kind of cell."""
    made = xlwt.Workbook()
    made.dates_1904 = date1904
    sheet = made.add_sheet("考勤")
    sheet.write_merge(0, 0, 0, 2, "标题")
    day, span = xlwt.XFStyle(), xlwt.XFStyle()
    day.num_format_str, span.num_format_str = "yyyy-mm-dd", "[h]:mm:ss"
    for column, value in enumerate(("00123", 7, 2.5, True)):
        sheet.write(2, column + 1, value)
    sheet.write(2, 5, datetime(2026, 10, 1), day)  # noqa: DTZ001
    sheet.write(2, 6, timedelta(hours=208).total_seconds() / 86400, span)
    hidden = made.add_sheet("藏")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    made.save(str(path))
    return path


@pytest.mark.parametrize("name", ["x.xls", "x.xlsx", "x.csv"])
def test_an_old_workbook_is_read_as_a_new_one_would_be(reader: BookReader, tmp_path: Path, name: str) -> None:
    """Text, whole numbers, flags, dates, durations, merged and hidden, under any file name."""
    book, problems = reader.read(xls(tmp_path / name), SHOWN)
    assert book is not None
    first, second = book.sheets
    moment = datetime(2026, 10, 1)  # noqa: DTZ001
    assert first.rows == [("标题",), (), (None, "00123", 7, 2.5, True, moment, timedelta(hours=208))]
    assert (first.merged, first.hidden, second.hidden) == (((1, 1, 1, 3),), False, True)
    assert told(problems) == [("sheet-hidden", Severity.NOTE, Place(SHOWN, "藏"))]


def test_an_old_workbook_that_counts_from_1904_gives_the_same_days(reader: BookReader, tmp_path: Path) -> None:
    """The book says from when it counts."""
    book, _ = reader.read(xls(tmp_path / "x.xls", date1904=True), SHOWN)
    assert book is not None
    assert book.sheets[0].rows[2][5] == datetime(2026, 10, 1)  # noqa: DTZ001


@pytest.mark.parametrize("damage", ["cut", "noise"])
def test_a_damaged_old_workbook_is_refused_in_one_line(reader: BookReader, tmp_path: Path, damage: str) -> None:
    """Half a download, or a file of nothing behind the first bytes."""
    content = xls(tmp_path / "x.xls").read_bytes()
    content = content[:700] if damage == "cut" else content[:8] + b"\xa5" * 4000
    (tmp_path / "x.xls").write_bytes(content)
    book, problems = reader.read(tmp_path / "x.xls", SHOWN)
    assert book is None
    assert told(problems) == [("workbook-not-read", Severity.ERROR, Place(SHOWN))]


VALUES: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda number: float(f"{number:.6g}")),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=6),
    st.datetimes(datetime(1950, 1, 1), datetime(2099, 1, 1)).map(lambda d: d.replace(microsecond=0)),  # noqa: DTZ001
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=drawn(40))
@given(st.lists(st.lists(VALUES, max_size=5), max_size=5))
def test_what_a_program_wrote_is_read_back(reader: BookReader, tmp_path: Path, table: list[list[Cell]]) -> None:
    """Any table, written by openpyxl, comes back cell by cell, type by type."""
    table = [[None if isinstance(cell, str) and cell.startswith(("=", "#")) else cell for cell in row] for row in table]
    made = openpyxl.Workbook()
    for number, row in enumerate(table, start=1):
        for column, cell in enumerate(row, start=1):
            made.worksheets[0].cell(number, column, cell)
    made.save(tmp_path / "x.xlsx")
    expected = [trimmed(row) for row in table]
    while expected and not expected[-1]:
        expected.pop()
    assert rows_of(reader, tmp_path / "x.xlsx") == expected
