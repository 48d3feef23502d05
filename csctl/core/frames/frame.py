"""A canonical table as the core takes it: rows as records, small tables ready at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import narwhals as nw

from csctl.core.frames.cluster import asking_cluster, sent

Frame = nw.LazyFrame[Any]
"""A canonical table on any engine."""
_IN_PROCESS = (nw.Implementation.POLARS, nw.Implementation.PANDAS)
"""Engines whose tables are objects of this process."""


def records(frame: Frame) -> list[dict[str, Any]]:
    """The rows of a frame as plain records: an empty cell is None, whatever the engine calls it."""
    import pandas as pd  # the tables of a month need it, reading its files does not

    rows = collected(frame).iter_rows(named=True)
    return [{name: None if cell is pd.NA else cell for name, cell in row.items()} for row in rows]


MOST_AT_HAND = 200_000
"""Rows that are kept ready; more of them would cost more memory than going through them again costs time."""


def at_hand(frame: Frame) -> Frame:
    """A small table as it came out, in this process from now on, a large one as it is: then no question goes through
    files and joins again, nor to a cluster.
    """
    found = collected(frame.head(MOST_AT_HAND + 1))
    return found.lazy() if len(found) <= MOST_AT_HAND else frame


def collected(frame: Frame) -> nw.DataFrame[Any]:
    """What the frame comes to. An engine that has no tables of its own in this process hands it to Polars.

    Raises RefusalError for what a cluster could not do.
    """
    if frame.implementation in _IN_PROCESS:
        return frame.collect()
    with asking_cluster() if frame.implementation.is_spark_like() else nullcontext():
        return frame.collect("polars")


def small(frame: Frame, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> Frame:
    """A small table made here, on the engine of ``frame``, so that the two can be joined."""
    backend = frame.implementation if frame.implementation in _IN_PROCESS else "polars"
    return on_same_engine(frame, nw.from_dict(columns, nw.Schema(schema), backend=backend))


def looked_up(frame: Frame, key: str, found: Mapping[str, str], name: str) -> Frame:
    """The frame with what each text of column ``key`` stands for in a column ``name``; empty where nothing is found."""
    if not found:
        return frame.with_columns(nw.lit(None).cast(nw.String()).alias(name))
    table = {key: list(found), name: list(found.values())}
    lookup = small(frame, table, dict.fromkeys(table, nw.String()))
    return frame.drop(name, strict=False).join(lookup, on=key, how="left")


def on_same_engine(frame: Frame, table: nw.DataFrame[Any]) -> Frame:
    """A table that was collected of ``frame``, or made for it, on its engine again."""
    if frame.implementation.is_duckdb():
        import duckdb

        made: Frame = nw.from_native(duckdb.from_arrow(table.to_arrow()))
        return made
    if frame.implementation.is_spark_like():
        with asking_cluster():
            there: Frame = nw.from_native(sent(frame.to_native().sparkSession, table.to_arrow()))
        return there
    return table.lazy()
