"""Most frequent values of a column in a month: causes, kinds of complaint, topics."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals as nw

from csctl.core.frames.columns import comparable, where_expression
from csctl.core.frames.frame import Frame, records
from csctl.core.records.findings import ListedValue
from csctl.month import Month
from csctl.policy.checks import Listing
from csctl.policy.model import Policy
from csctl.tables import TABLES


def compute_listings(policy: Policy, frames: Mapping[str, Frame], month: Month) -> list[ListedValue]:
    """All listings of the policy, each with its most frequent values first; of equals the lower text first.

    ``frames`` are canonical tables by name; rows credited to nobody count too, since a cause is a cause.
    """
    return [
        value
        for listing in policy.listing
        if listing.table in frames
        for value in list_values(listing, frames[listing.table], month)
    ]


def list_values(listing: Listing, frame: Frame, month: Month) -> list[ListedValue]:
    """One listing. Rows without a value are left out, of ``total`` too."""
    kept = frame if TABLES[listing.table].dated is None else frame.filter(nw.col("month") == str(month))
    kept = comparable(kept, listing.table, [listing.where])
    where = where_expression(listing.table, listing.where)
    kept = kept if where is None else kept.filter(where)
    counts = kept.filter(~nw.col(listing.by).is_null()).group_by(listing.by).agg(nw.len().alias("rows"))
    found = [(str(row[listing.by]), int(row["rows"])) for row in records(counts)]
    total = sum(rows for _, rows in found)
    ordered = sorted(found, key=lambda entry: (-entry[1], entry[0]))
    return [ListedValue(listing.id, value, rows, total) for value, rows in ordered[: listing.most]]
