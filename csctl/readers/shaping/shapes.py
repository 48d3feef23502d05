"""What each shape of a sheet adds to its source."""

from __future__ import annotations

from csctl.readers.columns.layout import Layout
from csctl.readers.columns.source import Source
from csctl.readers.shaping.blocks import blocks_source
from csctl.readers.shaping.day_layout import days_source
from csctl.readers.shaping.turned import people_source
from csctl.tables import Table


def of_shape(source: Source, table: Table, layout: Layout) -> Source:
    """The source with where the columns stand that its shape makes."""
    if layout.days:
        return days_source(source, table, layout)
    if source.shape == "people":
        return people_source(source, table)
    return blocks_source(source, layout) if source.shape == "blocks" else source
