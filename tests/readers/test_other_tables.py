"""What else stands on a sheet, and rows that are none: other tables, sums of a person, the header in another order."""

from __future__ import annotations

import pytest

from csctl.messages import problem_text
from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

HEAD = ("order id", "agent", "order date", "amount")
PLAIN: list[tuple[Cell, ...]] = [
    HEAD, ("o1", "Ann", "2026-10-02", "100"), ("o2", "Ann", "2026-10-03", "200"), ("o3", "Bob", "2026-10-03", "50"),
]  # fmt: skip


def _read(rows: list[tuple[Cell, ...]], **said: object) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": "orders", "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("Sheet1", rows),)), source, "data/x.xlsx", Month(2026, 10))


def _warned(imported: Imported) -> list[Problem]:
    return [one for one in imported.problems if one.severity is not Severity.NOTE]


def test_one_table_is_quiet() -> None:
    """Three orders, a title above."""
    assert _warned(_read([("Orders of October",), *PLAIN])) == []


def test_a_table_above_the_one_that_is_read_is_said_with_its_rows() -> None:
    """Rows 2 to 4 are orders, too; the lower table has more columns and is read."""
    lower = [("",), (*HEAD, "退款金额"), ("o4", "Ann", "2026-10-04", "10", "1")]
    (said,) = _warned(_read([*PLAIN, *lower]))
    assert (said.code, said.found, said.parameters["header"]) == ("table-above-not-read", "2-4", "6")


def test_one_row_is_told_as_one_row() -> None:
    """A table above with a single row, another month with a single row."""
    lower = [("",), (*HEAD, "退款金额"), ("o4", "Ann", "2026-10-04", "10", "1"), ("o5", "Ann", "2026-09-30", "10", "1")]
    above, outside = (problem_text(one, "en") for one in _warned(_read([*PLAIN[:2], *lower])))
    assert above.startswith("another table of the same kind, with 1 row of data (row 2), stands above")
    assert outside.startswith("1 row not in 2026-10 was left out (row 6; ")


def test_a_table_of_the_same_kind_beside_is_a_warning_and_another_kind_a_note() -> None:
    """The same headers again to the right; a table of targets is nobody's order."""
    twice = [(*row, None, *row) for row in PLAIN]
    assert [one.code for one in _warned(_read(twice))] == ["table-beside-not-read"]
    targets = [(*row, None, *more) for row, more in zip(PLAIN, [("group", "target")] + [("A", "5")] * 3, strict=True)]
    assert _warned(_read(targets)) == []


def test_the_header_again_in_another_order_stops_the_file() -> None:
    """Below it 7 would be a day and 2026-10-05 an amount."""
    moved = [*PLAIN, ("order id", "agent", "amount", "order date"), ("o4", "Bob", "7", "2026-10-05")]
    (said,) = [one for one in _read(moved).problems if one.severity is Severity.ERROR]
    assert (said.code, said.found) == ("header-moved", "5")
    assert _warned(_read([*PLAIN, HEAD, ("o4", "Bob", "2026-10-05", "7")])) == []


@pytest.mark.parametrize("word", ["小计", "Total", "合计"])
def test_a_sum_of_one_persons_rows_counts_and_is_said(word: str) -> None:
    """300 is 100 and 200 again; a row that such a word heads and that sums nothing is one like others."""
    rows = [*PLAIN[:3], (word, "Ann", "2026-10-03", "300"), *PLAIN[3:]]
    (said,) = _warned(_read(rows))
    assert (said.code, said.found) == ("rows-like-totals", "4")
    assert _warned(_read([*PLAIN[:3], (word, "Ann", "2026-10-03", "999"), *PLAIN[3:]])) == []


def test_a_filter_that_keeps_nothing_says_what_there_is() -> None:
    """The word is paid, not done."""
    rows = [(*HEAD, "status"), *[(*row, "paid") for row in PLAIN[1:]]]
    found = _read(rows, keep={"status": ["done"]})
    assert ("keep-keeps-nothing", "paid") in [(one.code, one.found) for one in _warned(found)]
    assert _warned(_read(rows, keep={"status": ["Paid"]})) == []
