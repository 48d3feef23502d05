"""A long column answers as the list of its rows does."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from csctl.long_columns import (
    LongColumn,
    concatenated,
    condensed,
    constant,
    distinct,
    duplicated_values,
    each,
    of_series,
    outermost,
    replaced,
    take_rows,
    value_counts,
    where,
)

Rows = list[str | None]
rows = st.lists(st.sampled_from(["", "a", "b", "10", "2026-10-01", "合计", None]), max_size=30)
many = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=3) | st.none(), max_size=30)


def column(of: Rows) -> LongColumn[str | None]:
    """The same rows as a long column."""
    return of_series(pl.Series(of, dtype=pl.String))


def upper(text: str | None) -> str | None:
    """Something that makes two values one."""
    return None if text is None or not text.strip() else text[:1].upper()


@given(rows | many)
def test_it_is_the_sequence_of_its_rows(given: Rows) -> None:
    """Length, places, pieces, what it holds, and how often."""
    long = column(given)
    assert long == given
    assert (len(long), long[1:3], [long[at] for at in range(len(given))]) == (len(given), given[1:3], given)
    assert all(long.count(one) == given.count(one) for one in {*given, "x", None})
    assert ("x" in long) == ("x" in given)


@given(rows | many)
def test_what_is_made_of_it_is_what_is_made_of_each_row(given: Rows) -> None:
    """One by one, and at once where the plain values can be."""

    def at_once(plain: pl.Series) -> pl.Series:
        small = pl.when(pl.col("x").str.contains("^[a-z]")).then(pl.col("x").str.head(1))
        return plain.to_frame("x").select(small)["x"]

    def first(text: str | None) -> str | None:
        return text[:1] if text and re.match("[a-z]", text) else upper(text)

    made = [upper(one) for one in given]
    assert each(column(given), upper) == made
    assert condensed(each(column(given), upper)) == made
    both = each(column(given), first, at_once)
    assert both == [first(one) for one in given]
    assert condensed(both) == both
    assert where(both, lambda value: value is None, known=False) == where(list(both), lambda value: value is None)
    assert duplicated_values(both) - {None} == duplicated_values(list(both)) - {None}


@given(rows | many, st.data())
def test_rows_that_are_taken_or_replaced_are_those(given: Rows, data: st.DataObject) -> None:
    """In the order asked for; the rest of the column is forgotten."""
    places = sorted(data.draw(st.sets(st.sampled_from(range(len(given))))) if given else ())
    part: Sequence[str | None] = take_rows(column(given), places)
    assert part == [given[at] for at in places]
    assert list(value_counts(part).items()) == list(value_counts([given[at] for at in places]).items())
    assert replaced(column(given), dict.fromkeys(places, "x")) == ["x" if at in places else one
                                                                   for at, one in enumerate(given)]  # fmt: skip
    columns: list[Sequence[str | None]] = [column(given), constant("y", 2)]
    assert concatenated(columns) == [*given, "y", "y"]


@given(rows | many)
def test_values_are_found_and_counted_in_the_order_in_which_they_first_stand(given: Rows) -> None:
    """Equal values are one, and what is looked for by a form is not lost."""
    long = column(given)
    assert list(value_counts(long).items()) == list(value_counts(given).items())
    assert list(dict.fromkeys(distinct(long))) == list(dict.fromkeys(given))
    assert {one for one in given if one and one[-1] == "a"} <= set(distinct(long, re.compile("a$")))
    texts = [one for one in given if one is not None]
    assert not texts or {min(texts), max(texts)} <= set(outermost(long))
    assert long.series(pl.String()).to_list() == given
