"""A canonical table as the core takes it: rows as records, small tables ready at hand."""

from __future__ import annotations

from typing import Any

import narwhals as nw

Frame = nw.LazyFrame[Any]
"""A canonical table on any engine."""


def records(frame: Frame) -> list[dict[str, Any]]:
    """The rows of a frame as plain records: an empty cell is None, whatever the engine calls it."""
    import pandas as pd  # the tables of a month need it, reading its files does not

    rows = frame.collect().iter_rows(named=True)
    return [{name: None if cell is pd.NA else cell for name, cell in row.items()} for row in rows]


MOST_AT_HAND = 200_000
"""Rows that are kept ready; more of them would cost more memory than going through them again costs time."""


def at_hand(frame: Frame) -> Frame:
    """A small table as it came out, a large one as it is: then no question goes through files and joins again."""
    found = frame.head(MOST_AT_HAND + 1).collect()
    return found.lazy() if len(found) <= MOST_AT_HAND else frame
