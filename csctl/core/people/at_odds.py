"""Rows that name two people: the staff number is somebody's, and the name beside it is somebody else's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from csctl.core.frames.frame import Frame, records
from csctl.core.people.identity import Identity
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Place, Problem, shortened

_SHOWN = 3


def at_odds(frame: Frame, identity: Identity, month: Month) -> list[Problem]:
    """One warning for each file and sheet in whose rows of the month number and name belong to different people.

    The number wins. A name that nobody on the roster has says nothing against it.
    """
    kept = frame.filter(
        (nw.col("month") == str(month)) & ~nw.col("agent_id").is_null() & ~nw.col("agent_name").is_null()
    )
    groups = kept.group_by("source_file", "source_sheet", "agent_id", "agent_name").agg(
        nw.col("source_row").n_unique().alias("rows"), nw.col("source_row").min().alias("first")
    )
    sheets: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in records(groups):
        if _differ(row, identity):
            sheets.setdefault((row["source_file"] or "", row["source_sheet"] or ""), []).append(row)
    return [_said(Place(*sheet), sheets[sheet]) for sheet in sorted(sheets)]


def _differ(row: Mapping[str, Any], identity: Identity) -> bool:
    numbered, named = identity.meant_by(row["agent_id"]), identity.meant_by(row["agent_name"])
    return len(numbered) == 1 and bool(named) and not numbered & named


def _said(place: Place, rows: list[dict[str, Any]]) -> Problem:
    ordered = sorted(rows, key=lambda row: (row["first"], row["agent_id"], row["agent_name"]))
    pairs = [f"{row['agent_id']} ≠ {row['agent_name']} × {row['rows']}" for row in ordered]
    total = sum(int(row["rows"]) for row in rows)
    return problem("id-and-name-differ", place.at(row=int(ordered[0]["first"])), shortened(pairs, _SHOWN), rows=total)
