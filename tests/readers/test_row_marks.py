"""Marks on rows do what a set of rows and a table of their fates would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from csctl.core.records.fates import DOUBLE, OUTSIDE, REFUSED
from csctl.readers.columns.row_marks import RowFates, RowSet

ROWS = some.lists(some.integers(0, 40))
FATES = some.lists(some.tuples(ROWS, some.sampled_from([REFUSED, OUTSIDE, DOUBLE])))


@given(ROWS, ROWS)
def test_rows_are_a_set_in_their_order(one: list[int], other: list[int]) -> None:
    """In whichever order and however often they were named; two sets of rows are one of both."""
    both = RowSet(one) | RowSet(other)
    assert list(both) == sorted({*one, *other})
    assert len(both) == len({*one, *other})
    assert [row in both for row in range(50)] == [row in {*one, *other} for row in range(50)]


@given(FATES)
def test_the_last_fate_that_a_row_is_given_is_the_one_it_has(given: list[tuple[list[int], str]]) -> None:
    """Each row counts once, however many reasons speak against it."""
    fates, expected = RowFates(), dict[int, str]()
    for rows, fate in given:
        fates.give(rows, fate)
        expected |= dict.fromkeys(rows, fate)
    assert {row: fates[row] for row in fates} == expected
    assert list(fates) == sorted(expected)
    assert (len(fates), fates.counts().total()) == (len(expected), len(expected))
    assert [row in fates for row in range(50)] == [row in expected for row in range(50)]
