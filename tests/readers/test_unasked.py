"""Rows of what was asked and what was not: surveys of yes or no, zeros on contacts that nobody answered."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

SURVEY = ("工号", "日期", "满意度评分", "满分", "是否满意")
TICKS = ("工号", "会话开始时间", "是否放弃", "是否已解决")
CALL = ("staff id", "created at", "answered", "satisfaction rating", "first response time")
DAY = "2026-10-08"


def _import(table: str, *rows: Sequence[Cell], **said: object) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "x.csv", Month(2026, 10))


def _warnings(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems if one.severity is not Severity.NOTE]


def test_a_yes_or_no_stands_in_for_a_score() -> None:
    """A row with one of the two counts; one with neither is refused, with the column of scores."""
    rows = [("1", DAY, None, "5", "是"), ("1", DAY, "4", "5", None), ("1", DAY, None, "5", None)]
    found = _import("surveys", SURVEY, *rows)
    assert (found.accepted, found.rejected, _warnings(found)) == (2, 1, ["value-missing"])
    assert found.columns["satisfied"] == [True, None]
    assert [(one.place.row, one.place.column) for one in found.problems if one.code == "value-missing"] == [
        (4, "满意度评分")
    ]


def test_out_of_how_much_nothing_was_given_is_no_sum() -> None:
    """A full score beside an empty score would lower a rate of points."""
    found = _import("surveys", SURVEY, ("1", DAY, None, "5", "是"), ("1", DAY, "4", "5", None))
    assert [str(one or "") for one in found.columns["full_score"]] == ["", "5.0000"]


def test_a_file_needs_one_of_the_two_columns() -> None:
    """Only the yes or no is enough; neither is an error."""
    assert _import("surveys", ("工号", "日期", "是否满意"), ("1", DAY, "否")).columns["satisfied"] == [False]
    assert _warnings(_import("surveys", ("工号", "日期", "意见"), ("1", DAY, "好"))) == ["columns-missing"]


def test_a_score_that_cannot_be_read_is_said_once() -> None:
    """With a yes beside it the row counts, without one it does not."""
    found = _import("surveys", SURVEY, ("1", DAY, "很好", "5", "是"), ("1", DAY, "很好", "5", None))
    assert (found.accepted, found.rejected, _warnings(found)) == (1, 1, ["value-not-a-number"])


def test_zeros_only_on_unanswered_contacts_are_asked_about() -> None:
    """One warning a column, with the header, the number, the rows and a line that settles it."""
    rows = [("1", DAY, "Y", "5", "12"), ("1", DAY, "N", "0", "8"), ("1", DAY, "N", "0", "9")]
    (said,) = (one for one in _import("interactions", CALL, *rows).problems if one.code.startswith("zeros-"))
    assert (said.found, said.place.column, said.parameters["rows"]) == ("2", "satisfaction rating", "3-4")
    line = 'columns.satisfaction = { from = "satisfaction rating", texts = { "0" = "-" } }'
    assert line in problem_fix(said, "en")
    rule = {"from": "satisfaction rating", "texts": {"0": "-"}}
    settled = _import("interactions", CALL, *rows, columns={"satisfaction": rule})
    assert "zeros-where-nobody-was-asked" not in _warnings(settled)
    assert settled.columns["satisfaction"][1:] == [None, None]


def test_true_zeros_and_columns_of_zeros_are_quiet() -> None:
    """A zero on an answered contact shows that zeros are given; zeros alone show nothing."""
    given = [("1", DAY, "Y", "0", "12"), ("1", DAY, "N", "0", "8"), ("1", DAY, "Y", "4", "8")]
    alone = [("1", DAY, "Y", None, "12"), ("1", DAY, "N", "0", "8")]
    for rows in (given, alone):
        assert "zeros-where-nobody-was-asked" not in _warnings(_import("interactions", CALL, *rows))


def test_a_zero_that_was_settled_as_true_stays() -> None:
    """Written as "0", it is 0, without a word."""
    rows = [("1", DAY, "Y", "5", "12"), ("1", DAY, "N", "0", "8")]
    rule = {"from": "satisfaction rating", "texts": {"0": "0"}}
    found = _import("interactions", CALL, *rows, columns={"satisfaction": rule})
    assert "zeros-where-nobody-was-asked" not in _warnings(found)
    assert str(found.columns["satisfaction"][1]) == "0.0000"


# ---- what is ticked where it happened ----------------------------------------


def _ticks(*pairs: tuple[str | None, str | None], header: Sequence[str] = TICKS) -> Imported:
    return _import("interactions", header, *[("1", DAY, *pair) for pair in pairs])


def test_where_only_yes_is_written_an_empty_cell_is_no() -> None:
    """A note says of how many; a month in which it never happened has the column all the same."""
    some = _ticks(("是", "是"), (None, "是"), ("/", "否"))
    assert some.columns["abandoned"] == [True, False, False]
    (said,) = [one for one in some.problems if one.code == "empty-is-no"]
    assert (said.severity, said.found, said.place.column) == (Severity.NOTE, "2", "是否放弃")
    assert _ticks((None, "是"), (None, "否")).columns["abandoned"] == [False, False]


def test_where_no_is_written_too_an_empty_cell_says_nothing() -> None:
    """Nor where a word cannot be read, which may be a no; and nor does a column that is not there."""
    assert _ticks(("是", "是"), (None, "是"), ("否", "否")).columns["abandoned"] == [True, None, False]
    assert _ticks(("是", "是"), ("大概", "是"), (None, "是")).columns["abandoned"] == [True, None, None]
    other = (*TICKS[:2], "备注", TICKS[3])
    assert _ticks((None, "是"), (None, "是"), header=other).columns["abandoned"] == [None, None]


def test_an_answer_that_nobody_gave_is_no_no() -> None:
    """Whether a contact solved it is judged: an empty column is one that nobody filled in."""
    found = _ticks((None, None), (None, "是"))
    assert found.columns["resolved"] == [None, True]
    assert _ticks((None, None), (None, None)).columns["resolved"] == [None, None]
