"""CSV is read strictly, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.headers import column_letters
from csctl.problems import Place, Problem, Severity
from csctl.readers.opening.cells import CONTROL, Row, trimmed
from csctl.readers.opening.delimited import likely_delimiter, read_delimited, unguarded

HERE = Place(file="data/x.csv")


def read(folder: Path, content: str, encoding: str | None = None) -> tuple[list[Row] | None, list[Problem]]:
    """The rows of a text."""
    path = folder / "x.csv"
    path.write_bytes(content.encode(encoding or "utf-8"))
    book, problems = read_delimited(path, encoding, HERE)
    if book is None:
        return None, problems
    (sheet,) = book.sheets
    assert (sheet.name, sheet.hidden, sheet.merged) == ("", False, ())
    return list(sheet.rows), problems


def rows(folder: Path, content: str) -> list[Row]:
    """The rows of a text that has no fault."""
    found, problems = read(folder, content)
    assert problems == []
    assert found is not None
    return found


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    """Each of the four, in a table that holds the other three in its texts."""
    others = "".join({",", ";", "|"} - {delimiter})
    table = [("工号", "姓名", "备注"), ("001", "张三", f"好{others}"), ("002", "李四", "x")]
    assert rows(tmp_path, "".join(delimiter.join(row) + "\n" for row in table)) == table


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("id;score\n1;5,0\n2;6,5\n", ";"),
        ("id,tags\n1,a|b\n2,c|d\n", ","),
        ("one\ntwo\n", ","),
        ("", ","),
        ("统计日期：2026-10-01 至 2026-10-31\n\n客服\t首响\n张三\t1,5\n李四\t2,5\n王五\t3,5\n", "\t"),
        ('name,note\n"a;b;c","d;e"\n"f;g;h","i;j"\n', ","),
    ],
)
def test_the_delimiter_is_the_one_that_makes_a_table(sample: str, delimiter: str) -> None:
    """Decimal commas, lists in cells and title rows do not mislead."""
    assert likely_delimiter(sample) == delimiter


def test_a_line_that_names_the_delimiter_is_obeyed_and_hidden(tmp_path: Path) -> None:
    """As in Excel, row 1 is the line after it."""
    assert rows(tmp_path, "sep=;\na,b;c\n1;2\n") == [("a,b", "c"), ("1", "2")]
    assert rows(tmp_path, "SEP=^\r\na^b\r\n") == [("a", "b")]


def test_rows_count_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    """Blank lines are rows; a newline inside quotes is not."""
    found = rows(tmp_path, '标题\n\n工号,备注\n1,"第一行\n第二行"\n2,x\n')
    assert found == [("标题",), (), ("工号", "备注"), ("1", "第一行\n第二行"), ("2", "x")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(tmp_path: Path, newline: str) -> None:
    """Windows, Unix and old Macs."""
    assert rows(tmp_path, newline.join(["a,b", "1,2", ""])) == [("a", "b"), ("1", "2")]


def test_empty_cells_are_none_and_cut_at_the_end(tmp_path: Path) -> None:
    """Blank is missing; words such as NULL and NA stay words."""
    assert rows(tmp_path, 'a,b,c\n,"",x\n1,,\nNULL,nan,NA\n') == [
        ("a", "b", "c"), (None, None, "x"), ("1",), ("NULL", "nan", "NA"),
    ]  # fmt: skip


def test_rows_longer_than_their_header_are_kept_as_they_are(tmp_path: Path) -> None:
    """Nothing is shifted; who knows the header judges the width."""
    assert rows(tmp_path, "id,name\n1,a,x\n2,b,y\n") == [("id", "name"), ("1", "a", "x"), ("2", "b", "y")]


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("'=1+1", "=1+1"), ("'+86 138", "+86 138"), ("'-5", "-5"), ("'@who", "@who"), ("'quoted'", "'quoted'"),
        ("\t00123", "00123"), ("00123\t", "00123"), ('="00123"', "00123"), ("=1+1", "=1+1"), ("O'Neil", "O'Neil"),
    ],
)  # fmt: skip
def test_guards_of_exporters_are_taken_off(tmp_path: Path, cell: str, meant: str) -> None:
    """Quotes before formulas, tabs and ``="…"`` around ids are packing, not content."""
    assert unguarded(cell) == meant
    assert rows(tmp_path, f"id,x\n{cell},1\n{cell},2\n") == [("id", "x"), (meant, "1"), (meant, "2")]


@pytest.mark.parametrize(
    ("character", "name"), [("\x1b", "U+001B"), ("\x07", "U+0007"), ("\x7f", "U+007F"), ("\x9b", "U+009B")]
)
def test_a_row_with_a_control_character_is_left_out_and_reported(tmp_path: Path, character: str, name: str) -> None:
    """The row is empty, so that the numbers of the rows below stay right."""
    found, problems = read(tmp_path, f"工号,姓名\n1,a\n2,张{character}三\n3,c\n")
    assert found == [("工号", "姓名"), ("1", "a"), (), ("3", "c")]
    assert [(p.code, p.severity, p.found, p.place) for p in problems] == [
        ("control-character", Severity.WARNING, name, Place("data/x.csv", "", 3, "B"))
    ]


def test_a_file_full_of_control_characters_is_refused_once(tmp_path: Path) -> None:
    """No thousands of warnings for a file that is no table."""
    found, problems = read(tmp_path, "a,\x01\n" * 5000)
    assert found is None
    assert [p.code for p in problems] == ["file-not-a-table"]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ('a,b\n1,2\n3,"open\n4,5\n', "quote-not-closed", 3),
        ('a,b\n1,"Li"x\n', "text-after-quote", 2),
        ("a,b\n1," + "x" * 200_000 + "\n", "cell-too-long", 2),
        ('a,b\n"1\n2",3\n4,"' + "x\n" * 100_000, "cell-too-long", 3),
        ("a,b\n" + ",".join(["1"] * 201) + "\n", "sheet-too-wide", 2),
        (",".join(["1"] * 300_000), "sheet-too-wide", 1),
    ],
)
def test_a_faulty_table_is_refused_by_row(tmp_path: Path, content: str, code: str, row: int) -> None:
    """One problem, at the row where the fault begins."""
    found, problems = read(tmp_path, content)
    assert found is None
    assert [(p.code, p.severity, p.place.row) for p in problems] == [(code, Severity.ERROR, row)]


def test_empty_columns_at_the_right_do_not_make_a_table_too_wide(tmp_path: Path) -> None:
    """Spreadsheets like to write commas for formatted, empty columns."""
    assert rows(tmp_path, "a,b" + "," * 300 + "\n1,2\n") == [("a", "b"), ("1", "2")]


def test_the_encoding_is_told(tmp_path: Path) -> None:
    """What it was decoded with stands in the book, and a guess in a note."""
    path = tmp_path / "x.csv"
    path.write_bytes("工号,姓名\n001,张三\n".encode("gbk"))
    book, problems = read_delimited(path, None, HERE)
    assert book is not None
    assert (book.encoding, book.sheets[0].rows) == ("gb18030", [("工号", "姓名"), ("001", "张三")])
    assert [p.code for p in problems] == ["encoding-guessed"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5hkscs"])
def test_every_encoding_gives_the_same_rows(tmp_path: Path, encoding: str) -> None:
    """No mark is left in the first header, and ``sep=`` is seen behind it."""
    assert read(tmp_path, "sep=;\n姓名;部門\n陳;客服\n", encoding) == ([("姓名", "部門"), ("陳", "客服")], [])


def test_columns_are_lettered_as_in_spreadsheets() -> None:
    """The edges of one, two and three letters."""
    assert [column_letters(n) for n in (1, 26, 27, 52, 702, 703, 16384)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA", "XFD"]


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from('\n,;"|'), max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=8), st.sampled_from(",;|"))
def test_what_a_csv_writer_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]], delimiter: str
) -> None:
    """Any text without control characters and guards, quoted as the csv module quotes it."""
    table = [[cell.replace("'", "").replace("=", "").replace("\ufeff", "") for cell in row] for row in table]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    found, problems = read(tmp_path_factory.mktemp("csv"), f"sep={delimiter}\n" + written.getvalue())
    assert problems == []
    assert found == [trimmed([cell or None for cell in row]) for row in table]
    assert not any(CONTROL.search(cell) for row in table for cell in row)


@pytest.mark.parametrize("end", ["", "3,张"])
def test_zero_bytes_at_the_end_are_no_rows_and_said(tmp_path: Path, end: str) -> None:
    """As a full disk or a lost power leaves them; what was being written then is cut, and its row is as it stands."""
    content = f"工号,姓名\n1,甲\n2,乙\n{end}".encode() + bytes(200_000)
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    book, problems = read_delimited(path, None, HERE)
    assert book is not None
    assert book.sheets[0].rows == [("工号", "姓名"), ("1", "甲"), ("2", "乙"), *([("3", "张")] if end else [])]
    assert [(one.code, one.found, one.severity) for one in problems] == [
        ("file-ends-in-zeros", "200,000", Severity.WARNING)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_that_ends_within_a_row_may_be_cut(tmp_path: Path, encoding: str) -> None:
    """Fewer cells than any row before and no line end; what was read of the row is kept for whoever looks."""
    whole = "工号,上班,下班\n001,09:00,18:00\n002,09:00,18:00\n003,09:00,18:00\n004,09:0"
    found, problems = read(tmp_path, whole, encoding)
    assert [(one.code, one.severity, one.place.row, one.found) for one in problems] == [
        ("file-may-be-cut", Severity.WARNING, 5, "2")
    ]
    assert found is not None
    assert found[-1] == ("004", "09:0")


@pytest.mark.parametrize(
    "end",
    ["004,09:00,18:00", "004,09:00,", "004,09:00\n", "004,09:00\r", "合计,3", "导出时间：2026-11-01", ""],
    ids=["whole", "last cell empty", "line end", "old line end", "sums", "note", "nothing"],
)
def test_a_last_row_that_is_whole_or_none_is_not_cut(tmp_path: Path, end: str) -> None:
    """Many programs write no line end after the last row, or a sum or a note below the table."""
    rows(tmp_path, "工号,上班,下班\n001,09:00,18:00\n002,09:00,18:00\n003,09:00,18:00\n" + end)


def test_rows_of_every_width_tell_nothing(tmp_path: Path) -> None:
    """Where a row may have two cells, a last one of two is as good as any."""
    rows(tmp_path, "a,b,c\n1,2\n1,2,3\n1,2,3\n1,2")
