"""The one-off amounts of a month, each credited to whom it is for."""

from __future__ import annotations

import narwhals as nw

from csctl.core.frames.frame import Frame, records
from csctl.core.people.identity import Identity
from csctl.core.people.roster import row_place
from csctl.core.records.pay_item import PayItem
from csctl.month import Month


def pay_items_of(frame: Frame | None, identity: Identity, month: Month) -> list[PayItem]:
    """The month's rows in the order of their files. Rows of nobody on the roster are said where all such rows are."""
    if frame is None:
        return []
    own = frame.filter(nw.col("month") == str(month)).sort("source_file", "source_sheet", "source_row")
    return [
        PayItem(agent, row["item"], row["amount"], row["reason"], row["approved_by"], row_place(row))
        for row in records(own)
        if (agent := identity.resolve(row["agent_id"] or "", row["agent_name"] or "")) is not None
    ]
