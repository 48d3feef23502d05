"""Names that stand in two columns, and filters that ask whether a cell is filled in."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book


def _source(text: str, table: str = "surveys") -> tuple[Source | None, list[Problem]]:
    return resolve_source(Source.model_validate({"table": table, "files": "x", **tomllib.loads(text)}))


def _import(rows: Sequence[Sequence[Any]], text: str, sheet: str = "", table: str = "surveys") -> Imported:
    source, problems = _source(text, table)
    assert source is not None, problems
    return import_book(Book((Sheet(sheet, [tuple(row) for row in rows]),)), source, "x", Month(2026, 10))


def _warned(found: Imported) -> list[Problem]:
    return [one for one in found.problems if one.severity is not Severity.NOTE]


NAMES = [
    ("First name", "Last name", "Submitted", "Rating"),
    ("Ann", "Lee", "2026-10-08", 5),
    ("Bob", "", "2026-10-08", 4),
    (" Mary  Jo ", "O'Neil ", "2026-10-09", 3),
]
ENGLISH = 'columns.date = "Submitted"\ncolumns.agent = { join = ["First name", "Last name"] }'


@pytest.mark.parametrize("sheet", ["", "Ratings"])
def test_a_first_and_a_last_name_are_one_name_with_a_blank_between(sheet: str) -> None:
    """In a text file as in a workbook; where one is empty the other is the name."""
    found = _import(NAMES, ENGLISH, sheet)
    assert found.columns["agent_name"] == ["Ann Lee", "Bob", "Mary Jo O'Neil"]
    assert _warned(found) == []


def test_between_chinese_names_there_is_no_blank() -> None:
    """姓 and 名; a name in Latin letters behind a Chinese one has a blank before it."""
    rows = [("姓", "名", "提交时间", "评分"), ("王", "小芳", "2026-10-08", 5), ("李", "Leo", "2026-10-08", 4)]
    found = _import(rows, 'columns.date = "提交时间"\ncolumns.agent = { join = ["姓", "名"] }')
    assert found.columns["agent_name"] == ["王小芳", "李 Leo"]


def test_the_roster_may_have_its_names_in_two_columns_too() -> None:
    """Then the two agree."""
    rows = [("Staff id", "First name", "Last name", "Hire date"), ("0101", "Ann", "Lee", "2025-01-06")]
    found = _import(rows, 'columns.agent = { join = ["First name", "Last name"] }', table="roster")
    assert found.columns["agent_name"] == ["Ann Lee"]


def test_each_header_that_is_joined_must_be_there() -> None:
    """The one that is not is named; a name without its half would be another person's."""
    found = _import(NAMES, ENGLISH.replace("Last name", "Family name"))
    (said,) = [one for one in found.problems if one.code == "header-not-found"]
    assert (said.severity, said.found, said.place.column) == (Severity.ERROR, "Family name", "agent_name")


def test_the_table_of_columns_names_all_headers_that_were_joined() -> None:
    """None of them is listed as unused."""
    found = _import(NAMES, ENGLISH)
    (one,) = [one for one in found.reading.columns if one.column == "agent_name"]
    assert one.header == "First name + Last name"
    assert [one.code for one in found.problems] == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ('columns.agent = { join = ["a", "b"], from = "c" }', "rule-keys-exclude"),
        ('columns.score = { join = ["a", "b"] }', "rule-key-not-for-column"),
        ('columns.agent_id = { join = ["a", "b"] }', "rule-key-not-for-column"),
    ],
)
def test_only_texts_are_joined_and_nothing_else_says_where_they_come_from(said: str, code: str) -> None:
    """A number of two halves is none."""
    source, problems = _source(said)
    assert (source, [one.code for one in problems]) == (None, [code])


ANSWERS: list[tuple[Cell, ...]] = [
    ("客服", "会话开始时间", "满意度评分"),
    ("王芳", "2026-10-08", 5),
    ("王芳", "2026-10-08", None),
    ("李雷", "2026-10-09", "--"),
    ("李雷", "2026-10-09", 0),
]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('keep = { "满意度评分" = { known = true } }', [2, 5]),
        ('keep = { "满意度评分" = { known = false } }', [3, 4]),
        ('leave_out = { "满意度评分" = { known = false } }', [2, 5]),
        ('leave_out = { "满意度评分" = { known = true } }', [3, 4]),
        ('keep = { "满意度评分" = { known = true }, "客服" = "李雷" }', [5]),
        ('keep = { "满意度评分" = { texts = ["0"], known = false } }', [3, 4, 5]),
    ],
)
def test_a_filter_may_ask_whether_a_cell_is_filled_in(said: str, kept: list[int]) -> None:
    """A mark of nothing fills no cell, a nought does; every row left out is told."""
    found = _import(ANSWERS, said, table="interactions")
    assert found.columns["source_row"] == kept
    assert [fates.left_out for fates in found.fates] == [(("filter", 4 - len(kept)),)]


def test_a_filter_that_keeps_no_row_because_nothing_is_filled_in_is_said() -> None:
    """There are no words to show then."""
    rows = [ANSWERS[0], *[(name, day, None) for name, day, _ in ANSWERS[1:]]]
    found = _import(rows, 'keep = { "满意度评分" = { known = true } }', table="interactions")
    assert ("keep-keeps-nothing", "") in [(one.code, one.found) for one in found.problems]
