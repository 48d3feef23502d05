"""Tables on a screen: nothing that is one thing is parted, and no line is longer than the screen."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from csctl.cli.showing.fitting import table_that_fits

FILE = "data/2026-10/上下班打卡_日报_20261001-20261031.xlsx"
HEADS = ("file", "staff number", "what", "amount")
ROWS = (
    (FILE, "CS-HZ-000123456", "迟到三次，其中一次超过三十分钟，已经和本人核对过了", "1,234,567.89"),
    ("a.csv", "7", "late once, and half an hour at that, as was agreed with everybody", "-0.50"),
)


def shown(width: int) -> list[str]:
    """The lines of the table above, its amounts to the right."""
    rows = [[Text(cell) for cell in row] for row in ROWS]
    return table_that_fits(HEADS, rows, width, right=(3,)).plain.split("\n")


@pytest.mark.parametrize("width", [50, 60, 80, 100, 160])
def test_a_file_an_id_and_an_amount_stay_whole_at_every_width(width: int) -> None:
    """As a table where that fits, else as lines."""
    lines = shown(width)
    assert all(cell_len(line) <= max(width, cell_len(FILE)) for line in lines)
    for whole in (FILE, "CS-HZ-000123456", "1,234,567.89", "-0.50"):
        assert any(whole in line for line in lines), whole


def test_a_long_first_cell_stands_above_its_row_and_the_columns_stay_columns() -> None:
    """At 80 columns the file takes a line, and the amounts still end below each other."""
    lines = shown(80)
    assert lines[1] == FILE
    assert {len(line) - len(line.rstrip("0123456789.")) and cell_len(line) for line in lines if ".89" in line} == {80}
    assert cell_len(next(line for line in lines if line.endswith("-0.50"))) == 80


def test_what_fits_is_left_alone() -> None:
    """Each row a line, nothing behind the last cell."""
    assert table_that_fits(("a", "b"), [[Text("x"), Text("yy")]], 20).plain == "a  b\nx  yy"


@given(
    st.lists(st.tuples(*[st.text("ab1 一二，\n", min_size=1, max_size=30)] * 3), min_size=1, max_size=4),
    st.integers(5, 60),
)
def test_nothing_is_lost_at_any_width(rows: list[tuple[str, str, str]], width: int) -> None:
    """Letter by letter, whatever the cells hold."""
    made = table_that_fits(("h", "i", "j"), [[Text(cell) for cell in row] for row in rows], width).plain
    wanted, found = ("".join(sorted(re.sub(r"\s", "", text))) for text in ("".join(map("".join, rows)), made))
    assert all(found.count(letter) >= wanted.count(letter) for letter in set(wanted))
