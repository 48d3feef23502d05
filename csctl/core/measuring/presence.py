"""Who has rows at all: what it means that somebody has none is declared by each table."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from csctl.core.frames.frame import Frame, records
from csctl.month import Month


def people_by_table(tables: Mapping[str, Frame], month: Month) -> dict[str, frozenset[str]]:
    """The agents who have a row of the month, by table. ``tables`` are credited."""
    return {
        name: frozenset(
            row["agent"] for row in records(frame.filter(nw.col("month") == str(month)).select("agent").unique())
        )
        for name, frame in tables.items()
    }
