"""Rows of one number that are one thing: the first that is filled in counts, the others are doubles."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.records.fates import DOUBLE
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

HEADER = ("审批编号", "工号", "请假类型", "开始日期", "请假天数", "审批记录")
KEY = 'key = "审批编号"'


def _import(
    rows: Sequence[Sequence[Any]],
    said: str = KEY,
    sheet: str = "请假",
    merged: tuple[tuple[int, int, int, int], ...] = (),
    table: str = "leave",
) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **tomllib.loads(said)}))
    assert source is not None, problems
    book = Book((Sheet(sheet, [tuple(row) for row in rows], merged=merged),))
    return import_book(book, source, "leave.xlsx", Month(2026, 10))


def _warned(found: Imported) -> list[Problem]:
    return [one for one in found.problems if one.severity is not Severity.NOTE]


def _fates(found: Imported) -> tuple[int, dict[str, int], int]:
    (fates,) = found.fates
    return fates.counted, dict(fates.left_out), fates.refused


def test_an_approval_on_two_rows_counts_once() -> None:
    """Its rows differ in who approved, which no rule reads: a note, and one double."""
    rows = [
        HEADER,
        ("A1", "0101", "事假", "2026-10-08", 1, "王芳"),
        ("A1", "0101", "事假", "2026-10-08", 1, "李雷"),
        ("A2", "0102", "病假", "2026-10-09", 2, "王芳"),
    ]
    found = _import(rows)
    assert found.columns["agent_id"] == ["0101", "0102"]
    assert found.columns["source_row"] == [2, 4]
    assert (_fates(found), _warned(found)) == ((2, {DOUBLE: 1}, 0), [])
    (note,) = [one for one in found.problems if one.code == "rows-of-one-key"]
    assert note.found == "3"


def test_the_first_row_that_is_filled_in_is_the_one_that_counts() -> None:
    """A row that only repeats the number is neither refused nor said."""
    rows = [
        HEADER,
        ("A1", None, None, None, None, "王芳"),
        ("A1", "0101", "事假", "2026-10-08", 1, None),
        ("A1", None, None, None, None, "李雷"),
    ]
    for sheet in ("请假", ""):
        found = _import(rows, sheet=sheet)
        assert found.columns["date"] == [date(2026, 10, 8)]
        assert (_fates(found), _warned(found)) == ((1, {DOUBLE: 2}, 0), [])


def test_a_number_that_stands_in_a_merged_cell_is_that_of_all_its_rows() -> None:
    """The cells of the person are merged too; those of the days are not."""
    rows = [
        HEADER,
        ("A1", "0101", "事假", "2026-10-08", 1, "王芳"),
        (None, None, None, None, None, "李雷"),
    ]
    found = _import(rows, merged=((2, 1, 3, 1), (2, 2, 3, 2)))
    assert (_fates(found), _warned(found)) == ((1, {DOUBLE: 1}, 0), [])


def test_rows_that_say_different_things_of_one_number_are_said() -> None:
    """With the columns in which they differ; the first counts all the same. How many more there are is told."""
    rows = [
        HEADER,
        ("A1", "0101", "事假", "2026-10-08", 1, "王芳"),
        ("A1", "0101", "事假", "2026-10-15", 2, "王芳"),
        ("A2", "0102", "病假", "2026-10-09", 1, "王芳"),
        ("A2", "0103", "病假", "2026-10-09", 1, "王芳"),
    ]
    found = _import(rows)
    (said,) = _warned(found)
    assert (said.code, said.found, said.place.row, said.place.column) == ("rows-of-one-key-differ", "A1", 3, "审批编号")
    assert said.parameters["columns"] == ("开始日期", "请假天数")
    assert (said.parameters["first"], said.parameters["rows"], said.parameters["more"]) == ("2", "3", "1")
    assert found.columns["days"] == [1, 1]


def test_rows_without_a_number_stay_each_for_itself() -> None:
    """Nothing is no number that they share."""
    rows = [HEADER, *[(number, "0101", "事假", f"2026-10-{day:02}", 1, None) for number, day in ((None, 8), ("--", 9))]]
    assert _fates(_import(rows)) == (2, {}, 0)


def test_without_the_key_both_rows_count() -> None:
    """Legs of one number may each be meant: nobody guesses."""
    rows = [HEADER, *[("A1", "0101", "事假", "2026-10-08", 1, name) for name in ("王芳", "李雷")]]
    assert _fates(_import(rows, "")) == (2, {}, 0)


def test_a_key_that_no_header_is_called_is_an_error_with_those_there_are() -> None:
    """As for any header that a filter names."""
    (said,) = [one for one in _import([HEADER, ("A1", "0101", "事假", "2026-10-08", 1, "")], 'key = "单号"').problems
               if one.severity is Severity.ERROR]  # fmt: skip
    assert (said.code, said.found, said.parameters["key"]) == ("keep-header-not-found", "单号", "key")


def test_in_a_wide_table_the_key_is_no_figure() -> None:
    """A number that only tells rows apart becomes no metric."""
    rows = [("No.", "Agent", "Date", "Chats"), *[(7, "Ann", "2026-10-08", 12)] * 2, (8, "Bob", "2026-10-08", 9)]
    found = _import(rows, 'key = "No."', table="kpis")
    assert list(zip(found.columns["agent_name"], found.columns["metric"], found.columns["value"], strict=True)) == [
        ("Ann", "Chats", 12),
        ("Bob", "Chats", 9),
    ]


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=20))
@pytest.mark.parametrize("sheet", ["", "请假"])
def test_as_many_rows_count_as_there_are_numbers_with_a_filled_row(sheet: str, drawn: list[tuple[int, bool]]) -> None:
    """And every row has one fate: a number all of whose rows are blank is refused once."""
    rows: list[tuple[Cell, ...]] = [
        (f"A{number}", "0101", "事假", "2026-10-08", 1, "x") if filled else (f"A{number}", None, None, None, None, "x")
        for number, filled in drawn
    ]
    # Enough that is plain: a file of which most rows are refused is an error.
    rows += [(f"B{at}", "0101", "事假", "2026-10-09", 1, "x") for at in range(20)]
    counted, left_out, refused = _fates(_import([HEADER, *rows], sheet=sheet))
    numbers, filled = {number for number, _ in drawn}, {number for number, whole in drawn if whole}
    assert counted == len(filled) + 20
    assert refused == len(numbers - filled)
    assert left_out.get(DOUBLE, 0) == len(drawn) - len(numbers)
