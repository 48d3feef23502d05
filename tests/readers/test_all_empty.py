"""A file of which no row has what every row must have is refused as fast as its rows are read."""

from __future__ import annotations

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import import_book


@pytest.mark.parametrize("rows", [9_000, 12_000])
def test_a_required_column_that_is_empty_throughout_is_said_alike_of_few_and_of_many_rows(rows: int) -> None:
    """With the column, the rows, and how many are refused."""
    source, _ = resolve_source(Source(table="interactions", files="x"))
    assert source is not None
    cells: list[tuple[Cell, ...]] = [
        ("Call ID", "Agent", "Started at", "Talk time"),
        *((f"C{number}",) for number in range(rows)),
    ]
    found = import_book(Book((Sheet("", cells),)), source, "calls.csv", Month(2026, 10))
    said = {one.code: one for one in found.problems}
    assert said["most-rows-refused"].found == str(rows)
    assert said["value-missing"].place.column == "Started at"
    assert said["value-missing"].parameters["cell_rows"] == f"2-{rows + 1}"
    assert (found.accepted, found.columns["interaction_id"]) == (0, [])


def test_one_row_that_has_it_lets_all_be_read() -> None:
    """The last of many; the others are refused one by one."""
    source, _ = resolve_source(Source(table="interactions", files="x"))
    assert source is not None
    cells: list[tuple[Cell, ...]] = [("Call ID", "Agent", "Started at"), *((f"C{number}",) for number in range(10_000))]
    cells.append(("C", "Ann", "2026-10-08 09:00"))
    found = import_book(Book((Sheet("", cells),)), source, "calls.csv", Month(2026, 10))
    assert [one.parameters["counted"] for one in found.problems if one.code == "most-rows-refused"] == ["1"]
