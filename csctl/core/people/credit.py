"""Rows that are credited to nobody: counted and named, never dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from csctl.core.measuring.columns import Frame, records
from csctl.core.people.identity import Identity
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Uncredited:
    """One name or number that stands for nobody, with its rows in the month and the first place it stands."""

    key: str
    shared_by: int
    rows: int
    place: Place


def uncredited(frame: Frame, identity: Identity, month: Month) -> list[Uncredited]:
    """Every unknown or ambiguous key among the month's rows of one table, in order of key."""
    kept = frame.filter(nw.col("month") == str(month)).with_columns(
        nw.col("agent_id").fill_null("").alias("key_id"), nw.col("agent_name").fill_null("").alias("key_name")
    )
    groups = kept.group_by("source_file", "source_sheet", "key_id", "key_name").agg(
        nw.len().alias("rows"), nw.col("source_row").min().alias("first")
    )
    found = []
    for row in records(groups):
        if identity.resolve(row["key_id"], row["key_name"]) is None:
            key = " / ".join(part for part in (row["key_id"], row["key_name"]) if part)
            shared_by = len(identity.meant_by(row["key_name"] or row["key_id"]))
            place = Place(row["source_file"] or "", row["source_sheet"] or "", int(row["first"]))
            found.append(Uncredited(key, shared_by, int(row["rows"]), place))
    return sorted(found, key=lambda one: (one.place.file, one.place.row or 0, one.key))


def uncredited_problems(found: list[Uncredited]) -> list[Problem]:
    """One warning for each key: unknown, shared by several people, or empty."""
    return [problem(_code(one), one.place, one.key, rows=one.rows, people=one.shared_by) for one in found]


def _code(one: Uncredited) -> str:
    if not one.key:
        return "row-without-agent"
    return "agent-ambiguous" if one.shared_by > 1 else "agent-unknown"
