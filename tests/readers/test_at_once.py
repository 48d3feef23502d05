"""What is read at once of a column of texts is what the parser of single cells reads."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from csctl.readers.columns.at_once import ENDS_IN_LETTERS, NUMBERED, plain_reader
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.columns import parser_for
from csctl.readers.columns.forms import PLAIN
from csctl.readers.columns.notes import may_begin_note
from csctl.readers.columns.source import ColumnRule
from csctl.readers.columns.totals import heads_totals
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.tables import Column, Kind
from csctl.words import EMPTY, TOTALS

KINDS = (Kind.MOMENT, Kind.ID, Kind.TEXT)
moments = st.datetimes().map(str) | st.from_regex(r"\A20[0-9]{2}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-9]{2}:[0-9]{2}\Z")
pieces = st.sampled_from(
    ["S", "0012", "-", "_", ".", "/", " ", "n", "N", "A", "1.0", "E+15", "'", "好", "。", "\u3000", "\u200b", "１",
     "Ａ", "页", "#N/A", "na", "合计", "\u00a0", "\t", "é", "㈱", "共", ":", "page", "end"]
)  # fmt: skip
texts = moments | st.lists(pieces, max_size=4).map("".join) | st.text(max_size=6) | st.sampled_from(sorted(EMPTY))


@given(st.lists(texts.filter(lambda text: "\0" not in text and text.isprintable()), min_size=1))
def test_cells_of_plain_forms_are_read_as_single_cells_are(cells: list[str]) -> None:
    """Of every kind that has a plain form; what is of none is left to the other parser."""
    for kind in KINDS:
        binding = Binding(Column("x", kind, "something"), (), ColumnRule())
        reader = plain_reader(binding, PLAIN)
        assert reader is not None
        parse = parser_for(binding, PLAIN)
        for cell, read in zip(cells, reader(pl.Series(cells, dtype=pl.String)).to_list(), strict=True):
            assert read is None or read == parse(cell), (kind, cell)


def test_the_usual_forms_are_plain() -> None:
    """Else nothing would be read at once, and nobody would notice but by the time it takes."""
    usual = {Kind.MOMENT: "2026-10-05 09:00:01", Kind.ID: "S000-0012", Kind.TEXT: "客户要求周五前答复，已转 2 组。"}
    for kind, cell in usual.items():
        reader = plain_reader(Binding(Column("x", kind, "something"), (), ColumnRule()), PLAIN)
        assert reader is not None
        assert reader(pl.Series([cell])).null_count() == 0


@given(texts)
def test_numbers_of_things_begin_nothing_else(cell: str) -> None:
    """No row that begins so is blank, of sums or a note; no word for sums ends in a digit."""
    if NUMBERED.search(cell) and not cell.endswith("\n"):
        assert not any(says(cell) for says in (is_empty, heads_totals, may_begin_note))
        assert cell_as_text(cell) == cell
    if heads_totals(cell):
        assert ENDS_IN_LETTERS.search(cell)


def test_words_for_sums_end_in_letters() -> None:
    """All that are declared."""
    assert all(ENDS_IN_LETTERS.search(word) for word in TOTALS)
